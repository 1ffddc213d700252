//! Which order a picture belongs to, as an archive finds out when it arrives (IHE Radiology, Scheduled Workflow: Patient ID,
//! Accession Number and Study Instance UID are copied from the worklist; read 2026-11-27).

use hospital::ehr::{mrn_of, reference_id};
use imaging::index::Indexed;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::drawn::{accession, study_uid};
use super::worklist::worklist_orders;
use crate::access::Access;
use crate::ehr::lookup::get;

/// The order of an object, as `ServiceRequest/ID`; or the first thing about it that no order, or another one, has:
/// `accession`, `patient` or `study`.
pub(super) fn order_of(
    access: &Access,
    indexed: &Indexed,
) -> Result<Result<String, &'static str>, StoreError> {
    let Some(order) = numbered(access, &indexed.accession)? else { return Ok(Err("accession")) };
    let Some(id) = order["id"].as_str() else { return Ok(Err("accession")) };
    let owner = reference_id(&order["subject"], "Patient");
    let owner = owner.map(|id| access.sandbox().view(|view| get(view, "Patient", id))).transpose()?.flatten();
    if owner.as_ref().and_then(mrn_of) != Some(indexed.patient_id.as_str()) {
        return Ok(Err("patient"));
    }
    Ok(if study_uid(access, id) == indexed.study { Ok(format!("ServiceRequest/{id}")) } else { Err("study") })
}

/// The order with this accession number.
fn numbered(access: &Access, number: &str) -> Result<Option<Value>, StoreError> {
    if number.is_empty() {
        return Ok(None);
    }
    // Most numbers are the order's id in capitals; only those that are not must be looked for.
    let has_number = |order: &Value| order["id"].as_str().is_some_and(|id| accession(id) == number);
    let plain = number.to_ascii_lowercase();
    let now_us = access.virtual_us();
    access.sandbox().view(|view: View<'_>| {
        let direct = get(view, "ServiceRequest", &plain)?.filter(has_number);
        if direct.is_some() {
            return Ok(direct);
        }
        Ok(worklist_orders(view, now_us)?.into_iter().find(has_number))
    })
}
