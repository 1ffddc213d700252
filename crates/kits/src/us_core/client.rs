//! Asking a FHIR server.

use serde_json::Value;
use standards::fhir::json::{Limits, parse};

use super::values::encoded;
use crate::model::Stop;
use crate::run::Step;
use crate::wire::http::{Request, Response};

/// The most pages of a search that are read.
const PAGES_MAX: usize = 20;

/// The base address, without a slash at its end.
pub(super) fn base(step: &Step<'_>) -> String {
    step.value("url").trim_end_matches('/').to_owned()
}

/// Asks for an address below the base, or an absolute one.
pub(super) fn get(step: &mut Step<'_>, path: &str) -> Result<Response, Stop> {
    let base = base(step);
    let url = if path.starts_with("http://") || path.starts_with("https://") {
        path.to_owned()
    } else {
        format!("{base}/{path}")
    };
    let request = Request::get(&url).with("accept", "application/fhir+json");
    let token = step.value("token");
    // A token is for this server, wherever its links point.
    let request = match !token.is_empty() && url.starts_with(&format!("{base}/"))
        || url.starts_with(&format!("{base}?"))
    {
        true => request.with("authorization", &format!("Bearer {token}")),
        false => request,
    };
    step.http(&request)
}

/// The resource of a response that must have this type.
pub(super) fn resource(response: &Response, kind: &str) -> Result<Value, Stop> {
    if !response.is_success() {
        return Err(Stop::Fail(format!("{} was answered with {}", response.url, response.status)));
    }
    let value = parse(&response.body, &Limits::default())
        .map_err(|issue| Stop::Fail(format!("{} gave no FHIR JSON: {}", response.url, issue.diagnostics)))?;
    match value["resourceType"].as_str() {
        Some(found) if found == kind => Ok(value),
        found => Err(Stop::Fail(format!(
            "{} gave a {}, not a {kind}",
            response.url,
            found.unwrap_or("thing without a type")
        ))),
    }
}

/// What a search finds, all pages: the resources of the type, and those that came along.
pub(super) fn search(
    step: &mut Step<'_>,
    kind: &str,
    pairs: &[(String, String)],
) -> Result<(Vec<Value>, Vec<Value>), Stop> {
    let first = get(step, &format!("{kind}?{}", encoded(pairs)))?;
    pages(step, kind, &first)
}

/// The same sent by POST.
pub(super) fn search_by_post(
    step: &mut Step<'_>,
    kind: &str,
    pairs: &[(String, String)],
) -> Result<(Vec<Value>, Vec<Value>), Stop> {
    let url = format!("{}/{kind}/_search", base(step));
    let request = Request::post(url, "application/x-www-form-urlencoded", encoded(pairs));
    let request = request.with("accept", "application/fhir+json");
    let token = step.value("token");
    let request = match token.is_empty() {
        true => request,
        false => request.with("authorization", &format!("Bearer {token}")),
    };
    let first = step.http(&request)?;
    pages(step, kind, &first)
}

fn pages(step: &mut Step<'_>, kind: &str, first: &Response) -> Result<(Vec<Value>, Vec<Value>), Stop> {
    let (mut found, mut along, mut links) = (Vec::new(), Vec::new(), Vec::new());
    let mut bundle = resource(first, "Bundle")?;
    loop {
        if bundle["type"] != "searchset" {
            let text = format!("{} gave a Bundle of type {}, not searchset", first.url, bundle["type"]);
            return Err(Stop::Fail(text));
        }
        for entry in bundle["entry"].as_array().into_iter().flatten() {
            let one = entry["resource"].clone();
            let is_match = entry["search"]["mode"].as_str().is_none_or(|mode| mode == "match");
            match one["resourceType"].as_str() {
                Some(type_name) if type_name == kind && is_match => found.push(one),
                Some("OperationOutcome") | None => {}
                Some(_) => along.push(one),
            }
        }
        let next = bundle["link"].as_array().into_iter().flatten().find(|link| link["relation"] == "next");
        let Some(next) = next.and_then(|link| link["url"].as_str()).map(str::to_owned) else { break };
        if links.contains(&next) {
            return Err(Stop::Fail(format!("the pages of {} lead in a circle, to {next}", first.url)));
        }
        links.push(next.clone());
        if links.len() >= PAGES_MAX {
            break;
        }
        let response = get(step, &next)?;
        bundle = resource(&response, "Bundle")?;
    }
    Ok((found, along))
}
