use std::sync::Arc;

use kits::wire::http::Request;
use serde_json::{Value, json};
use standards::cds_hooks::GivenChoice;
use standards::fhir::instant;

use super::keep::Service;
use super::send::{TOKEN_S, issuer_of, post};
use crate::access::{Access, outcome};
use crate::cds_services::record_feedback;
use crate::dial::dial;
use crate::ehr::lookup::subject;
use crate::models::HERE;
use crate::platform::Platform;

/// The journal kind of what a service was told.
const TOLD: &str = "cds.feedback";

/// What a service is told about one of its cards (CDS Hooks 2.0, Feedback), without the time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Feedback(Value);

impl Feedback {
    pub(super) fn accepted(card: &str, suggestion: &str) -> Self {
        Self(json!({"card": card, "outcome": "accepted", "acceptedSuggestions": [{"id": suggestion}]}))
    }

    pub(super) fn overridden(card: &str, known: Option<&GivenChoice>, words: Option<&str>) -> Self {
        let mut said = json!({"card": card, "outcome": "overridden"});
        match (known, words) {
            (Some(known), _) => {
                said["overrideReason"] = json!({"reason": {"code": known.code, "system": known.system}});
            }
            (None, Some(words)) => said["overrideReason"] = json!({"userComment": words}),
            (None, None) => {}
        }
        Self(said)
    }

    fn body(mut self, at_us: i64) -> Value {
        self.0["outcomeTimestamp"] = instant::format(at_us).into();
        json!({"feedback": [self.0]})
    }
}

/// Tells a service what became of its card, in a thread of its own: whoever answered has gone on.
pub(super) fn tell_later(
    platform: &Arc<Platform>,
    access: &Access,
    fhir: &str,
    service: &Service,
    patient: &str,
    feedback: Feedback,
) {
    let body = feedback.body(access.wall_us());
    if service.discovery == HERE {
        if let Err(error) = record_feedback(access, &service.offer.id, &body) {
            tracing::error!(%error, "what became of a card of the hospital itself could not be taken down");
        }
        return;
    }
    let url = format!("{}/feedback", service.url());
    let jwt = platform.vouch(access, &issuer_of(fhir), &url, i64::from(TOKEN_S)).ok();
    let request = post(&url, &body, jwt.as_deref());
    let (access, key, about) = (access.clone(), service.key.clone(), subject(patient));
    let work = move || tell(&access, &key, about, &body, &request);
    if let Err(error) = std::thread::Builder::new().name("cds-feedback".to_owned()).spawn(work) {
        tracing::error!(%error, "the thread that tells a service could not be started");
    }
}

fn tell(access: &Access, service: &str, about: Option<String>, body: &Value, request: &Request) {
    let came = dial(request);
    let (word, what) = match (&came.trouble, came.response.status) {
        (Some(trouble), _) => ("unheard", Some(trouble.to_string())),
        (None, 200..300) => (outcome::OK, None),
        (None, status) => ("refused", Some(format!("it answers feedback with {status}"))),
    };
    let mut detail = json!({
        "service": service,
        "feedback": body["feedback"][0],
        "status": (came.response.status > 0).then_some(came.response.status),
        "took_ms": came.took_us / 1000,
    });
    if let Some(what) = what {
        detail["what"] = what.into();
    }
    let mut event = access.event(TOLD, about, word, detail);
    event.source = "EHR".to_owned();
    event.target = format!("CDS {service}");
    if let Err(error) = access.note(event) {
        tracing::error!(%error, "what a service was told could not be journalled");
    }
}
