use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::problem::ModelError;

/// Microseconds of a day.
pub const DAY_US: i64 = 86_400_000_000;

/// Somebody at the moment they enter the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Who.
    pub patient: String,
    /// The stay or visit it is about, if any.
    pub encounter: Option<String>,
    /// The index time, microseconds since 1970 UTC: what was recorded later is not known.
    pub index_us: i64,
}

/// The outcome happened to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// To whom.
    pub patient: String,
    /// When, microseconds since 1970 UTC.
    pub at_us: i64,
}

/// The time at risk: after how many days it begins, and after how many it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskTime {
    /// Days after the index time from which an event counts; an event at the index time itself never does.
    pub from_days: u32,
    /// Days after the index time until which an event counts.
    pub to_days: u32,
}

/// Outcomes of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// For each case whether it has the outcome; none for one whose time at risk is not over and who has not had it yet.
    pub outcomes: Vec<Option<bool>>,
    /// How many of them are none.
    pub unfinished: usize,
}

impl RiskTime {
    /// Holds it to what can be followed.
    ///
    /// # Errors
    /// When it is empty or longer than ten years.
    pub fn check(self) -> Result<(), ModelError> {
        if self.from_days < self.to_days && self.to_days <= 3_650 {
            return Ok(());
        }
        Err(ModelError::Setting {
            setting: "time at risk",
            value: format!("from day {} to day {}", self.from_days, self.to_days),
            range: "a time that ends after it begins, and within 3650 days",
        })
    }
}

/// Says of each case whether the outcome happened in its time at risk, in a hospital that is known until `known_us`.
#[must_use]
pub fn label(cases: &[Case], events: &[Event], risk: RiskTime, known_us: i64) -> Labels {
    let mut of: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for event in events {
        of.entry(&event.patient).or_default().push(event.at_us);
    }
    let outcome = |case: &Case| {
        let from_us = case.index_us.saturating_add(i64::from(risk.from_days) * DAY_US);
        let to_us = case.index_us.saturating_add(i64::from(risk.to_days) * DAY_US);
        let counts = |at_us: &i64| *at_us > case.index_us && *at_us >= from_us && *at_us <= to_us;
        match of.get(case.patient.as_str()).is_some_and(|times| times.iter().any(counts)) {
            true => Some(true),
            false if to_us > known_us => None,
            false => Some(false),
        }
    };
    let outcomes: Vec<Option<bool>> = cases.iter().map(outcome).collect();
    let unfinished = outcomes.iter().filter(|outcome| outcome.is_none()).count();
    Labels { outcomes, unfinished }
}
