use identity::grant::{Grant, Subject};
use identity::scope::Scopes;
use kits::wire::http::Request;
use serde_json::{Map, Value, json};

use super::keep::Service;
use super::moment::Moment;
use crate::access::Access;

/// What the token for a service opens: one patient, to be read and searched.
pub(super) const SCOPE: &str = "patient/*.rs";
/// How long it is good, in seconds: for this call and a little more.
pub(super) const TOKEN_S: u32 = 60;

/// What a service is granted for a call.
pub(super) fn grant(access: &Access, service: &Service, moment: &Moment, encounter: Option<String>) -> Grant {
    let actor = access.actor().to_owned();
    Grant {
        client: service.key.clone(),
        subject: Some(Subject { login: actor.clone(), name: actor, fhir_user: None }),
        scopes: Scopes::read(SCOPE).0,
        patient: Some(moment.patient.clone()),
        encounter,
    }
}

/// The body of a call (CDS Hooks 2.0, HTTP Request).
pub(super) fn body(moment: &Moment, instance: &str, context: &Value, prefetch: Map<String, Value>) -> Value {
    let mut body = json!({"hook": moment.hook.word(), "hookInstance": instance, "context": context});
    if !prefetch.is_empty() {
        body["prefetch"] = Value::Object(prefetch);
    }
    body
}

/// The same with the way back to the hospital's records.
pub(super) fn with_token(
    mut body: Value,
    service: &Service,
    moment: &Moment,
    fhir: &str,
    token: &str,
) -> Value {
    body["fhirServer"] = fhir.into();
    body["fhirAuthorization"] = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": TOKEN_S,
        "scope": SCOPE,
        "subject": service.key,
        "patient": moment.patient,
    });
    body
}

/// The hospital's identity provider, which stands behind what the hospital signs.
pub(super) fn issuer_of(fhir: &str) -> String {
    format!("{fhir}/auth")
}

/// A POST of it, with the hospital's own word that it is the hospital.
pub(super) fn post(url: &str, body: &Value, jwt: Option<&str>) -> Request {
    let request = Request::post(url, "application/json", body.to_string()).with("accept", "application/json");
    match jwt {
        Some(jwt) => request.with("authorization", &format!("Bearer {jwt}")),
        None => request,
    }
}

/// A body as it is kept and shown: without the token.
pub(super) fn shown(mut body: Value) -> Value {
    if let Some(token) = body.pointer_mut("/fhirAuthorization/access_token") {
        *token = "(secret)".into();
    }
    body
}
