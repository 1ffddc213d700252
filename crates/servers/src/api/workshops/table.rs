use super::{act, board, board_events, view};
use crate::api::route::{Door, Route};

/// The rows of the table that are about workshops. Who is invited or has the code may enter one.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            ("/api/workshop-cases", "listWorkshopCases"),
            "Lists the cases that a workshop can be arranged of.",
            view::cases,
        )
        .door(Door::Own),
        Route::get(
            ("/api/workshops", "listWorkshops"),
            "Lists the workshops to which the caller is invited or has come.",
            view::list,
        )
        .door(Door::Own),
        Route::post(
            ("/api/workshops", "arrangeWorkshop"),
            "Arranges a workshop, which the caller facilitates.",
            act::arrange,
        )
        .door(Door::Own)
        .creates(),
        Route::post(
            ("/api/workshop-members", "joinWorkshop"),
            "Takes part in the workshop with this code.",
            act::join,
        )
        .door(Door::Own),
        Route::get(
            ("/api/workshops/{workshop}", "readWorkshop"),
            "Shows a workshop as the caller may see it: their envelope, the table, decisions, talk.",
            view::read,
        )
        .door(Door::Own),
        Route::find(
            ("/api/workshops/{workshop}/events", "readWorkshopEvents"),
            "Tells the number of a workshop's newest event, or each number as it comes; what happened is read anew.",
            view::newest,
        )
        .door(Door::Own)
        .streams(view::follow),
        Route::post(
            ("/api/workshops/{workshop}/acts", "actInWorkshop"),
            "Does something in a workshop, and shows it as it is then.",
            act::act,
        )
        .door(Door::Own),
        Route::get(
            ("/api/workshops/{workshop}/report", "readWorkshopReport"),
            "Shows the after-action report of a workshop that is over.",
            view::report,
        )
        .door(Door::Own),
        Route::get(
            ("/api/workshops/{workshop}/board", "readBoard"),
            "Shows the board of a workshop: text, cards, process and table, the same for everybody who takes part.",
            board::read,
        )
        .door(Door::Own),
        Route::find(
            ("/api/workshops/{workshop}/board/updates", "readBoardUpdates"),
            "Gives what the caller lacks of a board as one update of Yjs, by their state vector.",
            board::since,
        )
        .door(Door::Own),
        Route::post(
            ("/api/workshops/{workshop}/board/updates", "writeBoard"),
            "Merges an update of Yjs into a board, or refuses all of it.",
            board::write,
        )
        .door(Door::Own),
        Route::post(
            ("/api/workshops/{workshop}/board/lock", "lockBoard"),
            "Locks a board for everybody but the facilitator, or opens it again.",
            board::lock,
        )
        .door(Door::Own),
        Route::post(
            ("/api/workshops/{workshop}/board/place", "sayBoardPlace"),
            "Says where on a board the caller is, or that they have closed it; others see it for half a minute.",
            board::place,
        )
        .door(Door::Own),
        Route::get(
            ("/api/workshops/{workshop}/board/events", "readBoardEvents"),
            "Tells the number of a board's newest update and who is there, or both whenever they change.",
            board_events::now,
        )
        .door(Door::Own)
        .streams(board_events::follow),
    ]
}
