//! Process maps.

use std::collections::BTreeSet;

use flow::mining::{Event, Map, mine};
use proptest::prelude::*;

fn log(traces: &[(&str, &[(&str, i64)])]) -> Vec<Event> {
    let event = |case: &str, (activity, minute): &(&str, i64)| Event {
        case: case.to_owned(),
        activity: (*activity).to_owned(),
        at_us: minute * 60_000_000,
    };
    traces.iter().flat_map(|(case, trace)| trace.iter().map(|one| event(case, one))).collect()
}

fn edges(map: &Map) -> Vec<(&str, &str, u64)> {
    map.edges.iter().map(|edge| (edge.from.as_str(), edge.to.as_str(), edge.count)).collect()
}

#[test]
fn a_map_says_what_followed_what_and_after_how_long() {
    let map = mine(&log(&[
        ("a", &[("order", 0), ("collect", 10), ("result", 40)]),
        ("b", &[("order", 0), ("collect", 20), ("collect", 50), ("result", 70)]),
        ("c", &[("result", 30), ("order", 5), ("collect", 11)]),
    ]));
    assert_eq!(map.cases, 3);
    assert_eq!(
        edges(&map),
        [("collect", "result", 3), ("order", "collect", 3), ("collect", "collect", 1)],
        "events are put in order of time"
    );
    let order = &map.edges[1];
    assert!((order.median_s - 600.0).abs() < 1e-9 && (order.p90_s - 1_080.0).abs() < 1e-6, "{order:?}");
    let begins = map.nodes.iter().find(|node| node.activity == "order").unwrap();
    assert_eq!((begins.count, begins.starts, begins.ends), (3, 3, 0));
    assert_eq!((map.variants.len(), map.variants[0].count), (2, 2));
    assert_eq!(map.variants[0].activities, ["order", "collect", "result"]);
    assert_eq!((map.loops[0].activity.as_str(), map.loops[0].cases, map.loops[0].again), ("collect", 1, 1));
    assert_eq!(mine(&[]), Map::default());
}

#[test]
fn rare_edges_go_unless_they_hold_the_map_together() {
    let mut traces: Vec<(String, Vec<(&str, i64)>)> =
        (0..20).map(|case| (case.to_string(), vec![("order", 0), ("collect", 1), ("result", 2)])).collect();
    traces.push(("bypass".to_owned(), vec![("order", 0), ("result", 1)]));
    traces.push(("lost".to_owned(), vec![("order", 0), ("cancel", 1)]));
    let traces: Vec<(&str, &[(&str, i64)])> =
        traces.iter().map(|(case, trace)| (case.as_str(), trace.as_slice())).collect();
    let map = mine(&log(&traces));
    assert_eq!(map.edges.len(), 4);
    let kept = map.without_rare(0.2);
    assert_eq!(edges(&kept), [("collect", "result", 20), ("order", "collect", 20), ("order", "cancel", 1)]);
}

/// The activities that hang together with each other, as sets.
fn parts(map: &Map) -> BTreeSet<BTreeSet<String>> {
    let mut parts: Vec<BTreeSet<String>> =
        map.nodes.iter().map(|node| BTreeSet::from([node.activity.clone()])).collect();
    for edge in &map.edges {
        let (joined, apart): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|part| part.contains(&edge.from) || part.contains(&edge.to));
        parts = apart;
        parts.push(joined.into_iter().flatten().collect());
    }
    parts.into_iter().collect()
}

proptest! {
    #[test]
    fn a_filter_takes_nothing_apart(
        events in prop::collection::vec((0_u8..12, 0_u8..7, 0_i64..1_000), 0..80), share in 0.0_f64..1.1,
    ) {
        let events: Vec<Event> = events.iter().map(|(case, activity, at_us)| Event {
            case: case.to_string(), activity: activity.to_string(), at_us: *at_us,
        }).collect();
        let map = mine(&events);
        let kept = map.without_rare(share);
        prop_assert_eq!(parts(&kept), parts(&map));
        prop_assert!(kept.edges.iter().all(|edge| map.edges.contains(edge)));
        prop_assert_eq!(&kept.nodes, &map.nodes);
        // Every event is somewhere: each is the first of its case, or follows another.
        let followed: u64 = map.edges.iter().map(|edge| edge.count).sum();
        prop_assert_eq!(followed + map.cases, events.len() as u64);
        let ways: u64 = map.variants.iter().map(|variant| variant.count).sum();
        prop_assert_eq!(ways, map.cases);
    }
}
