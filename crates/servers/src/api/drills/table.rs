use super::{act, follow, plan, pose, replay, state, view};
use crate::api::route::{Door, Route};

/// The rows of the table that are about drills. Who takes part in one may enter it.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            ("/api/scenarios", "listScenarios"),
            "Lists the scenarios that a drill can be begun of.",
            view::scenarios,
        )
        .door(Door::Own),
        Route::get(("/api/drills", "listDrills"), "Lists the drills that the caller takes part in.", view::list)
            .door(Door::Own),
        Route::post(("/api/drills", "startDrill"), "Begins a drill in a hospital of its own.", act::start)
            .door(Door::Own)
            .creates(),
        Route::post(
            ("/api/drill-members", "joinDrill"),
            "Takes part in the drill with this code, as these roles and no others.",
            act::join,
        )
        .door(Door::Own),
        Route::get(
            ("/api/drills/{drill}", "readDrill"),
            "Shows how a drill stands: time, events so far, what the caller may do, systems, machines and cables; or sends it at every change, with where the others stand.",
            state::read,
        )
        .door(Door::Own)
        .streams(follow::follow),
        Route::get(
            ("/api/drills/{drill}/plan", "readDrillPlan"),
            "Shows what does not change in a drill: its roles, its rooms, and the network that its hospital runs on.",
            plan::read,
        )
        .door(Door::Own),
        Route::get(
            ("/api/drills/{drill}/messages", "listDrillMessages"),
            "Lists messages on their way, each with the machines and cables it comes by and where it is now.",
            plan::messages,
        )
        .door(Door::Own),
        Route::find(
            ("/api/drills/{drill}/replay", "replayDrill"),
            "Shows how a drill that is over stood at a moment of it, told from its record.",
            replay::replay,
        )
        .door(Door::Own),
        Route::post(
            ("/api/drills/{drill}/pose", "poseInDrill"),
            "Tells the others where the caller stands in the rooms, and at what they point. Nothing of it is kept.",
            pose::pose,
        )
        .door(Door::Own),
        Route::find(
            ("/api/drills/{drill}/events", "readDrillEvents"),
            "Lists the events of a drill after a number, or sends them as they happen.",
            view::events,
        )
        .door(Door::Own)
        .streams(view::follow),
        Route::post(
            ("/api/drills/{drill}/commands", "commandDrill"),
            "Gives a command in a drill; under the same key, it counts once.",
            act::command,
        )
        .door(Door::Own),
        Route::post(
            ("/api/drills/{drill}/pass", "passDrill"),
            "Lets minutes of the drill's hospital pass at once.",
            act::pass,
        )
        .door(Door::Own),
    ]
}
