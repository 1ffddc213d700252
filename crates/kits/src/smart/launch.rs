//! A person agrees, and the app comes to tokens.

use serde_json::Value;

use super::ask::{self, Way, beyond, endpoint, offers, said, test};
use super::discovery::allows_origin;
use super::id_token;
use crate::model::{Group, Stop};
use crate::run::Step;

/// The group.
pub(super) fn group() -> Group {
    Group {
        id: "smart/launch".to_owned(),
        title: "A launch".to_owned(),
        about: "An app that is opened by itself: it asks, a person agrees, and the code becomes tokens."
            .to_owned(),
        tests: vec![
            test("launch/code", "The browser comes back with a code and the state", code)
                .of(&["oauth.state"])
                .needs(&["smart", "client"])
                .gives(&["code", "verifier", "nonce"]),
            test("launch/token", "The code becomes tokens", token)
                .of(&["oauth.token", "smart.cors"])
                .needs(&["code"])
                .gives(&["tokens", "access"]),
            test("launch/scopes", "No more was granted than was asked for", scopes)
                .of(&["smart.scopes"])
                .needs(&["tokens"]),
            test("launch/context", "The answer names the patient in context", context)
                .of(&["smart.context"])
                .needs(&["tokens"])
                .gives(&["patient"]),
            test("launch/id-token", "The ID token says who signed in, and is signed", id_token::test_of)
                .of(&["openid.id-token"])
                .needs(&["tokens", "jwks"]),
        ],
        ..Group::default()
    }
}

fn code(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way::new(step);
    let fields = way.agreed(step)?;
    if fields.get("state") != Some(&way.state) {
        let found = fields.get("state").map_or("nothing", String::as_str);
        return Err(Stop::Fail(format!("the state came back as {found}, and was {}", way.state)));
    }
    if let Some(error) = fields.get("error") {
        return Err(Stop::Skip(format!("the server came back with {error}: did the person say no?")));
    }
    let issuer = endpoint(step, "issuer");
    let document: Value = serde_json::from_str(&step.value("smart")).unwrap_or_default();
    let promised = document["authorization_response_iss_parameter_supported"] == true;
    if promised && fields.get("iss") != Some(&issuer) {
        let found = fields.get("iss").map_or("missing", String::as_str);
        return Err(Stop::Fail(format!("iss is {found}; the discovery document promises {issuer}")));
    }
    let code =
        fields.get("code").ok_or_else(|| Stop::Fail("the browser came back without a code".to_owned()))?;
    step.give("code", code);
    step.give("verifier", way.verifier);
    step.give("nonce", way.nonce);
    Ok(())
}

fn token(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way { verifier: step.value("verifier"), ..Way::new(step) };
    let code = step.value("code");
    let response = way.exchange(step, &code, &[])?;
    let found = ask::json(&response);
    if !response.is_success() {
        return Err(Stop::Fail(format!("the code was answered with {}", said(&response))));
    }
    let access = found["access_token"].as_str().unwrap_or_default();
    if access.is_empty() {
        return Err(Stop::Fail("the answer has no access_token".to_owned()));
    }
    step.give("access", access);
    step.give("tokens", found.to_string());
    if !found["token_type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")) {
        return Err(Stop::Fail(format!("token_type is {}, and must be Bearer", found["token_type"])));
    }
    if !found["scope"].is_string() {
        return Err(Stop::Fail("the answer does not say which scope was granted".to_owned()));
    }
    if !found["expires_in"].is_u64() {
        return Err(Stop::Fail("the answer does not say in seconds how long the token is good".to_owned()));
    }
    let kept = response.header("cache-control").unwrap_or_default().to_ascii_lowercase();
    if !kept.contains("no-store") {
        return Err(Stop::Fail(
            "the answer may be kept by whoever carries it: Cache-Control lacks no-store".to_owned(),
        ));
    }
    allows_origin(response.header("access-control-allow-origin"), "the answer of the token endpoint")
}

/// The answer of the token endpoint.
pub(super) fn tokens(step: &Step<'_>) -> Value {
    serde_json::from_str(&step.value("tokens")).unwrap_or_default()
}

fn scopes(step: &mut Step<'_>) -> Result<(), Stop> {
    let granted = tokens(step)["scope"].as_str().unwrap_or_default().to_owned();
    let more = beyond(&step.value("scope"), &granted);
    match more.is_empty() {
        true => Ok(()),
        false => Err(Stop::Fail(format!("granted and never asked for: {}", more.join(" ")))),
    }
}

fn context(step: &mut Step<'_>) -> Result<(), Stop> {
    if !step.value("scope").split_whitespace().any(|word| word == "launch/patient") {
        return Err(Stop::Omit("the run does not ask for launch/patient".to_owned()));
    }
    if !offers(step, "capabilities", "context-standalone-patient") {
        return Err(Stop::Omit("the server does not offer context-standalone-patient".to_owned()));
    }
    let patient = tokens(step)["patient"].as_str().unwrap_or_default().to_owned();
    if patient.is_empty() {
        return Err(Stop::Fail("launch/patient was asked for, and the answer names no patient".to_owned()));
    }
    if patient.contains('/') {
        return Err(Stop::Fail(format!("patient is {patient}; it must be the id alone")));
    }
    step.give("patient", patient);
    Ok(())
}
