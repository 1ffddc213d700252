use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::chance::draw;
use super::event::{Event, What};
use crate::model::{Grows, Inject, Milestones, Minutes, Quantity, Scenario, Term, all_hold};

/// A minute, in microseconds.
pub const MINUTE_US: i64 = 60_000_000;

/// What was read from the hospital, by name. What is missing is 0.
pub type Readings = BTreeMap<String, f64>;

/// A role that is at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busy {
    /// Which role.
    pub role: String,
    /// Who has it.
    pub by: String,
    /// With which command.
    pub command: String,
    /// Until when, microseconds since 1970 UTC on the hospital's clock.
    pub until_us: i64,
}

/// When each milestone was reached first, microseconds since 1970 UTC on the hospital's clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Somebody knew what it is.
    pub detected_us: Option<i64>,
    /// It did no more harm.
    pub contained_us: Option<i64>,
    /// All was as before.
    pub restored_us: Option<i64>,
}

/// How a drill stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The scenario's slug.
    pub scenario: String,
    /// Where its chance begins.
    pub seed: u64,
    /// When it began, microseconds since 1970 UTC on the hospital's clock.
    pub begun_us: i64,
    /// How far it has come.
    pub reached_us: i64,
    /// When it ended.
    pub ended_us: Option<i64>,
    /// How many events there were.
    pub seq: u64,
    /// The flags that are up, and since when.
    pub flags: BTreeMap<String, i64>,
    /// Who is at work with what.
    pub busy: Vec<Busy>,
    /// Commands that were done.
    pub done: BTreeSet<String>,
    /// Injects that came, and when the last time.
    pub injected: BTreeMap<String, i64>,
    /// What came true and must not have.
    pub breached: BTreeMap<String, i64>,
    /// What was reached.
    pub met: BTreeMap<String, i64>,
    /// Which milestones were reached, and when.
    #[serde(default)]
    pub reached: Reached,
    /// What the meters show.
    pub meters: BTreeMap<String, f64>,
    /// How fast each meter grew last, in a minute.
    pub rates: BTreeMap<String, f64>,
    /// The keys of commands that were answered, with the number of the event that answered.
    pub(super) answered: BTreeMap<String, u64>,
}

impl Run {
    /// Begins a drill.
    #[must_use]
    pub fn begin(scenario: &Scenario, seed: u64, at_us: i64) -> (Self, Event) {
        let mut run = Self {
            scenario: scenario.id.clone(),
            seed,
            begun_us: at_us,
            reached_us: at_us,
            ended_us: None,
            seq: 0,
            flags: BTreeMap::new(),
            busy: Vec::new(),
            done: BTreeSet::new(),
            injected: BTreeMap::new(),
            breached: BTreeMap::new(),
            met: BTreeMap::new(),
            reached: Reached::default(),
            meters: scenario.meters.iter().map(|meter| (meter.id.clone(), 0.0)).collect(),
            rates: BTreeMap::new(),
            answered: BTreeMap::new(),
        };
        let event = run.event(scenario, at_us, What::Begun);
        (run, event)
    }

    /// Minutes since it began.
    #[must_use]
    pub fn minute(&self, at_us: i64) -> f64 {
        minutes(at_us - self.begun_us)
    }

    /// When something may happen next by itself: the next full minute, or the end of somebody's work. `None` when it is over.
    #[must_use]
    pub fn next_us(&self) -> Option<i64> {
        if self.ended_us.is_some() {
            return None;
        }
        let passed = (self.reached_us - self.begun_us).div_euclid(MINUTE_US);
        let full_us = self.begun_us + (passed + 1) * MINUTE_US;
        let work_us = self.busy.iter().map(|busy| busy.until_us).min();
        Some(work_us.map_or(full_us, |work_us| work_us.clamp(self.reached_us, full_us)))
    }

    /// Harm to care so far: all meters, weighed.
    #[must_use]
    pub fn care(&self, scenario: &Scenario) -> f64 {
        weighed(scenario, &self.meters)
    }

    /// Harm to care in a minute, as things stood last.
    #[must_use]
    pub fn care_rate(&self, scenario: &Scenario) -> f64 {
        weighed(scenario, &self.rates)
    }

    /// In which minute an inject comes, if it comes by time.
    pub(super) fn due_min(&self, inject: &Inject) -> Option<u32> {
        Some(match inject.at_min? {
            Minutes::At(minute) => minute,
            Minutes::Between([least, most]) => draw(self.seed, &inject.id, least, most),
        })
    }

    /// Whether conditions hold at a moment.
    pub(super) fn holds(&self, terms: &[Term], at_us: i64, readings: &Readings) -> bool {
        let quantity = |of: &Quantity| match of {
            Quantity::Minutes => Some(self.minute(at_us)),
            Quantity::Since(flag) => self.flags.get(flag).map(|since_us| minutes(at_us - since_us)),
            Quantity::Meter(meter) => self.meters.get(meter).copied(),
            Quantity::Reading(name) => Some(readings.get(name).copied().unwrap_or(0.0)),
        };
        all_hold(terms, |flag| self.flags.contains_key(flag), quantity)
    }

    /// Lets the meters run from where the drill stands to a moment.
    pub(super) fn meter(&mut self, scenario: &Scenario, at_us: i64, readings: &Readings) {
        let passed = minutes(at_us - self.reached_us);
        for meter in &scenario.meters {
            let grows = match &meter.grows {
                Grows::By(number) => *number,
                Grows::Reading(name) => readings.get(name).copied().unwrap_or(0.0),
            };
            let rate = if self.holds(&meter.when, at_us, readings) { grows } else { 0.0 };
            *self.meters.entry(meter.id.clone()).or_default() += rate * passed;
            self.rates.insert(meter.id.clone(), rate);
        }
    }

    /// Notes the milestones that hold now and did not before.
    pub(super) fn reach(&mut self, scenario: &Scenario, at_us: i64, readings: &Readings) {
        let Milestones { detected, contained, restored } = &scenario.milestones;
        let first = |before: Option<i64>, terms: &[Term]| {
            before.or_else(|| (!terms.is_empty() && self.holds(terms, at_us, readings)).then_some(at_us))
        };
        self.reached = Reached {
            detected_us: first(self.reached.detected_us, detected),
            contained_us: first(self.reached.contained_us, contained),
            restored_us: first(self.reached.restored_us, restored),
        };
    }

    pub(super) fn raise(&mut self, sets: &[String], clears: &[String], at_us: i64) {
        for flag in sets {
            self.flags.entry(flag.clone()).or_insert(at_us);
        }
        self.flags.retain(|flag, _| !clears.contains(flag));
    }

    pub(super) fn event(&mut self, scenario: &Scenario, at_us: i64, what: What) -> Event {
        self.seq += 1;
        let (care, care_rate) = (self.care(scenario), self.care_rate(scenario));
        Event { seq: self.seq, at_us, care, care_rate, what }
    }
}

fn weighed(scenario: &Scenario, of: &BTreeMap<String, f64>) -> f64 {
    scenario.meters.iter().map(|meter| meter.weighs * of.get(&meter.id).copied().unwrap_or(0.0)).sum()
}

#[allow(clippy::cast_precision_loss, reason = "a drill lasts hours, not centuries")]
fn minutes(us: i64) -> f64 {
    us as f64 / MINUTE_US as f64
}
