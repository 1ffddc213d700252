use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use standards::fhir::outcome::IssueCode;

use crate::fhir::{Envelope, JSON_PATCH, is_form, is_json, is_patch, outcome};
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
        bytes(request, app).await.map(Self)
    }
}

/// A resource as the client sent it. To the addresses of a Binary any content may be sent as it is (R4, 2.43.5): it
/// arrives here inside a Binary.
pub(crate) struct ResourceBody(pub(crate) Bytes);

impl FromRequest<App> for ResourceBody {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let Some(envelope) = Envelope::for_request(request.uri().path(), request.headers()) else {
            return FhirBody::from_request(request, app).await.map(|FhirBody(body)| Self(body));
        };
        let content = bytes(request, app).await?;
        Ok(Self(envelope.around(&content).into()))
    }
}

/// A JSON Patch as the client sent it.
pub(crate) struct PatchBody(pub(crate) Bytes);

impl FromRequest<App> for PatchBody {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        if !is_patch(request.headers()) {
            let what = "patches are taken as application/json-patch+json (RFC 6902)";
            let mut response = outcome(StatusCode::UNSUPPORTED_MEDIA_TYPE, IssueCode::NotSupported, what);
            response.headers_mut().insert("accept-patch", HeaderValue::from_static(JSON_PATCH));
            return Err(response);
        }
        bytes(request, app).await.map(Self)
    }
}

/// The parameters of a search as a form: the text of a query string.
pub(crate) struct FhirForm(pub(crate) String);

impl FromRequest<App> for FhirForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        if !is_form(request.headers()) {
            let what = "search parameters are taken as application/x-www-form-urlencoded";
            return Err(outcome(StatusCode::UNSUPPORTED_MEDIA_TYPE, IssueCode::NotSupported, what));
        }
        let bytes = bytes(request, app).await?;
        Ok(Self(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// The whole body, or why it is not taken.
async fn bytes(request: Request, app: &App) -> Result<Bytes, Response> {
    Bytes::from_request(request, app).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let what = format!("the body is larger than {BODY_BYTES_MAX} bytes; send it in parts");
            return outcome(StatusCode::PAYLOAD_TOO_LARGE, IssueCode::TooLong, &what);
        }
        rejection.into_response()
    })
}
