//! Search: what the SQL finds is what [`matches`] says of every resource, page by page, whatever is written meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use standards::fhir::search::query::{Query, Summary, Total};
use standards::fhir::search::{IndexEntry, Others, extract, matches_among};
use store::StoreError;

use crate::hospital::{Hospital, hospital, patient, query};
use crate::search_cases::{AMOUNTS, DATES, PREFIXES, queries, resources};
use crate::sorting::order;

/// A hospital of up to twenty resources `r0`, `r1`, ...: the first `in_image` of them in the image, some of them changed
/// or deleted in the sandbox.
fn furnished(made: &[Value], in_image: usize) -> Hospital {
    let made = &linked(made);
    let named = |at: usize| named(&made[at], at);
    let image: Vec<Value> = (0..in_image.min(made.len())).map(named).collect();
    let hospital = hospital(&image);
    for at in 0..made.len() {
        let named = named(at);
        let (kind, id) = (named["resourceType"].as_str().unwrap(), named["id"].as_str().unwrap());
        match at % 5 {
            _ if at >= in_image => _ = hospital.put(&named),
            // Updated to what another resource of the type says.
            1 => {
                let twin = made.iter().rev().find(|other| other["resourceType"] == kind).unwrap();
                hospital.put(&self::named(twin, at));
            }
            2 => hospital.delete(kind, id),
            3 => {
                hospital.delete(kind, id);
                hospital.put(&named);
            }
            _ => {}
        }
    }
    hospital
}

/// The same resources, whose references to `r0`, `r1` and so on lead to resources of the type they name where there are
/// any.
fn linked(made: &[Value]) -> Vec<Value> {
    let of_kind = |kind: &str| -> Vec<usize> {
        (0..made.len()).filter(|at| made[*at]["resourceType"] == kind).collect()
    };
    let (patients, observations) = (of_kind("Patient"), of_kind("Observation"));
    let relink = |resource: &Value| {
        let mut text = resource.to_string();
        for (kind, places) in [("Patient", &patients), ("Observation", &observations)] {
            for at in (0..20).filter(|_| !places.is_empty()) {
                let to = places[at % places.len()];
                text = text.replace(&format!("{kind}/r{at}\""), &format!("{kind}/R{to}\""));
            }
        }
        serde_json::from_str(&text.replace("/R", "/r")).unwrap()
    };
    made.iter().map(relink).collect()
}

fn named(resource: &Value, at: usize) -> Value {
    let mut resource = resource.clone();
    resource["id"] = format!("r{at}").into();
    resource
}

/// The resources that are there now, by type and id, with what they are found by.
struct Live(BTreeMap<String, BTreeMap<String, (Value, Vec<IndexEntry>)>>);

impl Live {
    fn of(hospital: &Hospital) -> Self {
        let mut live = Self(BTreeMap::new());
        let each = |stored: store::sandbox::Stored| {
            let resource: Value = serde_json::from_slice(&stored.body).unwrap();
            let entries = extract(&resource);
            live.0.entry(stored.kind).or_default().insert(stored.id, (resource, entries));
            Ok(())
        };
        hospital.sandbox.view(|view| view.each_resource(None, each)).unwrap();
        live
    }

    fn resource(&self, kind: &str, id: &str) -> &Value {
        &self.0[kind][id].0
    }

    /// The ids of a type.
    fn ids(&self, kind: &str) -> Vec<&str> {
        self.0.get(kind).into_iter().flat_map(BTreeMap::keys).map(String::as_str).collect()
    }

    /// Which resources a query should find.
    fn expected(&self, query: &Query) -> BTreeSet<String> {
        let of_type = self.0.get(&query.resource_type).into_iter().flatten();
        let found = of_type.filter(|(_, (resource, entries))| matches_among(self, query, resource, entries));
        found.map(|(id, _)| id.clone()).collect()
    }
}

impl Others for Live {
    fn get(&self, kind: &str, id: &str) -> Option<(Value, Vec<IndexEntry>)> {
        self.0.get(kind)?.get(id).cloned()
    }

