use super::answer::MEDIA_TYPES;
use super::{policy, questions, release, snapshots, sql};
use crate::api::route::Route;

/// The addresses of the lake.
pub(in crate::api) fn routes() -> Vec<Route> {
    vec![
        Route::find(
            ("/s/{sandbox}/lake", "readLake"),
            "Shows the snapshots of the data lake, its tables, and what the role worked as may ask.",
            snapshots::read,
        ),
        Route::post(
            ("/s/{sandbox}/lake/snapshots", "takeLakeSnapshot"),
            "Begins to take a snapshot of the hospital as tables.",
            snapshots::take,
        )
        .dials(),
        Route::find(
            ("/s/{sandbox}/lake/snapshots/{number}", "readLakeManifest"),
            "Shows the manifest of a snapshot to who sees all of it.",
            snapshots::manifest,
        ),
        Route::fetch(
            ("/s/{sandbox}/lake/tables/{table}", "fetchLakeTable"),
            "Gives a table of a snapshot, as far as the role worked as sees it, as Parquet, Arrow, CSV or JSON.",
            &MEDIA_TYPES,
            sql::fetch,
        )
        .dials(),
        Route::ask::<sql::Asked, sql::AnswerView>(
            ("/s/{sandbox}/sql", "askSql"),
            "Answers SQL over a snapshot, as JSON, CSV, Arrow or Parquet.",
            &MEDIA_TYPES,
            sql::ask,
        )
        .dials(),
        Route::get(
            ("/s/{sandbox}/lake/questions", "listLakeQuestions"),
            "Lists the questions that are kept under a name.",
            questions::list,
        ),
        Route::post(
            ("/s/{sandbox}/lake/questions", "saveLakeQuestion"),
            "Keeps a question under a name, over what had it.",
            questions::save,
        ),
        Route::delete(
            ("/s/{sandbox}/lake/questions/{question}", "dropLakeQuestion"),
            "Removes a saved question.",
            questions::remove,
        ),
        Route::post(
            ("/s/{sandbox}/lake/release-check", "checkLakeRelease"),
            "Says what the rows of a saved question tell about single people, and how coarse they have to become.",
            release::check,
        )
        .dials(),
        Route::post(
            ("/s/{sandbox}/lake/private-counts", "countLakePrivately"),
            "Counts people with noise in the counts, and takes what it costs from the budget of the purpose.",
            release::counts,
        )
        .dials(),
        Route::post(
            ("/s/{sandbox}/lake/reason", "breakLakeGlass"),
            "Opens restricted charts in the lake for a while, to who gives a reason.",
            policy::reason,
        ),
        Route::get(
            ("/s/{sandbox}/lake/policy", "readLakePolicy"),
            "Shows who may ask what, as a file.",
            policy::read,
        ),
        Route::post(
            ("/s/{sandbox}/lake/policy", "setLakePolicy"),
            "Puts another policy in force, or with an empty file the one that is shipped.",
            policy::set,
        ),
    ]
}
