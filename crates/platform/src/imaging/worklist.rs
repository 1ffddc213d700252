//! The worklist of a hospital's devices: its imaging orders in force.

use hospital::ehr::reference_id;
use imaging::synthesis::Kind;
use imaging::worklist::WorklistItem;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::drawn::{accession, date_and_time, study_uid};
use super::people::{name_at, patient};
use crate::access::Access;
use crate::ehr::lookup::{find, get};

/// The category of an imaging order (SNOMED CT, US Core).
const IMAGING: &str = "363679005";
/// The code of a 12-lead electrocardiogram's study (LOINC).
const ECG: &str = "11524-6";

/// What devices are to do, in the order of the orders.
pub(super) fn worklist(access: &Access) -> Result<Vec<WorklistItem>, StoreError> {
    let now_us = access.virtual_us();
    access.sandbox().view(|view| {
        let mut items = Vec::new();
        for order in worklist_orders(view, now_us)? {
            items.extend(item(access, view, &order)?);
        }
        Ok(items)
    })
}

/// The imaging orders in force.
pub(super) fn worklist_orders(view: View<'_>, now_us: i64) -> Result<Vec<Value>, StoreError> {
    find(view, now_us, "ServiceRequest", &[("status", "active"), ("category", IMAGING)])
}

fn item(access: &Access, view: View<'_>, order: &Value) -> Result<Option<WorklistItem>, StoreError> {
    let Some(id) = order["id"].as_str() else { return Ok(None) };
    let Some(owner) = reference_id(&order["subject"], "Patient") else { return Ok(None) };
    let Some(owner) = get(view, "Patient", owner)? else { return Ok(None) };
    let owner = patient(&owner);
    let code = &order["code"]["coding"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let modality = modality(code["code"].as_str().unwrap_or_default());
    let when =
        order["occurrenceDateTime"].as_str().or_else(|| order["authoredOn"].as_str()).unwrap_or_default();
    let (date, time) = date_and_time(when);
    let name = order["code"]["text"].as_str().or_else(|| code["display"].as_str()).unwrap_or_default();
    Ok(Some(WorklistItem {
        patient_id: owner.id,
        patient_name: owner.name,
        birth_date: owner.birth_date,
        sex: owner.sex,
        accession: accession(id),
        study: study_uid(access, id),
        procedure: name.chars().take(64).collect(),
        code: (text(&code["code"]), "LN".to_owned(), text(&code["display"])),
        modality: modality.to_owned(),
        station: format!("{modality}01"),
        date,
        time,
        referring: name_at(view, &order["requester"])?,
        reason: text(&order["reasonCode"][0]["text"]).chars().take(64).collect(),
    }))
}

fn modality(code: &str) -> &'static str {
    match Kind::of_loinc(code) {
        Some(kind) => kind.modality(),
        None if code == ECG => "ECG",
        None => "OT",
    }
}
