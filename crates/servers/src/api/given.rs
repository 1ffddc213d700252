//! What a client sends, read strictly: nothing unknown is let through, and what is wrong is said with its place.

use axum::http::{HeaderMap, StatusCode, header};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::Caller;
use crate::problem::Problem;

/// The body of an act that needs to be told nothing: `{}`, or none at all.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// The JSON body. No body at all reads as `{}`.
pub(super) fn body<T: DeserializeOwned>(caller: &Caller) -> Result<T, Problem> {
    if caller.body.is_empty() {
        return serde_json::from_slice(b"{}").map_err(|error| {
            let what = format!("this needs a JSON body: {}", reason(&error));
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what)
        });
    }
    if !says_json(&caller.headers) {
        let what = "bodies are taken as JSON; send Content-Type: application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what));
    }
    serde_json::from_slice(&caller.body).map_err(|error| refusal(&caller.body, &error))
}

/// What is no JSON at all is told apart from JSON of the wrong shape.
fn refusal(body: &[u8], error: &serde_json::Error) -> Problem {
    let syntax = serde_json::from_slice::<Value>(body).err();
    let (status, what) = match syntax {
        Some(_) => (StatusCode::BAD_REQUEST, "the body is not JSON"),
        None => (StatusCode::UNPROCESSABLE_ENTITY, "the body does not fit"),
    };
    let error = syntax.as_ref().unwrap_or(error);
    let (line, column) = (error.line(), error.column());
    Problem::new(status, format!("{what}: {} (line {line}, column {column})", reason(error)))
        .with("line", line)
        .with("column", column)
}

/// The reason without the place, which `serde_json` writes at its end.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// The parameters after the `?`.
pub(super) fn query<T: DeserializeOwned>(query: Option<&str>) -> Result<T, Problem> {
    let uri = format!("/?{}", query.unwrap_or_default()).parse().unwrap_or_default();
    axum::extract::Query::try_from_uri(&uri).map(|axum::extract::Query(found)| found).map_err(|error| {
        let what = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        Problem::new(StatusCode::BAD_REQUEST, format!("the parameters do not fit: {what}"))
    })
}

fn says_json(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = said.and_then(|said| said.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    media == "application/json" || media.starts_with("application/") && media.ends_with("+json")
}
