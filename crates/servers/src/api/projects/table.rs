use super::{act, view};
use crate::api::route::{Door, Route};

/// The rows of the table that are about team projects. Who is of a team or its panel may see it; instructors begin one.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            ("/api/projects", "listProjects"),
            "Lists the team projects that the caller takes part in; all, for an instructor.",
            view::list,
        )
        .door(Door::Own),
        Route::post(
            ("/api/projects", "startProject"),
            "Begins a project for a team, in a hospital that they share.",
            act::start,
        )
        .door(Door::Instructor)
        .creates(),
        Route::get(
            ("/api/projects/{project}", "readProject"),
            "Shows a team's project: charter, backlog, milestones, reviews, defence, statements.",
            view::read,
        )
        .door(Door::Own),
        Route::post(
            ("/api/projects/{project}/acts", "actInProject"),
            "Does something in a project, and shows it as it is then.",
            act::act,
        )
        .door(Door::Own),
        Route::find(
            ("/api/projects/{project}/history", "readProjectHistory"),
            "Tells who did what, in the hospital and in the project.",
            view::history,
        )
        .door(Door::Own),
        Route::post(
            ("/api/projects/{project}/looks", "lookAtProject"),
            "Has the team's hospital looked at, and keeps what was found.",
            act::look,
        )
        .door(Door::Own),
        Route::post(
            ("/api/projects/{project}/close", "closeProject"),
            "Closes a project for good; for the panel.",
            act::close,
        )
        .door(Door::Own),
    ]
}
