use serde_json::{Value, json};

use super::{bundle_of, message_of};
use crate::fhir::definitions::Definitions;
use crate::fhir::validation::validate;
use crate::hl7::message::Message;

pub(super) const ADMISSION: &str = "MSH|^~\\&|ADT|PRACTICUM|ENGINE|PRACTICUM|20260301093000||ADT^A01^ADT_A01|77|P|2.5.1\r\
EVN|A01|20260301093000\r\
PID|1||10000017^^^PRACTICUM^MR~123-45-6789^^^SSA^SS||LINDQVIST^MARTA^E^^DR^^L||19710314|F|||12 LARK ROW^APT 3^RIVERTON^OR^97000^USA^H||^PRN^PH^^1^555^0100~^NET^Internet^marta@example.org|||M^Married^HL70002\r\
PD1||||1234567893^OKORO^JAMES^^^DR^^^NPI\r\
NK1|1|LINDQVIST^OSKAR|SPO^Spouse^HL70063||5550101^PRN^PH\r\
NK1|2|LINDQVIST^EVA|CHD^Child^HL70063\r\
PV1|1|I|4EAST^402^1^PRACTICUM|||ICU^1^2|1234567893^OKORO^JAMES^^^DR^^^NPI~1987654321^BELL^ANN^^^^^^NPI||||||||||||V55001^^^VISIT|||||||||||||||||||||||||20260301091500\r\
PV2|||J18.9^Pneumonia^I10C\r\
AL1|1|DA|7980^Penicillin G^RXNORM|SV|hives~wheezing|20100101\r\
DG1|1||J18.9^Pneumonia, unspecified organism^I10C||20260301|A||||||||||||||20260301\r";

pub(super) const RESULT: &str = "MSH|^~\\&|LIS|LAB|EHR|PRACTICUM|20260301101500||ORU^R01^ORU_R01|88|P|2.5.1\r\
PID|1||10000017^^^PRACTICUM^MR||LINDQVIST^MARTA\r\
PV1|1|I|||||||||||||||||V55001^^^VISIT\r\
ORC|RE|P100^EHR|F200^LIS\r\
OBR|1|P100^EHR|F200^LIS|BMP^Basic metabolic panel^L|||20260301094500|||||||||||||||20260301101000||CH|F\r\
OBX|1|NM|2823-3^Potassium^LN||6.10|mmol/L^mmol/L^UCUM|3.5-5.1|HH^^HL70078|||F|||20260301094500\r\
NTE|1||Not hemolyzed\r\
OBX|2|SN|2951-2^Sodium^LN||<^120|mmol/L^mmol/L^UCUM||LL|||F\r\
OBX|3|SN|5196-1^Titer^LN||^1^:^128||||||P\r\
OBX|4|CWE|600-7^Culture^LN||112283007^Escherichia coli^SCT||||||C\r\
OBX|5|ST|X^Appearance^99LAB|a|cloudy \\T\\ dark||||||F\r\
SPM|1|S1&EHR^S2&LIS||BLD^Blood^HL70487|||||||||||||20260301094500\r";

fn made(text: &str) -> Value {
    let bundle = serde_json::from_str(&bundle_of(&Message::parse(text).unwrap())).unwrap();
    let issues = validate(Definitions::r4(), &bundle);
    assert!(issues.is_empty(), "{issues:#?}\n{}", serde_json::to_string_pretty(&bundle).unwrap());
    let text = bundle.to_string();
    let known: Vec<&str> =
        bundle["entry"].as_array().into_iter().flatten().filter_map(|one| one["fullUrl"].as_str()).collect();
    let referred = text.match_indices("\"reference\":\"urn:").map(|(at, _)| &text[at + 13..at + 13 + 45]);
    for urn in referred {
        assert!(known.contains(&urn), "{urn} is not in the bundle");
    }
    bundle
}

pub(super) fn of_kind<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().map_or(&[][..], Vec::as_slice);
    entries
        .iter()
        .map(|entry| &entry["resource"])
        .filter(|resource| resource["resourceType"] == kind)
        .collect()
}

/// Every value of `expected` is in `found`, at the same place.
fn holds(found: &Value, expected: &Value, place: &str) {
    match (found, expected) {
        (Value::Object(_), Value::Object(members)) => {
            members.iter().for_each(|(name, value)| holds(&found[name], value, &format!("{place}.{name}")));
        }
        (Value::Array(_), Value::Array(items)) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, item)| holds(&found[at], item, &format!("{place}[{at}]")));
        }
        _ => assert_eq!(found, expected, "{place}"),
    }
}

