//! A shift at the desk and on the ward, and everything typed wrong.

use proptest::prelude::*;
use serde::de::DeserializeOwned;
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

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn fields<T: std::fmt::Debug>(result: Result<T, EhrError>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(EhrError::Fields(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        Err(EhrError::Support(firings)) => {
            firings.into_iter().map(|one| format!("rule {}", one.rule)).collect()
        }
        Err(EhrError::Duplicate(alike)) => alike.into_iter().map(|one| format!("like {}", one.id)).collect(),
    }
}

fn patient() -> Value {
    json!({"resourceType": "Patient", "id": "p1", "birthDate": "1984-02-29",
        "name": [{"family": "Okafor", "given": ["Ruth", "Ann"]}]})
}

fn bed(id: &str) -> Value {
    json!({"resourceType": "Location", "id": id, "status": "active", "name": format!("4 West, bed {id}"),
        "physicalType": {"coding": [{"code": "bd"}]}, "managingOrganization": {"reference": "Organization/o1"}})
}

fn doctor() -> Value {
    json!({"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Klein", "given": ["Omar"]}]})
}

fn admitted() -> Value {
    let (patient, bed, doctor) = (patient(), bed("b1"), doctor());
    let command = read(json!({"patient": "p1", "location": "b1", "attending": "d1", "reason": "j18.9"}));
    let facts = AdmitFacts {
        patient: Some(&patient),
        location: Some(&bed),
        attending: Some(&doctor),
        ..AdmitFacts::default()
    };
    admit(&command, &facts, NOW_US, "e1").unwrap()
}

fn registered(form: Value, facts: &RegisterFacts<'_>) -> Result<Value, EhrError> {
    register(&read(form), facts, NOW_US, "p9")
}

const FREE: RegisterFacts<'static> = RegisterFacts { free_mrn: "4821907", mrn_taken: false, alike: &[] };

#[test]
fn registering_somebody_new() {
    let form = json!({
        "family": " Okafor ", "given": "Ruth  Ann", "birth_date": "1984-02-29", "sex": "Female",
        "phone": "555-234-0199", "street": "12 Kiln Street", "city": "Dunmere", "state": "", "postal_code": 45983,
    });
    let patient = registered(form, &FREE).unwrap();
    assert_eq!(patient["id"], "p9");
    assert_eq!(patient["identifier"][0]["value"], "4821907");
    assert_eq!(patient["name"][0], json!({"use": "official", "family": "Okafor", "given": ["Ruth", "Ann"]}));
    assert_eq!(patient["gender"], "female");
    assert_eq!(
        patient["address"],
        json!([{"use": "home", "line": ["12 Kiln Street"], "city": "Dunmere", "postalCode": "45983"}])
    );
    assert_eq!(patient["meta"]["tag"][0]["code"], "HTEST");
}

#[test]
fn every_bad_field_of_a_registration_is_named_at_once() {
    let taken = RegisterFacts { mrn_taken: true, ..FREE };
    let cases = [
        (json!({}), vec!["family", "given", "birth_date", "sex"]),
        (
            json!({"mrn": "12", "family": " ", "given": ["a"], "birth_date": "2031-02-30", "sex": "f", "phone": "call me",
                "street": "a\nb"}),
            vec!["family", "given", "birth_date", "sex", "phone", "street", "mrn"],
        ),
        (json!({"family": "A", "given": "B", "birth_date": "2031-03-05", "sex": "male"}), vec!["birth_date"]),
        (json!({"family": "A", "given": "B", "birth_date": "1890-01-01", "sex": "male"}), vec!["birth_date"]),
        (
            json!({"family": "A".repeat(101), "given": "B\u{0}", "birth_date": "1990-01-01", "sex": "male", "mrn": "1 2"}),
            vec!["family", "given", "mrn"],
        ),
    ];
    for (form, wanted) in cases {
        let named = fields(registered(form.clone(), &taken));
        assert_eq!(named, wanted, "{form}");
    }
    let error = registered(json!({"birth_date": "4.3.1984"}), &FREE).unwrap_err();
    assert!(error.to_string().contains("write it as YYYY-MM-DD"), "{error}");
}

#[test]
fn a_second_record_needs_to_be_confirmed() {
    let alike = [patient()];
    let facts = RegisterFacts { alike: &alike, ..FREE };
    let mut form = json!({"family": "Okafor", "given": "Ruth", "birth_date": "1984-02-29", "sex": "female"});
    assert_eq!(fields(registered(form.clone(), &facts)), ["like p1"]);
    for (ticked, goes) in
        [(json!(true), true), (json!("on"), true), (json!("no"), false), (json!(null), false)]
    {
        form["confirm_new"] = ticked;
        assert_eq!(registered(form.clone(), &facts).is_ok(), goes, "{form}");
    }
}

