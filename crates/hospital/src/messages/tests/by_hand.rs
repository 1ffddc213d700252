use serde_json::{Value, json};
use standards::hl7::message::Message;
use standards::hl7::profile::Shelf;

use crate::messages::value::moment;
use crate::messages::{Event, Interface, MessageError, System, TRIGGERS, Trigger, write_message};

fn patient() -> Value {
    json!({
        "resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1980-05-17",
        "identifier": [{"system": "other", "value": "9"}, {"system": "https://practicum.example/mrn", "value": "100200"}],
        "name": [{"use": "official", "family": "O|Hara", "given": ["Zoë", "May"], "suffix": ["Jr"]}, {"use": "maiden", "family": "Li"}],
        "address": [{"line": ["1 Main St", "Apt 2"], "city": "Oakton", "state": "OH", "postalCode": "45000", "country": "US"}],
        "telecom": [{"system": "phone", "value": "555-0100", "use": "mobile"}, {"system": "email", "value": "z@example.org"}],
        "deceasedDateTime": "2031-03-04T05:00:00.123456-05:00",
    })
}

fn encounter() -> Value {
    json!({
        "resourceType": "Encounter", "id": "e1", "class": {"code": "IMP"},
        "period": {"start": "2031-03-01T10:00:00Z", "end": "2031-03-04"},
        "participant": [{"individual": {"reference": "Practitioner/d1"}}, {"type": [{"coding": [{"code": "ATND"}]}], "individual": {"display": "Dr Ray"}}],
        "hospitalization": {"dischargeDisposition": {"coding": [{"code": "snf"}]}},
        "location": [
            {"location": {"reference": "Location/b1"}, "status": "completed"},
            {"location": {"reference": "Location/x", "display": "ICU"}, "status": "active"},
        ],
    })
}

fn surroundings() -> Vec<Value> {
    let place = |id: &str, kind: &str, label: &str, parent: &str| {
        json!({
            "resourceType": "Location", "id": id, "physicalType": {"coding": [{"code": kind}]},
            "identifier": [{"value": label}], "partOf": {"reference": format!("Location/{parent}")},
        })
    };
    vec![place("b1", "bd", "4E-401-A", "r1"), place("r1", "ro", "4E-401", "w1"), place("w1", "wa", "4E", "h")]
}

fn write(name: &str, version: &str, resources: &[Value]) -> Result<String, MessageError> {
    let (patient, encounter) = (patient(), encounter());
    let event = Event {
        trigger: Trigger::named(name).unwrap(),
        recorded_us: 1_930_370_400_000_000,
        author: "R. Clerk",
        patient: &patient,
        retired: Some(&patient),
        encounter: Some(&encounter),
        resources: &[surroundings(), resources.to_vec()].concat(),
    };
    let system = |application: &str, facility: &str| System {
        application: application.into(),
        facility: facility.into(),
    };
    let interface = Interface {
        version: version.to_owned(),
        sender: system("EHR", "MERCY"),
        receiver: system("LIS", "abcd2345"),
        ..Interface::default()
    };
    let message = write_message(&event, &interface, "77")?;
    let findings = Shelf::shipped().validate(&message);
    assert!(findings.is_empty(), "{name} {version}: {findings:#?}\n{message:?}");
    Ok(String::from_utf8(message.into_bytes()).unwrap())
}

fn has(message: &str, lines: &[&str]) {
    for line in lines {
        assert!(
            message.split('\r').any(|own| own == *line),
            "no {line}\nin\n{}",
            message.replace('\r', "\n")
        );
    }
}

#[test]
fn a_discharge_says_who_where_and_when() {
    has(
        &write("ADT^A03", "2.5.1", &[]).unwrap(),
        &[
            "MSH|^~\\&|EHR|MERCY|LIS|abcd2345|20310304060000+0000||ADT^A03^ADT_A03|77|P|2.5.1||||||UNICODE UTF-8",
            "EVN|A03|20310304060000+0000|||^R. Clerk",
            "PID|1||100200^^^PRACTICUM^MR~9^^^PRACTICUM^MR||O\\F\\Hara^Zoë^May^Jr^^^L~Li^^^^^^M||19800517|F|||\
             1 Main St^Apt 2^Oakton^OH^45000^US^H||555-0100^PRN^CP~^NET^Internet^z@example.org||||||||||||||||\
             20310304050000.1234-0500|Y",
            "PV1|1|I|ICU||||^Dr Ray||||||||||||e1^PRACTICUM|||||||||||||||||03||||||||20310301100000+0000|20310304",
        ],
    );
    let transfer = write("ADT^A02", "2.8", &[]).unwrap();
    assert!(transfer.contains("\rEVN||") && transfer.contains("|ICU|||4E^4E-401^4E-401-A|"), "{transfer}");
    assert!(write("ADT^A01", "2.3", &[]).unwrap().contains("|ADT^A01|77|"));
    has(
        &write("ADT^A40", "2.5.1", &[]).unwrap(),
        &["MRG|100200^^^PRACTICUM^MR~9^^^PRACTICUM^MR||||||O\\F\\Hara^Zoë^May^Jr^^^L~Li^^^^^^M"],
    );
}