#[test]
fn an_admission_tells_who_and_where() {
    let bundle = made(ADMISSION);
    let expected = json!({
        "identifier": [
            {"system": "https://practicum.example/mrn", "value": "10000017", "type": {"coding": [{"code": "MR"}]}},
            {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "123-45-6789"},
        ],
        "name": [{"family": "LINDQVIST", "given": ["MARTA", "E"], "prefix": ["DR"], "use": "official"}],
        "gender": "female",
        "birthDate": "1971-03-14",
        "address": [{"use": "home", "line": ["12 LARK ROW", "APT 3"], "city": "RIVERTON", "postalCode": "97000"}],
        "telecom": [
            {"system": "phone", "use": "home", "value": "+1 555 0100"},
            {"system": "email", "value": "marta@example.org"},
        ],
        "contact": [{"name": {"family": "LINDQVIST", "given": ["OSKAR"]}}, {"name": {"given": ["EVA"]}}],
        "maritalStatus": {"coding": [{"code": "M"}]},
    });
    holds(of_kind(&bundle, "Patient")[0], &expected, "Patient");
    let expected = json!({
        "status": "in-progress",
        "class": {"code": "IMP"},
        "identifier": [{"system": "https://practicum.example/visit", "value": "V55001"}],
        "location": [{"status": "active"}, {"status": "completed"}],
        "participant": [{"type": [{"coding": [{"code": "ATND"}]}]}, {"type": [{"coding": [{"code": "ATND"}]}]}],
        "period": {"start": "2026-03-01T09:15:00Z"},
        "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "J18.9"}]}],
    });
    holds(of_kind(&bundle, "Encounter")[0], &expected, "Encounter");
    assert_eq!(of_kind(&bundle, "Practitioner").len(), 2, "the same doctor is one Practitioner");
    let expected =
        json!({"code": {"text": "Penicillin G"}, "reaction": [{"manifestation": [{"text": "hives"}]}]});
    holds(of_kind(&bundle, "AllergyIntolerance")[0], &expected, "AllergyIntolerance");
    let urls: Vec<&Value> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["request"]).collect();
    let patient =
        json!({"method": "PUT", "url": "Patient?identifier=https://practicum.example/mrn|10000017"});
    assert!(urls.contains(&&patient), "{urls:#?}");
}

#[test]
fn a_result_refers_to_the_patient_and_keeps_its_digits() {
    let bundle = made(RESULT);
    let observations = of_kind(&bundle, "Observation");
    assert_eq!(observations.len(), 5);
    let expected = json!({
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}]},
        "valueQuantity": {"unit": "mmol/L", "code": "mmol/L", "system": "http://unitsofmeasure.org"},
        "referenceRange": [{"text": "3.5-5.1"}],
        "interpretation": [{"coding": [{"code": "HH"}]}],
        "effectiveDateTime": "2026-03-01T09:45:00Z",
        "note": [{"text": "Not hemolyzed"}],
        "identifier": [{"value": "F200-2823-3"}],
    });
    holds(observations[0], &expected, "Observation");
    assert!(bundle_of(&Message::parse(RESULT).unwrap()).contains("\"value\":6.10,"), "the digits are kept");
    holds(
        observations[1],
        &json!({"valueQuantity": {"comparator": "<"}, "interpretation": [{"coding": [{"code": "LL"}]}]}),
        "2",
    );
    holds(
        observations[2],
        &json!({"valueRatio": {"denominator": {"value": 128}}, "status": "preliminary"}),
        "3",
    );
    holds(
        observations[3],
        &json!({"valueCodeableConcept": {"coding": [{"code": "112283007"}]}, "status": "corrected"}),
        "4",
    );
    let local = json!({"valueString": "cloudy & dark", "code": {"coding": [{"system": "urn:id:99LAB", "code": "X"}]}});
    holds(observations[4], &local, "5");
    let report = of_kind(&bundle, "DiagnosticReport")[0];
    assert_eq!(report["result"].as_array().unwrap().len(), 5);
    holds(
        report,
        &json!({"status": "final", "basedOn": [{"identifier": {"value": "P100"}}]}),
        "DiagnosticReport",
    );
    let of_patient = bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["resource"]["resourceType"] == "Patient");
    assert!(
        of_patient.unwrap()["request"]["ifNoneExist"].is_string(),
        "a result does not overwrite the patient"
    );
}

