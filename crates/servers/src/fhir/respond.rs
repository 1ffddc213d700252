//! Answers and refusals as HTTP responses.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use platform::fhir::{Answer, Context, FhirError, Give, Refusal, Stored};
use platform::sandboxes::SandboxError;
use standards::fhir::outcome::{self, Issue, IssueCode, Severity};

use super::binary::content;
use super::headers::FHIR_JSON;
use super::wishes::Wishes;
use crate::http_date::http_date;

/// Seconds after which a busy server may be asked again.
const BUSY_S: &str = "30";

/// What an interaction gave, in the form that was wished.
pub(super) fn answer(context: &Context<'_>, answer: Answer, wishes: Wishes) -> Response<Body> {
    match answer {
        Answer::Resource(stored) => resource(StatusCode::OK, stored, None, wishes),
        Answer::Updated(stored) => resource(StatusCode::OK, stored, None, wishes),
        Answer::Created(stored) => {
            let Stored { kind, id, version, .. } = &stored;
            let location = format!("{}/{kind}/{id}/_history/{version}", context.base_url);
            resource(StatusCode::CREATED, stored, Some(location), wishes)
        }
        Answer::Deleted(version) => {
            let mut response = if wishes.give == Give::Outcome {
                let what = if version > 0 { "it is deleted" } else { "there was nothing to delete" };
                fhir_json(StatusCode::OK, wishes.laid_out(done(what)))
            } else {
                with_status(StatusCode::NO_CONTENT)
            };
            if version > 0 {
                set(&mut response, header::ETAG, &format!("W/\"{version}\""));
            }
            response
        }
        Answer::NotModified(stored) => {
            let mut response = with_status(StatusCode::NOT_MODIFIED);
            set_version(&mut response, &stored);
            response
        }
        Answer::Made(body) => fhir_json(StatusCode::OK, wishes.laid_out(body)),
        Answer::Content { media_type, body } => {
            let mut response = Response::new(Body::from(body));
            set(&mut response, header::CONTENT_TYPE, media_type);
            response
        }
    }
}

/// Why an interaction was refused.
pub(super) fn refusal(error: &FhirError) -> Response<Body> {
    let status = status_of(error.refusal);
    let mut response = issues(status, &error.issues);
    if error.refusal == Refusal::Busy {
        set(&mut response, header::RETRY_AFTER, BUSY_S);
    }
    response
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
        Refusal::Forbidden | Refusal::Restricted => StatusCode::FORBIDDEN,
        Refusal::Busy => StatusCode::TOO_MANY_REQUESTS,
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

fn resource(
    status: StatusCode,
    mut stored: Stored,
    location: Option<String>,
    wishes: Wishes,
) -> Response<Body> {
    let content = if wishes.content && stored.kind == "Binary" { content(&stored) } else { None };
    let mut response = match (content, wishes.give) {
        (Some(content), _) => content,
        (None, Give::Representation) => fhir_json(status, wishes.laid_out(std::mem::take(&mut stored.body))),
        (None, Give::Minimal) => with_status(status),
        (None, Give::Outcome) => {
            let Stored { kind, id, version, .. } = &stored;
            fhir_json(status, wishes.laid_out(done(&format!("{kind}/{id} is stored as version {version}"))))
        }
    };
    set_version(&mut response, &stored);
    if let Some(location) = location {
        set(&mut response, header::LOCATION, &location);
    }
    response
}

/// An OperationOutcome that says that something was done.
pub(super) fn done(what: &str) -> Vec<u8> {
    let issue = Issue {
        severity: Severity::Information,
        code: IssueCode::Informational,
        diagnostics: what.to_owned(),
        expression: None,
    };
    outcome::outcome(&[issue]).to_string().into_bytes()
}

fn with_status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn set_version(response: &mut Response<Body>, stored: &Stored) {
    set(response, header::ETAG, &format!("W/\"{}\"", stored.version));
    set(response, header::LAST_MODIFIED, &http_date(stored.updated_us));
}

pub(super) fn fhir_json(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, &format!("{FHIR_JSON}; charset=utf-8"));
    response
}

pub(super) fn set(response: &mut Response<Body>, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