fn order() -> Value {
    json!({
        "resourceType": "ServiceRequest", "id": "o1", "status": "active", "priority": "stat", "authoredOn": "2031-03-04T05:58:00Z",
        "code": {"coding": [{"system": "local", "code": "K"}, {"system": "http://loinc.org", "code": "2823-3", "display": "Potassium"}], "text": "K"},
        "requester": {"display": "Dr Ray"}, "reasonCode": [{"text": "weak"}], "note": [{"text": "fasting\nno tourniquet"}],
    })
}

#[test]
fn orders_are_written_as_the_version_has_them() {
    has(
        &write("OML^O21", "2.5.1", &[order()]).unwrap(),
        &[
            "ORC|NW|o1^PRACTICUM|||||||20310304055800+0000|^R. Clerk||^Dr Ray",
            "TQ1|1||||||||S",
            "OBR|1|o1^PRACTICUM||2823-3^Potassium^LN||||||||||||^Dr Ray|||||||||||||||^weak",
            "NTE|1||fasting\\.br\\no tourniquet",
        ],
    );
    let older = write("ORM^O01", "2.3", &[order()]).unwrap();
    assert!(older.contains("|^^^^^S|") && !older.contains("TQ1"), "{older}");
    let error = write("OML^O21", "2.3.1", &[order()]).unwrap_err().to_string();
    assert!(error.contains("2.4") && error.contains("ORM^O01"), "{error}");
    let mut cancelled = order();
    cancelled["status"] = "revoked".into();
    assert!(write("ORM^O01", "2.5", &[cancelled]).unwrap().contains("ORC|CA|o1"));
}

#[test]
fn results_keep_their_kind_and_state() {
    let observation = |id: &str, more: Value| {
        let mut one = json!({"resourceType": "Observation", "id": id, "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": id}]}});
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        one
    };
    let quantity = |value: Value| json!({"value": value, "unit": "mmol/L", "system": "http://unitsofmeasure.org", "code": "mmol/L"});
    let mut below = quantity(json!(5));
    below["comparator"] = "<".into();
    let resources = vec![
        json!({
            "resourceType": "DiagnosticReport", "id": "r1", "status": "corrected", "issued": "2031-03-04T06:00:00Z",
            "basedOn": [{"reference": "ServiceRequest/o1"}], "code": {"text": "Panel"}, "conclusion": "High.\nCall.",
            "category": [{"coding": [{"code": "LAB"}]}],
            "result": (1..=7).map(|n| json!({"reference": format!("Observation/{n}")})).collect::<Vec<_>>(),
        }),
        order(),
        observation(
            "1",
            json!({"valueQuantity": quantity(json!(6.8)), "interpretation": [{"coding": [{"code": "HH"}]}], "referenceRange": [{"low": {"value": 3.5}, "high": {"value": 5.1}}]}),
        ),
        observation("2", json!({"valueQuantity": below})),
        observation("3", json!({"valueCodeableConcept": {"text": "positive"}, "status": "amended"})),
        observation("4", json!({"valueString": "no growth"})),
        observation("5", json!({"dataAbsentReason": {"text": "clotted"}})),
        observation("6", json!({"component": [{"code": {"text": "systolic"}, "valueInteger": 120}]})),
        observation(
            "7",
            json!({"status": "entered-in-error", "valueQuantity": {"value": 1, "unit": "drops"}}),
        ),
    ];
    has(
        &write("ORU^R01", "2.6", &resources).unwrap(),
        &[
            "ORC|RE|o1^PRACTICUM|r1^PRACTICUM",
            "OBR|1|o1^PRACTICUM|r1^PRACTICUM|^Panel||||||||||||^Dr Ray||||||20310304060000+0000||LAB|C",
            "OBX|1|NM|1^^LN||6.8|mmol/L^mmol/L^UCUM|3.5-5.1|HH|||F",
            "OBX|2|SN|2^^LN||<^5|mmol/L^mmol/L^UCUM|||||F",
            "OBX|3|CWE|3^^LN||^positive||||||C",
            "OBX|4|ST|4^^LN||no growth||||||F",
            "OBX|5||5^^LN||||||||X",
            "OBX|6|NM|^systolic|1|120||||||F",
            "OBX|7|NM|7^^LN||1|drops|||||W",
            "OBX|8|TX|^Panel||High.\\.br\\Call.||||||C",
        ],
    );
}

