//! What systems hold, and messages on their way: order, patience, and durability.

use store::StoreError;
use store::sandbox::systems::{BASELINE, Message, MessageState, NewMessage, Standing, SystemRecord};

use crate::hospital::{Hospital, START_US, event, hospital, patient, put};

const SECOND_US: i64 = 1_000_000;

fn queue(hospital: &Hospital, interface: &str, control_id: &str, due_us: i64) {
    let new = NewMessage {
        interface,
        control_id,
        event: "ADT^A01",
        subject: None,
        body: b"MSH|^~\\&|",
        state: MessageState::Waiting,
        due_us,
        queued_us: START_US,
    };
    hospital
        .sandbox
        .change(|change| {
            change.note(&event("hl7.queued"))?;
            change.queue_message(&new)
        })
        .unwrap();
}

fn next(hospital: &Hospital) -> Option<Message> {
    hospital.sandbox.view(|view| view.next_message()).unwrap()
}

fn settle(hospital: &Hospital, message: &Message) {
    hospital.sandbox.change(|change| change.settle_message(message)).unwrap();
}

fn record(system: &str, key: &str, body: &str, due_us: Option<i64>) -> SystemRecord {
    let [system, kind, key, body] = [system, "patient", key, body].map(str::to_owned);
    SystemRecord { system, kind, key, body, due_us, updated_us: START_US }
}

#[test]
fn a_queue_keeps_its_order_and_its_head_blocks_it_alone() {
    let hospital = hospital(&[]);
    for (interface, control_id) in [("a", "1"), ("a", "2"), ("b", "3")] {
        queue(&hospital, interface, control_id, START_US);
    }
    let first = next(&hospital).unwrap();
    assert_eq!(first.control_id, "1");
    // It failed, and is tried again later: what is behind it waits with it, the other queue does not.
    settle(&hospital, &Message { attempts: 1, due_us: START_US + SECOND_US, ..first.clone() });
    let other = next(&hospital).unwrap();
    assert_eq!(other.control_id, "3");
    settle(&hospital, &Message { state: MessageState::Delivered, settled_us: Some(START_US), ..other });
    assert_eq!(next(&hospital).unwrap().control_id, "1");
    settle(&hospital, &Message { state: MessageState::Refused, settled_us: Some(START_US), ..first });
    assert_eq!(next(&hospital).unwrap().control_id, "2", "a refused message lets others pass");
    let traffic = hospital.sandbox.view(|view| view.traffic()).unwrap();
    let counts: Vec<_> = traffic.iter().map(|one| (one.waiting, one.delivered, one.refused)).collect();
    assert_eq!(counts, [(1, 0, 1), (0, 1, 0)]);
}

#[test]
fn a_closed_interface_carries_nothing() {
    let hospital = hospital(&[]);
    queue(&hospital, "a", "1", START_US);
    let [interface, standing, reason] = ["a", "stopped", "for a test"].map(str::to_owned);
    let closed = Standing { interface, standing, reason, since_us: START_US };
    hospital.sandbox.change(|change| change.close_interface(&closed)).unwrap();
    assert_eq!(next(&hospital), None);
    assert_eq!(hospital.sandbox.view(|view| view.standings()).unwrap(), [closed]);
    hospital.sandbox.change(|change| change.open_interface("a")).unwrap();
    assert!(next(&hospital).is_some());
}

#[test]
fn a_system_knows_the_baseline_until_it_is_told_otherwise() {
    let hospital = hospital(&[]);
    let records = [
        record(BASELINE, "1", "old", None),
        record(BASELINE, "2", "old", None),
        record("LIS", "1", "new", None),
    ];
    hospital
        .sandbox
        .change(|change| records.iter().try_for_each(|one| change.put_system_record(one)))
        .unwrap();
    let seen = |system: &str| -> Vec<String> {
        let records = hospital.sandbox.view(|view| view.system_records(system, "patient")).unwrap();
        records.into_iter().map(|record| record.body).collect()
    };
    assert_eq!(
        (seen("LIS"), seen("RIS")),
        (vec!["new".to_owned(), "old".to_owned()], vec!["old".to_owned(); 2])
    );
    let one =
        |system: &str| hospital.sandbox.view(|view| view.system_record(system, "patient", "1")).unwrap();
    assert_eq!((one("LIS").unwrap().body, one("RIS").unwrap().body), ("new".to_owned(), "old".to_owned()));
}

#[test]
fn what_is_due_first_comes_first_and_once() {
    let hospital = hospital(&[]);
    let records = [
        record("LIS", "late", "", Some(9)),
        record("LIS", "soon", "", Some(3)),
        record("LIS", "never", "", None),
    ];
    hospital
        .sandbox
        .change(|change| records.iter().try_for_each(|one| change.put_system_record(one)))
        .unwrap();
    let mut order = Vec::new();
    while let Some(due) = hospital.sandbox.view(|view| view.system_record_due()).unwrap() {
        hospital.sandbox.change(|change| change.settle_system_record(&due)).unwrap();
        order.push(due.key);
    }
    assert_eq!(order, ["soon", "late"]);
}

#[test]
fn undo_takes_back_what_has_not_gone_out() {
    let hospital = hospital(&[]);
    let new = |control_id: &'static str| NewMessage {
        interface: "a",
        control_id,
        event: "ADT^A01",
        subject: None,
        body: b"MSH",
        state: MessageState::Waiting,
        due_us: START_US,
        queued_us: START_US,
    };
    let change = |change: &mut store::sandbox::Change<'_>| -> Result<(), StoreError> {
        put(change, &patient("a", "Berg"), START_US)?;
        change.queue_message(&new("1"))?;
        change.queue_message(&new("2")).map(|_| ())
    };
    hospital.sandbox.change(change).unwrap();
    let gone = next(&hospital).unwrap();
    settle(&hospital, &Message { state: MessageState::Delivered, ..gone });
    assert!(hospital.undo());
    assert_eq!(next(&hospital), None);
    let left = hospital.sandbox.view(|view| view.messages("a", 10)).unwrap();
    assert_eq!(left.iter().map(|message| message.control_id.as_str()).collect::<Vec<_>>(), ["1"]);
}

#[test]
fn queues_outlive_the_process_and_a_reset_empties_them() {
    let hospital = hospital(&[]);
    queue(&hospital, "a", "1", START_US);
    let hospital = hospital.while_closed(|_| ());
    assert_eq!(next(&hospital).unwrap().control_id, "1");
    hospital.reset();
    assert_eq!(next(&hospital), None);
}
