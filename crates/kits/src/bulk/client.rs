//! Asking a server for exports.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use standards::fhir::json::{Limits, parse};

use crate::model::Stop;
use crate::run::Step;
use crate::wire::http::{Request, Response};

/// How long to wait where the server does not say.
const PAUSE: Duration = Duration::from_millis(500);
/// The longest wait between two looks, whatever the server says.
const PAUSE_MAX: Duration = Duration::from_secs(10);

/// The base address, without a slash at its end.
pub(super) fn base(step: &Step<'_>) -> String {
    step.value("url").trim_end_matches('/').to_owned()
}

/// A request with the token, if it is for the server that the token is for.
pub(super) fn with_token(step: &Step<'_>, request: Request) -> Request {
    let token = step.value("token");
    let own = base(step);
    let origin = own.split('/').take(3).collect::<Vec<_>>().join("/");
    match !token.is_empty() && request.url.starts_with(&format!("{origin}/")) {
        true => request.with("authorization", &format!("Bearer {token}")),
        false => request,
    }
}

/// The address that exports are asked for at, with a query.
pub(super) fn address(step: &Step<'_>, query: &str) -> String {
    let level = step.value("level");
    let path = match level.as_str() {
        "system" => "$export".to_owned(),
        "patient" => "Patient/$export".to_owned(),
        group => format!("Group/{group}/$export"),
    };
    let marks = if query.is_empty() { "" } else { "?" };
    format!("{}/{path}{marks}{query}", base(step))
}

/// Asks for an export.
pub(super) fn kick_off(step: &mut Step<'_>, query: &str) -> Result<Response, Stop> {
    let url = address(step, query);
    let request = Request::get(url).with("accept", "application/fhir+json").with("prefer", "respond-async");
    let request = with_token(step, request);
    step.http(&request)
}

/// Begins an export; the address of its status.
pub(super) fn begin(step: &mut Step<'_>, query: &str) -> Result<String, Stop> {
    let response = kick_off(step, query)?;
    if response.status != 202 {
        return Err(Stop::Fail(format!("the export was answered with {}, not 202", response.status)));
    }
    let status = response.header("content-location").map(str::to_owned);
    match status {
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => Ok(url),
        Some(other) => Err(Stop::Fail(format!("Content-Location is {other:?}, and no absolute address"))),
        None => {
            Err(Stop::Fail("the answer has no Content-Location, so nobody knows where to look".to_owned()))
        }
    }
}

/// Waits for the manifest of an export.
pub(super) fn manifest(step: &mut Step<'_>, status: &str) -> Result<Value, Stop> {
    let seconds: u64 = step.value("wait").parse().unwrap_or(120);
    let until = Instant::now() + Duration::from_secs(seconds);
    loop {
        let request = with_token(step, Request::get(status).with("accept", "application/json"));
        let response = step.http(&request)?;
        match response.status {
            200 => {
                return parse(&response.body, &Limits::default()).map_err(|issue| {
                    Stop::Fail(format!("the manifest is no JSON object: {}", issue.diagnostics))
                });
            }
            202 if Instant::now() < until => sleep(pause(&response)),
            202 => return Err(Stop::Fail(format!("the export was not done within {seconds} seconds"))),
            other => return Err(Stop::Fail(format!("the status of the export was answered with {other}"))),
        }
    }
}

/// How long a server asks to wait, within reason.
fn pause(response: &Response) -> Duration {
    let seconds = response.header("retry-after").and_then(|text| text.parse().ok());
    seconds.map_or(PAUSE, Duration::from_secs).min(PAUSE_MAX)
}

/// The files of a manifest: type, address, and count where it is given.
pub(super) fn files(manifest: &Value) -> Vec<(String, String, Option<u64>)> {
    listed(manifest, "output")
}

/// The files of one of its lists, `output` or `error`.
pub(super) fn listed(manifest: &Value, list: &str) -> Vec<(String, String, Option<u64>)> {
    let listed = manifest[list].as_array().into_iter().flatten();
    listed
        .filter_map(|file| {
            let (kind, url) = (file["type"].as_str()?, file["url"].as_str()?);
            Some((kind.to_owned(), url.to_owned(), file["count"].as_u64()))
        })
        .collect()
}

/// The resources of a file.
pub(super) fn lines(step: &mut Step<'_>, url: &str) -> Result<Vec<Value>, Stop> {
    let request = with_token(step, Request::get(url).with("accept", "application/fhir+ndjson"));
    let response = step.http(&request)?;
    if !response.is_success() {
        return Err(Stop::Fail(format!("the file {url} was answered with {}", response.status)));
    }
    let text =
        String::from_utf8(response.body).map_err(|_| Stop::Fail(format!("the file {url} is not UTF-8")))?;
    let all = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    all.map(|(at, line)| {
        parse(line.as_bytes(), &Limits::default()).map_err(|issue| {
            Stop::Fail(format!("line {} of {url} is no JSON object: {}", at + 1, issue.diagnostics))
        })
    })
    .collect()
}
