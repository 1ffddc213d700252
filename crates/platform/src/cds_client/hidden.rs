use kits::wire::Trouble;
use kits::wire::http::Request;
use serde_json::{Value, json};
use standards::cds_hooks::{Hook, Indicator};
use store::StoreError;
use training::facts::Advised;

use super::ask::hook_instance;
use super::hear::cards_of;
use super::keep::{Service, services};
use super::moment::{Moment, user_of, with_orders};
use super::prefetch::prefetch;
use super::send::{body, grant, post};
use crate::access::Access;
use crate::dial::{Came, dial_all};
use crate::ehr::support::staged;
use crate::fhir::{Context, FhirError, create_within};
use crate::ids::new_id;
use crate::platform::Platform;

/// Calls that are made at once.
const AT_ONCE: usize = 8;
/// The patient's id in a rehearsal, and the order's; each patient gets ids of their own in their place.
const STAND_INS: [&str; 2] = ["rehearsal", "rehearsed"];

/// What the learner's services for a hook say about each of these patients, who stand in no chart; nothing if there is no
/// such service.
///
/// Of the patients nothing remains: they are written in a change that is given up, so that every search of a prefetch template
/// finds what it would find. The calls carry no way back to the hospital, where nobody would be found; no journal holds them,
/// and they do not count against a service. Once every call of a round was in vain, the rest are not made.
///
/// # Errors
/// In plain words: a patient who cannot be made from the catalogue, or a store that fails.
pub(crate) fn tried(
    platform: &Platform,
    access: &Access,
    fhir: &str,
    hook: &str,
    patients: &[Value],
    fetched: bool,
) -> Result<Option<Vec<Advised>>, String> {
    let hook = Hook::of(hook).ok_or_else(|| format!("there is no hook '{hook}'"))?;
    let known = access.sandbox().view(services).map_err(|error| error.to_string())?;
    let asked: Vec<Service> = known.into_iter().filter(|service| service.offer.hook == hook).collect();
    if asked.is_empty() {
        return Ok(None);
    }
    let mut calls = Vec::new();
    for (at, staged) in staged(access, patients)?.iter().enumerate() {
        let patient = Hidden::of(platform, staged);
        for service in &asked {
            let request = patient.call(platform, access, fhir, hook, service, fetched)?;
            calls.push((at, request));
        }
    }
    let mut advised = vec![Advised::default(); patients.len()];
    let mut silent = false;
    for round in calls.chunks(AT_ONCE) {
        let requests: Vec<Request> = round.iter().map(|(_, request)| request.clone()).collect();
        let came = if silent { Vec::new() } else { dial_all(&requests) };
        for (place, (at, _)) in round.iter().enumerate() {
            match came.get(place) {
                Some(came) => add(&mut advised[*at], came),
                None => {
                    advised[*at].trouble = Some("it was not asked, since others got no answer".to_owned());
                }
            }
        }
        silent = silent || came.iter().all(|one| one.trouble.as_ref().is_some_and(Trouble::is_silence));
    }
    Ok(Some(advised))
}

/// What one answer adds to what is known about a patient.
fn add(advised: &mut Advised, came: &Came) {
    advised.took_us = advised.took_us.max(u64::try_from(came.took_us).unwrap_or(0));
    match cards_of(came) {
        Ok(cards) => {
            advised.cards += cards.len();
            advised.warns |= cards.iter().any(|card| card.indicator > Indicator::Info);
        }
        Err(_) if came.trouble.is_none() && came.response.status == 412 => advised.lacks = true,
        Err(unheard) => advised.trouble = Some(unheard.why.join("; ")),
    }
}

/// A patient who stands in no chart, as resources.
struct Hidden {
    id: String,
    order: Value,
    known: Vec<Value>,
}

/// How a change that is given up ends: with what was wanted of it.
enum GivenUp {
    Found(Value),
    Failed(String),
}

impl From<StoreError> for GivenUp {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<FhirError> for GivenUp {
    fn from(error: FhirError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Hidden {
    fn of(platform: &Platform, staged: &hospital::ehr::Staged) -> Self {
        let ids = STAND_INS.map(|_| new_id(platform.entropy()));
        let own = |resource: &Value| -> Value {
            let text = STAND_INS
                .iter()
                .zip(&ids)
                .fold(resource.to_string(), |text, (old, new)| text.replace(old, new));
            serde_json::from_str(&text).unwrap_or_default()
        };
        let facts = &staged.facts;
        let mut known: Vec<Value> = [&facts.patient].into_iter().map(own).collect();
        let others = facts.allergies.iter().chain(&facts.orders).chain(&staged.results).map(own);
        known.extend(others.map(|mut one| {
            one["id"] = new_id(platform.entropy()).into();
            one
        }));
        Self { id: ids[0].clone(), order: own(&staged.order), known }
    }

    /// The call of a service about this patient.
    fn call(
        &self,
        platform: &Platform,
        access: &Access,
        fhir: &str,
        hook: Hook,
        service: &Service,
        fetched: bool,
    ) -> Result<Request, String> {
        let moment = Moment { hook, patient: self.id.clone(), orderable: None, selections: Vec::new() };
        let mut value = json!({"userId": user_of(access.actor()), "patientId": self.id});
        if hook.has_drafts() {
            with_orders(&mut value, &moment, std::slice::from_ref(&self.order));
        }
        let known =
            if fetched { self.fetch(platform, access, fhir, service, &moment, &value)? } else { json!({}) };
        let known = known.as_object().cloned().unwrap_or_default();
        let body = body(&moment, &hook_instance(platform), &value, known);
        Ok(post(&service.url(), &body, None))
    }

    /// What the service's templates find of this patient.
    fn fetch(
        &self,
        platform: &Platform,
        access: &Access,
        fhir: &str,
        service: &Service,
        moment: &Moment,
        value: &Value,
    ) -> Result<Value, String> {
        let grant = grant(access, service, moment, None);
        let reached = access.clone().within(grant.reach(None));
        let writes =
            Context { access, base_url: fhir, entropy: platform.entropy(), limits: &platform.limits.json };
        let looks = Context { access: &reached, ..writes };
        let given_up = access.change::<(), GivenUp>("cds.rehearsal", |change| {
            for resource in &self.known {
                create_within(&writes, change, resource)?;
            }
            let found = prefetch(&looks, change.view(), &service.offer.prefetch, value);
            Err(GivenUp::Found(Value::Object(found)))
        });
        match given_up {
            Err(GivenUp::Found(found)) => Ok(found),
            Err(GivenUp::Failed(why)) => Err(why),
            Ok(()) => Err("the rehearsal was kept".to_owned()),
        }
    }
}
