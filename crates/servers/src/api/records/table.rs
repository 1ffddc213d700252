use super::{apprenticeships, assessments, readiness};
use crate::api::route::{Door, Route};

/// The rows of the table that are about apprenticeships, readiness and assessments.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            ("/api/assessments", "listAssessments"),
            "Lists the assessments of the first and the last day, with the questions of the form that comes next.",
            assessments::list,
        )
        .door(Door::Own),
        Route::post(
            ("/api/assessments/{assessment}", "handIn"),
            "Hands a form in; it is marked and stays.",
            assessments::hand_in,
        )
        .door(Door::Own)
        .creates(),
        Route::get(
            ("/api/apprenticeships", "listApprenticeships"),
            "Lists the apprenticeships that the caller has to do with, each with its record.",
            apprenticeships::list,
        )
        .door(Door::Own),
        Route::get(
            ("/api/apprenticeships/{id}", "readApprenticeship"),
            "Shows an apprenticeship: its log, how far it is, and what is missing.",
            apprenticeships::read,
        )
        .door(Door::Own),
        Route::post(
            ("/api/apprenticeships/{id}/lines", "logDay"),
            "Logs a day's work, as the apprentice.",
            apprenticeships::log,
        )
        .door(Door::Own)
        .creates(),
        Route::post(
            ("/api/apprenticeships/{id}/signatures", "signWeek"),
            "Signs lines of a week, as the supervisor; they are not changed after that.",
            apprenticeships::sign,
        )
        .door(Door::Own)
        .creates(),
        Route::post(
            ("/api/apprenticeships/{id}/corrections", "correctLine"),
            "Corrects a signed line by one of its own, which waits for a signature.",
            apprenticeships::correct,
        )
        .door(Door::Own)
        .creates(),
        Route::get(
            ("/api/readiness/{id}", "readReadiness"),
            "Shows how far the caller is for a job: what is asked for, what is proven, what is next.",
            readiness::read,
        )
        .door(Door::Own),
    ]
}
