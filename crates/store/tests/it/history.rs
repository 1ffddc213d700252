//! Histories: order, limits, and pages that hold still while others write.

use store::sandbox::{HistoryQuery, Stored};

use crate::hospital::{Hospital, SECOND_US, START_US, hospital, patient};

fn label(stored: &Stored) -> String {
    format!("{}{}", stored.id, stored.version)
}

/// All pages of a history; `between` happens after each page.
fn walk(hospital: &Hospital, query: HistoryQuery<'_>, mut between: impl FnMut()) -> (Vec<String>, u64) {
    let (mut query, mut labels, mut total) = (query, Vec::new(), None);
    loop {
        let page = hospital.sandbox.view(|view| view.history(&query)).unwrap();
        assert!(page.versions.len() <= query.count);
        labels.extend(page.versions.iter().map(label));
        assert!(labels.len() < 1000, "the pages of {query:?} have no end");
        total.get_or_insert(page.total);
        query.after = page.next;
        if query.after.is_none() {
            return (labels, total.unwrap());
        }
        between();
    }
}

/// Patients a and b in the image; a is updated, c created, b deleted, a updated again.
fn busy() -> Hospital {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg")]);
    hospital.put(&patient("a", "Tal"));
    hospital.put(&patient("c", "Tal"));
    hospital.delete("Patient", "b");
    hospital.put(&patient("a", "See"));
    hospital.put(&serde_json::json!({"resourceType": "Group", "id": "g"}));
    hospital
}

#[test]
fn versions_come_newest_first_whatever_the_page_size() {
    let hospital = busy();
    let all = ["a3", "b2", "c1", "a2", "b1", "a1"];
    for count in 1..=7 {
        let of_type = HistoryQuery { kind: Some("Patient"), count, ..HistoryQuery::default() };
        let (labels, total) = walk(&hospital, of_type.clone(), || {});
        assert_eq!((labels, total), (all.map(str::to_owned).to_vec(), 6), "{count} a page");
        let (labels, total) = walk(&hospital, HistoryQuery { id: Some("a"), ..of_type }, || {});
        assert_eq!((labels, total), (["a3", "a2", "a1"].map(str::to_owned).to_vec(), 3));
    }
    let everything = HistoryQuery { count: 10, ..HistoryQuery::default() };
    assert_eq!(walk(&hospital, everything, || {}).1, 7);
}

#[test]
fn since_leaves_out_what_is_older() {
    let hospital = busy();
    let cases = [(0, 6), (1, 4), (2, 3), (4, 1), (5, 0)];
    for (seconds, expected) in cases {
        let since_us = Some(START_US + seconds * SECOND_US);
        let query = HistoryQuery { kind: Some("Patient"), since_us, count: 2, ..HistoryQuery::default() };
        let (labels, total) = walk(&hospital, query, || {});
        assert_eq!((labels.len() as u64, total), (expected, expected), "since second {seconds}");
    }
}

#[test]
fn a_history_holds_still_while_others_write() {
    let hospital = busy();
    let query = HistoryQuery { kind: Some("Patient"), count: 1, ..HistoryQuery::default() };
    let (labels, _) = walk(&hospital, query, || {
        hospital.put(&patient("a", "Moor"));
        hospital.put(&patient("new", "Moor"));
    });
    assert_eq!(labels, ["a3", "b2", "c1", "a2", "b1", "a1"]);
}

#[test]
fn versions_of_the_same_instant_stay_in_order() {
    let hospital = hospital(&[]);
    let at_us = hospital.tick();
    for name in ["Berg", "Tal", "See"] {
        hospital.sandbox.change(|change| crate::hospital::put(change, &patient("a", name), at_us)).unwrap();
    }
    let query = HistoryQuery { kind: Some("Patient"), id: Some("a"), count: 1, ..HistoryQuery::default() };
    assert_eq!(walk(&hospital, query, || {}).0, ["a3", "a2", "a1"]);
}
