//! Backend services: a program that proves who it is with a key.

use identity::signing::SigningKey;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

use super::ask::{self, beyond, endpoint, fhir, offers, optional_endpoint, post, said, secret, test};
use super::discovery::register;
use super::jwt::{signed_with_public_key, unsigned};
use crate::model::{Group, Stop};
use crate::run::Step;
use crate::wire::http::Response;

/// What the service registers for.
const SCOPE: &str = "system/Patient.rs";
/// How an assertion is marked (RFC 7523, 2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How long an assertion is good, in seconds.
const LIFE_S: i64 = 120;

/// The group.
pub(super) fn group() -> Group {
    let one = |id: &str, title: &str, work| {
        test(&format!("backend/{id}"), title, work).of(&["smart.assertion"]).needs(&["service"])
    };
    Group {
        id: "smart/backend".to_owned(),
        title: "Backend services".to_owned(),
        about: "A service with a key of its own, and everything that is not quite a proof of it.".to_owned(),
        tests: vec![
            test("backend/registered", "A service with a key can be registered", registered)
                .of(&["smart.backend"])
                .needs(&["smart"])
                .gives(&["service", "key"]),
            test("backend/token", "A signed assertion gives a token for what was registered", token)
                .of(&["smart.backend"])
                .needs(&["service"])
                .gives(&["own"]),
            test("backend/scopes", "No more is granted than the service registered for", scopes)
                .of(&["smart.backend"])
                .needs(&["own"]),
            test("backend/access", "Its token opens what was granted, and nothing else", access)
                .of(&["smart.backend"])
                .needs(&["own"]),
            test("backend/introspection", "It learns what its token is good for", introspection)
                .of(&["smart.introspection"])
                .needs(&["own"]),
            one("unsigned", "An assertion without a signature is refused", not_signed),
            one("public-key", "A public key is not taken for a shared secret", public_key),
            one("other-key", "An assertion signed with another key is refused", other_key),
            one("audience", "An assertion meant for another server is refused", audience),
            one("expired", "An assertion that has expired is refused", expired),
            one("too-long", "An assertion that lives for a day is refused", too_long),
            one("subject", "An assertion in somebody else's name is refused", subject),
            one("replayed", "An assertion is taken once", replayed),
        ],
        ..Group::default()
    }
}

fn random() -> SystemRandom {
    SystemRandom::new()
}

fn broken(error: identity::signing::KeyError) -> Stop {
    Stop::Error(error.to_string())
}

fn key(step: &Step<'_>) -> Result<SigningKey, Stop> {
    serde_json::from_str(&step.value("key")).map_err(|error| Stop::Error(format!("the run's key: {error}")))
}

fn registered(step: &mut Step<'_>) -> Result<(), Stop> {
    if !offers(step, "grant_types_supported", "client_credentials") {
        return Err(Stop::Omit("the server does not offer client_credentials".to_owned()));
    }
    let key = SigningKey::make("kit", &random()).map_err(broken)?;
    let public = key.public(&random()).map_err(broken)?;
    let response = register(
        step,
        &json!({
            "client_name": "SMART test kit, backend",
            "token_endpoint_auth_method": "private_key_jwt",
            "grant_types": ["client_credentials"],
            "scope": SCOPE,
            "jwks": {"keys": [public]},
        }),
    )?;
    let id = ask::json(&response)["client_id"].as_str().map(str::to_owned);
    let Some(id) = id.filter(|_| response.is_success()) else {
        let what = format!(
            "the service was not registered ({}); where somebody has to vouch for it, give their token",
            said(&response)
        );
        return Err(Stop::Skip(what));
    };
    step.give("service", id);
    step.give("key", serde_json::to_string(&key).unwrap_or_default());
    Ok(())
}

/// Sound claims.
fn claims(step: &Step<'_>) -> Value {
    let (service, now_s) = (step.value("service"), step.now_us() / 1_000_000);
    json!({
        "iss": service, "sub": service, "aud": endpoint(step, "token_endpoint"),
        "iat": now_s, "exp": now_s + LIFE_S, "jti": secret(),
    })
}

/// Sound claims with one said otherwise.
fn with(step: &Step<'_>, name: &str, value: &Value) -> Value {
    let mut claims = claims(step);
    claims[name] = value.clone();
    claims
}

fn asked(step: &mut Step<'_>, assertion: &str, scope: &str) -> Result<Response, Stop> {
    let url = endpoint(step, "token_endpoint");
    let fields = [
        ("grant_type", "client_credentials"),
        ("scope", scope),
        ("client_assertion_type", JWT_BEARER),
        ("client_assertion", assertion),
    ];
    post(step, &url, &fields)
}

fn signed(step: &Step<'_>, claims: &Value) -> Result<String, Stop> {
    key(step)?.sign(claims, &random()).map_err(broken)
}

