use serde::Deserialize;
use serde_json::{Value, json};

use super::cosign::to_cosign;
use super::finish::{finished, verified, with_note};
use super::reviewed::ReviewFacts;
use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::orders::{Dosing, DraftOrder, dosage, read_amended, to_verify};
use crate::ehr::shape::{items, reference};

/// An order of a medicine with another dose. What is left out stays as it was ordered.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeOrder {
    /// The order: an id, or `MedicationRequest/ID`.
    pub order: Entered,
    /// Why, in words for the prescriber.
    pub reason: Entered,
    /// The amount of one dose.
    pub dose: Entered,
    /// Its unit, one of [`UNITS`](crate::ehr::UNITS).
    pub unit: Entered,
    /// One of [`ROUTES`](crate::ehr::ROUTES).
    pub route: Entered,
    /// The code of one of [`FREQUENCIES`](crate::ehr::FREQUENCIES).
    pub frequency: Entered,
    /// What it is given for, if it is to be given as needed only; `no` to give it by the clock.
    pub as_needed: Entered,
    /// For how many days.
    pub days: Entered,
    /// The version of the order that the form was opened with.
    pub expected_version: Entered,
}

/// What a change leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The new order, who verified it, its Task, and the Task for the prescriber to countersign: all new.
    pub written: Vec<Value>,
    /// The old order, stopped; after it its Task, completed.
    pub changed: Vec<Value>,
}

/// Changes an order: the old one is stopped, a new one takes its place and names it as `priorPrescription`.
///
/// The prescriber stays who asked for it (`requester`), the pharmacist is who wrote it (`recorder`); it counts as verified,
/// and the prescriber is to countersign it.
///
/// # Errors
/// [`EhrError::Fields`]: nothing waits, nothing is changed, no reason is given, or a field is wrong.
pub fn change_order(
    command: &ChangeOrder,
    facts: &ReviewFacts<'_>,
    now_us: i64,
    new_id: &mut dyn FnMut() -> String,
) -> Result<Changed, EhrError> {
    let (order, task) = facts.waiting()?;
    let mut problems = Problems::default();
    let reason = problems.needed("reason", &command.reason, 300, "write why, for the prescriber");
    let before = items(order, "dosageInstruction").first().and_then(Dosing::read);
    let after = read_amended(&mut problems, &command.dosing(before.as_ref()), before.clone());
    if problems.is_empty() && after.is_some() && after == before {
        problems.add("dose", "is as it was ordered", "change something, or verify the order");
    }
    problems.settle()?;
    let (Some(reason), Some(after)) = (reason, after) else {
        return Err(EhrError::field("dose", "is missing", "write the amount of one dose"));
    };
    let author = facts.author;
    let new = replacement(order, &after, &reason, author, now_us, &new_id());
    let done = to_verify(&new, author, now_us, &new_id());
    let written = vec![
        finished(&done, "completed", "verified", author, now_us),
        verified(&new, author, now_us, &new_id()),
        to_cosign(&new, &reason, now_us, &new_id()),
    ];
    let written = std::iter::once(new).chain(written).collect();
    let changed = vec![
        stopped(order, &reason, author, now_us),
        with_note(finished(task, "completed", "changed", author, now_us), Some(&reason), author, now_us),
    ];
    Ok(Changed { written, changed })
}

impl ChangeOrder {
    /// The fields of a dose as ordering has them; the days ordered stay unless others are typed.
    fn dosing(&self, before: Option<&Dosing>) -> DraftOrder {
        let ordered = || before.and_then(|before| before.days).map(Entered::from).unwrap_or_default();
        let is_typed = self.days.text().is_some() || self.days.is_nested();
        DraftOrder {
            dose: self.dose.clone(),
            unit: self.unit.clone(),
            route: self.route.clone(),
            frequency: self.frequency.clone(),
            as_needed: self.as_needed.clone(),
            days: if is_typed { self.days.clone() } else { ordered() },
            ..DraftOrder::default()
        }
    }
}

fn replacement(order: &Value, dosing: &Dosing, reason: &str, author: &str, now_us: i64, id: &str) -> Value {
    let mut new = order.clone();
    if let Some(members) = new.as_object_mut() {
        members.remove("note");
    }
    if let Some(meta) = new.get_mut("meta").and_then(Value::as_object_mut) {
        meta.remove("versionId");
        meta.remove("lastUpdated");
    }
    new["id"] = id.into();
    new["authoredOn"] = instant_text(now_us).into();
    new["recorder"] = json!({"display": author});
    new["dosageInstruction"] = json!([dosage(dosing)]);
    new["priorPrescription"] = reference(order);
    with_note(new, Some(reason), author, now_us)
}

fn stopped(order: &Value, reason: &str, author: &str, now_us: i64) -> Value {
    let mut old = with_note(order.clone(), Some(reason), author, now_us);
    old["status"] = "stopped".into();
    old["statusReason"] = json!({"text": reason});
    old
}
