//! A shift at the desk and on the ward, and everything typed wrong.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// 2031-03-04T07:15:00Z.
const NOW_US: i64 = 1_930_374_900_000_000;

fn ids() -> impl FnMut() -> String {
    let mut made = 0;
    move || {
        made += 1;
        format!("new-{made}")
    }
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn fields(error: &EhrError) -> Vec<&'static str> {
    error.problems.iter().map(|problem| problem.field).collect()
}

fn patient() -> Value {
    json!({"resourceType": "Patient", "id": "p1", "name": [{"family": "Okafor", "given": ["Ruth", "Ann"]}]})
}

fn bed(id: &str) -> Value {
    json!({"resourceType": "Location", "id": id, "status": "active", "name": format!("4 West, bed {id}"),
        "physicalType": {"coding": [{"code": "bd"}]}})
}

fn doctor() -> Value {
    json!({"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Klein", "given": ["Omar"]}]})
}

fn admitted() -> Value {
    let (patient, bed, doctor) = (patient(), bed("b1"), doctor());
    let command: Admit = read(
        json!({"patient": "Patient/p1", "location": "Location/b1", "attending": "Practitioner/d1", "reason": "j18.9"}),
    );
    let facts = AdmitFacts {
        patient: Some(&patient),
        location: Some(&bed),
        attending: Some(&doctor),
        open_stay: None,
        occupant: None,
    };
    admit(&command, &facts, NOW_US, &mut ids()).unwrap()
}

#[test]
fn registering_somebody_new() {
    let command: Register = read(json!({
        "family": " Okafor ", "given": ["Ruth"], "birth_date": "1984-02-29", "sex": "female",
        "phone": "555-234-0199",
        "address": {"line": "12 Kiln Street", "city": "Dunmere", "state": "OH", "postal_code": "45983"},
    }));
    let facts = RegisterFacts { free_mrn: "4821907", mrn_taken: false };
    let patient = register(&command, &facts, NOW_US, &mut ids()).unwrap();
    assert_eq!(patient["identifier"][0]["value"], "4821907");
    assert_eq!(patient["name"][0]["family"], "Okafor");
    assert_eq!(patient["gender"], "female");
    assert_eq!(patient["address"][0]["city"], "Dunmere");
    assert_eq!(patient["meta"]["tag"][0]["code"], "HTEST");
}

#[test]
fn every_bad_field_of_a_registration_is_named_at_once() {
    let command: Register = read(json!({
        "mrn": "12", "family": " ", "given": [], "birth_date": "2031-02-30", "sex": "male", "phone": "call me",
        "address": {"line": "", "city": "Dunmere", "state": "Ohio", "postal_code": "4598"},
    }));
    let facts = RegisterFacts { free_mrn: "4821907", mrn_taken: true };
    let error = register(&command, &facts, NOW_US, &mut ids()).unwrap_err();
    let wanted = [
        "mrn",
        "mrn",
        "family",
        "given",
        "birth_date",
        "phone",
        "address.line",
        "address.state",
        "address.postal_code",
    ];
    assert_eq!(fields(&error), wanted);
    assert!(error.to_string().contains("write it as YYYY-MM-DD"));
}

#[test]
fn birth_dates_must_be_lived() {
    for (date, fine) in
        [("2031-03-04", true), ("2031-03-05", false), ("1906-01-01", true), ("1890-01-01", false)]
    {
        let command: Register =
            read(json!({"family": "A", "given": ["B"], "birth_date": date, "sex": "unknown"}));
        let facts = RegisterFacts { free_mrn: "4821907", mrn_taken: false };
        assert_eq!(register(&command, &facts, NOW_US, &mut ids()).is_ok(), fine, "{date}");
    }
}

#[test]
fn admitting_to_a_free_bed() {
    let stay = admitted();
    assert_eq!(stay["status"], "in-progress");
    assert_eq!(stay["class"]["code"], "IMP");
    assert_eq!(stay["subject"]["display"], "Ruth Ann Okafor");
    assert_eq!(stay["period"], json!({"start": "2031-03-04T07:15:00Z"}));
    assert_eq!(stay["reasonCode"][0]["coding"][0]["code"], "J18.9");
    assert_eq!(stay["location"][0]["location"]["reference"], "Location/b1");
}

#[test]
fn admissions_that_cannot_be() {
    let command: Admit = read(
        json!({"patient": "Patient/p1", "location": "Location/b1", "attending": "Practitioner/d1", "reason": " "}),
    );
    let nothing =
        AdmitFacts { patient: None, location: None, attending: None, open_stay: None, occupant: None };
    let error = admit(&command, &nothing, NOW_US, &mut ids()).unwrap_err();
    assert_eq!(fields(&error), ["patient", "location", "attending", "reason"]);
    let mut patient = patient();
    patient["deceasedDateTime"] = json!("2030-01-01");
    let mut closed = bed("b1");
    closed["status"] = json!("suspended");
    let (doctor, stay) = (doctor(), admitted());
    let facts = AdmitFacts {
        patient: Some(&patient),
        location: Some(&closed),
        attending: Some(&doctor),
        open_stay: Some(&stay),
        occupant: Some(&stay),
    };
    let error = admit(&command, &facts, NOW_US, &mut ids()).unwrap_err();
    assert_eq!(fields(&error), ["patient", "patient", "location", "location", "reason"]);
}

