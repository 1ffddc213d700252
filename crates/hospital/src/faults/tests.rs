//! Faults on a real population.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Fault, FaultError, Ground, Placed};
use crate::population::{Recipe, World, mrn};

const NOW_US: i64 = 1_930_374_900_000_000;

fn patients(count: u32) -> Vec<Value> {
    let recipe = Recipe { patients: count, ..Recipe::default() };
    let world = World::new(&recipe);
    let mut patients = Vec::new();
    for index in 0..count {
        world.patient_on(&[], index, &mut |resource| {
            patients.push(serde_json::from_slice(resource.body).unwrap());
        });
    }
    patients
}

fn place(table: &Value, seed: u64, patients: &[Value]) -> Result<Placed, FaultError> {
    let recipe = Recipe { patients: patients.len() as u32, ..Recipe::default() };
    let (mut numbers, mut ids) = (patients.len() as u64, 0);
    let mut free_mrn = || {
        numbers += 1;
        mrn(&recipe, numbers)
    };
    let mut new_id = || {
        ids += 1;
        format!("fault-{ids}")
    };
    Fault::parse(table)?
        .place(seed, &mut Ground { patients, now_us: NOW_US, free_mrn: &mut free_mrn, new_id: &mut new_id })
}

fn find<'a>(placed: &'a Placed, id: &Value) -> &'a Value {
    placed.resources.iter().find(|resource| resource["id"] == *id).unwrap()
}

#[test]
fn every_edit_changes_what_it_names_and_nothing_else() {
    let patients = patients(120);
    for (edit, changed) in [
        ("swapped-digits", "/birthDate"),
        ("maiden-name", "/name/0/family"),
        ("nickname", "/name/0/given/0"),
        ("typo", "/name/0/family"),
        ("moved-address", "/address/0/city"),
        ("missing-phone", "/telecom/0/value"),
    ] {
        for seed in 0..20 {
            let table = json!({"at": "start", "layer": "source", "do": "duplicate-patient", "edits": [edit]});
            let placed = place(&table, seed, &patients).unwrap();
            let survivor =
                patients.iter().find(|patient| patient["id"] == placed.truth["survivor"]["id"]).unwrap();
            let duplicate = find(&placed, &placed.truth["duplicate"]["id"]);
            for part in [
                "/birthDate",
                "/name/0/family",
                "/name/0/given/0",
                "/address/0/city",
                "/telecom/0/value",
                "/gender",
            ] {
                let same = survivor.pointer(part) == duplicate.pointer(part);
                assert_eq!(same, part != changed, "{edit}, seed {seed}, {part}");
            }
            assert_ne!(placed.truth["survivor"]["mrn"], placed.truth["duplicate"]["mrn"]);
        }
    }
}

#[test]
fn the_look_alike_is_somebody_else() {
    let patients = patients(120);
    for seed in 0..40 {
        let table = json!({"do": "duplicate-patient", "edits": ["swapped-digits", "missing-phone"]});
        let placed = place(&table, seed, &patients).unwrap();
        let truth = &placed.truth;
        let survivor = patients.iter().find(|patient| patient["id"] == truth["survivor"]["id"]).unwrap();
        let stranger = find(&placed, &truth["lookalike"]["id"]);
        assert_eq!(survivor["name"][0]["family"], stranger["name"][0]["family"]);
        for part in ["/birthDate", "/address/0/city", "/telecom/0/value", "/name/0/given/1"] {
            assert_ne!(survivor.pointer(part), stranger.pointer(part), "seed {seed}, {part}");
        }
        let dates = ["survivor", "duplicate", "lookalike"].map(|who| truth[who]["birth_date"].to_string());
        assert_eq!(BTreeSet::from(dates).len(), 3);
    }
}

#[test]
fn the_same_seed_is_the_same_case_whatever_the_order() {
    let mut patients = patients(120);
    let table = json!({"do": "duplicate-patient", "edits": ["typo"], "pairs": 3});
    let one = place(&table, 9, &patients).unwrap();
    patients.reverse();
    assert_eq!(one, place(&table, 9, &patients).unwrap());
    assert_ne!(one.truth, place(&table, 10, &patients).unwrap().truth);
    assert_eq!(one.truth["pairs"].as_array().map(Vec::len), Some(3));
    assert_eq!(one.truth["pairs"][0]["survivor"], one.truth["survivor"]);
}

#[test]
fn each_new_record_has_a_visit_that_refers_to_it() {
    let placed = place(&json!({"do": "duplicate-patient", "edits": ["typo"]}), 1, &patients(60)).unwrap();
    let of = |kind: &str| placed.resources.iter().filter(|one| one["resourceType"] == kind).count();
    assert_eq!((of("Patient"), of("Encounter"), of("Observation")), (2, 2, 6));
    let alone = json!({"do": "duplicate-patient", "edits": ["typo"], "look_alike": false});
    let alone = place(&alone, 1, &patients(60)).unwrap();
    assert!(alone.truth.get("lookalike").is_none());
    assert_eq!(alone.resources.len(), 5);
}

#[test]
fn faults_that_cannot_be() {
    let none: &[Value] = &[];
    for (table, words) in [
        (json!({"do": "duplicate-patient", "edits": []}), "edits is empty"),
        (json!({"do": "duplicate-patient", "edits": ["typo"], "pairs": 11}), "pairs is 11"),
        (json!({"do": "duplicate-patient", "edits": ["haircut"]}), "haircut"),
        (json!({"do": "duplicate-patient", "edits": ["typo"], "pears": 1}), "pears"),
        (json!({"do": "unit-swap", "layer": "wire"}), "wire"),
        (json!({"do": "nothing"}), "nothing"),
        (json!("x"), "cannot be read"),
        (json!({"do": "duplicate-patient", "edits": ["typo"]}), "only 0 of the 0"),
    ] {
        let error = place(&table, 1, none).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_late_edit_adds_a_contact_and_keeps_the_rest() {
    let patients = patients(20);
    let id = patients[7]["id"].as_str().unwrap();
    let table =
        json!({"at": "start", "layer": "source", "do": "late-edit", "patient": format!("Patient/{id}")});
    let placed = place(&table, 1, &patients).unwrap();
    assert_eq!(placed, place(&table, 1, &patients).unwrap());
    let mut chart = placed.resources[0].clone();
    assert_eq!(chart["contact"][0]["telecom"][0]["value"], placed.truth["edited"]["phone"]);
    chart.as_object_mut().unwrap().shift_remove("contact");
    assert_eq!(chart, patients[7]);
    let gone = json!({"do": "late-edit", "patient": "nobody"});
    assert_eq!(place(&gone, 1, &patients), Err(FaultError::NoPatient("nobody".to_owned())));
}
