use rust_decimal::RoundingStrategy;

use crate::run::call::{Call, Outcome, only, perhaps};
use crate::value::{Decimal, Item, Moment, MomentKind, Plain, Quantity};

/// Which end of what a value of limited precision may stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Low,
    High,
}

pub(in crate::run) fn low<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    boundary(call, End::Low)
}

pub(in crate::run) fn high<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    boundary(call, End::High)
}

fn boundary<'a>(call: &Call<'_, 'a>, end: End) -> Outcome<'a> {
    let (Some(value), digits) = (call.value()?, call.integer_argument(0)?) else { return Ok(Vec::new()) };
    perhaps(match value {
        Plain::Quantity(quantity) => {
            let value = of_number(quantity.value, digits, end);
            value.map(|value| Item::Plain(Plain::Quantity(Quantity { value, ..quantity })))
        }
        Plain::Moment(moment) => {
            of_moment(moment, digits, end).map(|moment| Item::Plain(Plain::Moment(moment)))
        }
        other => {
            let number = other.number().ok_or_else(|| {
                call.fails(format!("works on numbers, dates and quantities, not on {}", other.type_name()))
            })?;
            of_number(number, digits, end).map(|number| Item::Plain(Plain::Decimal(number)))
        }
    })
}

/// Half a unit of the last digit to either side. The end farther from zero is rounded to the digits
/// asked for and the nearer one is cut, as in the published tests of `lowBoundary`.
fn of_number(number: Decimal, digits: Option<i64>, end: End) -> Option<Decimal> {
    let digits = u32::try_from(digits.unwrap_or(8)).ok().filter(|digits| *digits <= Decimal::MAX_SCALE)?;
    let half = Decimal::try_new(5, number.scale() + 1).ok()?;
    let reached = match end {
        End::Low => number.checked_sub(half)?,
        End::High => number.checked_add(half)?,
    };
    let outward = number.is_sign_negative() == (end == End::Low);
    let strategy = if outward { RoundingStrategy::MidpointAwayFromZero } else { RoundingStrategy::ToZero };
    let mut rounded = reached.round_dp_with_strategy(digits, strategy);
    rounded.rescale(digits);
    (rounded.scale() == digits).then_some(rounded)
}

/// Fills what is not known with its first or last value, to the precision of so many digits.
fn of_moment(moment: Moment, digits: Option<i64>, end: End) -> Option<Moment> {
    let whole = match moment.kind {
        MomentKind::Date => 8,
        MomentKind::DateTime => 17,
        MomentKind::Time => 9,
    };
    let digits = digits.unwrap_or(whole);
    let written = if moment.kind == MomentKind::Time { digits.checked_add(8)? } else { digits };
    let known = [4, 6, 8, 10, 12, 14, 17].iter().position(|one| *one == written)? + 1;
    if digits > whole {
        return None;
    }
    let mut filled = moment;
    for field in moment.known..7 {
        filled.fields[field] = match (end, field) {
            (End::Low, 1 | 2) => 1,
            (End::High, 1) => 12,
            (End::High, 2) => last_day(&filled),
            (End::High, 3) => 23,
            // A time given to the hour ends with its first minute in the published tests.
            (End::High, 4) if moment.known < 4 => 59,
            (End::High, 5) => 59,
            (End::High, 6) => 999_000_000,
            _ => 0,
        };
    }
    filled.known = known;
    filled.digits = if known == 7 { moment.digits.max(3) } else { 0 };
    let zoned = moment.kind == MomentKind::DateTime && known >= 4;
    filled.zone = match (zoned, moment.zone) {
        (false, _) => None,
        (true, Some(zone)) => Some(zone),
        (true, None) => Some(if end == End::Low { 14 * 60 } else { -12 * 60 }),
    };
    Some(filled)
}

fn last_day(moment: &Moment) -> i32 {
    let [year, month, ..] = moment.fields;
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Digits behind the point, or digits of a date or time.
pub(in crate::run) fn precision<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    match call.value()? {
        None => Ok(Vec::new()),
        Some(Plain::Moment(moment)) => only(moment.precision()),
        Some(other) => perhaps(other.number().map(|number| i64::from(number.scale()))),
    }
}
