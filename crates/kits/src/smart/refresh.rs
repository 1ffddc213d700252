//! How tokens are renewed, end, and are asked about.

use serde_json::Value;

use super::ask::{self, Way, beyond, endpoint, fhir, optional_endpoint, post, said, test};
use super::launch::tokens;
use crate::model::{Group, Stop, Weight};
use crate::run::Step;

/// The group.
pub(super) fn group() -> Group {
    Group {
        id: "smart/lifetime".to_owned(),
        title: "How tokens are renewed, and end".to_owned(),
        about:
            "A token that was used twice was seen by somebody else. A person agrees three times more here."
                .to_owned(),
        tests: vec![
            test("lifetime/wider", "Renewing asks for no more than was granted", wider)
                .of(&["oauth.refresh"])
                .needs(&["tokens"]),
            test("lifetime/renewed", "A refresh token gives a new access token", renewed)
                .of(&["oauth.refresh"])
                .needs(&["tokens"])
                .gives(&["renewed"]),
            test("lifetime/reused", "A refresh token that was used ends what came of it", reused)
                .of(&["oauth.refresh"])
                .needs(&["renewed"]),
            test("lifetime/verifier", "A code is worth nothing without its verifier", verifier)
                .of(&["oauth.verifier"])
                .needs(&["smart", "client"]),
            test("lifetime/replayed", "A code that was used is refused, and ends what came of it", replayed)
                .of(&["oauth.code", "oauth.verifier"])
                .needs(&["smart", "client"]),
            test("lifetime/revoked", "A token that was taken back opens nothing", revoked)
                .of(&["oauth.revocation"])
                .needs(&["smart", "client"]),
            test("lifetime/strangers", "Strangers learn nothing about a token", strangers)
                .of(&["smart.introspection"])
                .needs(&["smart", "access"]),
        ],
        ..Group::default()
    }
}

fn refresh_token(step: &Step<'_>) -> Result<String, Stop> {
    match tokens(step)["refresh_token"].as_str() {
        Some(token) => Ok(token.to_owned()),
        None => {
            Err(Stop::Omit("no refresh token was given; offline_access may not have been granted".to_owned()))
        }
    }
}

fn refresh(
    step: &mut Step<'_>,
    token: &str,
    scope: Option<&str>,
) -> Result<crate::wire::http::Response, Stop> {
    let (url, client) = (endpoint(step, "token_endpoint"), step.value("client"));
    let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", &client)];
    fields.extend(scope.map(|scope| ("scope", scope)));
    post(step, &url, &fields)
}

fn wider(step: &mut Step<'_>) -> Result<(), Stop> {
    let token = refresh_token(step)?;
    let response = refresh(step, &token, Some("patient/*.cruds user/*.cruds"))?;
    if response.is_success() {
        // Where it was renewed for what may be had, the token that counts from now on is the new one.
        if let Some(next) = ask::json(&response)["refresh_token"].as_str() {
            let mut kept = tokens(step);
            kept["refresh_token"] = Value::from(next);
            step.give("tokens", kept.to_string());
        }
        let granted = ask::json(&response)["scope"].as_str().unwrap_or_default().to_owned();
        let more = beyond(&step.value("scope"), &granted);
        if !more.is_empty() {
            return Err(Stop::Fail(format!("renewing granted {}, which nobody agreed to", more.join(" "))));
        }
    }
    Ok(())
}

fn renewed(step: &mut Step<'_>) -> Result<(), Stop> {
    let token = refresh_token(step)?;
    let response = refresh(step, &token, None)?;
    let found = ask::json(&response);
    let Some(access) = found["access_token"].as_str().filter(|_| response.is_success()) else {
        return Err(Stop::Fail(format!("the refresh token was answered with {}", said(&response))));
    };
    step.give("renewed", found.to_string());
    let more = beyond(&step.value("scope"), found["scope"].as_str().unwrap_or_default());
    if !more.is_empty() {
        return Err(Stop::Fail(format!("renewing granted {}, which nobody asked for", more.join(" "))));
    }
    if access == step.value("access") {
        return Err(Stop::Fail("renewing gave the same access token again".to_owned()));
    }
    let status = fhir(step, "Patient?_count=1", access)?.status;
    match status {
        200 => Ok(()),
        other => Err(Stop::Fail(format!("the new access token was answered with {other}"))),
    }
}

