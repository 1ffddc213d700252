use super::{couples, matches, mentoring, places};
use crate::api::route::{Door, Route};

/// The rows of the table that are about mentors and places.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            ("/api/mentoring", "readMentoring"),
            "Lists the caller's pairs and open requests, as learner or mentor.",
            mentoring::read,
        )
        .door(Door::Own),
        Route::post(
            ("/api/mentoring/answers", "answerRequest"),
            "Answers a request to be somebody's mentor.",
            mentoring::answer,
        )
        .door(Door::Own),
        Route::get(
            ("/api/mentoring/pairing", "planPairs"),
            "Shows the pairs that would be made now, with what each is worth and why.",
            mentoring::plan,
        )
        .door(Door::Instructor),
        Route::post(
            ("/api/mentoring/pairing", "askMentors"),
            "Asks the mentors of the pairs that would be made now.",
            mentoring::ask,
        )
        .door(Door::Instructor),
        Route::get(
            ("/api/places", "listPlaces"),
            "Lists the places that hosts offer, with what the caller lacks for each.",
            places::list,
        )
        .door(Door::Own),
        Route::post(
            ("/api/wishes", "setWishes"),
            "Replaces the places that the caller wishes for, the best first.",
            places::wish,
        )
        .door(Door::Own),
        Route::get(
            ("/api/couples", "listCouples"),
            "Lists who takes part in the match as one with the caller, asked, or was asked.",
            couples::list,
        )
        .door(Door::Own),
        Route::post(
            ("/api/couples", "askToCouple"),
            "Asks another learner to take part in the match as one.",
            couples::ask,
        )
        .door(Door::Own)
        .creates(),
        Route::post(
            ("/api/couples/{couple}/agree", "agreeToCouple"),
            "Agrees to take part as one with who asked.",
            couples::agree,
        )
        .door(Door::Own),
        Route::delete(
            ("/api/couples/{couple}", "partCouple"),
            "Parts, declines, or takes the question back.",
            couples::part,
        )
        .door(Door::Own),
        Route::post(
            ("/api/couples/{couple}/wishes", "wishAsCouple"),
            "Replaces the pairs of places that a couple wishes for, the best first.",
            couples::wish,
        )
        .door(Door::Own),
        Route::get(("/api/matches", "listMatches"), "Lists the matches that were run.", matches::list)
            .door(Door::Instructor),
        Route::post(
            ("/api/matches", "runMatch"),
            "Runs the match over what both sides wish now, as a dry run.",
            matches::run,
        )
        .door(Door::Instructor)
        .creates(),
        Route::get(
            ("/api/matches/{run}", "readMatch"),
            "Shows a match: who got what, the audit, and why not there.",
            matches::read,
        )
        .door(Door::Instructor),
        Route::post(
            ("/api/matches/{run}/publish", "publishMatch"),
            "Publishes a match: its round is decided.",
            matches::publish,
        )
        .door(Door::Instructor),
    ]
}
