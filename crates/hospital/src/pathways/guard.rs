//! Conditions on the patient.

use super::number::MEMORY;
use crate::population::{Condition, Person, Sex, Smoking};

/// What must be true of somebody; what is `None` is not asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Guard {
    /// First and last age in years.
    pub(crate) ages: Option<(i32, i32)>,
    pub(crate) sex: Option<Sex>,
    pub(crate) smoking: Option<Smoking>,
    /// Conditions they have by then.
    pub(crate) has: Vec<Condition>,
    /// Conditions they have not.
    pub(crate) lacks: Vec<Condition>,
    /// First and last count of visits on this walk.
    pub(crate) visits: Option<(u32, u32)>,
    /// A remembered number that is at least, or below, a bound.
    pub(crate) memory: Option<(usize, f64, f64)>,
    /// Blood pressure comes down under treatment.
    pub(crate) controlled: Option<bool>,
}

impl Guard {
    /// Whether it is true of a person at an instant.
    pub(crate) fn holds(
        &self,
        person: &Person,
        as_of_us: i64,
        at_us: i64,
        visits: u32,
        memory: &[f64; MEMORY],
    ) -> bool {
        let within = |range: Option<(i32, i32)>, value| {
            range.is_none_or(|(first, last)| (first..=last).contains(&value))
        };
        let has = |condition: &Condition| person.health.has_by(*condition, as_of_us, at_us);
        within(self.ages, person.age_at(at_us))
            && self.sex.is_none_or(|sex| person.sex == sex)
            && self.smoking.is_none_or(|smoking| person.health.smoking == smoking)
            && self.has.iter().all(has)
            && !self.lacks.iter().any(has)
            && self.visits.is_none_or(|(first, last)| (first..=last).contains(&visits))
            && self.memory.is_none_or(|(slot, low, high)| low <= memory[slot] && memory[slot] < high)
            && self.controlled.is_none_or(|controlled| person.health.controlled == controlled)
    }
}
