use super::{cohorts, grades, integrity, outcomes, roster};
use crate::api::route::{Door, Route};

/// The rows of the table that are about the programme.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(("/api/cohorts", "listCohorts"), "Lists the cohorts.", cohorts::list)
            .door(Door::Instructor),
        Route::post(("/api/cohorts", "addCohort"), "Adds a cohort.", cohorts::add)
            .door(Door::Instructor)
            .creates(),
        Route::post(
            ("/api/cohorts/{cohort}/people", "enrol"),
            "Puts somebody who has an account into a cohort.",
            cohorts::enrol,
        )
        .door(Door::Instructor),
        Route::post(
            ("/api/cohorts/{cohort}/tracks", "assignTrack"),
            "Assigns a track to a cohort, with its days.",
            cohorts::assign,
        )
        .door(Door::Instructor),
        Route::get(
            ("/api/cohorts/{cohort}/matrix", "readMatrix"),
            "Shows where everyone of a cohort is in every lab, and what holds up several.",
            cohorts::matrix,
        )
        .door(Door::Instructor),
        Route::get(
            ("/api/cohorts/{cohort}/gradebook", "readGradebook"),
            "Shows the grades of a cohort, with every change by hand.",
            grades::read,
        )
        .door(Door::Instructor),
        Route::get(
            ("/api/cohorts/{cohort}/outcomes", "readOutcomes"),
            "Shows what came of a cohort: each figure with how many it counts.",
            outcomes::read,
        )
        .door(Door::Instructor),
        Route::find(
            ("/api/cohorts/{cohort}/integrity", "readIntegrity"),
            "Shows what to look at before work is taken for a learner's own. A sign is no proof and changes nothing.",
            integrity::read,
        )
        .door(Door::Instructor),
        Route::post(
            ("/api/cohorts/{cohort}/integrity", "decideOnSign"),
            "Keeps what an instructor came to who looked at a sign, with the reason.",
            integrity::decide,
        )
        .door(Door::Instructor),
        Route::post(
            ("/api/cohorts/{cohort}/grades", "changeGrade"),
            "Changes a grade by hand, or takes such a change back; the reason stays on record.",
            grades::change,
        )
        .door(Door::Instructor),
        Route::post(
            ("/api/roster", "readRoster"),
            "Takes a class list as OneRoster 1.1 or 1.2 CSV files, whole or not at all.",
            roster::take,
        )
        .door(Door::Instructor),
    ]
}
