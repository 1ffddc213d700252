//! Answers and refusals as HTTP responses.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use platform::fhir::{Answer, Context, FhirError, Refusal, Stored};
use platform::sandboxes::SandboxError;
use standards::fhir::outcome::{self, Issue, IssueCode, Severity};

use super::headers::FHIR_JSON;
use crate::http_date::http_date;

/// What an interaction gave.
pub(super) fn answer(context: &Context<'_>, answer: Answer) -> Response<Body> {
    match answer {
        Answer::Resource(stored) => resource(StatusCode::OK, stored, None),
        Answer::Updated(stored) => resource(StatusCode::OK, stored, None),
        Answer::Created(stored) => {
            let Stored { kind, id, version, .. } = &stored;
            let location = format!("{}/{kind}/{id}/_history/{version}", context.base_url);
            resource(StatusCode::CREATED, stored, Some(location))
        }
        Answer::Deleted(version) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            if version > 0 {
                set(&mut response, header::ETAG, &format!("W/\"{version}\""));
            }
            response
        }
        Answer::NotModified(stored) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            set(&mut response, header::ETAG, &format!("W/\"{}\"", stored.version));
            response
        }
        Answer::Made(body) => fhir_json(StatusCode::OK, body),
    }
}

/// Why an interaction was refused.
pub(super) fn refusal(error: &FhirError) -> Response<Body> {
    let status = status_of(error.refusal);
    issues(status, &error.issues)
}

/// The status of a refusal (R4, 3.1.0).
pub(crate) fn status_of(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::Malformed => StatusCode::BAD_REQUEST,
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::Gone => StatusCode::GONE,
        Refusal::Conflict => StatusCode::CONFLICT,
        Refusal::VersionMismatch | Refusal::Ambiguous => StatusCode::PRECONDITION_FAILED,
        Refusal::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::NotSupported => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Why somebody may not enter a sandbox, or why it cannot be opened.
pub(super) fn forbidden(error: &SandboxError) -> Response<Body> {
    match error {
        SandboxError::NotYours(_) => outcome(StatusCode::NOT_FOUND, IssueCode::Forbidden, &error.to_string()),
        SandboxError::Invalid(what) => outcome(StatusCode::BAD_REQUEST, IssueCode::Invalid, what),
        SandboxError::Store(error) => {
            tracing::error!(%error, "a sandbox could not be opened");
            let what = "the sandbox could not be opened; the server's log says why";
            outcome(StatusCode::INTERNAL_SERVER_ERROR, IssueCode::Exception, what)
        }
    }
}

/// One error as an OperationOutcome.
pub(crate) fn outcome(status: StatusCode, code: IssueCode, diagnostics: &str) -> Response<Body> {
    let issue =
        Issue { severity: Severity::Error, code, diagnostics: diagnostics.to_owned(), expression: None };
    issues(status, &[issue])
}

fn issues(status: StatusCode, issues: &[Issue]) -> Response<Body> {
    fhir_json(status, outcome::outcome(issues).to_string().into_bytes())
}

fn resource(status: StatusCode, stored: Stored, location: Option<String>) -> Response<Body> {
    let (version, updated_us) = (stored.version, stored.updated_us);
    let mut response = fhir_json(status, stored.body);
    set(&mut response, header::ETAG, &format!("W/\"{version}\""));
    set(&mut response, header::LAST_MODIFIED, &http_date(updated_us));
    if let Some(location) = location {
        set(&mut response, header::LOCATION, &location);
    }
    response
}

pub(super) fn fhir_json(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, &format!("{FHIR_JSON}; charset=utf-8"));
    response
}

fn set(response: &mut Response<Body>, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
