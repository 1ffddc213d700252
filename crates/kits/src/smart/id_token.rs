//! The ID token (OIDC Core 1.0, 3.1.3.7).

use serde_json::Value;

use super::ask::{endpoint, said};
use super::jwt::Jwt;
use super::launch::tokens;
use crate::model::Stop;
use crate::run::Step;
use crate::wire::http::Request;

/// How far two clocks may differ, in seconds.
const SKEW_S: i64 = 60;

/// Whether the ID token of the launch can be believed.
pub(super) fn test_of(step: &mut Step<'_>) -> Result<(), Stop> {
    if !step.value("scope").split_whitespace().any(|word| word == "openid") {
        return Err(Stop::Omit("the run does not ask for openid".to_owned()));
    }
    let found = tokens(step);
    let token = found["id_token"]
        .as_str()
        .ok_or_else(|| Stop::Fail("openid was asked for, and there is no id_token".to_owned()))?;
    let jwt = Jwt::open(token).ok_or_else(|| Stop::Fail("the id_token is no signed JWT".to_owned()))?;
    let jwks: Value = serde_json::from_str(&step.value("jwks")).unwrap_or_default();
    if !jwt.is_signed_by(&jwks) {
        let algorithm = &jwt.header["alg"];
        return Err(Stop::Fail(format!("the id_token (alg {algorithm}) is not signed with a published key")));
    }
    claims(step, &jwt.claims)?;
    let Some(who) = jwt.claims["fhirUser"].as_str() else { return Ok(()) };
    let access = step.value("access");
    let response = step.http(
        &Request::get(who)
            .with("accept", "application/fhir+json")
            .with("authorization", &format!("Bearer {access}")),
    )?;
    match response.status {
        200 | 401 | 403 | 404 => Ok(()),
        _ => Err(Stop::Fail(format!("fhirUser {who} was answered with {}", said(&response)))),
    }
}

fn claims(step: &Step<'_>, claims: &Value) -> Result<(), Stop> {
    let (issuer, client, nonce) = (endpoint(step, "issuer"), step.value("client"), step.value("nonce"));
    let wrong = |name: &str, wanted: &str| {
        Err(Stop::Fail(format!("the id_token's {name} is {}, and should be {wanted}", claims[name])))
    };
    if claims["iss"] != issuer.as_str() {
        return wrong("iss", &issuer);
    }
    let is_ours = match &claims["aud"] {
        Value::Array(several) => several.iter().any(|one| *one == client.as_str()),
        one => *one == client.as_str(),
    };
    if !is_ours {
        return wrong("aud", &client);
    }
    if claims["nonce"] != nonce.as_str() {
        return wrong("nonce", &nonce);
    }
    if claims["sub"].as_str().is_none_or(str::is_empty) {
        return wrong("sub", "a name for the person");
    }
    let now_s = step.now_us() / 1_000_000;
    match claims["exp"].as_i64() {
        Some(exp) if exp + SKEW_S > now_s => {}
        _ => return wrong("exp", "in the future"),
    }
    match claims["iat"].as_i64() {
        Some(iat) if iat <= now_s + SKEW_S => Ok(()),
        _ => wrong("iat", "in the past"),
    }
}
