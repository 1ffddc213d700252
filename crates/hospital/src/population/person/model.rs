//! One person.

use super::Health;
use crate::calendar::{Date, YEAR_US, date_of};
use crate::id::Id;
use crate::random::Key;

/// Administrative sex; the population keeps to the two of the census table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

/// Race as the census asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Race {
    White,
    Black,
    Asian,
    AmericanIndian,
    PacificIslander,
    Several,
}

/// A patient as the registration desk knows them.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) index: u32,
    /// Everything drawn for this person starts here.
    pub(crate) key: Key,
    pub(crate) id: Id,
    pub(crate) sex: Sex,
    pub(crate) birth: Date,
    /// Age in years at the recipe's instant, had they lived.
    pub(crate) age: i32,
    pub(crate) deceased_us: Option<i64>,
    pub(crate) race: Race,
    pub(crate) hispanic: bool,
    pub(crate) health: Health,
}

impl Person {
    /// Whole years lived at an instant.
    pub(crate) fn age_at(&self, us: i64) -> i32 {
        self.birth.age_on(date_of(us))
    }

    /// Years lived at an instant, with fractions.
    pub(crate) fn years_at(&self, us: i64) -> f64 {
        (us - self.born_us()).max(0) as f64 / YEAR_US as f64
    }

    /// The first instant of the day of birth.
    pub(crate) fn born_us(&self) -> i64 {
        i64::from(self.birth.days()) * crate::calendar::DAY_US
    }

    /// True for women and girls.
    pub(crate) fn is_female(&self) -> bool {
        self.sex == Sex::Female
    }
}
