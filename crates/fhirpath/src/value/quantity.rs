use std::cmp::Ordering;
use std::fmt::{self, Display};

use rust_decimal::Decimal;

use super::moment::{DAY, FRACTION, HOUR, MONTH, SECOND, YEAR};
use super::unit::Unit;

/// A number with a unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    pub(crate) value: Decimal,
    /// A UCUM code, `1` for none, or a word such as `days`.
    pub(crate) unit: String,
    /// Whether the unit is such a word, which counts by the calendar.
    pub(crate) calendar: bool,
}

/// Words of the calendar: name, UCUM code, field of a moment, how many of that field.
const CALENDAR: [(&str, &str, usize, i64); 8] = [
    ("year", "a", YEAR, 1),
    ("month", "mo", MONTH, 1),
    ("week", "wk", DAY, 7),
    ("day", "d", DAY, 1),
    ("hour", "h", HOUR, 1),
    ("minute", "min", 5, 1),
    ("second", "s", SECOND, 1),
    ("millisecond", "ms", FRACTION, 1),
];

/// Whether this is a unit of time as a word, in singular or plural.
pub(crate) fn is_calendar_word(word: &str) -> bool {
    calendar_word(word).is_some()
}

/// What such a word stands for: UCUM code, field of a moment, how many of that field.
fn calendar_word(word: &str) -> Option<(&'static str, usize, i64)> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    CALENDAR
        .iter()
        .find(|(name, ..)| *name == singular)
        .map(|(_, code, field, count)| (*code, *field, *count))
}

impl Quantity {
    /// A number is a quantity of the unit one.
    pub(crate) fn of_number(value: Decimal) -> Self {
        Self { value, unit: "1".to_owned(), calendar: false }
    }

    /// What to add to a moment: the number, the field and how many of it. Months and years of UCUM
    /// have a fixed length and so are refused (FHIRPath, 6.7).
    pub(crate) fn duration(&self) -> Option<(usize, i64)> {
        if let Some((_, field, count)) = calendar_word(&self.unit) {
            return Some((field, count));
        }
        let by_code = CALENDAR.iter().find(|(_, code, field, _)| *code == self.unit && *field >= DAY);
        by_code.map(|(_, _, field, count)| (*field, *count))
    }

    /// Its unit, where it can be read. Months and years of the calendar are of no fixed length, so
    /// they have a base unit of their own unless `loosely`.
    fn measure(&self, loosely: bool) -> Option<Unit> {
        match calendar_word(&self.unit) {
            Some(("a", ..)) if !loosely => {
                Some(Unit { factor: Decimal::from(12), ..Unit::parse("mo")?.renamed("month") })
            }
            Some(("mo", ..)) if !loosely => Some(Unit::parse("mo")?.renamed("month")),
            Some((code, ..)) => Unit::parse(code),
            None => Unit::parse(&self.unit),
        }
    }

    /// The number in base units; temperatures are brought to kelvin.
    fn in_base(&self, loosely: bool) -> Option<(Decimal, Unit)> {
        let kelvin = || Unit::parse("K");
        let offset = Decimal::new(27_315, 2);
        match self.unit.as_str() {
            "Cel" => Some((self.value.checked_add(offset)?, kelvin()?)),
            "[degF]" => {
                let celsius = self.value.checked_sub(Decimal::from(32))?.checked_mul(Decimal::from(5))?
                    / Decimal::from(9);
                Some((celsius.checked_add(offset)?, kelvin()?))
            }
            _ => {
                let unit = self.measure(loosely)?;
                Some((self.value.checked_mul(unit.factor)?, unit))
            }
        }
    }

    /// Which is more; none where the units do not compare.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.unit == other.unit {
            return Some(self.value.cmp(&other.value));
        }
        let ((one, first), (two, second)) = (self.in_base(false)?, other.in_base(false)?);
        (first.powers == second.powers).then(|| one.round_dp(20).cmp(&two.round_dp(20)))
    }

    /// Whether one of them is a month or year of the calendar and the other one of UCUM: these are
    /// neither equal nor different.
    pub(crate) fn undecided(&self, other: &Self) -> bool {
        let kind = |quantity: &Self| quantity.measure(false).map(|unit| unit.powers.contains_key("month"));
        match (kind(self), kind(other)) {
            (Some(true), Some(false)) => other.compare_loosely(self).is_some(),
            (Some(false), Some(true)) => self.compare_loosely(other).is_some(),
            _ => false,
        }
    }

    fn compare_loosely(&self, other: &Self) -> Option<Ordering> {
        let ((one, first), (two, second)) = (self.in_base(true)?, other.in_base(true)?);
        (first.powers == second.powers).then(|| one.cmp(&two))
    }

    /// Whether both are the same to the precision of the coarser one.
    pub(crate) fn equivalent(&self, other: &Self) -> bool {
        let digits = self.value.scale().min(other.value.scale());
        if self.unit == other.unit {
            return self.value.round_dp(digits) == other.value.round_dp(digits);
        }
        let (Some((one, first)), Some((two, second))) = (self.in_base(true), other.in_base(true)) else {
            return false;
        };
        if first.powers != second.powers {
            return false;
        }
        let coarser = first.factor.max(second.factor);
        (one / coarser).round_dp(digits) == (two / coarser).round_dp(digits)
    }

    /// The same amount in another unit.
    pub(crate) fn converted(&self, unit: &str) -> Option<Self> {
        let target = Self { value: Decimal::ONE, unit: unit.to_owned(), calendar: is_calendar_word(unit) };
        if self.unit == unit {
            return Some(self.clone());
        }
        let ((value, from), to) = (self.in_base(false)?, target.measure(false)?);
        let same = from.powers == to.powers;
        same.then(|| value.checked_div(to.factor))
            .flatten()
            .map(|value| Self { value: value.normalize(), ..target })
    }

    /// Whether both can be compared.
    pub(crate) fn comparable(&self, other: &Self) -> bool {
        self.compare(other).is_some()
    }

    /// The sum, in the unit of the first.
    pub(crate) fn plus(&self, other: &Self) -> Option<Self> {
        let other = other.converted(&self.unit)?;
        Some(Self { value: self.value.checked_add(other.value)?, ..self.clone() })
    }

    /// The product, or with `power` -1 the quotient.
    pub(crate) fn times(&self, other: &Self, power: i32) -> Option<Self> {
        let combine =
            |one: Decimal, two: Decimal| if power > 0 { one.checked_mul(two) } else { one.checked_div(two) };
        if other.unit == "1" {
            return Some(Self { value: combine(self.value, other.value)?, ..self.clone() });
        }
        if self.unit == "1" && power > 0 {
            return Some(Self { value: combine(self.value, other.value)?, ..other.clone() });
        }
        let ((one, first), (two, second)) = (self.in_base(false)?, other.in_base(false)?);
        let unit = first.times(&second, power)?.base();
        Some(Self { value: combine(one, two)?, unit, calendar: false })
    }
}

impl Unit {
    /// The same factor of another base unit.
    fn renamed(self, base: &str) -> Self {
        Self { factor: Decimal::ONE, powers: [(base.to_owned(), 1)].into() }
    }
}

impl Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.calendar {
            write!(out, "{} {}", self.value, self.unit)
        } else {
            write!(out, "{} '{}'", self.value, self.unit)
        }
    }
}