    fn any(&self, kind: &str, wanted: &mut dyn FnMut(&Value, &[IndexEntry]) -> bool) -> bool {
        self.0
            .get(kind)
            .into_iter()
            .flat_map(BTreeMap::values)
            .any(|(resource, entries)| wanted(resource, entries))
    }
}

/// The ids of all pages in order; `between` happens after each page.
fn walk(hospital: &Hospital, query: &Query, count: usize, mut between: impl FnMut()) -> Vec<String> {
    let (mut query, mut ids) = (query.clone(), Vec::new());
    loop {
        let page = hospital.sandbox.view(|view| view.search(&query, count)).unwrap();
        assert!(page.hits.len() <= count);
        ids.extend(page.hits.into_iter().map(|stored| stored.id));
        assert!(ids.len() < 1000, "the pages of {query:?} have no end");
        query.cursor = page.next;
        if query.cursor.is_none() {
            return ids;
        }
        between();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn search_equals_brute_force(
        made in prop::collection::vec(resources(), 8..20),
        in_image in 0..16_usize,
        asked in prop::collection::vec((queries(), 1..6_usize), 40),
    ) {
        let hospital = furnished(&made, in_image);
        let live = Live::of(&hospital);
        for ((kind, text), count) in &asked {
            let query = query(kind, text);
            let expected = live.expected(&query);
            let found = walk(&hospital, &query, *count, || {});
            prop_assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), expected.clone(), "{}?{}", kind, text);
            prop_assert_eq!(found.len(), expected.len(), "{}?{} gives a hit twice", kind, text);
            let sorted = found.is_sorted_by(|a, b| order(&query.sort, live.resource(kind, a), live.resource(kind, b)).is_le());
            prop_assert!(sorted, "{}?{} gives {:?}", kind, text, found);
            let total = hospital.sandbox.view(|view| view.search(&query, *count)).unwrap().total;
            prop_assert_eq!(total, Some(expected.len() as u64), "{}?{}", kind, text);
        }
    }

    #[test]
    fn pages_hold_still_while_others_write(
        made in prop::collection::vec(resources(), 8..20),
        in_image in 0..16_usize,
        asked in queries(),
        writes in prop::collection::vec((0..20_usize, any::<bool>(), resources()), 1..6),
    ) {
        let hospital = furnished(&made, in_image);
        let (kind, text) = &asked;
        let query = query(kind, text);
        let before = Live::of(&hospital);
        let (mut touched, mut writes) = (BTreeSet::new(), writes.iter());
        let found = walk(&hospital, &query, 1, || {
            let Some((at, deletes, resource)) = writes.next() else { return };
            let resource = named(resource, *at);
            let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
            touched.insert(id.to_owned());
            match *deletes && hospital.body(kind, id).is_some() {
                true => hospital.delete(kind, id),
                false => _ = hospital.put(&resource),
            }
        });
        // What is linked with a resource that was written may have come or gone with it.
        let of_itself = query.criteria.iter().all(|condition| condition.as_value().is_some());
        for id in before.expected(&query).difference(&touched).filter(|_| of_itself) {
            let times = found.iter().filter(|found| *found == id).count();
            prop_assert_eq!(times, 1, "{}?{} gives {} {} times", kind, text, id, times);
        }
        if query.sort.is_empty() {
            prop_assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "a resource keeps its place");
        }
    }
}

/// Observations for all dates and periods between them, risks for all numbers and ranges between them.
fn on_every_boundary() -> Vec<Value> {
    let number = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let mut made = Vec::new();
    for start in DATES {
        made.push(json!({"resourceType": "Observation", "effectiveDateTime": start}));
        for end in DATES {
            made.push(
                json!({"resourceType": "Observation", "effectivePeriod": {"start": start, "end": end}}),
            );
        }
    }
    for low in AMOUNTS {
        let amount = json!({"value": number(low), "unit": "mg"});
        made.push(json!({"resourceType": "Observation", "valueQuantity": amount}));
        for high in AMOUNTS {
            let range = json!({"low": {"value": number(low)}, "high": {"value": number(high)}});
            made.push(json!({"resourceType": "RiskAssessment", "prediction": [{"probabilityRange": range}]}));
        }
    }
    made
}

