//! The way back: undo, snapshots, reset.

use std::fs;

use store::StoreError;
use store::journal::Filter;

use crate::hospital::{delete, event, hospital, patient, put};

#[test]
fn undo_goes_back_to_the_start_and_no_further() {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg")]);
    let at_us = hospital.tick();
    let digest = || hospital.sandbox.state_digest().unwrap();
    let mut digests = vec![digest()];
    hospital.put(&patient("c", "Tal"));
    digests.push(digest());
    hospital.put(&patient("a", "Tal"));
    digests.push(digest());
    hospital.delete("Patient", "b");
    digests.push(digest());
    hospital.put(&patient("b", "See"));
    digests.push(digest());
    hospital
        .sandbox
        .change(|change| {
            change.note(&event("command"))?;
            put(change, &patient("d", "Tal"), at_us)?;
            delete(change, "Patient", "c", at_us)?;
            put(change, &patient("a", "Moor"), at_us)
        })
        .unwrap();
    let names = |family| hospital.found("Patient", &format!("family={family}"));
    let states = [
        [vec![], vec!["d"], vec!["b"], vec!["a"]],
        [vec![], vec!["a", "c"], vec!["b"], vec![]],
        [vec![], vec!["a", "c"], vec![], vec![]],
        [vec!["b"], vec!["a", "c"], vec![], vec![]],
        [vec!["a", "b"], vec!["c"], vec![], vec![]],
        [vec!["a", "b"], vec![], vec![], vec![]],
    ];
    for (at, expected) in states.iter().enumerate() {
        assert_eq!(&["berg", "tal", "see", "moor"].map(names), expected, "after {at} undone");
        assert_eq!(hospital.undo(), at < 5);
        if let Some(digest_then) = digests.pop() {
            assert_eq!(digest(), digest_then, "after {at} undone");
        }
    }
    let undone = hospital.kinds().iter().filter(|kind| *kind == "sandbox.undo").count();
    assert_eq!(undone, 5, "the journal keeps what was done and what was taken back");
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
    assert_eq!(hospital.put(&patient("a", "Tal")), 2, "the number of the version taken back is free again");
}

#[test]
fn undo_says_which_entries_it_took_back_and_stops_at_its_floor() {
    let hospital = hospital(&[]);
    hospital.put(&patient("a", "Berg"));
    let at_us = hospital.tick();
    hospital
        .sandbox
        .change(|change| {
            put(change, &patient("b", "Berg"), at_us)?;
            put(change, &patient("c", "Berg"), at_us)
        })
        .unwrap();
    let mut taken = None;
    let mut undo = |floor| {
        let event = |entries: std::ops::RangeInclusive<i64>| {
            taken = Some(entries);
            event("sandbox.undo")
        };
        hospital.sandbox.undo_after(floor, event).unwrap()
    };
    assert_eq!(undo(2), Some(5));
    assert_eq!(undo(2), None);
    assert_eq!(taken, Some(3..=4));
    assert_eq!(hospital.found("Patient", "name:missing=false"), ["a"]);
}

#[test]
fn a_reset_gives_the_image_back_and_remembers_where_the_journal_ended() {
    let hospital = hospital(&[patient("a", "Berg")]);
    let fresh = hospital.sandbox.state_digest().unwrap();
    hospital.put(&patient("a", "Tal"));
    hospital.put(&patient("b", "Tal"));
    hospital.sandbox.note(event("fhir.read")).unwrap();
    assert_ne!(hospital.sandbox.state_digest().unwrap(), fresh);
    let (seq, hash) = hospital.sandbox.journal_head().unwrap();
    let mut told = None;
    hospital
        .sandboxes
        .reset(&hospital.sandbox, &[("clock", "noon")], |seq, hash| {
            told = Some((seq, hash));
            event("sandbox.reset")
        })
        .unwrap();
    assert_eq!(told, Some((seq, hash)), "the end of the journal that the reset cut off");
    assert_eq!(hospital.sandbox.state_digest().unwrap(), fresh);
    assert_eq!(hospital.kinds(), ["sandbox.reset"]);
    assert_eq!(hospital.sandbox.fact("clock").unwrap().as_deref(), Some("noon"));
    assert_eq!(hospital.found("Patient", "name:missing=false"), ["a"]);
    assert!(!hospital.undo(), "nothing is left to undo");
    assert_eq!(hospital.put(&patient("a", "See")), 2);
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
}

