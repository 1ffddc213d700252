use super::{blind, deploy, make, view};
use crate::api::route::Route;

/// The addresses of models.
pub(in crate::api) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            ("/s/{sandbox}/models", "listModels"),
            "Lists the models of a hospital, those that answer in the chart, tasks to begin with, and what is being made.",
            view::list,
        ),
        Route::post(
            ("/s/{sandbox}/models", "trainModel"),
            "Begins to train the next version of a model on a declared cohort.",
            make::train,
        ),
        Route::post(
            ("/s/{sandbox}/models/bring", "bringModel"),
            "Takes in a model of ONNX that was trained elsewhere, and begins to judge it on this hospital.",
            make::bring,
        ),
        Route::get(
            ("/s/{sandbox}/models/{name}", "readModel"),
            "Shows the versions of a model and which of them answers.",
            view::model,
        ),
        Route::delete(
            ("/s/{sandbox}/models/{name}", "removeModel"),
            "Removes a model with all its versions.",
            view::remove,
        ),
        Route::get(
            ("/s/{sandbox}/models/{name}/versions/{version}", "readModelVersion"),
            "Shows a version, by its number or as `newest`, with its task, parameters, snapshot and card.",
            view::version,
        ),
        Route::post(
            ("/s/{sandbox}/models/{name}/deploy", "deployModel"),
            "Lets a version answer when a chart is opened, silent or seen.",
            deploy::deploy,
        ),
        Route::post(
            ("/s/{sandbox}/models/{name}/roll-back", "rollModelBack"),
            "Lets the version answer that answered before.",
            deploy::roll_back,
        ),
        Route::post(
            ("/s/{sandbox}/models/{name}/withdraw", "withdrawModel"),
            "Lets a model answer no more; its versions stay.",
            deploy::withdraw,
        ),
        Route::get(
            ("/s/{sandbox}/models/{name}/monitor", "monitorModel"),
            "Tells how a model does in the chart: scores, cards, overrides, drift, calibration.",
            deploy::monitor,
        )
        .dials(),
        Route::get(
            ("/s/{sandbox}/blind-tests", "listBlindTests"),
            "Lists the tests of risks on people whom nobody has seen, with what was handed in.",
            blind::list,
        ),
        Route::get(
            ("/s/{sandbox}/blind-tests/{task}", "readBlindTest"),
            "Shows a blind test, what was handed in and how it scored.",
            blind::read,
        ),
        Route::post(
            ("/s/{sandbox}/blind-tests/{task}/open", "openBlindTest"),
            "Opens a blind test; the first on a server waits while people are made.",
            blind::open,
        )
        .dials(),
        Route::fetch(
            ("/s/{sandbox}/blind-tests/{task}/cases", "fetchBlindCases"),
            "Gives what was known of each case at its index time, as CSV.",
            &blind::MEDIA_TYPES,
            blind::cases,
        )
        .dials(),
        Route::post(
            ("/s/{sandbox}/blind-tests/{task}/tries", "handInRisks"),
            "Hands in a risk for each case, and tells how it scores for one half of them.",
            blind::hand_in,
        )
        .dials(),
        Route::post(
            ("/s/{sandbox}/blind-tests/{task}/close", "closeBlindTest"),
            "Closes a blind test with one of its tries, and tells how it scores for the others.",
            blind::close,
        ),
    ]
}