#[test]
fn every_prefix_means_the_same_on_every_boundary() {
    let made = on_every_boundary();
    let hospital = furnished(&made, made.len());
    let cases = [
        ("Observation", "date", &DATES[..]),
        ("Observation", "value-quantity", &AMOUNTS[..]),
        ("RiskAssessment", "probability", &AMOUNTS[..]),
    ];
    for (kind, code, values) in cases {
        let live = Live::of(&hospital);
        for (prefix, value) in
            PREFIXES.iter().flat_map(|prefix| values.iter().map(move |value| (prefix, value)))
        {
            // Alone it lists the candidates, beside an id it is a condition on them.
            let text = format!("{code}={prefix}{value}");
            let found: BTreeSet<String> = hospital.found(kind, &text).into_iter().collect();
            assert_eq!(found, live.expected(&query(kind, &text)), "{kind}?{text}");
            let ids: Vec<&str> = live.ids(kind).into_iter().step_by(7).collect();
            let beside = format!("{text}&_id={}", ids.join(","));
            let found: BTreeSet<String> = hospital.found(kind, &beside).into_iter().collect();
            assert_eq!(found, live.expected(&query(kind, &beside)), "{kind}?{beside}");
        }
    }
}

#[test]
fn counting_gives_no_hits() {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg")]);
    hospital.put(&patient("c", "Berg"));
    hospital.delete("Patient", "a");
    let mut asked = query("Patient", "family=berg");
    asked.summary = Summary::Count;
    for count in [0, 10] {
        let found = hospital.sandbox.view(|view| view.search(&asked, count)).unwrap();
        assert_eq!((found.hits.len(), found.total, found.next), (0, Some(2), None));
    }
    let unwanted = Query { total: Total::None, summary: Summary::False, ..asked };
    assert_eq!(hospital.sandbox.view(|view| view.search(&unwanted, 1)).unwrap().total, None);
}

#[test]
fn a_foreign_cursor_is_refused() {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Berg")]);
    let sorted = query("Patient", "_sort=birthdate");
    let of_sorted = hospital.sandbox.view(|view| view.search(&sorted, 1)).unwrap().next.unwrap();
    let long = "A".repeat(10_000);
    for cursor in ["", "x", "%00", "W10", "bnVsbA", long.as_str(), of_sorted.as_str()] {
        let asked = Query { cursor: Some(cursor.to_owned()), ..query("Patient", "") };
        let refused = hospital.sandbox.view(|view| view.search(&asked, 1)).map(|found| found.hits.len());
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{cursor}: {refused:?}");
    }
}

#[test]
fn a_list_of_many_values_is_searched() {
    let hospital = hospital(&[patient("a", "Berg"), patient("b", "Tal")]);
    hospital.put(&json!({"resourceType": "Basic", "id": "x", "subject": {"reference": "Patient/a"}, "code": {"text": "t"}}));
    let many = |last: &str| (0..1500).map(|at| format!("n{at},")).collect::<String>() + last;
    let cases = [
        ("Patient", "_id", "a", "a"),
        ("Patient", "family", "berg", "a"),
        ("Patient", "family:exact", "Tal", "b"),
        ("Patient", "identifier", "b", "b"),
        ("Basic", "subject:Patient", "a", "x"),
    ];
    for (kind, code, value, expected) in cases {
        let text = format!("{code}={}", many(value));
        assert_eq!(hospital.found(kind, &text), [expected], "{code}");
        let with_driver = format!("{text}&_id={expected}");
        assert_eq!(hospital.found(kind, &with_driver), [expected], "{code} as a condition");
    }
    let not = format!("identifier:not={}", many("a"));
    assert_eq!(hospital.found("Patient", &not), ["b"]);
    let untyped = "subject=a,n1,n2,n3,n4,n5";
    assert_eq!(hospital.found("Basic", untyped), ["x"], "each may mean any of 140 types");
}
