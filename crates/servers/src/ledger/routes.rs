use axum::Router;
use axum::http::StatusCode;
use axum::routing::{delete, get, post};

use super::{consensus, eth, exchange, log, vault};
use crate::problem::Problem;
use crate::state::App;

/// Every address of the log, below `/s/{sandbox}/log`; the one of the chain; and those of what stands around the two.
pub(crate) fn routes() -> Router<App> {
    let own = Router::new()
        .route("/", get(log::summary))
        .route("/checkpoint", get(log::checkpoint))
        .route("/entries/{index}", get(log::entry).post(log::edit))
        .route("/proofs/{index}", get(log::proof))
        .route("/growth/{old}", get(log::growth))
        .route("/verify", post(log::verify))
        .route("/operator", post(log::operator))
        .route("/witnesses/{name}", post(log::witness))
        .fallback(|| async {
            Problem::new(StatusCode::NOT_FOUND, "the log has no such address; GET …/log tells of it")
        });
    let exchange = Router::new()
        .route("/", get(exchange::settings).put(exchange::set))
        .route("/fhir/{*path}", get(exchange::read))
        .route("/staff", post(exchange::issue))
        .route("/staff/{number}", delete(exchange::revoke))
        .route("/status", get(exchange::status));
    Router::new()
        .nest("/s/{sandbox}/log", own)
        .nest("/s/{sandbox}/exchange", exchange)
        .route("/s/{sandbox}/eth", get(eth::accounts).post(eth::rpc))
        .route("/s/{sandbox}/vault", get(vault::names))
        .route("/s/{sandbox}/vault/{name}", post(vault::commit).delete(vault::destroy))
        .route("/s/{sandbox}/consensus", get(consensus::play))
        .route("/s/{sandbox}/consensus/evidence", post(consensus::evidence))
}