fn reused(step: &mut Step<'_>) -> Result<(), Stop> {
    let (first, new): (String, Value) =
        (refresh_token(step)?, serde_json::from_str(&step.value("renewed")).unwrap_or_default());
    let next = new["refresh_token"].as_str().unwrap_or_default().to_owned();
    if next.is_empty() || next == first {
        step.note(Weight::Warning, "refresh tokens are not rotated, so that a stolen one is never noticed");
        return Err(Stop::Omit("the server gives no new refresh token when one is used".to_owned()));
    }
    if refresh(step, &first, None)?.is_success() {
        return Err(Stop::Fail("a refresh token that was used before was taken again".to_owned()));
    }
    if refresh(step, &next, None)?.is_success() {
        return Err(Stop::Fail(
            "after one of its refresh tokens was used twice, the newest is still taken".to_owned(),
        ));
    }
    let access = new["access_token"].as_str().unwrap_or_default();
    match fhir(step, "Patient?_count=1", access)?.status {
        401 | 403 => Ok(()),
        other => Err(Stop::Fail(format!(
            "after a refresh token was used twice, the access token is still answered with {other}"
        ))),
    }
}

fn verifier(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way::new(step);
    let code = way.code(step)?;
    let other = ask::secret();
    for (what, wrong) in [("another verifier", other.as_str()), ("no verifier", "")] {
        if way.exchange(step, &code, &[("code_verifier", wrong)])?.is_success() {
            return Err(Stop::Fail(format!("the code was taken with {what}")));
        }
    }
    let elsewhere = format!("{}/other", step.value("callback"));
    if way.exchange(step, &code, &[("redirect_uri", &elsewhere)])?.is_success() {
        return Err(Stop::Fail("the code was taken for another address than it was sent to".to_owned()));
    }
    Ok(())
}

fn replayed(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way::new(step);
    let code = way.code(step)?;
    let first = way.exchange(step, &code, &[])?;
    let found = ask::json(&first);
    let Some(access) = found["access_token"].as_str().filter(|_| first.is_success()) else {
        return Err(Stop::Fail(format!("the code was answered with {}", said(&first))));
    };
    if way.exchange(step, &code, &[])?.is_success() {
        return Err(Stop::Fail("a code that was used before was taken again".to_owned()));
    }
    match fhir(step, "Patient?_count=1", access)?.status {
        401 | 403 => Ok(()),
        other => Err(Stop::Fail(format!(
            "the code was used twice, and the token that came of it is still answered with {other}"
        ))),
    }
}

fn revoked(step: &mut Step<'_>) -> Result<(), Stop> {
    let url = optional_endpoint(step, "revocation_endpoint")?;
    let way = Way::new(step);
    let code = way.code(step)?;
    let found = ask::json(&way.exchange(step, &code, &[])?);
    let access = found["access_token"].as_str().unwrap_or_default().to_owned();
    let client = step.value("client");
    let before = fhir(step, "Patient?_count=1", &access)?.status;
    if before != 200 {
        return Err(Stop::Skip(format!("a fresh token was answered with {before}, so nothing can be seen")));
    }
    let response = post(step, &url, &[("token", &access), ("client_id", &client)])?;
    if response.status != 200 {
        return Err(Stop::Fail(format!("revoking was answered with {}", said(&response))));
    }
    match fhir(step, "Patient?_count=1", &access)?.status {
        401 | 403 => Ok(()),
        other => Err(Stop::Fail(format!("after it was revoked, the token is still answered with {other}"))),
    }
}

fn strangers(step: &mut Step<'_>) -> Result<(), Stop> {
    let url = optional_endpoint(step, "introspection_endpoint")?;
    let access = step.value("access");
    let response = post(step, &url, &[("token", &access)])?;
    let found = ask::json(&response);
    match response.is_success() && found["active"] == true {
        true => Err(Stop::Fail("whoever has seen a token can ask what it opens".to_owned())),
        false => Ok(()),
    }
}
