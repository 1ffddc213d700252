use axum::Router;
use axum::routing::{get, post};

use super::{list, make, monitor, one, send};
use crate::state::App;

/// The pages below `models`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/models", get(list::list))
        .route("/models/progress", get(list::progress))
        .route("/models/train", get(make::form).post(make::train))
        .route("/models/bring", post(make::bring))
        .route("/models/of/{name}", get(one::newest))
        .route("/models/of/{name}/{version}", get(one::version))
        .route("/models/of/{name}/monitor", get(monitor::monitor))
        .route("/models/of/{name}/deploy", post(send::deploy))
        .route("/models/of/{name}/roll-back", post(send::roll_back))
        .route("/models/of/{name}/withdraw", post(send::withdraw))
        .route("/models/of/{name}/remove", post(send::remove))
}
