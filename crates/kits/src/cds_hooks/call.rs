//! Asking services.

use serde_json::Value;
use standards::cds_hooks::{Offer, offers};
use standards::fhir::json::{Limits, parse};

use super::people::{Carries, Invented};
use crate::model::Stop;
use crate::run::Step;
use crate::wire::http::{Request, Response};

/// A name of a moment for calls of this kit; a service may not know it, and need not.
pub(super) const INSTANCE: &str = "0b5ba2ce-7b0f-4d8e-9c43-6f2f1f2d7c10";

/// The discovery address, whichever of base and discovery was given.
pub(super) fn discovery(step: &Step<'_>) -> String {
    let base = step.value("url").trim_end_matches('/').to_owned();
    if base.ends_with("/cds-services") { base } else { format!("{base}/cds-services") }
}

/// A request with the token, if there is one. Redirects are not followed: an EHR does not send patients' data elsewhere.
pub(super) fn ask(step: &mut Step<'_>, request: Request) -> Result<Response, Stop> {
    let token = step.value("token");
    let request = match token.is_empty() {
        true => request,
        false => request.with("authorization", &format!("Bearer {token}")),
    };
    step.http_once(&request.with("accept", "application/json"))
}

/// A POST of JSON below the discovery address.
pub(super) fn post(step: &mut Step<'_>, path: &str, body: &str) -> Result<Response, Stop> {
    let url = format!("{}/{path}", discovery(step));
    ask(step, Request::post(url, "application/json", body.as_bytes()))
}

/// The services that are called, as the first test found them.
pub(super) fn called(step: &Step<'_>) -> Result<Vec<Offer>, Stop> {
    let found: Value = serde_json::from_str(&step.value("discovery")).unwrap_or_default();
    let only = step.value("service");
    let (mut offers, _) = offers(&found);
    offers.retain(|offer| only.is_empty() || offer.id == only);
    match offers.is_empty() {
        true => {
            Err(Stop::Skip("nothing is offered that can be called; look at the discovery first".to_owned()))
        }
        false => Ok(offers),
    }
}

/// Calls a service about a patient.
pub(super) fn call(
    step: &mut Step<'_>,
    offer: &Offer,
    patient: &Invented,
    carries: Carries,
) -> Result<Response, Stop> {
    post(step, &offer.id, &patient.call(offer, carries, INSTANCE, step.now_us()).to_string())
}

/// The JSON object of an answer.
pub(super) fn object(response: &Response) -> Result<Value, Stop> {
    let kind = response.header("content-type").unwrap_or("nothing").to_owned();
    if !kind.starts_with("application/json") {
        return Err(Stop::Fail(format!(
            "{} was answered with content type {kind}, not application/json",
            response.url
        )));
    }
    parse(&response.body, &Limits::default()).map_err(|issue| {
        Stop::Fail(format!(
            "{} was answered with what is no JSON object: {}",
            response.url, issue.diagnostics
        ))
    })
}
