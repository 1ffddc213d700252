use axum::Router;
use axum::routing::{get, post};

use super::{list, order_set, orderable, restore, roles, rule, service, services};
use crate::state::App;

/// The pages below `build`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/build", get(list::list))
        .route("/build/orderable", get(orderable::form).post(orderable::send))
        .route("/build/order-set", get(order_set::form).post(order_set::send))
        .route("/build/rule", get(rule::form).post(rule::send))
        .route("/build/roles", get(roles::form).post(roles::send))
        .route("/build/service", get(service::shown))
        .route("/build/services", post(services::register))
        .route("/build/services/remove", post(services::remove))
        .route("/build/restore", post(restore::send))
}