#[test]
fn admitting_to_a_free_bed() {
    let stay = admitted();
    assert_eq!(stay["status"], "in-progress");
    assert_eq!(stay["class"]["code"], "IMP");
    assert_eq!(stay["subject"], json!({"reference": "Patient/p1", "display": "Ruth Ann Okafor"}));
    assert_eq!(stay["period"], json!({"start": "2031-03-04T07:15:00Z"}));
    assert_eq!(stay["reasonCode"][0]["coding"][0]["code"], "J18.9");
    assert_eq!(stay["location"][0]["location"]["reference"], "Location/b1");
    assert_eq!(stay["participant"][0]["individual"]["display"], "Omar Klein");
    assert_eq!(active_place(&stay), Some("b1"));
    assert!(is_in_house(&stay) && !is_emergency(&stay));
}

#[test]
fn admissions_that_cannot_be() {
    let command: Admit = read(json!({"patient": "p1", "attending": "dx", "class": "HOTEL"}));
    let nothing = AdmitFacts::default();
    let named = fields(admit(&command, &nothing, NOW_US, "e2"));
    assert_eq!(named, ["patient", "location", "reason", "class", "attending"]);
    let mut patient = patient();
    patient["deceasedDateTime"] = json!("2030-01-01");
    patient["link"] = json!([{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]);
    let mut closed = bed("b1");
    closed["status"] = json!("suspended");
    let stay = admitted();
    let facts = AdmitFacts {
        patient: Some(&patient),
        location: Some(&closed),
        current: Some(&stay),
        occupant: Some(&stay),
        ..AdmitFacts::default()
    };
    let command: Admit = read(json!({"reason": "chest pain"}));
    let named = fields(admit(&command, &facts, NOW_US, "e2"));
    assert_eq!(named, ["patient", "patient", "patient", "location", "location"]);
}

#[test]
fn a_bed_goes_from_left_to_clean_and_is_taken_only_then() {
    let used = bed("b1");
    assert_eq!(bed_state(&used).word, "clean");
    let dirty = left_bed(&used).unwrap();
    assert_eq!(dirty["operationalStatus"]["code"], "K");
    let set = |bed: &Value, status: &str| {
        let facts = BedFacts { bed: Some(bed), ..BedFacts::default() };
        set_bed_status(&read(json!({"status": status})), &facts).unwrap()
    };
    let (patient, command) = (patient(), read(json!({"reason": "sepsis"})));
    for (status, refused) in [("dirty", true), ("cleaning", true), ("closed", true), ("clean", false)] {
        let location = set(&dirty, status);
        let facts =
            AdmitFacts { patient: Some(&patient), location: Some(&location), ..AdmitFacts::default() };
        let wrong = fields(admit(&command, &facts, NOW_US, "e1"));
        assert_eq!(wrong, if refused { vec!["location"] } else { vec![] }, "{status}");
        assert_eq!(location["managingOrganization"], used["managingOrganization"]);
    }
    assert_eq!(left_bed(&set(&dirty, "closed")), None);
    let stay = admitted();
    let taken = BedFacts { bed: Some(&used), occupant: Some(&stay) };
    assert_eq!(fields(set_bed_status(&read(json!({"status": "spotless"})), &taken)), ["bed", "status"]);
    assert_eq!(fields(set_bed_status(&SetBedStatus::default(), &BedFacts::default())), ["bed", "status"]);
}

#[test]
fn someone_in_the_emergency_department_may_be_admitted() {
    let mut visit = admitted();
    visit["class"]["code"] = json!("EMER");
    let (patient, bed) = (patient(), bed("b2"));
    let facts = AdmitFacts {
        patient: Some(&patient),
        location: Some(&bed),
        current: Some(&visit),
        ..AdmitFacts::default()
    };
    let stay = admit(&read(json!({"reason": "sepsis"})), &facts, NOW_US, "e2").unwrap();
    assert_eq!(stay["reasonCode"][0], json!({"text": "sepsis"}));
    assert_eq!(stay["serviceProvider"]["reference"], "Organization/o1");
}

#[test]
fn moving_keeps_the_history_of_places() {
    let (mut stay, new_bed) = (admitted(), bed("b2"));
    stay["extension"] = json!([{"url": "https://example.org/x", "valueString": "kept"}]);
    let facts = TransferFacts { encounter: Some(&stay), location: Some(&new_bed), occupant: None };
    let moved = transfer(&facts, NOW_US + 3_600_000_000).unwrap();
    assert_eq!(moved["location"][0]["status"], "completed");
    assert_eq!(
        moved["location"][0]["period"],
        json!({"start": "2031-03-04T07:15:00Z", "end": "2031-03-04T08:15:00Z"})
    );
    assert_eq!(moved["location"][1]["status"], "active");
    assert_eq!(moved["location"][1]["location"]["reference"], "Location/b2");
    assert_eq!(moved["extension"], stay["extension"]);
    assert_eq!(moved["status"], "in-progress");
    let again = TransferFacts { encounter: Some(&moved), ..facts };
    assert_eq!(fields(transfer(&again, NOW_US)), ["location"]);
    let taken = TransferFacts { occupant: Some(&moved), ..facts.clone() };
    assert_eq!(fields(transfer(&taken, NOW_US)), ["location"]);
    assert_eq!(fields(transfer(&TransferFacts::default(), NOW_US)), ["encounter", "location"]);
}

#[test]
fn going_home_ends_stay_and_place() {
    let mut stay = admitted();
    stay["hospitalization"] = json!({"admitSource": {"text": "by ambulance"}});
    let command: Discharge = read(json!({"disposition": "OTHER-hcf"}));
    let facts = DischargeFacts { encounter: Some(&stay), patient: None };
    let changed = discharge(&command, &facts, NOW_US + 60_000_000).unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["status"], "finished");
    assert_eq!(changed[0]["period"]["end"], "2031-03-04T07:16:00Z");
    assert_eq!(changed[0]["location"][0]["status"], "completed");
    let hospitalization = &changed[0]["hospitalization"];
    assert_eq!(hospitalization["admitSource"]["text"], "by ambulance");
    assert_eq!(hospitalization["dischargeDisposition"]["coding"][0]["code"], "other-hcf");
    let over = DischargeFacts { encounter: Some(&changed[0]), patient: None };
    assert_eq!(fields(discharge(&command, &over, NOW_US)), ["encounter"]);
    assert_eq!(fields(discharge(&command, &facts, NOW_US - 60_000_000)), ["encounter"]);
    let unknown: Discharge = read(json!({"disposition": "the moon"}));
    assert_eq!(fields(discharge(&unknown, &DischargeFacts::default(), NOW_US)), ["encounter", "disposition"]);
}

