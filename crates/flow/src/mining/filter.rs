use std::collections::BTreeMap;

use super::{Edge, Map};

impl Map {
    /// The map without its rare edges: those that make up less than `share` of what comes out of their activity and of what
    /// goes into the next. Edges that hold the map together stay, the most frequent first, so that every activity that could be
    /// reached from another can be reached still, whichever way the arrows point.
    #[must_use]
    pub fn without_rare(&self, share: f64) -> Self {
        let (mut out, mut into): (BTreeMap<&str, u64>, BTreeMap<&str, u64>) = Default::default();
        for edge in &self.edges {
            *out.entry(&edge.from).or_default() += edge.count;
            *into.entry(&edge.to).or_default() += edge.count;
        }
        let part = |count: u64, whole: u64| count as f64 / whole.max(1) as f64;
        let is_frequent = |edge: &Edge| {
            part(edge.count, out[edge.from.as_str()]) >= share
                || part(edge.count, into[edge.to.as_str()]) >= share
        };
        let mut groups = Groups::default();
        for edge in self.edges.iter().filter(|edge| is_frequent(edge)) {
            groups.join(&edge.from, &edge.to);
        }
        // Edges come most frequent first: what is left over becomes a spanning forest of greatest weight (Kruskal 1956).
        let mut edges = Vec::new();
        for edge in &self.edges {
            if is_frequent(edge) || groups.join(&edge.from, &edge.to) {
                edges.push(edge.clone());
            }
        }
        Self { edges, ..self.clone() }
    }
}

/// Which activities hang together.
#[derive(Default)]
struct Groups<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Groups<'a> {
    /// Joins the groups of two activities; whether they were apart.
    fn join(&mut self, one: &'a str, other: &'a str) -> bool {
        let (one, other) = (self.head(one), self.head(other));
        if one != other {
            self.0.insert(one, other);
        }
        one != other
    }

    fn head(&self, mut name: &'a str) -> &'a str {
        while let Some(next) = self.0.get(name) {
            name = next;
        }
        name
    }
}
