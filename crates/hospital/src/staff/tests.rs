use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::ehr::EhrError;

fn grants(matrix: &Matrix) -> BTreeSet<Grant> {
    let all = matrix.roles().iter().flat_map(|role| {
        let held = PERMISSIONS.iter().filter(|one| role.may(one.code));
        held.map(|one| Grant { role: role.code.clone(), permission: one.code.to_owned() })
    });
    all.collect()
}

#[test]
fn the_shipped_resource_says_what_the_tables_say() {
    let read = Matrix::read(Some(&shipped()));
    assert_eq!(read, Matrix::shipped());
    assert_eq!(read.problem(), None);
    for permission in PERMISSIONS {
        assert!(read.may(ALL_ROUND, permission.code), "{}", permission.code);
        let unknown: Vec<_> = permission.roles.iter().filter(|role| read.role(role).is_none()).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", permission.code);
    }
}

#[test]
fn a_matrix_that_cannot_be_understood_gives_way_to_the_shipped_one() {
    let mut without_value = shipped();
    without_value["concept"][1]["property"][0] = json!({"code": "chart.view", "valueString": "yes"});
    let mut twice = shipped();
    twice["concept"][2]["code"] = json!("nurse");
    let cases: [(Option<Value>, &str); 5] = [
        (None, "has none"),
        (Some(json!({})), "no concept"),
        (Some(json!({"concept": [{"display": "Nobody"}]})), "no code"),
        (Some(without_value), "chart.view of nurse has no valueBoolean"),
        (Some(twice), "nurse stands in it twice"),
    ];
    for (resource, problem) in cases {
        let matrix = Matrix::read(resource.as_ref());
        assert!(matrix.problem().is_some_and(|said| said.contains(problem)), "{problem}: {matrix:?}");
        assert_eq!(matrix.roles(), Matrix::shipped().roles());
    }
}

#[test]
fn a_refusal_names_the_role_the_permission_and_who_may() {
    let matrix = Matrix::shipped();
    assert_eq!(matrix.check("registrar", "patient.register"), Ok(()));
    let said = matrix.check("nurse", "patient.merge").unwrap_err().to_string();
    let wanted = "the role nurse may not merge and unmerge charts (patient.merge): All-round, HIM clerk may; \
                  ask one of them, or work as one";
    assert_eq!(said, wanted);
    assert_eq!(matrix.check("ghost", "chart.view").unwrap_err().role, "ghost");
}

#[test]
fn a_permission_newer_than_the_matrix_holds_as_shipped() {
    let mut old = shipped();
    for list in [vec!["property"], vec!["concept", "1", "property"], vec!["concept", "0", "property"]] {
        let place = old.pointer_mut(&format!("/{}", list.join("/"))).and_then(Value::as_array_mut).unwrap();
        place.retain(|one| one["code"] != "vitals.record");
    }
    let matrix = Matrix::read(Some(&old));
    assert!(matrix.may("nurse", "vitals.record") && matrix.may(ALL_ROUND, "vitals.record"));
    // Declared, but not answered, is a no.
    old["property"].as_array_mut().unwrap().push(json!({"code": "vitals.record", "type": "boolean"}));
    assert!(!Matrix::read(Some(&old)).may("nurse", "vitals.record"));
}

#[test]
fn changing_one_grant_changes_nothing_else() {
    let mut own = shipped();
    own["publisher"] = json!("Ana");
    own["concept"][1]["property"]
        .as_array_mut()
        .unwrap()
        .push(json!({"code": "of.ours", "valueBoolean": true}));
    let mut wanted = grants(&Matrix::read(Some(&own)));
    let grant = Grant { role: "nurse".to_owned(), permission: "patient.register".to_owned() };
    assert!(wanted.insert(grant));
    let next = with_grants(Some(&own), &wanted).unwrap();
    let (before, after) = (Matrix::read(Some(&own)), Matrix::read(Some(&next)));
    let only = Difference { role: "nurse".into(), permission: "patient.register".into(), granted: true };
    assert_eq!(differences(&before, &after), [only]);
    assert!(after.may("nurse", "of.ours"));
    assert_eq!(next["publisher"], "Ana");
}

#[test]
fn nobody_can_lock_the_matrix_for_good() {
    let mut wanted = grants(&Matrix::shipped());
    wanted.retain(|grant| grant.permission != "build.change");
    assert!(matches!(with_grants(Some(&shipped()), &wanted), Err(EhrError::Fields(_))));
    let ghost = Grant { role: "ghost".to_owned(), permission: "build.change".to_owned() };
    assert!(matches!(with_grants(None, &BTreeSet::from([ghost])), Err(EhrError::Fields(_))));
}
