//! What a hospital starts with, held together.

use std::collections::BTreeSet;

use serde_json::Value;

use super::write;

fn all() -> Vec<Value> {
    let mut all = Vec::new();
    write(1_930_370_400_000_000, &mut |resource| all.push(serde_json::from_slice(resource.body).unwrap()));
    all
}

fn of_plan<'a>(all: &'a [Value], code: &str) -> Vec<&'a Value> {
    all.iter().filter(|one| one["type"]["coding"][0]["code"] == code).collect()
}

#[test]
fn there_is_enough_to_work_with() {
    let all = all();
    let of = |code: &str| all.iter().filter(|one| one["topic"][0]["coding"][0]["code"] == code).count();
    assert!(of("laboratory") >= 12 && of("imaging") >= 6 && of("medication") >= 20);
    assert_eq!((of_plan(&all, "order-set").len(), of_plan(&all, "eca-rule").len()), (4, 5));
    let ids: BTreeSet<_> = all.iter().map(|one| one["url"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len(), "two definitions have one address");
}

#[test]
fn every_item_of_an_order_set_can_be_ordered() {
    let all = all();
    let urls: BTreeSet<_> = all.iter().map(|one| one["url"].as_str().unwrap()).collect();
    for set in of_plan(&all, "order-set") {
        for item in
            set["action"].as_array().unwrap().iter().flat_map(|group| group["action"].as_array().unwrap())
        {
            let wanted = item["definitionCanonical"].as_str().unwrap();
            assert!(urls.contains(wanted), "{}: {wanted}", set["id"]);
        }
    }
}

#[test]
fn every_medicine_has_a_dose_that_can_be_read() {
    for one in all().iter().filter(|one| one["kind"] == "MedicationRequest") {
        let dosing = crate::ehr::Dosing::read(&one["dosage"][0]).unwrap();
        assert_eq!(crate::ehr::dosage(&dosing), one["dosage"][0], "{}", one["id"]);
        assert!(!dosing.route.is_empty() && dosing.frequency.is_some(), "{}", one["id"]);
    }
}

#[test]
fn every_definition_is_valid_fhir() {
    let definitions = standards::fhir::definitions::Definitions::r4();
    for one in all() {
        let issues = standards::fhir::validation::validate(definitions, &one);
        assert!(issues.is_empty(), "{}: {issues:?}", one["id"]);
    }
}