#[test]
fn a_death_is_also_written_on_the_patient() {
    let (stay, mut patient) = (admitted(), patient());
    patient["deceasedBoolean"] = json!(false);
    let facts = DischargeFacts { encounter: Some(&stay), patient: Some(&patient) };
    let changed = discharge(&read(json!({"disposition": "exp"})), &facts, NOW_US).unwrap();
    assert_eq!(changed[1]["deceasedDateTime"], "2031-03-04T07:15:00Z");
    assert_eq!(changed[1].get("deceasedBoolean"), None);
}

fn recorded(form: Value) -> Result<Vec<Value>, EhrError> {
    let patient = patient();
    let facts = VitalsFacts { patient: Some(&patient), encounter: None };
    record_vitals(&read(form), &facts, NOW_US, &mut ids())
}

#[test]
fn signs_become_observations() {
    let form = json!({"systolic": 128, "diastolic": "76", "temperature_c": 37.2, "oxygen_saturation": "97", "weight_kg": ""});
    let written = recorded(form).unwrap();
    let codes: Vec<_> =
        written.iter().map(|one| one["code"]["coding"][0]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["85354-9", "8310-5", "59408-5"]);
    assert_eq!(
        written[0]["component"][1]["valueQuantity"].to_string(),
        r#"{"value":76,"unit":"mm[Hg]","system":"http://unitsofmeasure.org","code":"mm[Hg]"}"#
    );
    assert_eq!(written[1]["valueQuantity"]["value"], 37.2);
    assert_eq!(
        written[1]["meta"]["profile"][0],
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-body-temperature"
    );
    assert_eq!(written[2]["id"], "new-3");
}

#[test]
fn signs_no_body_has_are_explained() {
    let cases = [
        (json!({}), vec!["systolic"]),
        (json!({"temperature_c": 98.6, "weight_kg": 900}), vec!["temperature_c", "weight_kg"]),
        (json!({"systolic": 120}), vec!["diastolic"]),
        (json!({"systolic": 70, "diastolic": 110}), vec!["systolic"]),
        (json!({"oxygen_saturation": 101, "heart_rate": -1}), vec!["heart_rate", "oxygen_saturation"]),
        (json!({"height_cm": 1.75, "heart_rate": "fast"}), vec!["heart_rate", "height_cm"]),
        (json!({"heart_rate": "NaN", "height_cm": [175]}), vec!["heart_rate", "height_cm"]),
    ];
    for (form, wanted) in cases {
        assert_eq!(fields(recorded(form.clone())), wanted, "{form}");
    }
    let error = recorded(json!({"temperature_c": 98.6})).unwrap_err();
    assert!(error.to_string().contains("98.6 Fahrenheit are 37.0"), "{error}");
}

