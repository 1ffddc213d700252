//! People as DICOM writes them.

use hospital::ehr::mrn_of;
use imaging::synthesis::Patient;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use crate::ehr::lookup::{find_stored, get, value_of};

/// A `HumanName` as `Family^Given^Middle` (PS3.5, 6.2.1).
fn person_name(resource: &Value) -> String {
    let name = &resource["name"][0];
    let bare = |text: &str| text.replace(['^', '=', '\\'], " ");
    let family = bare(name["family"].as_str().unwrap_or_default());
    let given = name["given"].as_array().map(Vec::as_slice).unwrap_or_default();
    let given: Vec<String> = given.iter().take(2).filter_map(|one| one.as_str().map(bare)).collect();
    let whole = [vec![family], given].concat().join("^");
    whole.trim_end_matches('^').to_owned()
}

/// A Patient as DICOM has them.
pub(super) fn patient(resource: &Value) -> Patient {
    let sex = match resource["gender"].as_str() {
        Some("male") => "M",
        Some("female") => "F",
        Some("other") => "O",
        _ => "",
    };
    Patient {
        id: mrn_of(resource).unwrap_or_default().to_owned(),
        name: person_name(resource),
        birth_date: resource["birthDate"].as_str().unwrap_or_default().replace('-', ""),
        sex: sex.to_owned(),
    }
}

/// The name of who a reference leads to; empty if it leads to nobody.
pub(super) fn name_at(view: View<'_>, reference: &Value) -> Result<String, StoreError> {
    let written = reference["reference"].as_str().unwrap_or_default();
    let Some((kind, id)) = written.split_once('/') else { return Ok(String::new()) };
    Ok(get(view, kind, id)?.map(|found| person_name(&found)).unwrap_or_default())
}

/// The ids of the Patients with this number, and their resources.
pub(super) fn with_number(view: View<'_>, now_us: i64, number: &str) -> Result<Vec<Value>, StoreError> {
    let escaped = crate::ehr::lookup::escaped(number);
    let found = find_stored(view, now_us, "Patient", &[("identifier", &escaped)])?;
    let found = found.iter().filter_map(value_of);
    Ok(found.filter(|patient| mrn_of(patient) == Some(number)).collect())
}
