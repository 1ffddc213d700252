use axum::Router;
use axum::routing::{get, post};

use super::{acts, chain, consensus, contract, entry, exchange, overview, vault};
use crate::state::App;

/// The pages of the log and the chain.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/ledger", get(overview::overview))
        .route("/ledger/chain", get(chain::chain).post(contract::explain))
        .route("/ledger/consensus", get(consensus::consensus).post(consensus::evidence))
        .route("/ledger/contract", get(contract::contract))
        .route("/ledger/exchange", get(exchange::exchange).post(exchange::set))
        .route("/ledger/exchange/read", post(exchange::read))
        .route("/ledger/vault", get(vault::vault).post(vault::act))
        .route("/ledger/begin", post(contract::begin))
        .route("/ledger/entry", get(entry::entry).post(acts::edit))
        .route("/ledger/operator", post(acts::operator))
        .route("/ledger/witness", post(acts::witness))
}