#[test]
fn moving_keeps_the_history_of_places() {
    let (stay, new_bed) = (admitted(), bed("b2"));
    let command: Transfer = read(json!({"encounter": "Encounter/new-1", "location": "Location/b2"}));
    let facts = TransferFacts { encounter: Some(&stay), location: Some(&new_bed), occupant: None };
    let moved = transfer(&command, &facts, NOW_US + 3_600_000_000).unwrap();
    assert_eq!(moved["location"][0]["status"], "completed");
    assert_eq!(moved["location"][0]["period"]["end"], "2031-03-04T08:15:00Z");
    assert_eq!(moved["location"][1]["status"], "active");
    assert_eq!(moved["location"][1]["location"]["reference"], "Location/b2");
    assert_eq!(moved["status"], "in-progress");
    let again = TransferFacts { encounter: Some(&moved), ..facts };
    assert_eq!(fields(&transfer(&command, &again, NOW_US).unwrap_err()), ["location"]);
    let taken = TransferFacts { occupant: Some(&stay), ..facts };
    assert_eq!(fields(&transfer(&command, &taken, NOW_US).unwrap_err()), ["location"]);
}

#[test]
fn going_home_ends_stay_and_place() {
    let stay = admitted();
    let command: Discharge = read(json!({"encounter": "Encounter/new-1", "disposition": "other-hcf"}));
    let facts = DischargeFacts { encounter: Some(&stay), patient: None };
    let changed = discharge(&command, &facts, NOW_US + 60_000_000).unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["status"], "finished");
    assert_eq!(changed[0]["period"]["end"], "2031-03-04T07:16:00Z");
    assert_eq!(changed[0]["location"][0]["status"], "completed");
    assert_eq!(changed[0]["hospitalization"]["dischargeDisposition"]["coding"][0]["code"], "other-hcf");
    let over = DischargeFacts { encounter: Some(&changed[0]), patient: None };
    assert_eq!(fields(&discharge(&command, &over, NOW_US).unwrap_err()), ["encounter"]);
    let early = discharge(&command, &facts, NOW_US - 60_000_000).unwrap_err();
    assert_eq!(fields(&early), ["encounter"]);
}

#[test]
fn a_death_is_also_written_on_the_patient() {
    let (stay, patient) = (admitted(), patient());
    let command: Discharge = read(json!({"encounter": "Encounter/new-1", "disposition": "exp"}));
    let facts = DischargeFacts { encounter: Some(&stay), patient: Some(&patient) };
    let changed = discharge(&command, &facts, NOW_US).unwrap();
    assert_eq!(changed[1]["deceasedDateTime"], "2031-03-04T07:15:00Z");
}

#[test]
fn signs_become_observations() {
    let patient = patient();
    let command: RecordVitals =
        read(json!({"systolic": 128, "diastolic": 76, "temperature": 37.2, "oxygen_saturation": 97}));
    let facts = VitalsFacts { patient: &patient, encounter: None, performer: None };
    let written = record_vitals(&command, &facts, NOW_US, &mut ids()).unwrap();
    let codes: Vec<_> =
        written.iter().map(|one| one["code"]["coding"][0]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["85354-9", "8310-5", "59408-5"]);
    assert_eq!(
        written[0]["component"][0]["valueQuantity"].to_string(),
        r#"{"value":128,"unit":"mm[Hg]","system":"http://unitsofmeasure.org","code":"mm[Hg]"}"#
    );
    assert_eq!(written[1]["valueQuantity"]["value"], 37.2);
}

#[test]
fn implausible_signs_are_explained() {
    for (given, wanted) in [
        (json!({}), vec!["vitals"]),
        (json!({"temperature": 98.6, "weight": 900}), vec!["temperature", "weight"]),
        (json!({"systolic": 120}), vec!["diastolic"]),
        (json!({"systolic": 70, "diastolic": 110}), vec!["diastolic"]),
        (json!({"oxygen_saturation": 101, "heart_rate": -1}), vec!["heart_rate", "oxygen_saturation"]),
    ] {
        let patient = patient();
        let facts = VitalsFacts { patient: &patient, encounter: None, performer: None };
        let error = record_vitals(&read(given), &facts, NOW_US, &mut ids()).unwrap_err();
        assert_eq!(fields(&error), wanted);
    }
}

#[test]
fn a_note_keeps_its_text() {
    let (patient, doctor, stay) = (patient(), doctor(), admitted());
    let facts = NoteFacts { patient: &patient, encounter: Some(&stay), author: Some(&doctor) };
    let command: WriteNote = read(json!({"kind": "progress", "text": "Slept well."}));
    let note = write_note(&command, &facts, NOW_US, &mut ids()).unwrap();
    assert_eq!(note["type"]["coding"][0]["code"], "11506-3");
    assert_eq!(note["content"][0]["attachment"]["data"], "U2xlcHQgd2VsbC4=");
    assert_eq!(note["author"][0]["display"], "Omar Klein");
    let empty: WriteNote = read(json!({"text": " \n"}));
    assert_eq!(fields(&write_note(&empty, &facts, NOW_US, &mut ids()).unwrap_err()), ["text"]);
}

proptest! {
    #[test]
    fn no_registration_panics(family in ".{0,90}", birth in ".{0,12}", phone in ".{0,20}", mrn in ".{0,9}") {
        let command: Register = read(json!({
            "mrn": mrn, "family": family, "given": [family], "birth_date": birth, "sex": "other", "phone": phone,
        }));
        let facts = RegisterFacts { free_mrn: "4821907", mrn_taken: false };
        if let Err(error) = register(&command, &facts, NOW_US, &mut ids()) {
            prop_assert!(!error.problems.is_empty());
        }
    }

    #[test]
    fn no_sign_panics(value: f64, other: f64) {
        let command = RecordVitals { systolic: Some(value), diastolic: Some(other), weight: Some(other), ..RecordVitals::default() };
        let patient = patient();
        let facts = VitalsFacts { patient: &patient, encounter: None, performer: None };
        let _ = record_vitals(&command, &facts, NOW_US, &mut ids());
    }
}
