//! The journal: its chain, its filters, and its place in the transactions it tells of.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use serde_json::json;
use store::StoreError;
use store::journal::{Filter, GENESIS, NewEntry};

use crate::hospital::{Hospital, event, hospital, patient, put};

/// Six entries, the third of them about a patient.
fn busy() -> Hospital {
    let hospital = hospital(&[]);
    hospital.put(&patient("a", "Berg"));
    let read = NewEntry { subject: Some("Patient/a".to_owned()), ..event("fhir.read") };
    hospital.sandbox.note(read).unwrap();
    hospital.put(&patient("a", "Tal"));
    hospital.sandbox.note(event("command")).unwrap();
    hospital.put(&patient("b", "See"));
    hospital
}

#[test]
fn every_entry_follows_from_the_one_before() {
    let hospital = busy();
    let entries = hospital.sandbox.journal(&Filter::default()).unwrap();
    assert_eq!(entries[0].previous, GENESIS);
    for (at, entry) in entries.iter().enumerate() {
        assert_eq!(entry.seq, at as i64 + 1);
        assert!(at == 0 || entry.previous == entries[at - 1].hash);
    }
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
    let last = entries.last().unwrap();
    assert_eq!(hospital.sandbox.journal_head().unwrap(), (last.seq, last.hash));
}

#[test]
fn whatever_is_done_to_the_file_is_found() {
    let tampering = [
        ("UPDATE journal SET virtual_us = virtual_us + 1 WHERE seq = 3", 3),
        ("UPDATE journal SET wall_us = wall_us - 1 WHERE seq = 3", 3),
        ("UPDATE journal SET actor = 'ben' WHERE seq = 3", 3),
        ("UPDATE journal SET source = 'page' WHERE seq = 3", 3),
        ("UPDATE journal SET target = 'LIS' WHERE seq = 3", 3),
        ("UPDATE journal SET kind = 'fhir.vread' WHERE seq = 3", 3),
        ("UPDATE journal SET subject = 'Patient/b' WHERE seq = 3", 3),
        ("UPDATE journal SET subject = NULL WHERE seq = 3", 3),
        ("UPDATE journal SET subject = '' WHERE seq = 2", 2),
        ("UPDATE journal SET outcome = 'not-found' WHERE seq = 3", 3),
        ("UPDATE journal SET detail = '{ }' WHERE seq = 3", 3),
        ("UPDATE journal SET detail = 'no JSON' WHERE seq = 3", 3),
        ("UPDATE journal SET actor = source, source = actor WHERE seq = 3", 3),
        ("UPDATE journal SET previous = zeroblob(32) WHERE seq = 3", 3),
        ("UPDATE journal SET hash = zeroblob(32) WHERE seq = 3", 3),
        ("DELETE FROM journal WHERE seq = 1", 2),
        ("DELETE FROM journal WHERE seq = 3", 4),
        ("DELETE FROM journal WHERE seq = 6", 6),
        ("DELETE FROM journal WHERE seq > 2", 3),
        (
            "UPDATE journal SET seq = -seq WHERE seq > 3; UPDATE journal SET seq = 1 - seq WHERE seq < 0;
             INSERT INTO journal SELECT 4, virtual_us, wall_us, actor, source, target, kind, subject, outcome, detail,
             previous, hash FROM journal WHERE seq = 3",
            4,
        ),
        (
            "UPDATE journal SET seq = 0 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4;
             UPDATE journal SET seq = 4 WHERE seq = 0",
            3,
        ),
    ];
    for (sql, seq) in tampering {
        let hospital =
            busy().while_closed(|file| Connection::open(file).unwrap().execute_batch(sql).unwrap());
        let found = hospital.sandbox.journal_break().unwrap();
        assert_eq!(found.map(|found| found.seq), Some(seq), "{sql}");
    }
}

