use std::collections::BTreeMap;

use super::detector::Hit;

/// The most signals that an alert lists as evidence; it counts on.
const EVIDENCE_MAX: usize = 50;

/// One alert: hits of one rule about the same thing, close together.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// The hit that raised it.
    pub hit: Hit,
    /// When the newest hit happened.
    pub last_us: i64,
    /// How many hits it stands for.
    pub hits: usize,
    /// The largest value a correlation counted.
    pub value: f64,
    /// The signals that fired it, the first of them.
    pub seqs: Vec<i64>,
}

/// The alerts raised so far. A repeated hit within the quiet time joins the alert that stands.
#[derive(Debug, Clone)]
pub struct Alerts {
    quiet_us: i64,
    raised: Vec<Alert>,
    open: BTreeMap<(String, Vec<(String, String)>), usize>,
}

impl Alerts {
    /// No alerts; hits about the same thing join while less than `quiet_us` lies between them.
    #[must_use]
    pub fn new(quiet_us: i64) -> Self {
        Self { quiet_us, raised: Vec::new(), open: BTreeMap::new() }
    }

    /// Takes a hit in; whether it raised a new alert.
    pub fn take(&mut self, hit: Hit) -> bool {
        let key = (hit.rule.clone(), hit.group.clone());
        let open = self.open.get(&key).map(|place| &mut self.raised[*place]);
        if let Some(alert) = open.filter(|alert| hit.time_us - alert.last_us < self.quiet_us) {
            alert.last_us = alert.last_us.max(hit.time_us);
            alert.hits += 1;
            alert.value = alert.value.max(hit.value);
            if alert.seqs.len() < EVIDENCE_MAX {
                alert.seqs.push(hit.seq);
            }
            return false;
        }
        self.open.insert(key, self.raised.len());
        let (last_us, value, seqs) = (hit.time_us, hit.value, vec![hit.seq]);
        self.raised.push(Alert { hit, last_us, hits: 1, value, seqs });
        true
    }

    /// All alerts, in the order they were raised.
    #[must_use]
    pub fn raised(&self) -> &[Alert] {
        &self.raised
    }
}
