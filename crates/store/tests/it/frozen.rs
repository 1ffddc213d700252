//! A hospital that is read while it goes on changing.

use store::StoreError;
use store::sandbox::View;

use crate::hospital::{Hospital, SECOND_US, START_US, hospital, patient};

/// The ids that are gone through, each with the length of its bytes compared on the way.
fn ids(view: View<'_>, since_us: Option<i64>) -> Vec<String> {
    let mut ids = Vec::new();
    view.each_body::<StoreError>("Patient", since_us, &mut |id, body| {
        assert_eq!(body, view.get("Patient", id)?.unwrap().body);
        ids.push(id.to_owned());
        Ok(())
    })
    .unwrap();
    ids
}

/// Patients a, b and c in the image; b is updated, c deleted, d made.
fn changed() -> Hospital {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg"), patient("c", "Berg")]);
    hospital.put(&patient("b", "Tal"));
    hospital.delete("Patient", "c");
    hospital.put(&patient("d", "Tal"));
    hospital
}

#[test]
fn every_resource_is_gone_through_once() {
    let hospital = changed();
    hospital.sandbox.view(|view| {
        assert_eq!(ids(view, None), ["a", "b", "d"]);
        assert_eq!(ids(view, Some(START_US)), ["a", "b", "d"]);
        assert_eq!(ids(view, Some(START_US + SECOND_US)), ["b", "d"]);
        assert_eq!(ids(view, Some(START_US + 3 * SECOND_US)), ["d"]);
        assert_eq!(view.deleted_since("Patient", START_US).unwrap(), ["c"]);
        assert!(view.deleted_since("Patient", START_US + 3 * SECOND_US).unwrap().is_empty());
        assert!(view.deleted_since("Group", 0).unwrap().is_empty());
    });
}

#[test]
fn whoever_goes_through_may_stop() {
    let hospital = changed();
    let mut count = 0;
    let stopped = hospital.sandbox.view(|view| {
        view.each_body("Patient", None, &mut |_, _| {
            count += 1;
            Err(StoreError::NotFound { what: "patience".to_owned() })
        })
    });
    assert!(matches!(stopped, Err(StoreError::NotFound { .. })) && count == 1);
}

#[test]
fn what_happens_later_does_not_show_in_what_is_frozen() {
    let hospital = changed();
    let path = hospital.folder.path().join("frozen/hospital.sqlite");
    let frozen = hospital.sandbox.freeze(&path).unwrap();
    hospital.put(&patient("a", "See"));
    hospital.put(&patient("e", "See"));
    hospital.delete("Patient", "d");
    assert_eq!(ids(frozen.view(), None), ["a", "b", "d"]);
    let family = |view: View<'_>| String::from_utf8(view.get("Patient", "a").unwrap().unwrap().body).unwrap();
    assert!(family(frozen.view()).contains("Berg"));
    assert!(hospital.sandbox.view(family).contains("See"));
    hospital.reset();
    assert_eq!(ids(frozen.view(), None), ["a", "b", "d"], "not even a reset");
    drop(frozen);
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