#[test]
fn a_snapshot_is_returned_to_again_and_again() {
    let hospital = hospital(&[patient("a", "Berg")]);
    hospital.put(&patient("a", "Tal"));
    hospital.sandbox.take_snapshot("first", &event("sandbox.snapshot")).unwrap();
    let kept = hospital.sandbox.state_digest().unwrap();
    // The second time, two returns and a reset have been journalled already.
    for (name, ended) in [("See", 5), ("Moor", 6)] {
        hospital.put(&patient("b", name));
        hospital.delete("Patient", "a");
        hospital.return_to("first");
        assert_eq!(hospital.sandbox.state_digest().unwrap(), kept);
        let kinds = ["sandbox.started", "fhir.update", "sandbox.snapshot", "sandbox.returned"];
        assert_eq!(hospital.kinds(), kinds, "the journal goes on from the snapshot's");
        let last = Filter { newest_first: true, limit: 1, ..Filter::default() };
        assert_eq!(hospital.sandbox.journal(&last).unwrap()[0].event.detail["ended"], ended);
        assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
        hospital.reset();
        hospital.return_to("first");
    }
    assert!(hospital.undo(), "what was done before the snapshot can still be taken back");
    assert_eq!(hospital.found("Patient", "family=berg"), ["a"]);
}

#[test]
fn a_snapshot_of_the_same_name_replaces_the_older_one() {
    let hospital = hospital(&[]);
    for name in ["Berg", "Tal"] {
        hospital.put(&patient("a", name));
        hospital.sandbox.take_snapshot("kept", &event("sandbox.snapshot")).unwrap();
    }
    hospital.sandbox.take_snapshot("Other_1", &event("sandbox.snapshot")).unwrap();
    assert_eq!(hospital.sandbox.snapshots().unwrap(), ["Other_1", "kept"]);
    hospital.reset();
    hospital.return_to("kept");
    assert_eq!(hospital.found("Patient", "family=tal"), ["a"]);
}

#[test]
fn snapshot_names_are_no_paths() {
    let hospital = hospital(&[]);
    let long = "n".repeat(65);
    for name in ["", ".", "../x", "a/b", "a.b", "a b", "ä", long.as_str()] {
        let taken = hospital.sandbox.take_snapshot(name, &event("sandbox.snapshot"));
        assert!(matches!(taken, Err(StoreError::NotFound { .. })), "{name:?}: {taken:?}");
        let returned = hospital.sandbox.return_to_snapshot(name, |_, _| event("sandbox.returned"));
        assert!(matches!(returned, Err(StoreError::NotFound { .. })), "{name:?}");
    }
    let missing = hospital.sandbox.return_to_snapshot("never", |_, _| event("sandbox.returned"));
    assert!(matches!(missing, Err(StoreError::NotFound { .. })));
    assert_eq!(hospital.kinds(), ["sandbox.started"]);
}

#[test]
fn what_an_interrupted_return_left_behind_is_not_taken_up() {
    let hospital = hospital(&[]);
    hospital.sandbox.take_snapshot("kept", &event("sandbox.snapshot")).unwrap();
    let folder = hospital.folder.path().join("sandboxes").join(hospital.sandbox.id());
    for name in ["next", "fresh"] {
        let (file, log) = (folder.join(format!("{name}.sqlite")), folder.join(format!("{name}.sqlite-wal")));
        fs::copy(folder.join("snapshots/kept.sqlite"), &file).unwrap();
        let connection = rusqlite::Connection::open(&file).unwrap();
        connection.execute("INSERT INTO fact VALUES('left', 'behind')", []).unwrap();
        let unfinished = fs::read(&log).unwrap();
        drop(connection);
        fs::write(&log, unfinished).unwrap();
    }
    hospital.return_to("kept");
    assert_eq!(hospital.sandbox.fact("left").unwrap(), None);
    hospital.reset();
    assert_eq!(hospital.sandbox.fact("left").unwrap(), None);
}

#[test]
fn looking_changes_no_digest() {
    let hospital = hospital(&[patient("a", "Berg")]);
    hospital.put(&patient("b", "Berg"));
    let before = hospital.sandbox.state_digest().unwrap();
    hospital.found("Patient", "family=berg&_sort=-birthdate");
    hospital.body("Patient", "a");
    hospital.sandbox.note(event("fhir.read")).unwrap();
    hospital.sandbox.flush().unwrap();
    hospital.sandbox.take_snapshot("kept", &event("sandbox.snapshot")).unwrap();
    assert_eq!(hospital.sandbox.state_digest().unwrap(), before);
    let hospital = hospital.while_closed(|_| {});
    assert_eq!(hospital.sandbox.state_digest().unwrap(), before);
}
