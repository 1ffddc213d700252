use super::{map, play, roster};
use crate::api::route::Route;

/// The addresses of the flow of patients.
pub(in crate::api) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            ("/s/{sandbox}/flow", "readFlow"),
            "Shows who comes to the emergency department, which shifts there are, and today's and the planned roster.",
            roster::read,
        ),
        Route::post(
            ("/s/{sandbox}/flow/plan", "setFlowPlan"),
            "Saves a roster of providers for a week.",
            roster::set,
        ),
        Route::post(
            ("/s/{sandbox}/flow/roster", "proposeFlowRoster"),
            "Says which roster covers the load and a margin at least cost. It is not saved.",
            roster::propose,
        ),
        Route::post(
            ("/s/{sandbox}/flow/simulate", "simulateFlow"),
            "Plays the saved roster and today's over the same weeks of patients.",
            play::play,
        ),
        Route::find(
            ("/s/{sandbox}/flow/map", "readProcessMap"),
            "Shows how work really went, by the journal: what followed what, after how long.",
            map::read,
        ),
    ]
}
