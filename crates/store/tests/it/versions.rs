//! Versions, tombstones and index rows of single resources.

use store::StoreError;
use store::sandbox::Put;

use crate::hospital::{START_US, delete, event, hospital, patient, put, stamped};

#[test]
fn a_resource_lives_through_its_versions() {
    let hospital = hospital(&[]);
    assert_eq!(hospital.body("Patient", "a"), None);
    assert_eq!(hospital.put(&patient("a", "Berg")), 1);
    assert_eq!(hospital.put(&patient("a", "Tal")), 2);
    hospital.delete("Patient", "a");
    assert_eq!(hospital.put(&patient("a", "See")), 4);

    let at = |number| hospital.sandbox.view(|view| view.version("Patient", "a", number)).unwrap();
    let expected =
        [(1, "POST", Some("Berg")), (2, "PUT", Some("Tal")), (3, "DELETE", None), (4, "PUT", Some("See"))];
    for (number, method, family) in expected {
        let stored = at(number).unwrap();
        let updated_us = START_US + i64::try_from(number).unwrap() * 1_000_000;
        assert_eq!((stored.version, stored.method.as_str()), (number, method));
        assert_eq!((stored.deleted, stored.updated_us), (family.is_none(), updated_us));
        let body = family.map(|family| stamped(&patient("a", family), number, updated_us));
        assert_eq!(stored.body, body.unwrap_or_default());
    }
    assert_eq!([at(0), at(5), at(u64::MAX)], [None, None, None]);
    let newest = hospital.sandbox.view(|view| view.get("Patient", "a")).unwrap();
    assert_eq!(newest, at(4));
}

#[test]
fn a_resource_of_the_image_keeps_its_first_version_under_the_new_ones() {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg")]);
    assert_eq!(hospital.put(&patient("a", "Tal")), 2);
    let first = hospital.sandbox.view(|view| view.version("Patient", "a", 1)).unwrap().unwrap();
    assert_eq!(first.body, stamped(&patient("a", "Berg"), 1, START_US));
    hospital.delete("Patient", "b");
    let tombstone = hospital.sandbox.view(|view| view.get("Patient", "b")).unwrap().unwrap();
    assert_eq!((tombstone.deleted, tombstone.version), (true, 2));
}

#[test]
fn types_do_not_share_ids() {
    let hospital = hospital(&[patient("a", "Berg")]);
    hospital.put(&serde_json::json!({"resourceType": "Group", "id": "a"}));
    assert_eq!(hospital.body("Patient", "a").unwrap(), stamped(&patient("a", "Berg"), 1, START_US));
    assert_eq!(hospital.body("Location", "a"), None);
}

#[test]
fn a_version_that_does_not_follow_the_last_is_refused() {
    let hospital = hospital(&[patient("a", "Berg")]);
    for version in [0, 1, 3] {
        let body = stamped(&patient("a", "Tal"), version, START_US);
        let put = Put {
            kind: "Patient",
            id: "a",
            version,
            updated_us: START_US,
            method: "PUT",
            body: &body,
            index: &[],
        };
        let refused = hospital.sandbox.change(|change| change.put(&put, &event("fhir.update")));
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "version {version}: {refused:?}");
    }
    assert_eq!(hospital.kinds(), ["sandbox.started"]);
}

#[test]
fn index_rows_follow_updates_and_deletes() {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg")]);
    let check = |family: &str, expected: &[&str]| {
        assert_eq!(hospital.found("Patient", &format!("family={family}")), expected, "{family}");
    };
    hospital.put(&patient("a", "Tal"));
    hospital.put(&patient("c", "Tal"));
    check("berg", &["b"]);
    check("tal", &["a", "c"]);
    hospital.put(&patient("c", "Berg"));
    check("berg", &["b", "c"]);
    hospital.delete("Patient", "c");
    hospital.delete("Patient", "b");
    check("berg", &[]);
    hospital.put(&patient("b", "See"));
    check("see", &["b"]);
    assert_eq!(hospital.found("Patient", "family:missing=false"), ["a", "b"]);
}

#[test]
fn one_change_may_write_a_resource_twice() {
    let hospital = hospital(&[]);
    let at_us = hospital.tick();
    hospital
        .sandbox
        .change(|change| {
            put(change, &patient("a", "Berg"), at_us)?;
            delete(change, "Patient", "a", at_us)?;
            put(change, &patient("a", "Tal"), at_us)
        })
        .unwrap();
    assert_eq!(hospital.found("Patient", "name:missing=false"), ["a"]);
    assert!(hospital.undo());
    assert_eq!(hospital.body("Patient", "a"), None);
    assert_eq!(hospital.found("Patient", "name:missing=false"), [""; 0]);
}

#[test]
fn every_live_resource_is_handed_over_once() {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg"), patient("c", "Berg")]);
    hospital.put(&patient("b", "Tal"));
    hospital.put(&patient("d", "Tal"));
    hospital.put(&serde_json::json!({"resourceType": "Group", "id": "a"}));
    hospital.delete("Patient", "c");
    let all = |kind| {
        let mut ids = Vec::new();
        let each = |stored: store::sandbox::Stored| {
            ids.push(format!("{}/{}", stored.kind, stored.id));
            Ok(())
        };
        hospital.sandbox.view(|view| view.each_resource(kind, each)).unwrap();
        ids.sort();
        ids
    };
    assert_eq!(all(None), ["Group/a", "Patient/a", "Patient/b", "Patient/d"]);
    assert_eq!(all(Some("Patient")), ["Patient/a", "Patient/b", "Patient/d"]);
    assert_eq!(all(Some("Location")), [""; 0]);
}
