use std::borrow::Cow;

use data_encoding::BASE64;
use serde_json::{Value, json};
use standards::fhir::instant;
use standards::fhir::outcome::{Issue, IssueCode, Severity, outcome};
use store::sandbox::Stored;

use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::give::Give;
use crate::fhir::history_parameters::HistoryParameters;
use crate::fhir::interaction::Interaction;
use crate::fhir::operations::Place;
use crate::fhir::page::Page;
use crate::fhir::search::{Scope, pairs_of};
use crate::fhir::subset::part_of;

/// One entry of a batch or transaction as it was sent.
pub(super) struct Entry<'a> {
    pub(super) full_url: Option<String>,
    /// The resource as JSON; for a PATCH the patch that was inside its Binary.
    pub(super) resource: Option<Cow<'a, str>>,
    pub(super) request: Request,
}

/// What an entry asks for.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) if_match: Option<String>,
    pub(super) if_none_match: Option<String>,
    pub(super) if_none_exist: Option<String>,
}

/// An entry's request taken apart: `Patient/123?x=y` under its method.
pub(super) struct Target<'a> {
    pub(super) parts: Vec<&'a str>,
    pub(super) query: &'a str,
    pub(super) parameters: Vec<(String, String)>,
}

impl Request {
    pub(super) fn target(&self) -> Target<'_> {
        let (path, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        Target { parts: path.split('/').collect(), query, parameters: pairs_of(query) }
    }
}

impl Entry<'_> {
    /// The entry as an interaction on `body`.
    pub(super) fn interaction<'b>(
        &'b self,
        target: &'b Target<'_>,
        body: &'b [u8],
    ) -> Result<Interaction<'b>, FhirError> {
        let if_match = || self.request.if_match.as_deref().map(read_tag).transpose();
        match (self.request.method.as_str(), target.parts.as_slice()) {
            (method @ ("GET" | "POST"), [place @ .., name]) if name.starts_with('$') => {
                let place = match place {
                    [] => Place::System,
                    [kind] => Place::Type(kind),
                    [kind, id] => Place::Instance(kind, id),
                    _ => return Err(self.unknown()),
                };
                let body = (method == "POST").then_some(body);
                Ok(Interaction::Operation { name: &name[1..], place, query: &target.parameters, body })
            }
            ("GET", ["_history"]) => {
                Ok(Interaction::SystemHistory { parameters: HistoryParameters::read(&target.parameters)? })
            }
            ("GET", [kind, "_history"]) => {
                let parameters = HistoryParameters::read(&target.parameters)?;
                Ok(Interaction::History { kind, id: None, parameters })
            }
            ("GET", [kind, id]) => {
                let known_version = self.request.if_none_match.as_deref().map(read_tag).transpose()?;
                Ok(Interaction::Read { kind, id, known_version })
            }
            ("GET", [kind, id, "_history", version]) => Ok(Interaction::Vread { kind, id, version }),
            ("GET", [kind, id, "_history"]) => {
                let parameters = HistoryParameters::read(&target.parameters)?;
                Ok(Interaction::History { kind, id: Some(id), parameters })
            }
            ("GET", [""]) => Ok(Interaction::SearchIn {
                scope: Scope::System,
                parameters: &target.parameters,
                strict: false,
            }),
            ("GET", [kind, id, of_type]) if *of_type != "_history" => {
                let scope =
                    Scope::Compartment { kind, id, of_type: Some(*of_type).filter(|kind| *kind != "*") };
                Ok(Interaction::SearchIn { scope, parameters: &target.parameters, strict: false })
            }
            ("GET", [kind]) => {
                Ok(Interaction::Search { kind, parameters: &target.parameters, strict: false })
            }
            ("POST", [kind]) if !kind.is_empty() => {
                Ok(Interaction::Create { kind, body, if_none_exist: self.request.if_none_exist.as_deref() })
            }
            ("PUT", [kind, id]) => Ok(Interaction::Update { kind, id, body, if_match: if_match()? }),
            ("PUT", [kind]) => Ok(Interaction::ConditionalUpdate { kind, condition: target.query, body }),
            ("PATCH", [kind, id]) => Ok(Interaction::Patch { kind, id, patch: body, if_match: if_match()? }),
            ("PATCH", [kind]) => {
                let condition = target.query;
                Ok(Interaction::ConditionalPatch { kind, condition, patch: body, if_match: if_match()? })
            }
            ("DELETE", [kind]) => Ok(Interaction::ConditionalDelete { kind, condition: target.query }),
            ("DELETE", [kind, id]) => Ok(Interaction::Delete { kind, id, if_match: if_match()? }),
            _ => Err(self.unknown()),
        }
    }

    fn unknown(&self) -> FhirError {
        let Request { method, url, .. } = &self.request;
        let what = format!(
            "'{method} {url}' is not an interaction a Bundle entry can ask for here; GET, POST to a type or an \
             operation, PUT, PATCH and DELETE to an instance or to a type with a condition are"
        );
        FhirError::new(Refusal::Malformed, IssueCode::NotSupported, what)
    }
}

