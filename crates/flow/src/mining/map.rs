use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Event;
use super::log::{Trace, traces};
use crate::quantile::quantile;

/// How work went.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// How many cases there are.
    pub cases: u64,
    /// The activities, most frequent first.
    pub nodes: Vec<Node>,
    /// What directly followed what, most frequent first.
    pub edges: Vec<Edge>,
    /// The ways that cases took, most frequent first.
    pub variants: Vec<Variant>,
    /// What was done more than once for a case, by how many cases.
    pub loops: Vec<Loop>,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its name.
    pub activity: String,
    /// How often it was done.
    pub count: u64,
    /// How many cases begin with it.
    pub starts: u64,
    /// How many cases end with it.
    pub ends: u64,
}

/// One activity directly after another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// What was before.
    pub from: String,
    /// What came after.
    pub to: String,
    /// How often.
    pub count: u64,
    /// Half of the times between are no longer, in seconds.
    pub median_s: f64,
    /// Nine in ten are no longer, in seconds.
    pub p90_s: f64,
}

/// A way that cases took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The activities, in order.
    pub activities: Vec<String>,
    /// How many cases took it.
    pub count: u64,
    /// Half of these cases took no longer from first to last, in seconds.
    pub median_s: f64,
}

/// Rework: an activity that was done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loop {
    /// What was done again.
    pub activity: String,
    /// In how many cases.
    pub cases: u64,
    /// How often beyond the first time, over all cases.
    pub again: u64,
}

/// Reads the map out of a log.
#[must_use]
pub fn mine(events: &[Event]) -> Map {
    let traces = traces(events);
    Map {
        cases: traces.len() as u64,
        nodes: nodes(traces.values()),
        edges: edges(traces.values()),
        variants: variants(traces.values()),
        loops: loops(traces.values()),
    }
}

fn nodes<'a>(traces: impl Iterator<Item = &'a Trace>) -> Vec<Node> {
    let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
    for trace in traces {
        for (at, (activity, _)) in trace.iter().enumerate() {
            let node = nodes.entry(activity).or_insert_with(|| Node {
                activity: activity.clone(),
                count: 0,
                starts: 0,
                ends: 0,
            });
            node.count += 1;
            node.starts += u64::from(at == 0);
            node.ends += u64::from(at + 1 == trace.len());
        }
    }
    by_count(nodes.into_values(), |node| node.count)
}

fn edges<'a>(traces: impl Iterator<Item = &'a Trace>) -> Vec<Edge> {
    let mut between: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for trace in traces {
        for pair in trace.windows(2) {
            let [(from, from_us), (to, to_us)] = pair else { continue };
            between.entry((from, to)).or_default().push(seconds(*from_us, *to_us));
        }
    }
    let edge = |((from, to), mut times): ((&str, &str), Vec<f64>)| {
        times.sort_by(f64::total_cmp);
        Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            count: times.len() as u64,
            median_s: quantile(&times, 0.5).unwrap_or(0.0),
            p90_s: quantile(&times, 0.9).unwrap_or(0.0),
        }
    };
    by_count(between.into_iter().map(edge), |edge| edge.count)
}

fn variants<'a>(traces: impl Iterator<Item = &'a Trace>) -> Vec<Variant> {
    let mut ways: BTreeMap<Vec<&str>, Vec<f64>> = BTreeMap::new();
    for trace in traces {
        let way = trace.iter().map(|(activity, _)| activity.as_str()).collect();
        let took = trace.first().zip(trace.last()).map_or(0.0, |(first, last)| seconds(first.1, last.1));
        ways.entry(way).or_default().push(took);
    }
    let variant = |(way, mut times): (Vec<&str>, Vec<f64>)| {
        times.sort_by(f64::total_cmp);
        Variant {
            activities: way.into_iter().map(str::to_owned).collect(),
            count: times.len() as u64,
            median_s: quantile(&times, 0.5).unwrap_or(0.0),
        }
    };
    by_count(ways.into_iter().map(variant), |variant| variant.count)
}

fn loops<'a>(traces: impl Iterator<Item = &'a Trace>) -> Vec<Loop> {
    let mut loops: BTreeMap<&str, Loop> = BTreeMap::new();
    for trace in traces {
        let names: BTreeSet<&str> = trace.iter().map(|(activity, _)| activity.as_str()).collect();
        for name in names {
            let again = trace.iter().filter(|(activity, _)| activity == name).count() as u64 - 1;
            if again > 0 {
                let found = loops.entry(name).or_insert_with(|| Loop {
                    activity: name.to_owned(),
                    cases: 0,
                    again: 0,
                });
                found.cases += 1;
                found.again += again;
            }
        }
    }
    by_count(loops.into_values(), |found| found.cases)
}

/// Most frequent first; what is as frequent stays in the order of names.
fn by_count<T>(items: impl Iterator<Item = T>, count: impl Fn(&T) -> u64) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_by_key(|item| std::cmp::Reverse(count(item)));
    items
}

fn seconds(from_us: i64, to_us: i64) -> f64 {
    to_us.saturating_sub(from_us) as f64 / 1e6
}
