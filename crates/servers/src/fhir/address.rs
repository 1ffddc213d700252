use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde::de::DeserializeOwned;
use standards::fhir::outcome::IssueCode;

use super::respond::outcome;

/// The variable parts of an address; what is no text after decoding is refused as FHIR has it.
pub(super) struct Address<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Address<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let found = Path::from_request_parts(parts, state).await;
        found.map(|Path(found)| Self(found)).map_err(|rejection| {
            let what = format!("this address cannot be read: {}", rejection.body_text());
            outcome(StatusCode::BAD_REQUEST, IssueCode::Value, &what)
        })
    }
}