/// What an entry gave, or the part of it that its address asks for.
pub(super) fn shaped(answer: Answer, target: &Target<'_>) -> Result<Answer, FhirError> {
    match answer {
        Answer::Resource(stored) => Ok(Answer::Resource(part_of(stored, &target.parameters)?)),
        other => Ok(other),
    }
}

/// `W/"3"`, `"3"` or `3` as a version number.
fn read_tag(tag: &str) -> Result<u64, FhirError> {
    let inner = tag.trim().trim_start_matches("W/").trim_matches('"');
    inner.parse().map_err(|_| {
        let what = format!("'{tag}' is not a version; write W/\"3\"");
        FhirError::new(Refusal::Malformed, IssueCode::Value, what)
    })
}

/// Writes what an entry gave into the response Bundle, with as much of it as is wished.
pub(super) fn write_response(page: &mut Page, context: &Context<'_>, answer: &Answer, give: Give) {
    let version = |stored: &Stored, status: &str| {
        let tag = format!("W/\"{}\"", stored.version);
        let modified = instant::format(stored.updated_us);
        json!({"status": status, "etag": tag, "lastModified": modified})
    };
    let located = |stored: &Stored, status: &str| {
        let mut response = version(stored, status);
        let Stored { kind, id, version, .. } = stored;
        response["location"] = format!("{}/{kind}/{id}/_history/{version}", context.base_url).into();
        response
    };
    let mut written = |stored: &Stored, mut response: Value| {
        if give == Give::Outcome {
            let Stored { kind, id, version, .. } = stored;
            response["outcome"] = done(&format!("{kind}/{id} is stored as version {version}"));
        }
        page.response((give == Give::Representation).then_some(&stored.body), &response);
    };
    match answer {
        Answer::Resource(stored) if give == Give::Representation => {
            written(stored, version(stored, "200 OK"));
        }
        Answer::Resource(stored) | Answer::Updated(stored) => written(stored, located(stored, "200 OK")),
        Answer::Created(stored) => written(stored, located(stored, "201 Created")),
        Answer::Deleted(_) if give == Give::Outcome => {
            page.response(None, &json!({"status": "200 OK", "outcome": done("it is not there any more")}));
        }
        Answer::Deleted(_) => page.response(None, &json!({"status": "204 No Content"})),
        Answer::NotModified(stored) => page.response(None, &version(stored, "304 Not Modified")),
        Answer::Made(body) => page.response(Some(body), &json!({"status": "200 OK"})),
        Answer::Content { media_type, body } => {
            let data = BASE64.encode(body);
            let binary = json!({"resourceType": "Binary", "contentType": media_type, "data": data});
            page.response(Some(binary.to_string().as_bytes()), &json!({"status": "200 OK"}));
        }
    }
}

/// An OperationOutcome that says that something was done.
fn done(what: &str) -> Value {
    let issue = Issue::error(IssueCode::Informational, what.to_owned());
    outcome(&[Issue { severity: Severity::Information, ..issue }])
}

/// Writes why an entry was refused into the response Bundle.
pub(super) fn write_refusal(page: &mut Page, error: &FhirError) {
    let status = match error.refusal {
        Refusal::Malformed => "400 Bad Request",
        Refusal::NotFound => "404 Not Found",
        Refusal::Gone => "410 Gone",
        Refusal::Conflict => "409 Conflict",
        Refusal::VersionMismatch | Refusal::Ambiguous => "412 Precondition Failed",
        Refusal::Unprocessable => "422 Unprocessable Entity",
        Refusal::NotSupported => "405 Method Not Allowed",
        Refusal::Forbidden | Refusal::Restricted => "403 Forbidden",
        Refusal::Busy => "429 Too Many Requests",
        Refusal::Internal => "500 Internal Server Error",
    };
    let issues: Value = outcome(&error.issues);
    page.response(None, &json!({"status": status, "outcome": issues}));
}
