use std::collections::BTreeMap;

use serde_json::Value;
use standards::hl7::message::Message;
use standards::hl7::profile::Shelf;

use crate::messages::{Event, Interface, Trigger, write_message};
use crate::pathways::tests::library;
use crate::population::{Recipe, World, generate_patient};

/// The versions in which something changes.
const VERSIONS: [&str; 6] = ["2.3", "2.3.1", "2.4", "2.5.1", "2.6", "2.8"];

fn resources(of: impl FnOnce(&mut dyn FnMut(crate::population::Resource<'_>))) -> Vec<Value> {
    let mut all = Vec::new();
    of(&mut |resource| all.push(serde_json::from_slice(resource.body).unwrap()));
    all
}

/// What a clinical event of each kind is about, and the triggers that tell it.
const KINDS: [(&str, &[&str]); 4] = [
    ("DiagnosticReport", &["ORU^R01"]),
    ("MedicationRequest", &["RDE^O11"]),
    ("Immunization", &["VXU^V04"]),
    ("DocumentReference", &["MDM^T02"]),
];
const VISITS: &[&str] = &[
    "ADT^A01", "ADT^A02", "ADT^A03", "ADT^A04", "ADT^A05", "ADT^A06", "ADT^A07", "ADT^A08", "ADT^A11",
    "ADT^A12", "ADT^A13",
];
const PERSONS: &[&str] = &["ADT^A28", "ADT^A31", "ADT^A34", "ADT^A40"];

#[test]
fn every_message_of_a_population_keeps_its_profile() {
    let recipe = Recipe { patients: 10, ..Recipe::default() };
    let mut shared = resources(|sink| World::new(&recipe, &library()).shared(sink));
    shared.retain(|one| one["resourceType"] == "Practitioner" || one["resourceType"] == "Location");
    let mut written: BTreeMap<&str, usize> = BTreeMap::new();
    for index in 0..recipe.patients {
        let chart = resources(|sink| generate_patient(&recipe, &library(), index, sink));
        let patient = chart.iter().find(|one| one["resourceType"] == "Patient").unwrap();
        let of =
            |kind: &str| -> Vec<&Value> { chart.iter().filter(|one| one["resourceType"] == kind).collect() };
        let allergies: Vec<Value> = of("AllergyIntolerance").into_iter().cloned().collect();
        let around = |more: &[Value]| [&shared[..], &allergies, more].concat();
        let base = around(&[]);
        let encounters = of("Encounter");
        for name in PERSONS {
            written.insert(name, written.get(name).unwrap_or(&0) + 1);
            check(name, patient, None, &base);
        }
        for name in VISITS {
            for encounter in encounters.iter().rev().take(2) {
                written.insert(name, written.get(name).unwrap_or(&0) + 1);
                check(name, patient, Some(encounter), &base);
            }
        }
        for (kind, names) in KINDS {
            for about in of(kind).into_iter().rev().take(5) {
                let mut more = vec![about.clone()];
                let results = about["result"].as_array().into_iter().flatten();
                for reference in results.filter_map(|result| result["reference"].as_str()) {
                    more.extend(
                        chart
                            .iter()
                            .find(|one| reference == format!("Observation/{}", one["id"].as_str().unwrap()))
                            .cloned(),
                    );
                }
                for name in names {
                    written.insert(name, written.get(name).unwrap_or(&0) + 1);
                    check(name, patient, encounters.last().copied(), &around(&more));
                }
            }
        }
    }
    let expected = PERSONS.len() + VISITS.len() + KINDS.len();
    assert_eq!(written.len(), expected, "every trigger was written: {written:?}");
}

fn check(name: &str, patient: &Value, encounter: Option<&Value>, resources: &[Value]) {
    let trigger = Trigger::named(name).unwrap();
    for version in VERSIONS {
        let interface = Interface { version: version.to_owned(), ..Interface::default() };
        let event = Event {
            trigger,
            recorded_us: 1_930_370_400_000_000,
            author: "Registrar",
            patient,
            retired: Some(patient),
            encounter,
            resources,
        };
        match write_message(&event, &interface, "1") {
            Ok(message) => {
                assert_eq!(message.kind(), name);
                assert_eq!(Message::parse(message.bytes()).unwrap(), message);
                let findings = Shelf::shipped().validate(&message);
                let text = String::from_utf8_lossy(message.bytes()).replace('\r', "\n");
                assert!(findings.is_empty(), "{name} {version}: {findings:#?}\n{text}");
                assert!(message.remarks().is_empty(), "{:?}", message.remarks());
            }
            Err(error) => {
                assert!(version < trigger.since.map_or("", |(since, _)| since), "{name} {version}: {error}");
            }
        }
    }
}
