//! Whole populations, held to what they promise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::{Person, Recipe, Resource, World, generate, generate_patient};
use crate::pathways::tests::library;
use crate::play::{Happening, Past};

fn recipe(patients: u32) -> Recipe {
    Recipe { patients, ..Recipe::default() }
}

fn collect(make: impl FnOnce(&mut dyn FnMut(Resource<'_>))) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    make(&mut |resource| {
        all.push((format!("{}/{}", resource.kind, resource.id), resource.body.to_vec()));
    });
    all
}

fn parsed(patients: u32) -> Vec<(String, Value)> {
    collect(|sink| generate(&recipe(patients), &library(), sink))
        .into_iter()
        .map(|(name, body)| {
            let value = serde_json::from_slice(&body)
                .unwrap_or_else(|error| panic!("{name}: {error}: {}", String::from_utf8_lossy(&body)));
            (name, value)
        })
        .collect()
}

#[test]
fn a_patient_alone_is_the_patient_of_the_batch() {
    let recipe = recipe(60);
    let batch = collect(|sink| generate(&recipe, &library(), sink));
    let mut pieces = collect(|sink| World::new(&recipe, &library()).shared(sink));
    for index in 0..recipe.patients {
        pieces.extend(collect(|sink| generate_patient(&recipe, &library(), index, sink)));
    }
    assert_eq!(batch, pieces);
    assert!(collect(|sink| generate_patient(&recipe, &library(), 60, sink)).is_empty());
}

#[test]
fn another_seed_is_another_population() {
    let one = collect(|sink| generate_patient(&recipe(60), &library(), 7, sink));
    let two = collect(|sink| generate_patient(&Recipe { seed: 2, ..recipe(60) }, &library(), 7, sink));
    assert_ne!(one, two);
}

#[test]
fn a_pathway_moves_nobody_on_another_but_those_it_kills() {
    let recipe = recipe(400);
    let whole = World::new(&recipe, &library());
    let past = |world: &World, person: &Person| -> Past { world.past(person) };
    let told = |world: &World, past: &Past, without: &str| -> Vec<Happening> {
        let others = past.happenings.iter().filter(|one| world.library.name(one.pathway) != without);
        others.map(|one| Happening { pathway: 0, ..one.clone() }).collect()
    };
    let mut killed = 0;
    for (left_out, _) in library().titles() {
        let part = World::new(&recipe, &Arc::new(library().only(|pathway| pathway.id != left_out)));
        for index in (0..400).step_by(7).filter(|index| whole.bedded(*index).is_none()) {
            let person = Person::draw(&recipe, index);
            let (with, without) = (past(&whole, &person), past(&part, &person));
            if with.died_us == without.died_us {
                assert_eq!(told(&whole, &with, left_out), told(&part, &without, left_out), "{left_out}");
            } else {
                killed += 1;
                assert!(
                    with.died_us.is_some_and(|us| without.died_us.is_none_or(|later| us < later)),
                    "{left_out}"
                );
            }
        }
    }
    assert!(killed > 0, "nobody died of anything");
}

#[test]
fn every_reference_resolves_to_something_written_before_or_beside() {
    let resources = parsed(200);
    let names: BTreeSet<&str> = resources.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), resources.len(), "an id is used twice");
    let mut seen = BTreeSet::new();
    for (name, resource) in &resources {
        seen.insert(name.as_str());
        for reference in references(resource) {
            assert!(seen.contains(reference), "{name} refers to {reference}");
        }
    }
}

fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| match (key.as_str(), value) {
                ("reference", Value::String(target)) => vec![target.as_str()],
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// The types of what can be ordered and is warned of: US Core has no profiles of them.
const DEFINITIONS: [&str; 3] = ["ActivityDefinition", "CodeSystem", "PlanDefinition"];

/// What US Core 6.1.0 requires of each type, as JSON pointers.
const REQUIRED: &[(&str, &[&str])] = &[
    ("Organization", &["/active", "/name"]),
    ("Location", &["/name", "/status", "/physicalType", "/managingOrganization"]),
    ("Practitioner", &["/identifier/0/value", "/name/0/family"]),
    ("PractitionerRole", &["/practitioner", "/organization", "/code", "/telecom"]),
    (
        "Patient",
        &[
            "/identifier/0/system",
            "/identifier/0/value",
            "/name/0/family",
            "/name/0/given/0",
            "/gender",
            "/birthDate",
            "/address/0/city",
            "/extension/0/extension/0",
            "/telecom/0/value",
            "/communication/0/language",
        ],
    ),
    (
        "Encounter",
        &[
            "/status",
            "/class/code",
            "/type/0",
            "/subject",
            "/period/start",
            "/location/0/location",
            "/reasonCode/0",
            "/participant/0/individual",
        ],
    ),
    (
        "Condition",
        &[
            "/clinicalStatus",
            "/category/0",
            "/code/coding/0",
            "/subject",
            "/encounter",
            "/onsetDateTime",
            "/recordedDate",
        ],
    ),
    (
        "Observation",
        &[
            "/status",
            "/category/0/coding/0/code",
            "/code/coding/0",
            "/subject",
            "/encounter",
            "/effectiveDateTime",
        ],
    ),
    (
        "MedicationRequest",
        &[
            "/status",
            "/intent",
            "/medicationCodeableConcept/coding/0",
            "/subject",
            "/requester",
            "/authoredOn",
        ],
    ),
    (
        "AllergyIntolerance",
        &["/clinicalStatus", "/verificationStatus", "/code", "/patient", "/reaction/0/manifestation/0"],
    ),
    (
        "Immunization",
        &["/status", "/vaccineCode/coding/0", "/patient", "/occurrenceDateTime", "/primarySource"],
    ),
    (
        "DiagnosticReport",
        &["/status", "/category/0", "/code", "/subject", "/effectiveDateTime", "/issued", "/performer/0"],
    ),
    ("Procedure", &["/status", "/code", "/subject", "/performedPeriod/start"]),
    (
        "DocumentReference",
        &["/status", "/type", "/category/0", "/subject", "/date", "/content/0/attachment/data"],
    ),
];

#[test]
fn every_resource_has_what_us_core_requires() {
    let resources = parsed(100);
    let mut kinds = BTreeMap::new();
    for (name, resource) in &resources {
        let kind = resource["resourceType"].as_str().unwrap();
        if DEFINITIONS.contains(&kind) {
            continue;
        }
        let (_, pointers) = REQUIRED.iter().find(|row| row.0 == kind).expect(kind);
        for pointer in pointers.iter().chain(["/meta/profile/0", "/meta/lastUpdated"].iter()) {
            assert!(resource.pointer(pointer).is_some(), "{name} lacks {pointer}");
        }
        assert_eq!(*name, format!("{kind}/{}", resource["id"].as_str().unwrap()));
        let marked = resource["meta"]["tag"][0]["code"] == "HTEST";
        assert_eq!(marked, kind == "Patient", "{name}");
        *kinds.entry(kind).or_insert(0) += 1;
    }
    assert_eq!(kinds.len(), REQUIRED.len(), "{kinds:?}");
}

#[test]
fn every_resource_is_valid_fhir() {
    let definitions = standards::fhir::definitions::Definitions::r4();
    for (name, resource) in parsed(30) {
        let issues = standards::fhir::validation::validate(definitions, &resource);
        assert!(issues.is_empty(), "{name}: {issues:?}");
    }
}

#[test]
fn nothing_happens_before_birth_after_death_or_tomorrow() {
    let as_of = crate::calendar::instant_text(recipe(120).as_of_us);
    let mut spans = BTreeMap::new();
    for (name, resource) in parsed(120) {
        if name.starts_with("Patient/") {
            let born = resource["birthDate"].as_str().unwrap().to_owned();
            let died = resource["deceasedDateTime"].as_str().unwrap_or("9999").to_owned();
            spans.insert(name, (born, died));
            continue;
        }
        let of = ["subject", "patient"].iter().find_map(|key| resource[*key]["reference"].as_str());
        let Some((born, died)) = of.and_then(|of| spans.get(of)) else {
            continue;
        };
        for key in ["effectiveDateTime", "authoredOn", "recordedDate", "occurrenceDateTime", "date", "issued"]
        {
            if let Some(at) = resource[key].as_str() {
                assert!(
                    born.as_str() <= at && at <= died.as_str() && at <= as_of.as_str(),
                    "{name} {key} {at}, {born} to {died}"
                );
            }
        }
        if let Some(end) = resource["period"]["end"].as_str() {
            assert!(
                end <= as_of.as_str() && resource["period"]["start"].as_str().unwrap() < end,
                "{resource}"
            );
        }
    }
}

#[test]
fn about_320_resources_and_250_kilobytes_a_patient() {
    let patients = 1000;
    let (mut count, mut bytes) = (0_usize, 0_usize);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    generate(&recipe(patients), &library(), &mut |resource| {
        count += 1;
        bytes += resource.body.len();
        *kinds.entry(resource.kind).or_default() += 1;
    });
    let each = count / patients as usize;
    assert!((250..=350).contains(&each), "{each} resources a patient: {kinds:?}");
    assert!(bytes / count <= 950, "{} bytes a resource: {each} each, {kinds:?}", bytes / count);
    assert!(bytes < 300_000_000, "{bytes} bytes in all");
}

#[test]
fn ten_thousand_patients_share_no_id() {
    let recipe = recipe(10_000);
    let world = World::new(&recipe, &library());
    let bare = World::new(&recipe, &Arc::default());
    let mut ids: Vec<[u8; 12]> = Vec::new();
    let mut keep = |resource: Resource<'_>| {
        // Definitions have words for ids, which are held apart by the tests beside them.
        if !DEFINITIONS.contains(&resource.kind) {
            ids.push(resource.id.as_bytes().try_into().unwrap());
        }
    };
    world.shared(&mut keep);
    for index in 0..10_000 {
        // Whole records of every fifth patient; of the others the patient alone, to be done in time.
        let world = if index % 5 == 0 { &world } else { &bare };
        world.patient(index, &mut keep);
    }
    ids.sort_unstable();
    let twice = ids.windows(2).find(|pair| pair[0] == pair[1]);
    assert!(twice.is_none(), "{:?}", twice.map(|pair| String::from_utf8_lossy(&pair[0]).into_owned()));
}