#[test]
fn a_change_that_fails_leaves_nothing_and_the_waiting_entries_wait_on() {
    let hospital = hospital(&[patient("a", "Berg")]);
    let before = hospital.sandbox.state_digest().unwrap();
    hospital.sandbox.note(event("fhir.read")).unwrap();
    let failed: Result<(), StoreError> = hospital.sandbox.change(|change| {
        put(change, &patient("a", "Tal"), 1)?;
        put(change, &patient("b", "Tal"), 1)?;
        change.note(&event("command"))?;
        Err(StoreError::NotFound { what: "a reason".to_owned() })
    });
    assert!(matches!(failed, Err(StoreError::NotFound { .. })));
    assert_eq!(hospital.sandbox.state_digest().unwrap(), before);
    assert_eq!(hospital.found("Patient", "family=tal"), [""; 0]);
    assert_eq!(hospital.found("Patient", "family=berg"), ["a"]);
    assert_eq!(hospital.kinds(), ["sandbox.started", "fhir.read"]);
    hospital.put(&patient("a", "Tal"));
    assert_eq!(hospital.kinds(), ["sandbox.started", "fhir.read", "fhir.update"]);
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
}

#[test]
fn a_change_that_panics_leaves_nothing_either() {
    let hospital = hospital(&[]);
    let panicking = catch_unwind(AssertUnwindSafe(|| {
        hospital.sandbox.change::<(), StoreError>(|change| {
            put(change, &patient("a", "Tal"), 1)?;
            panic!("a bug in the work")
        })
    }));
    assert!(panicking.is_err());
    assert_eq!(hospital.body("Patient", "a"), None);
    assert_eq!(hospital.put(&patient("a", "Berg")), 1);
    assert_eq!(hospital.kinds(), ["sandbox.started", "fhir.create"]);
}

#[test]
fn what_was_noted_survives_closing() {
    let hospital = hospital(&[]);
    hospital.sandbox.note(event("fhir.read")).unwrap();
    let hospital = hospital.while_closed(|file| {
        let sql = "SELECT count(*) FROM journal";
        let count: i64 = Connection::open(file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(count, 2);
    });
    assert_eq!(hospital.kinds(), ["sandbox.started", "fhir.read"]);
}

#[test]
fn a_flood_of_reads_is_written_before_it_fills_the_memory() {
    let hospital = hospital(&[]);
    for _ in 0..1500 {
        hospital.sandbox.note(event("fhir.read")).unwrap();
    }
    assert_eq!(hospital.kinds().len(), 1501);
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
}

#[test]
fn filters_choose_entries() {
    let hospital = busy();
    let any = Filter::default;
    let kinds =
        |kinds: &[&str]| Filter { kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(), ..any() };
    let cases: [(Filter, &[i64]); 10] = [
        (any(), &[1, 2, 3, 4, 5, 6]),
        (Filter { after_seq: 4, ..any() }, &[5, 6]),
        (Filter { limit: 2, ..any() }, &[1, 2]),
        (Filter { limit: 2, newest_first: true, ..any() }, &[6, 5]),
        (kinds(&["command"]), &[5]),
        (kinds(&["fhir.*"]), &[2, 3, 4, 6]),
        (kinds(&["fhir.create", "sandbox.*"]), &[1, 2, 6]),
        (Filter { subject: Some("Patient/a".to_owned()), ..any() }, &[3]),
        (Filter { actor: Some("ben".to_owned()), ..any() }, &[]),
        (Filter { outcome: Some("ok' OR 1=1 --".to_owned()), ..any() }, &[]),
    ];
    for (filter, expected) in cases {
        let found: Vec<i64> =
            hospital.sandbox.journal(&filter).unwrap().iter().map(|entry| entry.seq).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

#[test]
fn detail_comes_back_as_it_was_written() {
    let hospital = hospital(&[]);
    let detail = json!({"z": 1.0, "a": [null, "\u{0}\u{1f600}'\"--"], "n": 18_446_744_073_709_551_615_u64});
    hospital.sandbox.note(NewEntry { detail: detail.clone(), ..event("command") }).unwrap();
    let last = Filter { newest_first: true, limit: 1, ..Filter::default() };
    assert_eq!(hospital.sandbox.journal(&last).unwrap()[0].event.detail, detail);
    assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
}

#[test]
fn a_fact_is_set_with_its_entry() {
    let hospital = hospital(&[]);
    assert_eq!(hospital.sandbox.fact("clock").unwrap(), None);
    for value in ["one", "two"] {
        hospital.sandbox.set_fact("clock", value, &event("sandbox.clock")).unwrap();
        assert_eq!(hospital.sandbox.fact("clock").unwrap().as_deref(), Some(value));
    }
    assert_eq!(hospital.kinds(), ["sandbox.started", "sandbox.clock", "sandbox.clock"]);
}
