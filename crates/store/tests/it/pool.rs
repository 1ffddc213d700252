//! Sandboxes opened, closed, crowded out and removed.

use std::fs;
use std::sync::Arc;

use store::StoreError;

use crate::hospital::{
    Hospital, ID, IMAGE, START_US, build_image, event, hospital, images, patient, put, sandboxes,
};

#[test]
fn an_idle_sandbox_is_closed_and_opens_as_it_was() {
    let hospital = hospital(&[patient("a", "Berg")]);
    hospital.put(&patient("a", "Tal"));
    let digest = hospital.sandbox.state_digest().unwrap();
    assert_eq!(hospital.sandboxes.close_idle(i64::MAX), 0, "one that is in use stays open");
    let Hospital { sandbox, sandboxes, .. } = &hospital;
    assert_eq!((sandboxes.open_count(), sandbox.id()), (1, ID));
    let hospital = hospital.while_closed(|file| assert!(file.exists()));
    assert_eq!(hospital.sandbox.state_digest().unwrap(), digest);
    assert_eq!(hospital.put(&patient("a", "See")), 3);
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
}

#[test]
fn what_was_used_lately_is_not_idle() {
    let Hospital { sandbox, sandboxes, folder: _folder, .. } = hospital(&[]);
    drop(sandbox);
    sandboxes.open(ID, START_US + 10).unwrap();
    assert_eq!(sandboxes.close_idle(START_US + 10), 0);
    assert_eq!(sandboxes.close_idle(START_US + 11), 1);
}

#[test]
fn the_pool_closes_those_unused_longest() {
    let folder = tempfile::tempdir().unwrap();
    build_image(folder.path(), IMAGE, &[patient("a", "Berg")]);
    let sandboxes = sandboxes(folder.path(), 3);
    let ids = ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd", "eeeeeeee"];
    for (at, id) in ids.iter().enumerate() {
        sandboxes.create(id, IMAGE, &[], &event("sandbox.started"), START_US + at as i64).unwrap();
        assert!(sandboxes.open_count() <= 3);
    }
    let held: Vec<_> = ids.iter().map(|id| sandboxes.open(id, START_US + 10).unwrap()).collect();
    assert_eq!(sandboxes.open_count(), 5, "those in use are never closed");
    for sandbox in &held {
        sandbox.change(|change| put(change, &patient("b", sandbox.id()), START_US)).unwrap();
    }
    assert!(Arc::ptr_eq(&held[0], &sandboxes.open(ids[0], START_US + 11).unwrap()));
    drop(held);
    sandboxes.create("ffffffff", IMAGE, &[], &event("sandbox.started"), START_US + 12).unwrap();
    assert_eq!(sandboxes.open_count(), 3);
    for id in ids {
        let sandbox = sandboxes.open(id, START_US + 20).unwrap();
        assert_eq!(sandbox.view(|view| view.changed()).unwrap().0, 1, "{id} keeps its own changes");
    }
    assert_eq!(sandboxes.list().unwrap(), [&ids[..], &["ffffffff"]].concat());
}

#[test]
fn another_edition_of_the_image_is_refused() {
    let Hospital { sandbox, sandboxes, folder, .. } = hospital(&[patient("a", "Berg")]);
    build_image(folder.path(), IMAGE, &[patient("a", "Tal")]);
    let body = sandbox.view(|view| view.get("Patient", "a")).unwrap().unwrap().body;
    assert!(String::from_utf8(body).unwrap().contains("Berg"), "one that is open keeps its image");
    drop(sandbox);
    sandboxes.close_idle(i64::MAX);
    let refused = sandboxes.open(ID, START_US).err();
    assert!(matches!(refused, Some(StoreError::Conflict { .. })), "{refused:?}");
    build_image(folder.path(), IMAGE, &[patient("a", "Berg")]);
    sandboxes.open(ID, START_US).unwrap();
    fs::remove_file(images(folder.path()).get(IMAGE).unwrap().path).unwrap();
    sandboxes.close_idle(i64::MAX);
    assert!(matches!(sandboxes.open(ID, START_US).err(), Some(StoreError::NotFound { .. })));
}

#[test]
fn a_removed_sandbox_is_gone_with_its_snapshots() {
    let Hospital { sandbox, sandboxes, folder, .. } = hospital(&[]);
    sandbox.take_snapshot("kept", &event("sandbox.snapshot")).unwrap();
    drop(sandbox);
    sandboxes.delete(ID).unwrap();
    assert!(matches!(sandboxes.open(ID, START_US).err(), Some(StoreError::NotFound { .. })));
    assert!(matches!(sandboxes.delete(ID), Err(StoreError::NotFound { .. })));
    assert!(!folder.path().join("sandboxes").join(ID).exists());
    let again = sandboxes.create(ID, IMAGE, &[], &event("sandbox.started"), START_US).unwrap();
    assert_eq!(again.snapshots().unwrap(), [""; 0]);
}

#[test]
fn ids_are_no_paths_and_come_once() {
    let hospital = hospital(&[]);
    let create = |id| hospital.sandboxes.create(id, IMAGE, &[], &event("sandbox.started"), START_US).err();
    for id in ["", "abc", "abcdefg1", "ABCDEFGH", "../../ab", "abcdefgh2", "abcdefg."] {
        assert!(matches!(create(id), Some(StoreError::NotFound { .. })), "{id}");
    }
    assert!(matches!(create(ID), Some(StoreError::Conflict { .. })));
    let unknown = hospital.sandboxes.create("bbbbbbbb", "none", &[], &event("sandbox.started"), START_US);
    assert!(matches!(unknown.err(), Some(StoreError::NotFound { .. })));
    assert_eq!(hospital.sandboxes.list().unwrap(), [ID]);
}

#[test]
fn a_sandbox_file_of_another_version_is_refused() {
    let Hospital { sandbox, sandboxes, folder, .. } = hospital(&[]);
    drop(sandbox);
    sandboxes.close_idle(i64::MAX);
    let file = folder.path().join("sandboxes").join(ID).join("hospital.sqlite");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(sandboxes.open(ID, START_US).err(), Some(StoreError::Damaged { .. })));
}

#[test]
fn many_threads_write_one_sandbox() {
    let hospital = hospital(&[]);
    let sandbox = &hospital.sandbox;
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for at in 0..10 {
                    let id = format!("{thread}-{at}");
                    sandbox.change(|change| put(change, &patient(&id, "Berg"), START_US)).unwrap();
                    sandbox.note(event("fhir.read")).unwrap();
                }
            });
        }
    });
    assert_eq!(hospital.found("Patient", "family=berg&_count=7").len(), 40);
    assert_eq!(hospital.kinds().len(), 81);
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
}
