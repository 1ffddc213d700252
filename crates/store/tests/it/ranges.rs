//! A hospital in parts by the numbers of its resources.

use store::StoreError;
use store::sandbox::View;

use crate::hospital::{Hospital, hospital, patient};

/// The ids of patients with numbers in a range, in the order they come.
fn ids(view: View<'_>, numbers: std::ops::Range<i64>) -> Vec<String> {
    let mut ids = Vec::new();
    let each = &mut |body: &[u8]| {
        let value: serde_json::Value = serde_json::from_slice(body).unwrap();
        ids.push(value["id"].as_str().unwrap().to_owned());
        Ok::<_, StoreError>(())
    };
    view.each_body_within("Patient", &numbers, each).unwrap();
    ids
}

fn digest(hospital: &Hospital, numbers: std::ops::Range<i64>) -> String {
    hospital.sandbox.view(|view| view.digest_within("Patient", &numbers)).unwrap()
}

fn four() -> Hospital {
    hospital(&["a", "b", "c", "d"].map(|id| patient(id, "Okafor")))
}

#[test]
fn each_part_has_its_own_resources_and_all_have_all() {
    let hospital = four();
    hospital.put(&patient("b", "Changed"));
    hospital.put(&patient("new", "Okafor"));
    hospital.delete("Patient", "d");
    hospital.sandbox.view(|view| {
        let last = view.image_last_number().unwrap();
        assert_eq!(last, 4);
        assert_eq!(ids(view, 1..3), ["a", "b"]);
        assert_eq!(ids(view, 3..last + 1), ["c"]);
        assert_eq!(ids(view, last + 1..i64::MAX), ["new"]);
    });
}

#[test]
fn a_part_keeps_its_digest_until_something_in_it_is_changed() {
    let hospital = four();
    let untouched = digest(&hospital, 3..5);
    let before = digest(&hospital, 1..3);
    hospital.put(&patient("b", "Changed"));
    assert_ne!(digest(&hospital, 1..3), before);
    assert_eq!(digest(&hospital, 3..5), untouched);
    hospital.delete("Patient", "c");
    assert_ne!(digest(&hospital, 3..5), untouched);
    hospital.reset();
    assert_eq!((digest(&hospital, 1..3), digest(&hospital, 3..5)), (before, untouched));
}

#[test]
fn what_was_changed_is_gone_through_with_what_is_gone() {
    let hospital = four();
    hospital.put(&patient("b", "Changed"));
    hospital.delete("Patient", "d");
    let mut changed = Vec::new();
    let each = &mut |id: &str, body: Option<&[u8]>| {
        changed.push((id.to_owned(), body.is_some()));
        Ok::<_, StoreError>(())
    };
    hospital.sandbox.view(|view| view.each_changed("Patient", each)).unwrap();
    assert_eq!(changed, [("b".to_owned(), true), ("d".to_owned(), false)]);
    let mut count = 0;
    let counted = &mut |_: &[u8]| {
        count += 1;
        Ok::<_, StoreError>(())
    };
    hospital.sandbox.view(|view| view.each_of_image("Patient", counted)).unwrap();
    assert_eq!(count, 4);
}
