use std::collections::BTreeSet;

use crate::detection::Alert;

/// One incident as it truly was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its name.
    pub name: String,
    /// The journal entries that belong to it.
    pub seqs: BTreeSet<i64>,
}

/// How well alerts met incidents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The share of alerts that rest on an incident. Without alerts, 1: nobody was called out for nothing.
    pub precision: f64,
    /// The share of incidents that raised an alert. Without incidents, 1.
    pub recall: f64,
}

impl Score {
    /// One number for both; `beta` below 1 weighs precision more, as where an alert costs somebody's night.
    #[must_use]
    pub fn f(self, beta: f64) -> f64 {
        let square = beta * beta;
        let below = square * self.precision + self.recall;
        if below == 0.0 { 0.0 } else { (1.0 + square) * self.precision * self.recall / below }
    }
}

/// Counts per incident, not per line: ten alerts on one attack find one incident.
#[must_use]
pub fn score(alerts: &[Alert], incidents: &[Incident]) -> Score {
    let rests_on =
        |alert: &Alert, incident: &Incident| alert.seqs.iter().any(|seq| incident.seqs.contains(seq));
    let true_alerts =
        alerts.iter().filter(|alert| incidents.iter().any(|incident| rests_on(alert, incident))).count();
    let found =
        incidents.iter().filter(|incident| alerts.iter().any(|alert| rests_on(alert, incident))).count();
    Score { precision: share(true_alerts, alerts.len()), recall: share(found, incidents.len()) }
}

/// A share; the whole of nothing is 1.
pub(super) fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}
