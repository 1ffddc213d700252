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
fn a_span_holds_what_was_newest_in_it() {
    let hospital = busy();
    let second = |seconds: i64| START_US + seconds * SECOND_US;
    // Version 2 of a is written in second 1, c in 2, b deleted in 3, version 3 of a in 4.
    let cases: [((i64, i64), &[&str]); 7] = [
        ((-9, 0), &[]),
        ((0, 1), &["b1", "a1"]),
        ((1, 2), &["a2", "b1"]),
        ((1, 4), &["b2", "c1", "a2", "b1"]),
        ((3, 4), &["b2", "c1", "a2"]),
        ((4, 5), &["a3", "b2", "c1"]),
        ((0, 9), &["a3", "b2", "c1", "a2", "b1", "a1"]),
    ];
    for ((from, to), expected) in cases {
        for count in [1, 2, 9] {
            let at_us = Some((second(from), second(to)));
            let query = HistoryQuery { kind: Some("Patient"), at_us, count, ..HistoryQuery::default() };
            let (labels, total) = walk(&hospital, query, || {});
            assert_eq!(
                (labels.as_slice(), total),
                (
                    &expected.iter().map(|&label| label.to_owned()).collect::<Vec<_>>()[..],
                    expected.len() as u64
                ),
                "{from} to {to}"
            );
        }
    }
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
