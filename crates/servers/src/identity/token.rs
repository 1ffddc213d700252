use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use platform::identity::{Code, Issued, Presented, Refusal, TokenRequest};
use serde_json::json;

use super::gate::{Gate, refused};
use crate::signed_in::find;

/// How an assertion is marked (RFC 7523, 2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// `POST …/auth/token`.
pub(super) async fn token(gate: Gate, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Form::read(&body).and_then(|form| {
        Ok(TokenRequest {
            presented: presented(&headers, &form)?,
            grant_type: form.get("grant_type")?.unwrap_or_default(),
            code: form.get("code")?.unwrap_or_default(),
            redirect_uri: form.get("redirect_uri")?.unwrap_or_default(),
            verifier: form.get("code_verifier")?.unwrap_or_default(),
            refresh_token: form.get("refresh_token")?.unwrap_or_default(),
            scope: form.get("scope")?,
        })
    });
    let (issuer, audience) = (gate.issuer(), gate.at("token"));
    let asked = match asked {
        Ok(asked) => look_up(&gate, &asked.presented).await.map(|()| asked),
        Err(refusal) => Err(refusal),
    };
    let done = match asked {
        Ok(asked) => {
            gate.run(move |platform, access| platform.exchange(access, &asked, &issuer, &audience)).await
        }
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(issued) => given(&issued),
        Err(refusal) => refused(&refusal),
    }
}

/// `POST …/auth/introspect` (RFC 7662), by a client with a secret or key, or by the learner.
pub(super) async fn introspect(gate: Gate, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Form::read(&body)
        .and_then(|form| Ok((presented(&headers, &form)?, form.get("token")?.unwrap_or_default())));
    let (presented, token) = match asked {
        Ok(asked) => asked,
        Err(refusal) => return refused(&refusal),
    };
    let owner = owner(&gate, &headers).await;
    if let Err(refusal) = look_up(&gate, &presented).await {
        return refused(&refusal);
    }
    let (audience, fhir) = (gate.at("token"), gate.fhir());
    let done = gate.run(move |platform, access| {
        platform.introspect(access, &presented, owner.is_some(), &token, &audience)
    });
    match done.await {
        Err(refusal) => refused(&refusal),
        Ok(None) => no_store(json!({"active": false})),
        Ok(Some(told)) => {
            let mut body = json!({
                "active": true,
                "client_id": told.grant.client,
                "scope": told.grant.scopes.to_string(),
                "token_type": "Bearer",
                "iat": told.times_s.0,
                "exp": told.times_s.1,
                "aud": fhir,
                "iss": gate.issuer(),
            });
            if let Some(subject) = &told.grant.subject {
                body["sub"] = json!(subject.login);
                if let Some(who) = &subject.fhir_user {
                    body["fhirUser"] = json!(format!("{fhir}/{who}"));
                }
            }
            for (name, value) in [("patient", &told.grant.patient), ("encounter", &told.grant.encounter)] {
                if let Some(value) = value {
                    body[name] = json!(value);
                }
            }
            no_store(body)
        }
    }
}

/// `POST …/auth/revoke` (RFC 7009).
pub(super) async fn revoke(gate: Gate, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Form::read(&body)
        .and_then(|form| Ok((presented(&headers, &form)?, form.get("token")?.unwrap_or_default())));
    let audience = gate.at("token");
    let asked = match asked {
        Ok((presented, token)) => look_up(&gate, &presented).await.map(|()| (presented, token)),
        Err(refusal) => Err(refusal),
    };
    let done = match asked {
        Ok((presented, token)) => {
            gate.run(move |platform, access| platform.revoke(access, &presented, &token, &audience)).await
        }
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refusal) => refused(&refusal),
    }
}

/// Has the keys of a client at hand that shows them at an address of its own. Only an assertion needs keys.
async fn look_up(gate: &Gate, presented: &Presented) -> Result<(), Refusal> {
    if presented.assertion.is_none() {
        return Ok(());
    }
    let presented = presented.clone();
    gate.run_dialling(move |platform, access| Ok(platform.look_up_keys(access, &presented)?)).await
}

/// The person whose hospital this is, by their own token of the API. A cookie does not count: every origin may come here.
pub(super) async fn owner(gate: &Gate, headers: &HeaderMap) -> Option<String> {
    let signed_in = match &gate.lent {
        Some(lent) => lent.clone(),
        None => find(&gate.app, headers).await.ok()??,
    };
    if signed_in.csrf.is_some() {
        return None;
    }
    let sandbox = gate.sandbox.clone();
    let login = signed_in.person.login.clone();
    let may = gate.app.run(move |platform| platform.enter(&signed_in.person, &sandbox, "client").is_ok());
    may.await.then_some(login)
}

fn given(issued: &Issued) -> Response {
    let mut body = json!({
        "access_token": issued.access_token,
        "token_type": "Bearer",
        "expires_in": issued.expires_in_s,
        "scope": issued.grant.scopes.to_string(),
    });
    let more = [
        ("refresh_token", &issued.refresh_token),
        ("id_token", &issued.id_token),
        ("patient", &issued.grant.patient),
        ("encounter", &issued.grant.encounter),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            body[name] = json!(value);
        }
    }
    if issued.grant.patient.is_some() {
        body["need_patient_banner"] = json!(true);
    }
    no_store(body)
}

fn no_store(body: serde_json::Value) -> Response {
    ([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], Json(body)).into_response()
}

/// The fields of a form, none of which may be given twice.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        serde_html_form::from_bytes(body).map(Self).map_err(|_| {
            Refusal::new(Code::InvalidRequest, "the body must be a form (application/x-www-form-urlencoded)")
        })
    }

    fn get(&self, name: &str) -> Result<Option<String>, Refusal> {
        let mut found = self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| value.clone());
        let first = found.next();
        match found.next() {
            Some(_) => Err(Refusal::new(Code::InvalidRequest, format!("{name} is given more than once"))),
            None => Ok(first),
        }
    }
}

fn presented(headers: &HeaderMap, form: &Form) -> Result<Presented, Refusal> {
    let assertion = match form.get("client_assertion")? {
        Some(_) if form.get("client_assertion_type")?.as_deref() != Some(JWT_BEARER) => {
            let what = format!("client_assertion_type must be {JWT_BEARER}");
            return Err(Refusal::new(Code::InvalidClient, what));
        }
        other => other,
    };
    Ok(Presented { client_id: form.get("client_id")?, basic: basic(headers)?, assertion })
}

/// Id and secret of the Authorization header, which are form-encoded inside it (RFC 6749, 2.3.1).
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, Refusal> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(encoded) = value.and_then(|value| value.strip_prefix("Basic ")) else { return Ok(None) };
    let read = || {
        let text = String::from_utf8(BASE64.decode(encoded.trim().as_bytes()).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        let part =
            |part: &str| Some(percent_decode_str(&part.replace('+', " ")).decode_utf8().ok()?.into_owned());
        Some((part(id)?, part(secret)?))
    };
    let unreadable = || Refusal::new(Code::InvalidClient, "the Authorization header cannot be read as Basic");
    read().map(Some).ok_or_else(unreadable)
}
