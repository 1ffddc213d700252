//! A chart that somebody else changed while one was not looking.

use serde_json::{Value, json};

use super::{FaultError, Ground, LateEdit, Placed};
use crate::population::FAMILY_NAMES;
use crate::random::Key;

/// Adds a person to call to the patient's record; what was there stays as it is.
pub(super) fn place(fault: &LateEdit, seed: u64, ground: &Ground<'_>) -> Result<Placed, FaultError> {
    let id = fault.patient.trim_start_matches("Patient/");
    let found = ground.patients.iter().find(|patient| patient["id"] == id);
    let mut patient = found.cloned().ok_or_else(|| FaultError::NoPatient(fault.patient.clone()))?;
    let mut stream = Key::new(seed).name("late-edit").stream();
    let name = *stream.pick(FAMILY_NAMES);
    let phone = format!("555-018-{:04}", stream.between(0, 9999));
    let contact = json!({
        "relationship": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v2-0131", "code": "C", "display": "Emergency Contact",
        }]}],
        "name": {"family": name},
        "telecom": [{"system": "phone", "value": phone, "use": "mobile"}],
    });
    match patient["contact"].as_array_mut() {
        Some(contacts) => contacts.push(contact),
        None => patient["contact"] = Value::Array(vec![contact]),
    }
    let truth = json!({"edited": {"id": id, "contact": name, "phone": phone}});
    Ok(Placed { resources: vec![patient], truth })
}
