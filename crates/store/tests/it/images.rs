//! Images: written once, described, never half there.

use std::fs;

use serde_json::json;
use standards::fhir::search::extract;
use store::StoreError;

use crate::hospital::{START_US, build_image, images, patient, stamped};

#[test]
fn an_image_says_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let made = build_image(folder.path(), "small", &[patient("a", "Berg"), patient("b", "Tal")]);
    assert_eq!((made.resources, made.title.as_str()), (2, "A small hospital"));
    assert_eq!(made.origin, json!({"made": "for a test"}));
    assert_eq!(made.size_bytes, fs::metadata(&made.path).unwrap().len());
    assert_eq!(images(folder.path()).get("small").unwrap(), made);
    assert_eq!(images(folder.path()).list().unwrap(), [made]);
}

#[test]
fn the_digest_is_of_the_resources_alone() {
    let folder = tempfile::tempdir().unwrap();
    let digest = |name, resources: &[_]| build_image(folder.path(), name, resources).digest;
    let (a, b) = (patient("a", "Berg"), patient("b", "Tal"));
    let first = digest("one", &[a.clone(), b.clone()]);
    assert_eq!(digest("two", &[a.clone(), b.clone()]), first);
    assert_ne!(digest("three", &[b, a.clone()]), first);
    assert_ne!(digest("four", &[a]), first);
}

#[test]
fn a_resource_that_comes_twice_is_refused_and_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = images(folder.path()).create("small").unwrap();
    for expected in [true, false] {
        let resource = patient("a", "Berg");
        let body = stamped(&resource, 1, START_US);
        let added = writer.add("Patient", "a", START_US, &body, &extract(&resource));
        assert_eq!(added.is_ok(), expected);
        assert!(expected || matches!(added, Err(StoreError::Conflict { .. })));
    }
    assert_eq!(writer.len(), 1);
    assert_eq!(writer.finish("Small", &json!({})).unwrap().resources, 1);
}

#[test]
fn an_image_that_was_not_finished_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let images = images(folder.path());
    let mut writer = images.create("small").unwrap();
    writer.add("Patient", "a", START_US, b"{}", &[]).unwrap();
    drop(writer);
    assert!(matches!(images.get("small"), Err(StoreError::NotFound { .. })));
    assert_eq!(images.list().unwrap(), []);
    build_image(folder.path(), "small", &[patient("a", "Berg")]);
    assert_eq!(images.list().unwrap().len(), 1);
}

#[test]
fn image_names_are_no_paths() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["", "..", "a/b", "A", "a_b", "a.sqlite"] {
        assert!(matches!(images(folder.path()).get(name), Err(StoreError::NotFound { .. })), "{name}");
        assert!(images(folder.path()).create(name).is_err(), "{name}");
    }
}

#[test]
fn a_file_that_is_no_image_is_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("images")).unwrap();
    fs::write(folder.path().join("images/bad.sqlite"), b"not a database, whatever its name says").unwrap();
    let found = images(folder.path()).get("bad");
    assert!(matches!(found, Err(StoreError::Damaged { .. } | StoreError::Sqlite(_))), "{found:?}");
}