#[test]
fn medicines_charges_documents_and_appointments_are_written() {
    let medicine = json!({
        "resourceType": "MedicationRequest", "id": "m1", "status": "active", "medicationCodeableConcept": {"text": "aspirin 81 mg"},
        "dosageInstruction": [{"text": "one a day", "route": {"coding": [{"code": "oral"}]}, "doseAndRate": [{"doseQuantity": {"value": 81, "unit": "mg", "code": "mg", "system": "http://unitsofmeasure.org"}}]}],
    });
    has(
        &write("RDE^O11", "2.5.1", &[medicine]).unwrap(),
        &["RXE||^aspirin 81 mg|81||mg^mg^UCUM||^one a day||||||||m1", "RXR|PO^Oral^HL70162"],
    );
    let charge = json!({"resourceType": "ChargeItem", "id": "c1", "code": {"text": "bed day"}, "occurrenceDateTime": "2031-03-03", "quantity": {"value": 2}, "priceOverride": {"value": 1200.5, "currency": "USD"}});
    has(
        &write("DFT^P03", "2.5.1", &[charge]).unwrap(),
        &["FT1|1|c1||20310303|20310304060000+0000|CG|^bed day|||2||1200.5&USD^UP"],
    );
    let note = json!({"resourceType": "DocumentReference", "id": "n1", "status": "current", "docStatus": "final", "type": {"coding": [{"system": "http://loinc.org", "code": "18842-5"}]}, "content": [{"attachment": {"data": "SG9tZQ=="}}]});
    has(
        &write("MDM^T02", "2.5.1", &[note]).unwrap(),
        &["TXA|1|DS|TX|||||||||n1^PRACTICUM|||||AU||AV", "OBX|1|TX|18842-5^^LN||Home||||||F"],
    );
    let visit = json!({
        "resourceType": "Appointment", "id": "a1", "status": "booked", "start": "2031-04-01T09:00:00Z", "minutesDuration": 30,
        "serviceType": [{"text": "knee clinic"}],
        "participant": [{"actor": {"reference": "Location/w1"}}, {"actor": {"reference": "Practitioner/d1", "display": "Dr Ray"}}],
    });
    has(
        &write("SIU^S12", "2.8", &[visit]).unwrap(),
        &[
            "SCH|a1^PRACTICUM|a1^PRACTICUM||||S12^appointment booked^HL70003|||30|min^minute^UCUM||||||^R. Clerk||||^R. Clerk|||||Booked^^HL70278",
            "RGS|1|A",
            "AIS|1|A|^knee clinic|20310401090000+0000",
            "AIL|1||4E",
            "AIP|1||^Dr Ray",
        ],
    );
    let shot = json!({"resourceType": "Immunization", "id": "i1", "status": "not-done", "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "141"}]}, "occurrenceDateTime": "2030-10-01"});
    has(
        &write("VXU^V04", "2.5.1", &[shot]).unwrap(),
        &[
            "ORC|RE||i1^PRACTICUM",
            "RXA|0|1|20301001|20301001|141^^CVX|999|||01^Historical information^NIP001|||||||||||NA|A",
        ],
    );
}

#[test]
fn what_an_event_lacks_is_said() {
    let nobody = json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Somebody"}]});
    for trigger in &TRIGGERS {
        let event = Event {
            trigger,
            recorded_us: 0,
            author: "x",
            patient: &nobody,
            retired: None,
            encounter: None,
            resources: &[],
        };
        match write_message(&event, &Interface::default(), "1") {
            Ok(message) => assert_eq!(Shelf::shipped().validate(&message), [], "{}", trigger.name),
            Err(MessageError::Missing { trigger: named, wanted }) => {
                assert!(named == trigger.name && !wanted.is_empty());
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_character_the_receiver_cannot_read_stops_the_message() {
    let patient = patient();
    let trigger = Trigger::named("ADT^A31").unwrap();
    let event = Event {
        trigger,
        recorded_us: 0,
        author: "x",
        patient: &patient,
        retired: None,
        encounter: None,
        resources: &[],
    };
    let interface = |charset: &str| Interface { charset: charset.to_owned(), ..Interface::default() };
    let error = write_message(&event, &interface("ASCII"), "1").unwrap_err().to_string();
    assert!(error.contains("PID-5") && error.contains("ASCII"), "{error}");
    let latin: Message = write_message(&event, &interface("8859/1"), "1").unwrap();
    assert!(latin.bytes().windows(3).any(|bytes| bytes == b"Zo\xEB"));
}

#[test]
fn moments_lose_only_their_marks() {
    for (fhir, v2) in [
        ("2031", "2031"),
        ("2031-03", "203103"),
        ("2031-03-04", "20310304"),
        ("2031-03-04T06:00:00Z", "20310304060000+0000"),
        ("2031-03-04T06:00:00.5+05:30", "20310304060000.5+0530"),
    ] {
        assert_eq!(moment(fhir), v2);
    }
}