#[test]
fn a_note_keeps_its_text() {
    let (patient, stay) = (patient(), admitted());
    let facts = NoteFacts {
        patient: Some(&patient),
        encounter: Some(&stay),
        author: "rn.klein",
        ..NoteFacts::default()
    };
    for (kind, code) in
        [("progress", "11506-3"), ("", "34109-9"), ("18842-5", "18842-5"), ("discharge-summary", "18842-5")]
    {
        let command = read(json!({"kind": kind, "text": "Slept well."}));
        let note = write_note(&command, &facts, NOW_US, "n1").unwrap();
        assert_eq!(note["type"]["coding"][0]["code"], code);
        assert_eq!(note["content"][0]["attachment"]["data"], "U2xlcHQgd2VsbC4=");
        assert_eq!(note["author"][0]["display"], "rn.klein");
        assert_eq!(note["context"]["encounter"][0]["reference"], "Encounter/e1");
    }
    let empty = read(json!({"kind": "poem", "text": " \n"}));
    assert_eq!(fields(write_note(&empty, &NoteFacts::default(), NOW_US, "n1")), ["patient", "kind", "text"]);
}

#[test]
fn names_and_numbers_are_found_where_they_stand() {
    let cases = [
        (json!({}), None, None),
        (json!({"name": "odd", "identifier": {"system": 1}}), None, None),
        (json!({"name": [{"text": "Baby Okafor"}]}), Some("Baby Okafor"), None),
        (
            json!({"name": [{"use": "old", "family": "Obi"}, {"use": "official", "family": "Okafor", "given": ["Ruth", 7]}],
                "identifier": [{"type": {"coding": [{"code": "MR"}]}, "value": "77"}]}),
            Some("Ruth Okafor"),
            Some("77"),
        ),
    ];
    for (patient, name, mrn) in cases {
        assert_eq!((name_of(&patient).as_deref(), mrn_of(&patient)), (name, mrn), "{patient}");
    }
    for (text, id) in [
        ("Patient/1", Some("1")),
        ("http://x/fhir/Patient/1/_history/2", Some("1")),
        ("Group/1", None),
        ("Patient/", None),
        ("urn:uuid:1", None),
        ("", None),
    ] {
        assert_eq!(reference_id(&json!({"reference": text}), "Patient"), id, "{text}");
    }
}

/// Any JSON, a few levels deep, with the names our forms and resources use.
fn anything() -> impl Strategy<Value = Value> {
    const NAMES: [&str; 12] = [
        "id",
        "status",
        "period",
        "location",
        "name",
        "given",
        "family",
        "class",
        "code",
        "hospitalization",
        "link",
        "type",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("in-progress")),
        Just(json!("active")),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(&NAMES[..]), inner), 0..5).prop_map(|members| {
                Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_command_panics(a in anything(), b in anything(), c in anything(), now_us: i64) {
        let now_us = now_us / 64;
        let form = json!({"family": a, "given": b, "birth_date": c, "sex": "male", "mrn": a, "phone": b});
        let alike = [a.clone()];
        let _ = registered(form, &RegisterFacts { alike: &alike, ..FREE });
        let (first, second) = (Some(&a), Some(&b));
        let facts = AdmitFacts { patient: first, location: second, attending: first, current: second, occupant: Some(&c) };
        let _ = admit(&read(json!({"reason": c, "class": "imp"})), &facts, now_us, "e");
        let _ = admit(&read(json!({"reason": "x"})), &AdmitFacts { occupant: None, current: None, ..facts }, now_us, "e");
        let facts = TransferFacts { encounter: first, location: second, occupant: None };
        let _ = transfer(&facts, now_us);
        let facts = DischargeFacts { encounter: first, patient: second };
        let _ = discharge(&read(json!({"disposition": "exp"})), &facts, now_us);
        let _ = record_vitals(
            &read(json!({"systolic": a, "diastolic": b, "heart_rate": c, "weight_kg": "70"})),
            &VitalsFacts { patient: first, encounter: second }, now_us, &mut ids(),
        );
        let facts = NoteFacts { patient: first, encounter: second, author: "x", ..NoteFacts::default() };
        let _ = write_note(&read(json!({"text": "x", "kind": c})), &facts, now_us, "n");
    }
}
