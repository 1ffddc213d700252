use axum::Router;
use axum::routing::{get, post};

use super::{blind, list, make, monitor, one, send};
use crate::state::App;

/// The pages below `models`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/models", get(list::list))
        .route("/models/progress", get(list::progress))
        .route("/models/train", get(make::form).post(make::train))
        .route("/models/bring", post(make::bring))
        .route("/models/blind", get(blind::page))
        .route("/models/blind/{task}/open", post(blind::open))
        .route("/models/blind/{task}/opening", get(blind::opening))
        .route("/models/blind/{task}/cases.csv", get(blind::cases))
        .route("/models/blind/{task}/sheet", post(blind::sheet))
        .route("/models/blind/{task}/model", post(blind::model))
        .route("/models/blind/{task}/close", post(blind::close))
        .route("/models/of/{name}", get(one::newest))
        .route("/models/of/{name}/{version}", get(one::version))
        .route("/models/of/{name}/monitor", get(monitor::monitor))
        .route("/models/of/{name}/deploy", post(send::deploy))
        .route("/models/of/{name}/roll-back", post(send::roll_back))
        .route("/models/of/{name}/withdraw", post(send::withdraw))
        .route("/models/of/{name}/remove", post(send::remove))
}
