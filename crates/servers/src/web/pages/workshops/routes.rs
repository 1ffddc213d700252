use axum::Router;
use axum::routing::{get, post};

use super::{act, board, board_files, events, list, rating, report, room};
use crate::state::App;

/// The pages and forms below `/workshops`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list::list).post(list::arrange))
        .route("/join", post(list::join))
        .route("/{workshop}", get(room::room))
        .route("/{workshop}/events", get(events::events))
        .route("/{workshop}/act", post(act::act))
        .route("/{workshop}/invite", post(list::invite))
        .route("/{workshop}/cancel", post(list::cancel))
        .route("/{workshop}/workshop.ics", get(list::calendar))
        .route("/{workshop}/board", get(board::board))
        .route("/{workshop}/board/print", get(board::print))
        .route("/{workshop}/board.md", get(board_files::markdown))
        .route("/{workshop}/board-cards.csv", get(board_files::cards))
        .route("/{workshop}/board-table.csv", get(board_files::table))
        .route("/{workshop}/rating", get(rating::rating).post(rating::hand_in))
        .route("/{workshop}/report", get(report::report))
        .route("/{workshop}/report.md", get(report::markdown))
        .route("/{workshop}/plan.csv", get(report::plan_file))
        .route("/{workshop}/decisions.csv", get(report::decisions))
}
