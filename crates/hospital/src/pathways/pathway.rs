//! A compiled pathway.

use serde::{Deserialize, Serialize};

use super::{Act, Guard, State};
use crate::play::Line;
use crate::population::{Condition, Person, Sex, Smoking, Unit};

/// How one kind of patient moves through care.
#[derive(Clone, Debug)]
pub(crate) struct Pathway {
    /// The name of its file, and of its chance: a pathway that is renamed is another one.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) entry: Entry,
    pub(crate) live: Option<Live>,
    /// Its states, in the order of the file; jumps are indexes into this.
    pub(crate) states: Vec<State>,
}

/// Who takes a pathway in a history, and when.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// Everyone, from the beginning of the record.
    Always,
    /// Everyone born since the record begins, at birth.
    Birth,
    /// Whoever has the condition, from its onset.
    Condition(Condition),
    /// Each year anew, at a rate; not again within `rest_us`.
    Yearly { rates: Vec<Rate>, risks: Vec<Risk>, rest_us: i64, once: bool },
}

/// How often a pathway begins for some ages and one sex or both.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rate {
    pub(crate) ages: (i32, i32),
    pub(crate) sex: Option<Sex>,
    /// Starts a year for a thousand people.
    pub(crate) per_1000: f64,
}

/// What makes a start likelier.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Risk {
    pub(crate) has: Option<Condition>,
    pub(crate) smoking: Option<Smoking>,
    pub(crate) times: f64,
}

/// The doors of a hospital in live play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Door {
    /// The emergency department, day and night.
    Emergency,
    /// Booked stays: an operation, a birth.
    Planned,
    /// The clinics, in office hours.
    Clinic,
}

/// How a pathway begins in live play.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    pub(crate) door: Door,
    /// The state a newcomer begins in.
    pub(crate) from: usize,
    /// Its share of those who come through this door.
    pub(crate) share: f64,
    /// Whom it takes.
    pub(crate) who: Guard,
}

impl Pathway {
    /// The state that begins a stay which a unit would take, by age.
    pub(crate) fn admission_to(&self, unit: Unit, age: i32) -> Option<usize> {
        let takes = |state: &State| match state.act {
            Act::Admit { unit: Unit::Nursery, .. } => false,
            Act::Admit { unit: Unit::Delivery, .. } => unit == Unit::Postpartum && age >= 18,
            Act::Admit { line, .. } if age < 18 => {
                unit == Unit::Pediatrics && matches!(line, Line::Medical | Line::Surgical)
            }
            Act::Admit { unit: wanted, .. } => wanted == unit || (is_medicine(wanted) && is_medicine(unit)),
            _ => false,
        };
        self.states.iter().position(takes)
    }
}

/// The wards of medicine, which are one to a bed manager.
fn is_medicine(unit: Unit) -> bool {
    matches!(unit, Unit::West4 | Unit::East4)
}

impl Entry {
    /// The chance that a yearly pathway begins within a year, at an age.
    pub(crate) fn yearly(&self, person: &Person, age: i32) -> f64 {
        let Self::Yearly { rates, risks, .. } = self else {
            return 0.0;
        };
        let fits = |rate: &&Rate| {
            (rate.ages.0..=rate.ages.1).contains(&age) && rate.sex.is_none_or(|sex| sex == person.sex)
        };
        let rate = rates.iter().find(fits).map_or(0.0, |rate| rate.per_1000 / 1000.0);
        let applies = |risk: &&Risk| {
            risk.has.is_none_or(|condition| person.health.years(condition).is_some())
                && risk.smoking.is_none_or(|smoking| person.health.smoking == smoking)
        };
        risks.iter().filter(applies).fold(rate, |rate, risk| rate * risk.times)
    }
}
