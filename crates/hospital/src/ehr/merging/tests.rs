use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::ehr::EhrError;

/// 2031-03-04T07:15:00Z.
const NOW_US: i64 = 1_930_374_900_000_000;

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn command() -> MergePatients {
    read(json!({"surviving": "a", "retired": "b", "reason": "same person, maiden name"}))
}

fn patient(id: &str) -> Value {
    json!({"resourceType": "Patient", "id": id, "active": true, "birthDate": "1984-02-29"})
}

fn wrong<T: std::fmt::Debug>(result: Result<T, EhrError>) -> Vec<String> {
    match result {
        Err(EhrError::Fields(problems)) => problems.into_iter().map(|one| one.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn unmerge(merged: &Merged, now: &[Value]) -> Result<Unmerged, EhrError> {
    let facts = UnmergeFacts { merge: Some(&merged.provenance), targets: now, author: "Ana" };
    unmerge_patients(&read(json!({"retired": "b", "reason": "twins"})), &facts, NOW_US, "u1")
}

#[test]
fn a_merge_moves_every_reference_and_links_both_charts() {
    let (a, b) = (patient("a"), patient("b"));
    let result = json!({"resourceType": "Observation", "id": "o", "subject": {"reference": "Patient/b", "display": "B"},
        "performer": [{"reference": "Patient/a"}, {"reference": "Patient/b"}]});
    let link = json!({"resourceType": "Patient", "id": "c", "link": [{"other": {"reference": "Patient/b"}, "type": "seealso"}]});
    let referrers = [result, link];
    let facts =
        MergeFacts { surviving: Some(&a), retired: Some(&b), referrers: &referrers, ..MergeFacts::default() };
    let merged = merge_patients(&command(), &facts, NOW_US, "m1").unwrap();
    let [stays, goes, moved] = merged.changed.as_slice() else { panic!("{:?}", merged.changed) };
    assert_eq!(stays["link"][0], json!({"other": {"reference": "Patient/b"}, "type": "replaces"}));
    assert_eq!((&goes["active"], &goes["link"][0]["type"]), (&json!(false), &json!("replaced-by")));
    assert_eq!(moved["subject"], json!({"reference": "Patient/a", "display": "B"}));
    assert!(is_merge(&merged.provenance));
    let places = &merged.provenance["target"][2]["extension"];
    assert_eq!([&places[0]["valueString"], &places[1]["valueString"]], ["/subject", "/performer/1"]);
}

#[test]
fn what_cannot_be_merged_is_said_at_once() {
    let (a, b) = (patient("a"), patient("b"));
    let replaced = json!({"resourceType": "Patient", "id": "r", "link": [{"other": {"reference": "Patient/a"}, "type": "replaced-by"}]});
    type Case<'a> = (Option<&'a Value>, Option<&'a Value>, bool, &'a [&'a str]);
    let cases: [Case<'_>; 5] = [
        (None, None, false, &["surviving", "retired"]),
        (Some(&a), Some(&a), false, &["retired"]),
        (Some(&replaced), Some(&b), false, &["surviving"]),
        (Some(&a), Some(&replaced), false, &["retired"]),
        (Some(&a), Some(&b), true, &["retired"]),
    ];
    for (surviving, retired, both_here, wanted) in cases {
        let facts = MergeFacts { surviving, retired, both_here, ..MergeFacts::default() };
        assert_eq!(wrong(merge_patients(&command(), &facts, NOW_US, "m1")), wanted);
    }
    let facts = MergeFacts { surviving: Some(&a), retired: Some(&b), ..MergeFacts::default() };
    assert_eq!(wrong(merge_patients(&MergePatients::default(), &facts, NOW_US, "m1")), ["reason"]);
}

#[test]
fn an_unmerge_leaves_what_changed_since_and_waits_for_later_merges() {
    let (a, b) = (patient("a"), patient("b"));
    let referrers = [json!({"resourceType": "Flag", "id": "f", "subject": {"reference": "Patient/b"}})];
    let facts =
        MergeFacts { surviving: Some(&a), retired: Some(&b), referrers: &referrers, ..MergeFacts::default() };
    let merged = merge_patients(&command(), &facts, NOW_US, "m1").unwrap();
    let mut now = merged.changed.clone();
    now[2]["subject"]["reference"] = json!("Patient/z");
    let undone = unmerge(&merged, &now).unwrap();
    assert_eq!((undone.changed.len(), undone.left), (2, 1));
    assert_eq!(wrong(unmerge(&merged, &undone.changed)), ["retired"]);
    now[0]["link"]
        .as_array_mut()
        .unwrap()
        .push(json!({"other": {"reference": "Patient/c"}, "type": "replaced-by"}));
    assert_eq!(wrong(unmerge(&merged, &now)), ["retired"]);
    let nothing = unmerge_patients(&read(json!({"reason": "x"})), &UnmergeFacts::default(), NOW_US, "u1");
    assert_eq!(wrong(nothing), ["retired"]);
}

fn reference() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["Patient/a", "Patient/b", "Patient/c", "Practitioner/b"])
        .prop_map(|to| json!({"reference": to, "display": "as written"}))
}

/// A resource with references in several places, some of them odd.
fn referrer() -> impl Strategy<Value = Value> {
    (0..4_u8, prop::collection::vec(reference(), 0..4), reference()).prop_map(|(kind, many, one)| {
        let kind = ["Observation", "Encounter", "Provenance", "Task"][usize::from(kind)];
        json!({"resourceType": kind, "subject": one, "a/b": {"c~d": many}, "note": "Patient/b"})
    })
}

fn chart(id: &'static str) -> impl Strategy<Value = Value> {
    let active = prop::option::of(any::<bool>());
    let link = prop::sample::subsequence(vec![("c", "seealso"), ("b", "replaces"), ("a", "refer")], 0..3);
    (active, link).prop_map(move |(active, links)| {
        let mut patient = json!({"resourceType": "Patient", "id": id});
        if let Some(active) = active {
            patient["active"] = json!(active);
        }
        let links: Vec<Value> = links
            .into_iter()
            .map(|(to, kind)| json!({"other": {"reference": format!("Patient/{to}")}, "type": kind}))
            .collect();
        if !links.is_empty() {
            patient["link"] = json!(links);
        }
        patient
    })
}

proptest! {
    #[test]
    fn unmerging_a_merge_gives_back_what_was(a in chart("a"), b in chart("b"), mut referrers in prop::collection::vec(referrer(), 0..8)) {
        referrers.iter_mut().enumerate().for_each(|(at, one)| one["id"] = json!(format!("r{at}")));
        let facts = MergeFacts { surviving: Some(&a), retired: Some(&b), referrers: &referrers, ..MergeFacts::default() };
        let merged = merge_patients(&command(), &facts, NOW_US, "m1").unwrap();
        let undone = unmerge(&merged, &merged.changed).unwrap();
        prop_assert_eq!(undone.left, 0);
        let before: Vec<&Value> = [&a, &b].into_iter().chain(&referrers).collect();
        for one in &undone.changed {
            prop_assert!(before.contains(&one), "{}", one);
        }
        prop_assert_eq!(undone.changed.len(), merged.changed.len());
    }
}