fn token(step: &mut Step<'_>) -> Result<(), Stop> {
    let assertion = signed(step, &claims(step))?;
    let response = asked(step, &assertion, SCOPE)?;
    let found = ask::json(&response);
    match found["access_token"].as_str().filter(|_| response.is_success()) {
        Some(_) => {
            step.give("own", found.to_string());
            Ok(())
        }
        None => Err(Stop::Fail(format!("a sound assertion was answered with {}", said(&response)))),
    }
}

fn own(step: &Step<'_>) -> String {
    let found: Value = serde_json::from_str(&step.value("own")).unwrap_or_default();
    found["access_token"].as_str().unwrap_or_default().to_owned()
}

fn scopes(step: &mut Step<'_>) -> Result<(), Stop> {
    let assertion = signed(step, &claims(step))?;
    let response = asked(step, &assertion, "system/*.cruds")?;
    if !response.is_success() {
        return Ok(());
    }
    let more = beyond(SCOPE, ask::json(&response)["scope"].as_str().unwrap_or_default());
    match more.is_empty() {
        true => Ok(()),
        false => Err(Stop::Fail(format!("granted and never registered for: {}", more.join(" ")))),
    }
}

fn access(step: &mut Step<'_>) -> Result<(), Stop> {
    let token = own(step);
    let status = fhir(step, "Patient?_count=1", &token)?.status;
    if status != 200 {
        return Err(Stop::Fail(format!("Patient was granted, and answered with {status}")));
    }
    match fhir(step, "Condition?_count=1", &token)?.status {
        401 | 403 => Ok(()),
        other => Err(Stop::Fail(format!("Condition was not granted, and answered with {other}"))),
    }
}

fn introspection(step: &mut Step<'_>) -> Result<(), Stop> {
    let url = optional_endpoint(step, "introspection_endpoint")?;
    let (token, assertion) = (own(step), signed(step, &claims(step))?);
    let fields =
        [("token", token.as_str()), ("client_assertion_type", JWT_BEARER), ("client_assertion", &assertion)];
    let response = post(step, &url, &fields)?;
    let found = ask::json(&response);
    if found["active"] != true {
        return Err(Stop::Fail(format!("its own token is not active: {}", said(&response))));
    }
    let lacking: Vec<&str> =
        ["scope", "client_id", "exp"].into_iter().filter(|name| found.get(*name).is_none()).collect();
    if !lacking.is_empty() {
        return Err(Stop::Fail(format!("the answer lacks {}", lacking.join(", "))));
    }
    let assertion = signed(step, &claims(step))?;
    let fields =
        [("token", "invented"), ("client_assertion_type", JWT_BEARER), ("client_assertion", &assertion)];
    match ask::json(&post(step, &url, &fields)?)["active"] == false {
        true => Ok(()),
        false => Err(Stop::Fail("an invented token is not said to be inactive".to_owned())),
    }
}

/// Whether an assertion is refused.
fn refused(step: &mut Step<'_>, assertion: &str) -> Result<(), Stop> {
    match asked(step, assertion, SCOPE)?.is_success() {
        true => Err(Stop::Fail("it was believed, and a token was given".to_owned())),
        false => Ok(()),
    }
}

fn not_signed(step: &mut Step<'_>) -> Result<(), Stop> {
    let assertion = unsigned(&claims(step));
    refused(step, &assertion)
}

fn public_key(step: &mut Step<'_>) -> Result<(), Stop> {
    let public = key(step)?.public(&random()).map_err(broken)?;
    let assertion = signed_with_public_key(&claims(step), &public);
    refused(step, &assertion)
}

fn other_key(step: &mut Step<'_>) -> Result<(), Stop> {
    let other = SigningKey::make("kit", &random()).map_err(broken)?;
    let assertion = other.sign(&claims(step), &random()).map_err(broken)?;
    refused(step, &assertion)
}

fn audience(step: &mut Step<'_>) -> Result<(), Stop> {
    let assertion = signed(step, &with(step, "aud", &json!("https://another.example/token")))?;
    refused(step, &assertion)
}

fn expired(step: &mut Step<'_>) -> Result<(), Stop> {
    let past_s = step.now_us() / 1_000_000 - 3600;
    let assertion = signed(step, &with(step, "exp", &json!(past_s)))?;
    refused(step, &assertion)
}

fn too_long(step: &mut Step<'_>) -> Result<(), Stop> {
    let tomorrow_s = step.now_us() / 1_000_000 + 86_400;
    let assertion = signed(step, &with(step, "exp", &json!(tomorrow_s)))?;
    refused(step, &assertion)
}

fn subject(step: &mut Step<'_>) -> Result<(), Stop> {
    let assertion = signed(step, &with(step, "iss", &json!("somebody-else")))?;
    refused(step, &assertion)
}

fn replayed(step: &mut Step<'_>) -> Result<(), Stop> {
    let assertion = signed(step, &claims(step))?;
    let first = asked(step, &assertion, SCOPE)?;
    if !first.is_success() {
        return Err(Stop::Skip(format!("a sound assertion was answered with {}", said(&first))));
    }
    refused(step, &assertion)
}
