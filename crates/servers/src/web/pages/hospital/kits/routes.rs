use axum::Router;
use axum::routing::{get, post};

use super::{act, begin, exchange, list, report, run};
use crate::state::App;

/// The pages below `kits`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/kits", get(list::list))
        .route("/kits/{kit}", get(begin::form).post(act::start))
        .route("/kits/{kit}/sample", get(report::sample))
        .route("/kits/{kit}/{run}", get(run::shown))
        .route("/kits/{kit}/{run}/results", get(run::results))
        .route("/kits/{kit}/{run}/stop", post(act::stop))
        .route("/kits/{kit}/{run}/report/{form}", get(report::report))
        .route("/kits/{kit}/{run}/{number}", get(exchange::shown))
}
