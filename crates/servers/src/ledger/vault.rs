use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::vault::{self, VaultError};
use serde::Deserialize;

use super::call::{Call, given};
use crate::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Committed {
    value: String,
}

/// `GET /vault`: the names that have a salt.
pub(super) async fn names(call: Call) -> Response {
    call.serve(|_, access, _| Ok(Json(vault::names(access)?).into_response())).await
}

/// `POST /vault/{name}`: a value, committed to under a name.
pub(super) async fn commit(call: Call, body: Bytes) -> Response {
    let work = call.serve(move |platform, access, request| {
        let Committed { value } = given(&body)?;
        Ok(Json(vault::commit(platform, access, &request.part, &value)?).into_response())
    });
    work.await
}

/// `DELETE /vault/{name}`: the salt of a name, destroyed.
pub(super) async fn destroy(call: Call) -> Response {
    let work = call.serve(|_, access, request| {
        vault::destroy(access, &request.part)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    });
    work.await
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        let status = match error {
            VaultError::NoName(_) => StatusCode::NOT_FOUND,
            VaultError::Name => StatusCode::UNPROCESSABLE_ENTITY,
            VaultError::Full => StatusCode::CONFLICT,
            VaultError::Store(error) => return error.into(),
        };
        Self::new(status, error.to_string())
    }
}
