use super::meter::Meter;
use crate::problem::Problem;
use crate::syntax::Binary;
use crate::value::{Decimal, Item, Moment, MomentKind, Plain, Quantity};

/// Joins two values; none where the result is out of range or has no meaning, as with division by zero.
pub(super) fn combine<'a>(
    operator: Binary,
    left: &Item<'a>,
    right: &Item<'a>,
    meter: &Meter,
    at: usize,
) -> Result<Option<Plain>, Problem> {
    let unlike = || {
        let reason =
            format!("`{}` does not join {} and {}", sign(operator), left.type_name(), right.type_name());
        Problem::evaluation(at, reason)
    };
    let (one, two) = left.plain().zip(right.plain()).ok_or_else(unlike)?;
    match (operator, &one, &two) {
        (Binary::Plus | Binary::Concatenate, Plain::Text(one), Plain::Text(two)) => {
            meter.text(one.len() + two.len(), at)?;
            Ok(Some(Plain::Text(format!("{one}{two}"))))
        }
        (Binary::Plus, Plain::Moment(moment), Plain::Quantity(quantity)) => later(moment, quantity, 1, at),
        (Binary::Minus, Plain::Moment(moment), Plain::Quantity(quantity)) => later(moment, quantity, -1, at),
        (_, Plain::Integer(one), Plain::Integer(two)) if operator != Binary::Divide => {
            Ok(integers(operator, *one, *two))
        }
        (_, Plain::Quantity(_), _) | (_, _, Plain::Quantity(_)) => {
            let (one, two) = one.quantity().zip(two.quantity()).ok_or_else(unlike)?;
            quantities(operator, &one, &two).ok_or_else(unlike)
        }
        _ => {
            let (one, two) = one.number().zip(two.number()).ok_or_else(unlike)?;
            decimals(operator, one, two).ok_or_else(unlike)
        }
    }
}

const fn sign(operator: Binary) -> &'static str {
    match operator {
        Binary::Plus => "+",
        Binary::Minus => "-",
        Binary::Times => "*",
        Binary::Divide => "/",
        Binary::Div => "div",
        Binary::Mod => "mod",
        _ => "&",
    }
}

fn integers(operator: Binary, one: i64, two: i64) -> Option<Plain> {
    let result = match operator {
        Binary::Plus => one.checked_add(two),
        Binary::Minus => one.checked_sub(two),
        Binary::Times => one.checked_mul(two),
        Binary::Div => one.checked_div(two),
        Binary::Mod => one.checked_rem(two),
        _ => None,
    };
    result.map(Plain::Integer)
}

/// The outer none stands for an operator that decimals do not have.
#[allow(clippy::option_option, reason = "no such operator and no such result are different answers")]
fn decimals(operator: Binary, one: Decimal, two: Decimal) -> Option<Option<Plain>> {
    let result = match operator {
        Binary::Plus => one.checked_add(two),
        Binary::Minus => one.checked_sub(two),
        Binary::Times => one.checked_mul(two),
        Binary::Divide => one.checked_div(two),
        Binary::Mod => one.checked_rem(two),
        Binary::Div => {
            let whole = one.checked_div(two).and_then(|quotient| quotient.trunc().to_string().parse().ok());
            return Some(whole.map(Plain::Integer));
        }
        _ => return None,
    };
    Some(result.map(Plain::Decimal))
}

#[allow(clippy::option_option, reason = "no such operator and no such result are different answers")]
fn quantities(operator: Binary, one: &Quantity, two: &Quantity) -> Option<Option<Plain>> {
    let negative = || Quantity { value: -two.value, ..two.clone() };
    let result = match operator {
        Binary::Plus => one.plus(two),
        Binary::Minus => one.plus(&negative()),
        Binary::Times => one.times(two, 1),
        Binary::Divide => one.times(two, -1),
        _ => return None,
    };
    Some(result.map(Plain::Quantity))
}

fn later(moment: &Moment, quantity: &Quantity, sign: i64, at: usize) -> Result<Option<Plain>, Problem> {
    let no_time = || {
        let reason = format!(
            "'{}' is no unit that can be added to a date or time; use years, months, days, hours and so on",
            quantity.unit
        );
        Problem::evaluation(at, reason)
    };
    let (field, count) = quantity.duration().ok_or_else(no_time)?;
    if moment.kind == MomentKind::Time && field < 4 {
        return Err(no_time());
    }
    let amount = quantity.value.checked_mul(Decimal::from(count * sign));
    Ok(amount.and_then(|amount| moment.plus(amount, field)).map(Plain::Moment))
}
