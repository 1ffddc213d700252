use axum::Json;
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::consensus::{self, Evidence, EvidenceError, Wanted};

use super::call::{Call, given};
use crate::problem::Problem;

/// `GET /consensus`: a run, from its seed and the faults of its validators.
pub(super) async fn play(call: Call, RawQuery(query): RawQuery) -> Response {
    let work = call.serve(move |_, _, _| {
        let pairs = platform::fhir::pairs_of(query.as_deref().unwrap_or_default());
        let wanted = Wanted::read(&pairs).map_err(|what| Problem::new(StatusCode::BAD_REQUEST, what))?;
        Ok(Json(consensus::play(wanted)).into_response())
    });
    work.await
}

/// `POST /consensus/evidence`: two signatures that a validator cannot have given honestly.
pub(super) async fn evidence(call: Call, body: Bytes) -> Response {
    let work = call.serve(move |_, access, _| {
        let evidence: Evidence = given(&body)?;
        Ok(Json(consensus::prove(access, &evidence)?).into_response())
    });
    work.await
}

impl From<EvidenceError> for Problem {
    fn from(error: EvidenceError) -> Self {
        match error {
            EvidenceError::Store(error) => error.into(),
            other => Self::new(StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
        }
    }
}
