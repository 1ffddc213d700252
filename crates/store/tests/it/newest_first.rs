//! Sorted by a date: a walk along the dates of the image gives what sorting gives, with several dates, equal ones or none.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::hospital::{hospital, query};
use crate::sorting::order;

const MOMENTS: [&str; 5] =
    ["2026-03-01T08:00:00Z", "2026-03-01", "2026-03-02T00:00:00Z", "2025-12-24T18:00:00Z", "2026"];

/// An order with these of the [`MOMENTS`].
fn ordered(at: usize, moments: &[usize], is_active: bool) -> Value {
    let mut made = json!({
        "resourceType": "ServiceRequest",
        "id": format!("o{at:02}"),
        "status": if is_active { "active" } else { "completed" },
        "intent": "order",
        "subject": {"reference": "Patient/p"},
    });
    if !moments.is_empty() {
        let events: Vec<&str> = moments.iter().map(|at| MOMENTS[*at]).collect();
        made["occurrenceTiming"] = json!({ "event": events });
    }
    made
}

fn orders() -> impl Strategy<Value = Vec<Value>> {
    let one = (prop::collection::vec(0..MOMENTS.len(), 0..4), any::<bool>());
    prop::collection::vec(one, 12..30).prop_map(|made| {
        made.iter().enumerate().map(|(at, (moments, is_active))| ordered(at, moments, *is_active)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_gives_what_sorting_gives(
        made in orders(),
        changed in prop::collection::vec((0..30_usize, prop::collection::vec(0..MOMENTS.len(), 0..3), any::<bool>()), 0..6),
        count in 1..6_usize,
        text in prop::sample::select(vec![
            "_sort=-occurrence", "_sort=occurrence", "status=active&_sort=-occurrence", "status:not=active&_sort=occurrence",
        ]),
    ) {
        let hospital = hospital(&made);
        let mut live: BTreeMap<String, Value> =
            made.iter().map(|made| (made["id"].as_str().unwrap().to_owned(), made.clone())).collect();
        for (at, moments, is_active) in &changed {
            let again = ordered(*at, moments, *is_active);
            hospital.put(&again);
            live.insert(again["id"].as_str().unwrap().to_owned(), again);
        }
        let mut asked = query("ServiceRequest", text);
        let mut found = Vec::new();
        loop {
            let page = hospital.sandbox.view(|view| view.search(&asked, count)).unwrap();
            found.extend(page.hits.into_iter().map(|stored| stored.id));
            prop_assert!(found.len() <= live.len(), "{} gives a hit twice: {:?}", text, found);
            asked.cursor = page.next;
            if asked.cursor.is_none() { break }
        }
        let wanted = |order: &&Value| match text.split('&').next() {
            Some("status=active") => order["status"] == "active",
            Some("status:not=active") => order["status"] != "active",
            _ => true,
        };
        prop_assert_eq!(found.len(), live.values().filter(wanted).count(), "{}", text);
        prop_assert!(found.is_sorted_by(|a, b| order(&asked.sort, &live[a], &live[b]).is_le()), "{} gives {:?}", text, found);
    }
}
