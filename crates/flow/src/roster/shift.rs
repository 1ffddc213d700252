use serde::{Deserialize, Serialize};

use crate::DAYS;

/// A kind of shift, as a department writes it down: it can begin on each day of the week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// What it is called.
    pub name: String,
    /// The hour of the day at which it begins.
    pub start: u32,
    /// How many hours it lasts.
    pub hours: u32,
    /// What one person in it costs.
    pub cost: f64,
}

/// A shift of a period that repeats, such as a week: when it begins, how long it lasts, what one person in it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// What it is called.
    pub name: String,
    /// The hour of the period at which it begins.
    pub start: usize,
    /// How many hours it lasts; it goes on over the end of the period into its beginning.
    pub hours: usize,
    /// What one person in it costs.
    pub cost: f64,
}

impl Shift {
    /// The hours of the period that it covers.
    pub fn covers(&self, period: usize) -> impl Iterator<Item = usize> + '_ {
        (self.start..self.start + self.hours).map(move |hour| hour % period)
    }
}

/// How many people work in each shift, and what that means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// People in each shift, in the order of the shifts.
    pub people: Vec<u32>,
    /// People in each hour of the period.
    pub hours: Vec<u32>,
    /// What it costs.
    pub cost: f64,
    /// Hours that are paid.
    pub paid_hours: u64,
}

impl Plan {
    /// What people in shifts mean for a period.
    #[must_use]
    pub fn of(shifts: &[Shift], people: Vec<u32>, period: usize) -> Self {
        let (mut hours, mut cost, mut paid_hours) = (vec![0_u32; period], 0.0, 0_u64);
        for (shift, count) in shifts.iter().zip(&people) {
            for hour in shift.covers(period) {
                hours[hour] = hours[hour].saturating_add(*count);
            }
            cost += shift.cost * f64::from(*count);
            paid_hours += shift.hours as u64 * u64::from(*count);
        }
        Self { people, hours, cost, paid_hours }
    }
}

/// The shifts of a week that patterns give: each pattern on each day, day by day.
#[must_use]
pub fn weekly(patterns: &[Pattern]) -> Vec<Shift> {
    let of_day = |(day, name): (usize, &&str)| {
        let shift = move |pattern: &Pattern| Shift {
            name: format!("{} {name}", pattern.name),
            start: day * 24 + pattern.start as usize,
            hours: pattern.hours as usize,
            cost: pattern.cost,
        };
        patterns.iter().map(shift).collect::<Vec<_>>()
    };
    DAYS.iter().enumerate().flat_map(of_day).collect()
}
