use hospital::ehr::{ChartFacts, newest_results};
use serde_json::{Map, Value, json};
use standards::cds_hooks::{Card, HookCall};
use store::sandbox::View;

use super::cards::card;
use super::error::ServiceError;
use super::services::{PREFETCH, Service, service};
use crate::access::Access;
use crate::access::outcome::OK;
use crate::ehr::lookup::{get, is_over, subject};
use crate::ehr::support::{chart_facts, weigh};
use crate::entropy::Entropy;
use crate::ids::new_id;
use crate::models::{advise, is_deployed};
use crate::platform::Platform;
use crate::response::is_stopped;

/// The journal kind of a call to a service.
pub(super) const CALLED: &str = "cds.call";
/// The hospital's name for its services, in the journal and on cards.
pub(super) const SYSTEM: &str = "CDS";

/// What the service `id` says to a client that calls it: an object with `cards`, which may be none.
///
/// Calls are journalled with the cards that were given, refused ones with why. A model that answers in the chart is a service too.
///
/// # Errors
/// [`ServiceError`], with every problem of the request at once.
pub fn answer(
    platform: &Platform,
    access: &Access,
    id: &str,
    body: &Value,
) -> Result<Map<String, Value>, ServiceError> {
    let service = service(id);
    if service.is_none() && !is_deployed(access, id)? {
        return Err(ServiceError::Unknown(id.to_owned()));
    }
    let judged = match (access.sandbox().view(|view| is_stopped(view, id))?, service) {
        (true, _) => Err(ServiceError::Stopped(id.to_owned())),
        (false, Some(service)) => read(service, body)
            .and_then(|call| Ok((judge(access, platform.entropy(), service, &call)?, call))),
        (false, None) => advise(platform, access, id, body)
            .map(|(call, cards)| (cards, call))
            .map_err(ServiceError::Invalid),
    };
    let (cards, call) = match judged {
        Ok(judged) => judged,
        Err(error) => {
            let detail = json!({"service": id, "hook": body["hook"], "what": error.to_string()});
            note(access, CALLED, None, "refused", detail)?;
            return Err(error);
        }
    };
    let shown: Vec<Value> = cards
        .iter()
        .map(|card| json!({"uuid": card.uuid, "indicator": card.indicator, "summary": card.summary}))
        .collect();
    let detail = json!({
        "service": id,
        "hook": call.hook.word(),
        "hook_instance": call.hook_instance,
        "prefetch": call.prefetch.keys().collect::<Vec<_>>(),
        "cards": shown,
    });
    note(access, CALLED, subject(&call.patient), OK, detail)?;
    Ok(Map::from_iter([("cards".to_owned(), json!(cards))]))
}

/// Journals an exchange with a service.
pub(super) fn note(
    access: &Access,
    kind: &str,
    about: Option<String>,
    outcome: &str,
    detail: Value,
) -> Result<(), store::StoreError> {
    let mut event = access.event(kind, about, outcome, detail);
    event.target = SYSTEM.to_owned();
    access.note(event)
}

fn read(service: &Service, body: &Value) -> Result<HookCall, ServiceError> {
    let call = HookCall::read(body).map_err(ServiceError::Invalid)?;
    let mut problems = Vec::new();
    if call.hook != service.hook {
        let (asked, own) = (call.hook.word(), service.hook.word());
        problems.push(format!("{} is a service for the hook {own}, not for {asked}", service.id));
    }
    let about = |one: &Value| one.get("id").and_then(Value::as_str) == Some(&call.patient);
    if call.prefetched("patient", &["Patient"]).is_some_and(|found| !found.iter().all(about)) {
        problems.push(format!("prefetch.patient is not Patient/{}, whom context names", call.patient));
    }
    if problems.is_empty() { Ok(call) } else { Err(ServiceError::Invalid(problems)) }
}

fn judge(
    access: &Access,
    entropy: &dyn Entropy,
    service: &Service,
    call: &HookCall,
) -> Result<Vec<Card>, ServiceError> {
    let now_us = access.virtual_us();
    access.sandbox().view(|view| {
        let facts = facts(view, call, now_us)?;
        let egfr = facts.egfr(now_us).filter(|_| service.id == "renal-dosing");
        let firings = weigh(view, facts, &call.drafts, access.actor(), now_us)?;
        let own = firings.iter().filter(|firing| service.rules.contains(&firing.rule.as_str()));
        let mut new_id = || new_id(entropy);
        Ok(own.map(|firing| card(firing, service.title, egfr, &mut new_id)).collect())
    })
}

/// What is known of the patient: what was prefetched, and the chart for the rest.
fn facts(view: View<'_>, call: &HookCall, now_us: i64) -> Result<ChartFacts, ServiceError> {
    let sent_patient = call.prefetched("patient", &["Patient"]).and_then(|found| found.into_iter().next());
    let missing = || PREFETCH.iter().map(|(key, _)| *key).filter(|key| !call.prefetch.contains_key(*key));
    let mut facts = match get(view, "Patient", &call.patient)? {
        Some(patient) => chart_facts(view, &patient, now_us)?,
        None if sent_patient.is_some() && missing().next().is_none() => ChartFacts::default(),
        None => {
            let patient = format!("Patient/{}", call.patient);
            let missing = if sent_patient.is_none() { vec!["patient"] } else { missing().collect() };
            return Err(ServiceError::Missing { patient, missing });
        }
    };
    if let Some(patient) = sent_patient {
        facts.patient = patient;
    }
    if let Some(allergies) = call.prefetched("allergies", &["AllergyIntolerance"]) {
        facts.allergies = allergies.into_iter().filter(|one| !is_over(one)).collect();
    }
    for (key, kind) in [("medications", "MedicationRequest"), ("services", "ServiceRequest")] {
        if let Some(orders) = call.prefetched(key, &[kind]) {
            facts.orders.retain(|order| order["resourceType"] != kind);
            facts.orders.extend(orders);
        }
    }
    if let Some(results) = call.prefetched("results", &["Observation"]) {
        facts.results = newest_results(results);
    }
    Ok(facts)
}