#[test]
fn some_charts_are_restricted_and_the_rest_is_as_it_was() {
    let restricted: Vec<(String, Value)> = parsed(400)
        .into_iter()
        .filter(|(_, resource)| resource["meta"]["security"][0]["code"] == "R")
        .collect();
    assert!((1..=8).contains(&restricted.len()), "{}", restricted.len());
    for (name, patient) in restricted {
        assert!(name.starts_with("Patient/"), "{name}");
        let reason = patient["meta"]["security"][1]["code"].as_str().unwrap();
        assert!(["EMP", "CEL"].contains(&reason), "{name}: {reason}");
    }
}

#[test]
fn record_numbers_are_seven_digits_and_unique() {
    let recipe = recipe(10_000);
    let numbers: BTreeSet<String> = (0..20_000).map(|nth| super::mrn(&recipe, nth)).collect();
    assert_eq!(numbers.len(), 20_000);
    assert!(numbers.iter().all(|number| number.len() == 7));
}

#[test]
fn about_110_beds_are_taken_and_none_twice() {
    let world = World::new(&recipe(1000), &library());
    let beds: BTreeSet<_> = world.beds().values().map(|bedded| bedded.bed).collect();
    assert_eq!(beds.len(), world.beds().len());
    assert!((115..=123).contains(&beds.len()), "{}", beds.len());
    let mut taken = BTreeSet::new();
    for index in world.beds().keys() {
        let mut in_progress = 0;
        world.patient(*index, &mut |resource| {
            let body: Value = serde_json::from_slice(resource.body).unwrap();
            if resource.kind == "Encounter" && body["status"] == "in-progress" {
                in_progress += 1;
                assert!(body["period"].get("end").is_none());
                assert_eq!(body["location"][0]["status"], "active");
                taken.insert(body["location"][0]["location"].to_string());
            }
        });
        assert_eq!(in_progress, 1, "patient {index} in {:?}", world.bedded(*index));
    }
    assert_eq!(taken.len(), beds.len());
}

#[test]
fn nobody_else_is_in_the_house() {
    let world = World::new(&recipe(1000), &library());
    let in_progress = std::cell::Cell::new(0);
    for index in (0..1000).filter(|index| world.bedded(*index).is_none()) {
        world.patient(index, &mut |resource| {
            let open = resource.kind == "Encounter"
                && String::from_utf8_lossy(resource.body).contains(r#""status":"in-progress""#);
            in_progress.set(in_progress.get() + u32::from(open));
        });
    }
    assert_eq!(in_progress.get(), 0);
}
