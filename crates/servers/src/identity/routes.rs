use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};

use super::cors::open_to_all_origins;
use super::{authorize, documents, register, sign_in, token};
use crate::state::App;

/// Every address of the identity provider.
pub(crate) fn routes() -> Router<App> {
    let programs = Router::new()
        .route("/s/{sandbox}/auth/.well-known/openid-configuration", get(documents::openid_configuration))
        .route("/s/{sandbox}/auth/.well-known/smart-configuration", get(documents::smart_configuration))
        .route("/s/{sandbox}/auth/jwks", get(documents::jwks))
        .route("/s/{sandbox}/auth/token", post(token::token))
        .route("/s/{sandbox}/auth/introspect", post(token::introspect))
        .route("/s/{sandbox}/auth/revoke", post(token::revoke))
        .route("/s/{sandbox}/auth/register", post(register::register))
        .layer(from_fn(open_to_all_origins));
    let people = Router::new()
        .route("/s/{sandbox}/auth/authorize", get(authorize::open).post(authorize::open_posted))
        .route("/s/{sandbox}/auth/sign-in", post(sign_in::sign_in))
        .route("/s/{sandbox}/auth/continue", post(sign_in::go_on))
        .route("/s/{sandbox}/auth/consent", post(authorize::consent));
    programs.merge(people)
}