#[test]
fn other_messages_make_valid_bundles() {
    let patient = "PID|1||10000017^^^PRACTICUM^MR||LINDQVIST^MARTA\r";
    let header = |kind: &str| format!("MSH|^~\\&|A|B|C|D|20260301||{kind}|9|P|2.5.1\r{patient}");
    let cases = [
        (
            "ORM^O01",
            "ORC|NW|P1^EHR||||||20260301||||1234567893^OKORO^JAMES\rOBR|1|P1^EHR||24323-8^CMP^LN|R||20260301\rNTE|1||fasting\r",
            "ServiceRequest",
        ),
        (
            "OML^O21",
            "ORC|CA|P1^EHR|F1^LIS\rOBR|1|P1^EHR|F1^LIS|24323-8^CMP^LN\rSPM|1|S1^S2||SER^Serum^HL70487\r",
            "ServiceRequest",
        ),
        (
            "SIU^S12",
            "SCH|P9^EHR|F9^RIS|||||ROUTINE^Routine^HL70276|NORMAL^^HL70277|30|MIN|^^^202603021000^202603021030||||||||||||||Booked\rAIP|1||1234567893^OKORO^JAMES|||202603021000\rAIL|1||RAD^1\r",
            "Appointment",
        ),
        (
            "VXU^V04",
            "ORC|RE||I5^EHR\rRXA|0|1|20260301||140^Influenza^CVX|0.5|mL^^UCUM||||||||LOT7|20270101|SKB^GSK^MVX|||CP|A\rRXR|IM^Intramuscular^HL70162|LA^Left arm^HL70163\r",
            "Immunization",
        ),
        (
            "MDM^T02",
            "TXA|1|DS^Discharge summary^HL70270|TX|20260301||202603011200||||||D77^EHR||||||AU||AV\rOBX|1|TX|18842-5^Summary^LN||Went home.\rOBX|2|TX|18842-5^Summary^LN||Well.\r",
            "DocumentReference",
        ),
        ("ADT^A08", "PV1|1|O\r", "Encounter"),
        ("ADT^A01", "PV1||\rOBX|1|NM|||abc\rDG1|\rAL1|1\rNK1|1\r", "Observation"),
    ];
    for (kind, segments, expected) in cases {
        let bundle = made(&format!("{}{segments}", header(kind)));
        assert_eq!(
            of_kind(&bundle, expected).len(),
            1,
            "{kind}: {}",
            serde_json::to_string_pretty(&bundle).unwrap()
        );
    }
    let document = made(&format!("{}{}", header("MDM^T02"), cases[4].1));
    let text = &of_kind(&document, "DocumentReference")[0]["content"];
    assert!(text.to_string().contains("V2VudCBob21lLgpXZWxsLg=="), "both lines: {text}");
}

#[test]
fn there_and_back() {
    let bundle = made(RESULT);
    let text = message_of(&bundle, "ORU^R01", 1_772_358_300_000_000, "1").unwrap();
    let again = made(&text);
    let values = |bundle: &Value| -> Vec<Value> {
        of_kind(bundle, "Observation")
            .iter()
            .map(|one| json!([one["code"]["coding"], one["valueQuantity"]["value"]]))
            .collect()
    };
    assert_eq!(values(&again)[0], values(&bundle)[0], "{text}");
    let admission = message_of(&made(ADMISSION), "ADT^A08", 0, "2").unwrap();
    assert!(
        admission
            .contains("PID|1||10000017^^^PRACTICUM^MR~123-45-6789^^^SSA^SS||LINDQVIST^MARTA^E||19710314|F|"),
        "{admission}"
    );
    assert!(message_of(&json!({"resourceType": "Group"}), "ADT^A01", 0, "3").is_err());
    assert!(message_of(&json!({"resourceType": "Patient"}), "XYZ", 0, "3").is_err());
}

#[test]
fn no_message_is_too_strange() {
    use proptest::prelude::*;
    let segments =
        ["PID", "PV1", "OBR", "OBX", "ORC", "AL1", "NK1", "SPM", "SCH", "RXA", "TXA", "DG1", "AIL", "NTE"];
    let line = (
        proptest::sample::select(segments.to_vec()),
        proptest::collection::vec("[A-Z0-9^~&.<>:/ -]{0,12}", 0..30),
    );
    let kinds = proptest::sample::select(vec![
        "ADT^A01", "ORU^R01", "ORM^O01", "SIU^S12", "VXU^V04", "MDM^T02", "ACK",
    ]);
    let strategy = (kinds, proptest::collection::vec(line, 0..12));
    proptest!(|((kind, lines) in strategy)| {
        let lines: Vec<String> = lines.iter().map(|(name, fields)| format!("{name}|{}\r", fields.join("|"))).collect();
        let text = format!("MSH|^~\\&|A|B|C|D|20260301||{kind}|9|P|2.5.1\r{}", lines.concat());
        made(&text);
    });
}
