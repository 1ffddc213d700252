//! Channels and their messages: versions, order, search, and what a restart leaves.

use store::StoreError;
use store::sandbox::channels::{
    ChannelMessage, ChannelVersion, Delivery, Deployment, MessageQuery, NewChannelMessage, NewDelivery,
};

use crate::hospital::{Hospital, ID, SECOND_US, START_US, event, hospital, sandboxes};

fn deploy(hospital: &Hospital, name: &str, state: &str) {
    let deployment =
        Deployment { name: name.to_owned(), number: 1, state: state.to_owned(), changed_us: START_US };
    hospital.sandbox.change(|change| change.deploy_channel(&deployment)).unwrap();
}

fn delivery(destination: &str, state: &str, due_us: i64) -> NewDelivery {
    let [destination, state] = [destination, state].map(str::to_owned);
    NewDelivery { destination, state, payload: Some(b"payload".to_vec()), error: None, due_us }
}

fn receive(hospital: &Hospital, channel: &str, raw: &str, deliveries: &[NewDelivery]) -> i64 {
    let message = ChannelMessage {
        id: 0,
        channel: channel.to_owned(),
        number: 1,
        received_us: START_US,
        state: "TRANSFORMED".to_owned(),
        kind: "ADT^A01".to_owned(),
        control_id: "7".to_owned(),
        raw: raw.as_bytes().to_vec(),
        transformed: None,
        error: None,
        maps: "{}".to_owned(),
        logs: "[]".to_owned(),
        replay_of: None,
    };
    let new = NewChannelMessage { message, deliveries };
    let added = hospital.sandbox.change(|change| {
        change.note(&event("hl7.received"))?;
        change.add_channel_message(&new)
    });
    added.unwrap()
}

fn next(hospital: &Hospital) -> Option<Delivery> {
    hospital.sandbox.view(|view| view.next_delivery()).unwrap().map(|due| due.delivery)
}

fn settle(hospital: &Hospital, delivery: &Delivery) {
    hospital.sandbox.change(|change| change.settle_delivery(delivery)).unwrap();
}

#[test]
fn a_destination_keeps_its_order_and_holds_back_only_itself() {
    let hospital = hospital(&[]);
    deploy(&hospital, "a", "STARTED");
    let first = receive(&hospital, "a", "one", &[delivery("X", "QUEUED", 0), delivery("Y", "PENDING", 1)]);
    let second = receive(&hospital, "a", "two", &[delivery("X", "QUEUED", 0), delivery("Y", "FILTERED", 0)]);
    let head = next(&hospital).unwrap();
    assert_eq!((head.message, head.destination.as_str()), (first, "X"));
    settle(&hospital, &Delivery { attempts: 1, due_us: 9, ..head.clone() });
    let other = next(&hospital).unwrap();
    assert_eq!((other.message, other.destination.as_str()), (first, "Y"), "X waits, Y does not");
    settle(&hospital, &Delivery { state: "SENT".to_owned(), ..other });
    assert_eq!(next(&hospital).unwrap().message, first, "the second message does not overtake the first");
    settle(&hospital, &Delivery { state: "ERROR".to_owned(), ..head });
    assert_eq!(next(&hospital).unwrap().message, second, "a dead letter lets others pass");
    deploy(&hospital, "a", "STOPPED");
    assert_eq!(next(&hospital), None, "a stopped channel sends nothing");
    deploy(&hospital, "a", "PAUSED");
    assert!(next(&hospital).is_some(), "a paused one does");
    let tally = hospital.sandbox.view(|view| view.channel_tally("a")).unwrap();
    assert_eq!(tally.deliveries["X"]["ERROR"], 1);
    assert_eq!(tally.messages["TRANSFORMED"], 2);
}

#[test]
fn a_queue_survives_a_restart() {
    let hospital = hospital(&[]);
    deploy(&hospital, "a", "STARTED");
    let id = receive(&hospital, "a", "one", &[delivery("X", "QUEUED", START_US)]);
    let Hospital { sandbox, sandboxes: before, folder, .. } = hospital;
    drop((sandbox, before));
    let again = sandboxes(folder.path(), 10).open(ID, START_US + SECOND_US).unwrap();
    let due = again.view(|view| view.next_delivery()).unwrap().unwrap();
    assert_eq!((due.delivery.message, due.delivery.payload.as_deref()), (id, Some(b"payload".as_slice())));
}

#[test]
fn messages_are_found() {
    let hospital = hospital(&[]);
    let one = receive(&hospital, "a", "PID|1||77", &[delivery("X", "QUEUED", 0)]);
    let two = receive(&hospital, "b", "PID|1||88", &[]);
    let find = |query: MessageQuery| -> Vec<i64> {
        let query = MessageQuery { limit: 10, ..query };
        hospital
            .sandbox
            .view(|view| view.find_channel_messages(&query))
            .unwrap()
            .iter()
            .map(|one| one.id)
            .collect()
    };
    let some = |text: &str| Some(text.to_owned());
    let all = MessageQuery::default();
    assert_eq!(find(all.clone()), [two, one]);
    assert_eq!(find(MessageQuery { channel: some("a"), ..all.clone() }), [one]);
    assert_eq!(find(MessageQuery { text: some("88"), ..all.clone() }), [two]);
    assert_eq!(find(MessageQuery { text: some("payload"), ..all.clone() }), [one]);
    assert_eq!(find(MessageQuery { state: some("QUEUED"), kind: some("ADT"), ..all.clone() }), [one]);
    assert_eq!(find(MessageQuery { kind: some("ADT^A02"), ..all.clone() }), [0_i64; 0]);
    assert_eq!(find(MessageQuery { before: Some(two), from_us: Some(START_US), ..all.clone() }), [one]);
    assert_eq!(find(MessageQuery { to_us: Some(START_US), ..all }), [0_i64; 0]);
}

#[test]
fn versions_follow_each_other() {
    let hospital = hospital(&[]);
    let version = |number: u64, text: &str| ChannelVersion {
        name: "a".to_owned(),
        number,
        text: text.to_owned(),
        author: "ada".to_owned(),
        note: String::new(),
        saved_us: START_US,
    };
    let save = |version: &ChannelVersion| hospital.sandbox.change(|change| change.save_channel(version));
    save(&version(1, "one")).unwrap();
    save(&version(2, "two")).unwrap();
    assert!(matches!(save(&version(2, "again")), Err(StoreError::Conflict { .. })));
    let (newest, all) = hospital.sandbox.view(|view| (view.channel("a", None), view.channel_versions("a")));
    assert_eq!(newest.unwrap().unwrap().text, "two");
    assert_eq!(all.unwrap().len(), 2);
    assert_eq!(hospital.sandbox.view(|view| view.channels()).unwrap().len(), 1);
}
