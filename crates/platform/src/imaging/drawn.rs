//! Studies of the hospital's past: one for each report of an imaging examination.

use hospital::ehr::reference_id;
use hospital::random::Key;
use imaging::synthesis::{Finding, Kind, Place, StudyRequest};
use imaging::uid;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::StoreError;
use store::sandbox::View;

use super::archive::Scope;
use super::people::{name_at, patient, with_number};
use crate::access::Access;
use crate::ehr::lookup::{find_stored, get, value_of};

/// The codes of examinations that can be drawn, as a search value.
const CODES: &str = "http://loinc.org|36643-5,http://loinc.org|30746-2,http://loinc.org|24627-2,\
                     http://loinc.org|30799-1,http://loinc.org|24590-2,http://loinc.org|24558-9";
/// The longest number that fits (PS3.5, 6.2, SH).
const ACCESSION_CHARS_MAX: usize = 16;

/// The studies that the reports in `scope` speak of.
pub(super) fn studies(access: &Access, scope: &Scope) -> Result<Vec<StudyRequest>, StoreError> {
    let now_us = access.virtual_us();
    access.sandbox().view(|view| {
        let mut studies = Vec::new();
        for owner in owners(view, now_us, scope)? {
            let criteria = [("code", CODES), ("patient", owner.as_deref().unwrap_or_default())];
            let criteria = if owner.is_some() { &criteria[..] } else { &criteria[..1] };
            for stored in find_stored(view, now_us, "DiagnosticReport", criteria)? {
                let Some(report) = value_of(&stored) else { continue };
                studies.extend(study(access, view, &report)?);
            }
        }
        studies.retain(|study| scope.study.as_ref().is_none_or(|wanted| *wanted == study.study));
        Ok(studies)
    })
}

/// Whose reports to look at: everybody's, or those of the patients with a number.
fn owners(view: View<'_>, now_us: i64, scope: &Scope) -> Result<Vec<Option<String>>, StoreError> {
    let Some(number) = &scope.patient_id else { return Ok(vec![None]) };
    let found = with_number(view, now_us, number)?;
    let ids = found.iter().filter_map(|patient| patient["id"].as_str());
    Ok(ids.map(|id| Some(format!("Patient/{id}"))).collect())
}

fn study(access: &Access, view: View<'_>, report: &Value) -> Result<Option<StudyRequest>, StoreError> {
    let codings = report["code"]["coding"].as_array().map(Vec::as_slice).unwrap_or_default();
    let Some((kind, name)) = codings.iter().find_map(|coding| {
        Some((Kind::of_loinc(coding["code"].as_str()?)?, coding["display"].as_str().unwrap_or_default()))
    }) else {
        return Ok(None);
    };
    let Some(patient_id) = reference_id(&report["subject"], "Patient") else { return Ok(None) };
    let Some(owner) = get(view, "Patient", patient_id)? else { return Ok(None) };
    let order =
        report["basedOn"].as_array().and_then(|orders| reference_id(orders.first()?, "ServiceRequest"));
    let origin = order.or_else(|| report["id"].as_str()).unwrap_or_default();
    let study = study_uid(access, origin);
    let requester = match order {
        Some(order) => get(view, "ServiceRequest", order)?.map(|order| order["requester"].clone()),
        None => None,
    };
    let conclusion = report["conclusion"].as_str().unwrap_or_default();
    Ok(Some(StudyRequest {
        seed: Key::new(0).name(&study).value(),
        accession: accession(origin),
        patient: patient(&owner),
        kind,
        findings: Finding::in_words(conclusion),
        place: Place::in_words(conclusion),
        description: name.to_owned(),
        performed: date_and_time(report["effectiveDateTime"].as_str().unwrap_or_default()),
        referring: requester.map(|who| name_at(view, &who)).transpose()?.unwrap_or_default(),
        institution: "Practicum General Hospital".to_owned(),
        study,
    }))
}

/// The study that an order, or a report without one, makes in this sandbox.
pub(super) fn study_uid(access: &Access, origin: &str) -> String {
    uid::derived(&["study", access.sandbox().id(), origin])
}

/// The accession number of an order: its id in capitals, or where that is too long a number made from it.
pub(crate) fn accession(origin: &str) -> String {
    let is_plain =
        origin.len() <= ACCESSION_CHARS_MAX && !origin.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_plain {
        return origin.to_ascii_uppercase();
    }
    let hash = Sha256::digest(origin.as_bytes());
    format!("A{}", &data_encoding::BASE32_NOPAD.encode(&hash)[..ACCESSION_CHARS_MAX - 1])
}

/// A FHIR date-time as `YYYYMMDD` and `HHMMSS`, by the clock it was written with.
pub(crate) fn date_and_time(instant: &str) -> (String, String) {
    let (date, time) = instant.split_once('T').unwrap_or((instant, ""));
    let digits = |text: &str, most| text.chars().filter(char::is_ascii_digit).take(most).collect::<String>();
    let time = time.split(['Z', '+', '-', '.']).next().unwrap_or_default();
    (digits(date, 8), digits(time, 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_numbers_are_written_as_dicom_has_them() {
        let both = |text| date_and_time(text);
        assert_eq!(both("2031-05-02T10:30:00-05:00"), ("20310502".to_owned(), "103000".to_owned()));
        assert_eq!(both("2031-05-02T10:30:00.123Z"), ("20310502".to_owned(), "103000".to_owned()));
        assert_eq!(both("2031-05"), ("203105".to_owned(), String::new()));
        assert_eq!(accession("aaaabbbbcccc"), "AAAABBBBCCCC");
        assert_eq!(accession(&"long-".repeat(9)).len(), 16);
        assert_ne!(accession("Ab"), accession("ab"));
    }
}
