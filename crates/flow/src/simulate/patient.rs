use super::{Chance, Department, LEVELS};
use crate::HOURS;

const HOUR_US: u64 = 3_600_000_000;

/// Somebody who comes, and all that will be true of them whoever works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patient {
    /// When they come, microseconds from the beginning of the first week.
    pub arrived_us: u64,
    /// Their level less one.
    pub level: usize,
    /// How long triage takes.
    pub triage_us: u64,
    /// How long the provider is with them at first.
    pub provider_us: u64,
    /// How long their test takes, if there is one.
    pub test_us: Option<u64>,
    /// How long the decision takes.
    pub disposition_us: u64,
    /// How long they lie in a bed, if they are admitted.
    pub bed_us: Option<u64>,
    /// How long they wait for the provider, if not for ever.
    pub patience_us: Option<u64>,
}

/// Those who come to a department, one after the other, without end unless nobody ever comes.
#[derive(Debug, Clone)]
pub struct Arrivals<'a> {
    department: &'a Department,
    gaps: Chance,
    people: Chance,
    now_us: u64,
}

impl<'a> Arrivals<'a> {
    /// The arrivals that a seed gives.
    #[must_use]
    pub fn new(department: &'a Department, seed: u64) -> Self {
        Self { department, gaps: Chance::new(seed, 0), people: Chance::new(seed, 1), now_us: 0 }
    }

    /// The next moment of a Poisson process whose rate is constant within each hour: a unit of exponential waiting is used up at
    /// the rate of each hour in turn.
    fn next_us(&mut self) -> Option<u64> {
        let mut left = self.gaps.exponential();
        let mut idle_hours = 0;
        while idle_hours <= HOURS {
            let hour = self.now_us / HOUR_US;
            let ends_us = (hour + 1) * HOUR_US;
            let rate = self.department.arrivals_per_hour[hour as usize % HOURS];
            let room = rate * (ends_us - self.now_us) as f64 / HOUR_US as f64;
            if left < room {
                self.now_us = (self.now_us + (left / rate * HOUR_US as f64) as u64).min(ends_us - 1);
                return Some(self.now_us);
            }
            left -= room;
            idle_hours = if rate > 0.0 { 0 } else { idle_hours + 1 };
            self.now_us = ends_us;
        }
        None
    }
}

impl Iterator for Arrivals<'_> {
    type Item = Patient;

    fn next(&mut self) -> Option<Patient> {
        let arrived_us = self.next_us()?;
        let (department, chance) = (self.department, &mut self.people);
        let level = level_at(department, chance.unit());
        let of_level = &department.levels[level];
        let triage_us = department.triage.draw_us(chance);
        let provider_us = of_level.provider.draw_us(chance);
        let (is_tested, test_us) = (chance.unit() <= of_level.tested, department.test.draw_us(chance));
        let disposition_us = department.disposition.draw_us(chance);
        let (is_admitted, bed_us) = (chance.unit() <= of_level.admitted, department.bed_stay.draw_us(chance));
        let patience = chance.exponential();
        Some(Patient {
            arrived_us,
            level,
            triage_us,
            provider_us,
            test_us: is_tested.then_some(test_us),
            disposition_us,
            bed_us: is_admitted.then_some(bed_us),
            patience_us: of_level.patience_minutes.map(|minutes| (patience * minutes * 60e6) as u64),
        })
    }
}

fn level_at(department: &Department, point: f64) -> usize {
    let mut sum = 0.0;
    let within = |level: &super::Level| {
        sum += level.share;
        point <= sum
    };
    // Shares that sum to a little less than 1 leave the last level the rest.
    department.levels.iter().position(within).unwrap_or(LEVELS - 1)
}
