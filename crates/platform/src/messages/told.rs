//! What other systems are told of what is written into the chart, through whatever door.

use hospital::ehr::{mrn_of, reference_id};
use hospital::messages::{Trigger, news, replaced_by};
use hospital::systems::Sent;
use serde_json::Value;
use store::StoreError;
use store::sandbox::{Change, View};

use super::begin::begin;
use super::chart::places;
use super::queue::queue;
use crate::access::Access;
use crate::ehr::lookup::{find, get, subject};
use crate::topology::topology;

/// News about somebody who has a record number, not yet told.
pub(crate) struct News {
    trigger: &'static Trigger,
    from: &'static str,
    /// The Patient as they are, or in a message about a person as they become.
    patient: Value,
}

/// What writing `after` over the `last_version` tells other systems; `None` when it tells them nothing. Call it before it is
/// written: the systems know how things stood until then.
pub(crate) fn prepare(
    access: &Access,
    change: &Change<'_>,
    after: &Value,
    last_version: u64,
) -> Result<Option<News>, StoreError> {
    let text = |member: &str| after[member].as_str().unwrap_or_default();
    let view = change.view();
    let before = match last_version {
        0 => None,
        number => view.version(text("resourceType"), text("id"), number)?,
    };
    let before = before.and_then(|stored| serde_json::from_slice::<Value>(&stored.body).ok());
    let Some(trigger) = news(before.as_ref(), after, access.virtual_us()) else { return Ok(None) };
    let from = sender(trigger);
    let is_carried = |one: &Trigger| topology().carrying(from, one.name).next().is_some();
    if !forms(trigger).any(is_carried) {
        return Ok(None);
    }
    let Some(patient) = person(view, after)?.filter(|patient| mrn_of(patient).is_some()) else {
        return Ok(None);
    };
    begin(change, access.virtual_us())?;
    Ok(Some(News { trigger, from, patient }))
}

/// The event, and the older one for systems that know only that.
fn forms(trigger: &'static Trigger) -> impl Iterator<Item = &'static Trigger> {
    std::iter::once(trigger).chain(trigger.forerunner())
}

/// Who tells: registration of people and visits, scheduling of appointments, the chart of anything else.
fn sender(trigger: &Trigger) -> &'static str {
    match trigger.code() {
        "ADT" => "ADT",
        "SIU" => "SCHEDULING",
        _ => "EHR",
    }
}

/// Whom a resource is about: itself, the chart that took its place, or who it names.
fn person(view: View<'_>, resource: &Value) -> Result<Option<Value>, StoreError> {
    if resource["resourceType"] == "Patient" {
        return match replaced_by(resource) {
            Some(survivor) => get(view, "Patient", survivor),
            None => Ok(Some(resource.clone())),
        };
    }
    let actors = resource["participant"].as_array().into_iter().flatten().map(|one| &one["actor"]);
    let named = [&resource["subject"], &resource["patient"]].into_iter().chain(actors);
    let mut ids = named.filter_map(|reference| reference_id(reference, "Patient"));
    ids.next().map_or(Ok(None), |id| get(view, "Patient", id))
}

/// Queues messages about what was written, in the same transaction.
pub(crate) fn tell(
    access: &Access,
    change: &mut Change<'_>,
    news: News,
    written: &Value,
) -> Result<(), StoreError> {
    let News { trigger, from, patient } = news;
    let about = patient["id"].as_str().and_then(subject);
    let sent = sent(access, change.view(), trigger, patient, written)?;
    for form in forms(trigger) {
        queue(access, change, from, &Sent { event: form.name, ..sent.clone() }, about.as_deref())?;
    }
    Ok(())
}

/// The message: what was written, the visit it belongs to with its places, who is named in it, and on arrival the allergies.
fn sent(
    access: &Access,
    view: View<'_>,
    trigger: &Trigger,
    patient: Value,
    written: &Value,
) -> Result<Sent, StoreError> {
    let plain = Sent::new(trigger.name, patient);
    let kind = written["resourceType"].as_str().unwrap_or_default();
    if kind == "Patient" {
        let retired = (trigger.name == "ADT^A40").then(|| written.clone());
        return Ok(Sent { retired, ..plain });
    }
    let encounter = match kind {
        "Encounter" => Some(written.clone()),
        _ => visit(view, written)?,
    };
    let mut resources = Vec::new();
    if kind != "Encounter" {
        resources.push(written.clone());
    }
    if let Some(encounter) = &encounter {
        resources.extend(places(view, encounter)?);
    }
    resources.extend(people(view, written)?);
    if matches!(trigger.name, "ADT^A01" | "ADT^A04") {
        let reference = format!("Patient/{}", plain.patient["id"].as_str().unwrap_or_default());
        let of_patient = [("patient", reference.as_str())];
        resources.extend(find(view, access.virtual_us(), "AllergyIntolerance", &of_patient)?);
    }
    Ok(Sent { encounter, resources, ..plain })
}

/// The visit a resource names.
fn visit(view: View<'_>, resource: &Value) -> Result<Option<Value>, StoreError> {
    let named = [&resource["encounter"], &resource["context"], &resource["context"]["encounter"][0]];
    let mut ids = named.into_iter().filter_map(|reference| reference_id(reference, "Encounter"));
    ids.next().map_or(Ok(None), |id| get(view, "Encounter", id))
}

/// The staff a resource names: who asked, wrote, gave or attends.
fn people(view: View<'_>, resource: &Value) -> Result<Vec<Value>, StoreError> {
    let member = |list: &str, inner: &str| {
        resource[list].as_array().into_iter().flatten().map(|one| one[inner].clone()).collect::<Vec<_>>()
    };
    let mut named = vec![resource["requester"].clone(), resource["author"][0].clone()];
    named.extend(member("participant", "individual"));
    named.extend(member("participant", "actor"));
    named.extend(member("performer", "actor"));
    let mut found = Vec::new();
    for id in named.iter().filter_map(|reference| reference_id(reference, "Practitioner")) {
        found.extend(get(view, "Practitioner", id)?);
    }
    Ok(found)
}
