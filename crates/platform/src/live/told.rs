//! What other systems are told of the chart's commands.

use hospital::ehr::mrn_of;
use hospital::systems::{Belief, Order, Sent, adt, merge, order};
use serde_json::Value;
use store::StoreError;
use store::sandbox::Change;

use super::begin::begin;
use super::chart;
use super::queue::queue;
use crate::access::Access;
use crate::ehr::lookup::{get, subject};

/// The commands that other systems hear of.
const TOLD: [&str; 8] = [
    "register",
    "admit",
    "transfer",
    "discharge",
    "merge_patients",
    "unmerge_patients",
    "sign_orders",
    "discontinue_order",
];

/// Before a command is carried out: the systems know how things stood until then.
pub(crate) fn prepare(access: &Access, change: &Change<'_>, command: &str) -> Result<(), StoreError> {
    if TOLD.contains(&command) { begin(change, access.virtual_us()) } else { Ok(()) }
}

/// After it: messages about what was written are queued in the same transaction.
pub(crate) fn tell(
    access: &Access,
    change: &mut Change<'_>,
    command: &str,
    patient: &str,
    written: &[&Value],
) -> Result<(), StoreError> {
    if !TOLD.contains(&command) {
        return Ok(());
    }
    let Some(person) = get(change.view(), "Patient", patient)? else { return Ok(()) };
    if mrn_of(&person).is_none() {
        return Ok(());
    }
    let news = News { access, change: &*change, person: &person, written };
    let (from, sent) = match command {
        "sign_orders" | "discontinue_order" => ("EHR", news.orders()?),
        _ => ("ADT", news.adt(command)?),
    };
    let about = subject(patient);
    for one in &sent {
        queue(access, change, from, one, about.as_deref())?;
    }
    Ok(())
}

struct News<'a, 'c> {
    access: &'a Access,
    change: &'a Change<'c>,
    person: &'a Value,
    written: &'a [&'a Value],
}

impl News<'_, '_> {
    fn of_type(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.written.iter().copied().filter(move |resource| resource["resourceType"] == kind)
    }

    fn belief(&self) -> Result<Belief, StoreError> {
        chart::belief(self.change.view(), self.person, self.access.virtual_us())
    }

    fn adt(&self, command: &str) -> Result<Vec<Sent>, StoreError> {
        let now_us = self.access.virtual_us();
        let told = match self.of_type("Encounter").next() {
            Some(stay) if command != "merge_patients" && command != "unmerge_patients" => {
                chart::belief_in(self.change.view(), self.person, stay)?
            }
            _ => self.belief()?,
        };
        let emergency = told.stay.as_ref().is_some_and(|stay| stay.class == "E");
        let event = match command {
            "register" => "ADT^A28",
            "admit" if emergency => "ADT^A04",
            "admit" => "ADT^A01",
            "transfer" => "ADT^A02",
            "discharge" => "ADT^A03",
            "merge_patients" => {
                let retired = self.of_type("Patient").find(|one| one["id"] != self.person["id"]);
                let retired = retired.and_then(mrn_of).map(|retired| merge(&told, retired, now_us));
                return Ok(retired.into_iter().collect());
            }
            _ => return self.unmerged(),
        };
        Ok(vec![adt(event, &told, now_us)])
    }

    /// Both charts as they are again.
    fn unmerged(&self) -> Result<Vec<Sent>, StoreError> {
        let now_us = self.access.virtual_us();
        let both = self.of_type("Patient").map(|patient| {
            let belief = chart::belief(self.change.view(), patient, now_us)?;
            Ok(adt("ADT^A31", &belief, now_us))
        });
        both.collect()
    }

    /// What was signed is placed; what was in force and has ended is cancelled.
    fn orders(&self) -> Result<Vec<Sent>, StoreError> {
        let (belief, now_us) = (self.belief()?, self.access.virtual_us());
        let mut sent = Vec::new();
        for resource in self.written {
            let Some(placed) = Order::of(resource, &belief.mrn) else { continue };
            let is_active = resource["status"] == "active";
            if is_active || self.was_active(resource)? {
                sent.push(order(&placed, &belief, !is_active, now_us));
            }
        }
        Ok(sent)
    }

    fn was_active(&self, resource: &Value) -> Result<bool, StoreError> {
        let text = |member: &str| resource[member].as_str().unwrap_or_default();
        let (kind, id) = (text("resourceType"), text("id"));
        let before = self.change.last_version(kind, id)?.saturating_sub(1);
        let before = self.change.view().version(kind, id, before)?;
        let before = before.and_then(|stored| serde_json::from_slice::<Value>(&stored.body).ok());
        Ok(before.is_some_and(|before| before["status"] == "active"))
    }
}
