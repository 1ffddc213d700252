//! Whole populations, held to what they promise.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Recipe, Resource, World, generate, generate_patient};
use crate::pathways;

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
    collect(|sink| generate(&recipe(patients), sink))
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
    let batch = collect(|sink| generate(&recipe, sink));
    let mut pieces = collect(|sink| World::new(&recipe).shared(sink));
    for index in 0..recipe.patients {
        pieces.extend(collect(|sink| generate_patient(&recipe, index, sink)));
    }
    assert_eq!(batch, pieces);
    assert!(collect(|sink| generate_patient(&recipe, 60, sink)).is_empty());
}

#[test]
fn another_seed_is_another_population() {
    let one = collect(|sink| generate_patient(&recipe(60), 7, sink));
    let two = collect(|sink| generate_patient(&Recipe { seed: 2, ..recipe(60) }, 7, sink));
    assert_ne!(one, two);
}

#[test]
fn taking_a_pathway_away_leaves_the_others_as_they_were() {
    let world = World::new(&recipe(3));
    let one = std::slice::from_ref::<pathways::Pathway>;
    for index in 0..3 {
        let bare = collect(|sink| world.patient_on(&[], index, sink));
        let alone: Vec<_> = pathways::ALL
            .iter()
            .map(|pathway| collect(|sink| world.patient_on(one(pathway), index, sink)))
            .collect();
        for left_out in 0..pathways::ALL.len() {
            let (before, rest) = pathways::ALL.split_at(left_out);
            let mut kept = bare.clone();
            for (place, written) in alone.iter().enumerate().filter(|(place, _)| *place != left_out) {
                assert_eq!(written[0], bare[0], "pathway {place} changed the patient");
                kept.extend_from_slice(&written[1..]);
            }
            let mut without = collect(|sink| world.patient_on(before, index, sink));
            without.extend(collect(|sink| world.patient_on(&rest[1..], index, sink)).split_off(1));
            assert_eq!(kept, without, "{}", rest[0].name);
        }
    }
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
            assert!(end <= as_of.as_str() && resource["period"]["start"].as_str().unwrap() < end, "{name}");
        }
    }
}

#[test]
fn about_250_resources_and_200_kilobytes_a_patient() {
    let patients = 1000;
    let (mut count, mut bytes) = (0_usize, 0_usize);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    generate(&recipe(patients), &mut |resource| {
        count += 1;
        bytes += resource.body.len();
        *kinds.entry(resource.kind).or_default() += 1;
    });
    let each = count / patients as usize;
    assert!((200..=300).contains(&each), "{each} resources a patient: {kinds:?}");
    assert!(bytes / count <= 950, "{} bytes a resource: {each} each, {kinds:?}", bytes / count);
    assert!(bytes < 250_000_000, "{bytes} bytes in all");
}

#[test]
fn ten_thousand_patients_share_no_id() {
    let world = World::new(&recipe(10_000));
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
        let pathways = if index % 5 == 0 { pathways::ALL } else { &[] };
        world.patient_on(pathways, index, &mut keep);
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
    let world = World::new(&recipe(1000));
    let beds: BTreeSet<_> = world.beds().values().map(|bedded| bedded.bed).collect();
    assert_eq!(beds.len(), world.beds().len());
    assert!((115..=123).contains(&beds.len()), "{}", beds.len());
    let stays = pathways::ALL.iter().filter(|pathway| pathway.name == "present-stay");
    let mut in_progress = BTreeSet::new();
    for (index, pathway) in world.beds().keys().zip(stays.cycle()) {
        world.patient_on(std::slice::from_ref(pathway), *index, &mut |resource| {
            if resource.kind == "Encounter" {
                let body: Value = serde_json::from_slice(resource.body).unwrap();
                assert_eq!(body["status"], "in-progress");
                assert!(body["period"].get("end").is_none());
                assert_eq!(body["location"][0]["status"], "active");
                in_progress.insert(body["location"][0]["location"].to_string());
            }
        });
    }
    assert_eq!(in_progress.len(), beds.len());
}

#[test]
fn one_in_five_comes_back_with_heart_failure() {
    let mut stays: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let world = World::new(&recipe(3000));
    let failing = pathways::ALL.iter().find(|pathway| pathway.name == "heart-failure").unwrap();
    for index in 0..3000 {
        world.patient_on(std::slice::from_ref(failing), index, &mut |resource| {
            let body: Value = serde_json::from_slice(resource.body).unwrap();
            if resource.kind == "Encounter" && body["class"]["code"] == "IMP" {
                let text = |key: &str| body["period"][key].as_str().unwrap().to_owned();
                let patient = body["subject"]["reference"].as_str().unwrap().to_owned();
                stays.entry(patient).or_default().push((text("start"), text("end")));
            }
        });
    }
    let (mut index_stays, mut back) = (0, 0);
    for stays in stays.values_mut() {
        stays.sort();
        index_stays += stays.len();
        back += stays.windows(2).filter(|pair| within_30_days(&pair[0].1, &pair[1].0)).count();
    }
    let share = f64::from(back as u32) / f64::from(index_stays as u32);
    assert!((0.10..0.30).contains(&share), "{share} of {index_stays}");
}

#[test]
fn stays_last_as_long_as_in_the_national_figures() {
    let as_of = recipe(1500).as_of_us;
    let (mut days, mut stays, mut deaths) = (0, 0, 0);
    generate(&recipe(1500), &mut |resource| {
        if resource.kind != "Encounter" {
            return;
        }
        let body: Value = serde_json::from_slice(resource.body).unwrap();
        if body["class"]["code"] == "IMP" && body["status"] == "finished" {
            let day = |key: &str| day_of(body["period"][key].as_str().unwrap());
            days += day("end") - day("start");
            stays += 1;
            deaths +=
                i32::from(body["hospitalization"]["dischargeDisposition"]["coding"][0]["code"] == "exp");
            assert!(i64::from(day("end")) * crate::calendar::DAY_US <= as_of);
        }
    });
    let mean = f64::from(days) / f64::from(stays);
    assert!((3.5..5.5).contains(&mean), "{mean} days over {stays} stays, target 4.5");
    let dead = f64::from(deaths) / f64::from(stays);
    assert!((0.005..0.04).contains(&dead), "{dead} of stays end in death, target 0.02");
}

fn within_30_days(left: &str, back: &str) -> bool {
    (0..=30).contains(&(day_of(back) - day_of(left)))
}

fn day_of(instant: &str) -> i32 {
    crate::calendar::Date::parse(&instant[..10]).unwrap().days()
}
