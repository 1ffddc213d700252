//! What request headers say about an interaction.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use platform::fhir::{FhirError, Refusal, pairs_of};
use standards::fhir::outcome::IssueCode;

use super::respond::outcome;
use crate::http_date::seconds_of;

/// The media type of FHIR resources as JSON (R4, 2.6).
pub(super) const FHIR_JSON: &str = "application/fhir+json";

/// The version of an `If-Match` or `If-None-Match` header: `W/"3"`.
pub(super) fn version(headers: &HeaderMap, name: &header::HeaderName) -> Result<Option<u64>, FhirError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let number = text.trim_start_matches("W/").trim_matches('"').parse();
    number.map(Some).map_err(|_| {
        let what = format!("{name} is '{text}'; it must name a version, such as W/\"3\"");
        FhirError::new(Refusal::Malformed, IssueCode::Value, what)
    })
}

/// Whether the client asked for parameters it gave to be understood or refused.
pub(super) fn strict(headers: &HeaderMap) -> bool {
    prefers(headers, "handling=strict")
}

/// Whether the client has a preference (RFC 7240).
pub(super) fn prefers(headers: &HeaderMap, wanted: &str) -> bool {
    let preferences = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
    preferences.flat_map(|value| value.split([',', ';'])).any(|preference| preference.trim() == wanted)
}

/// Whether the client has everything since this moment, microseconds since 1970 UTC: by `If-Modified-Since`, which only
/// counts where no version is named (RFC 9110, 13.1.3).
pub(super) fn has_since(headers: &HeaderMap, updated_us: i64) -> bool {
    let known = text(headers, "if-modified-since").and_then(|text| seconds_of(&text));
    !headers.contains_key(header::IF_NONE_MATCH)
        && known.is_some_and(|seconds| updated_us.div_euclid(1_000_000) <= seconds)
}

/// A header as text.
pub(super) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Whether a body of this `Content-Type` is JSON; a body without one is taken as it is.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    is_media(headers, &[FHIR_JSON, "application/json", "text/json"])
}

/// The media type of JSON Patch (RFC 6902, section 6).
pub(crate) const JSON_PATCH: &str = "application/json-patch+json";

/// Whether a body of this `Content-Type` is a JSON Patch; a body without one is taken as it is.
pub(crate) fn is_patch(headers: &HeaderMap) -> bool {
    is_media(headers, &[JSON_PATCH])
}

/// Whether a body of this `Content-Type` is a form; a body without one is taken as it is.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    is_media(headers, &["application/x-www-form-urlencoded"])
}

fn is_media(headers: &HeaderMap, wanted: &[&str]) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return true };
    let media = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    wanted.contains(&media.to_ascii_lowercase().as_str())
}

/// Whether the client names no format and no part of a resource, and so wants a Binary's content itself (R4, 2.43.5).
pub(super) fn wants_content(headers: &HeaderMap, query: &str) -> bool {
    let named = |value: &axum::http::HeaderValue| {
        value.to_str().is_ok_and(|value| {
            ["fhir+", "application/json", "text/json"].iter().any(|name| value.contains(name))
        })
    };
    !pairs_of(query).iter().any(|(name, _)| ["_format", "_summary", "_elements"].contains(&name.as_str()))
        && !headers.get_all(header::ACCEPT).iter().any(named)
}

/// Whether what answers at a path is a table, which has forms of its own.
pub(super) fn gives_table(path: &str) -> bool {
    path.ends_with("/$run") || path.ends_with("/$viewdefinition-run")
}

/// The form of a table that the client prefers by `Accept`, as `_format` would name it.
pub(super) fn table_form(headers: &HeaderMap) -> Option<&'static str> {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).find_map(|media| match media.split(';').next()?.trim() {
        "text/csv" => Some("csv"),
        "application/x-ndjson" | "application/ndjson" | "application/fhir+ndjson" => Some("ndjson"),
        "application/json" | "application/fhir+json" => Some("json"),
        _ => None,
    })
}

/// Refuses a client that takes no JSON.
#[expect(clippy::result_large_err, reason = "the response is the answer, made once")]
pub(super) fn refuse_unless_json(headers: &HeaderMap, query: &str) -> Result<(), Response> {
    let pairs = pairs_of(query);
    let format = pairs.iter().find(|(name, _)| name == "_format").map(|(_, value)| value.as_str());
    if accepts_json(headers, format) {
        return Ok(());
    }
    let what = "this server answers in JSON; ask for application/fhir+json";
    Err(outcome(StatusCode::NOT_ACCEPTABLE, IssueCode::NotSupported, what))
}

/// Whether the client takes JSON: by `_format`, which wins, or by `Accept`.
fn accepts_json(headers: &HeaderMap, format: Option<&str>) -> bool {
    if let Some(format) = format {
        return format.contains("json");
    }
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    let takes = |value: &axum::http::HeaderValue| {
        value.to_str().is_ok_and(|value| {
            value.contains("json") || value.contains("*/*") || value.contains("application/*")
        })
    };
    accepted.peek().is_none() || accepted.any(takes)
}
