use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use standards::fhir::outcome::IssueCode;

use crate::fhir::{is_json, outcome};
use crate::state::App;

/// The largest request body taken, on every face.
pub(crate) const BODY_BYTES_MAX: usize = 16 << 20;

/// A FHIR body as the client sent it: JSON by its `Content-Type`, within the limit.
pub(crate) struct FhirBody(pub(crate) Bytes);

impl FromRequest<App> for FhirBody {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        if !is_json(request.headers()) {
            let what = "bodies are taken as application/fhir+json";
            return Err(outcome(StatusCode::UNSUPPORTED_MEDIA_TYPE, IssueCode::NotSupported, what));
        }
        Bytes::from_request(request, app).await.map(Self).map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                let what = format!("the body is larger than {BODY_BYTES_MAX} bytes; send it in parts");
                return outcome(StatusCode::PAYLOAD_TOO_LARGE, IssueCode::TooLong, &what);
            }
            rejection.into_response()
        })
    }
}
