use super::{deploy, make, view};
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
    ]
}
