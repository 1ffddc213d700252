use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::run::arithmetic;
use crate::run::call::{Call, Outcome, only, perhaps};
use crate::syntax::Binary;
use crate::value::{Decimal, Item, Plain, Quantity};

pub(in crate::run) fn abs<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(match call.value()? {
        Some(Plain::Integer(integer)) => integer.checked_abs().map(Item::from),
        Some(Plain::Quantity(quantity)) => {
            Some(Item::Plain(Plain::Quantity(Quantity { value: quantity.value.abs(), ..quantity })))
        }
        _ => call.number()?.map(|number| Item::Plain(Plain::Decimal(number.abs()))),
    })
}

pub(in crate::run) fn ceiling<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    whole(call, |number| number.ceil())
}

pub(in crate::run) fn floor<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    whole(call, |number| number.floor())
}

pub(in crate::run) fn truncate<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    whole(call, |number| number.trunc())
}

fn whole<'a>(call: &Call<'_, 'a>, step: impl Fn(Decimal) -> Decimal) -> Outcome<'a> {
    perhaps(call.number()?.and_then(|number| step(number).to_i64()))
}

pub(in crate::run) fn round<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(number) = call.number()? else { return Ok(Vec::new()) };
    let digits = call.integer_argument(0)?.unwrap_or(0);
    let digits = u32::try_from(digits).map_err(|_| call.fails("the number of digits is 0 or more"))?;
    let rounded = number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    only(Plain::Decimal(rounded))
}

pub(in crate::run) fn sqrt<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    real(call, f64::sqrt)
}

pub(in crate::run) fn exp<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    real(call, f64::exp)
}

pub(in crate::run) fn ln<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    real(call, f64::ln)
}

/// What has no real result, or one too large, is empty.
fn real<'a>(call: &Call<'_, 'a>, function: impl Fn(f64) -> f64) -> Outcome<'a> {
    let number = call.number()?.and_then(|number| number.to_f64());
    perhaps(number.and_then(|number| decimal(function(number))))
}

fn decimal(number: f64) -> Option<Plain> {
    Decimal::from_f64(number).filter(|_| number.is_finite()).map(Plain::Decimal)
}

pub(in crate::run) fn log<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (Some(number), Some(base)) = (call.number()?, call.number_argument(0)?) else {
        return Ok(Vec::new());
    };
    let result = number.to_f64().zip(base.to_f64()).map(|(number, base)| number.ln() / base.ln());
    perhaps(result.and_then(decimal))
}

pub(in crate::run) fn power<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (Some(value), Some(exponent)) = (call.value()?, call.single(0)?) else { return Ok(Vec::new()) };
    if let (Plain::Integer(base), Some(Plain::Integer(exponent))) = (&value, exponent.plain())
        && let Ok(exponent) = u32::try_from(exponent)
    {
        return perhaps(base.checked_pow(exponent));
    }
    let (Some(base), Some(exponent)) = (call.number()?, call.number_argument(0)?) else {
        return Ok(Vec::new());
    };
    let result = base.to_f64().zip(exponent.to_f64()).map(|(base, exponent)| base.powf(exponent));
    perhaps(result.and_then(decimal))
}

pub(in crate::run) fn sum<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(total(call)?.map(Item::Plain))
}

pub(in crate::run) fn avg<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(total) = total(call)? else { return Ok(Vec::new()) };
    let count = Item::from(i64::try_from(call.focus.len()).unwrap_or(i64::MAX));
    let mean = arithmetic::combine(Binary::Divide, &Item::Plain(total), &count, call.meter(), call.at)?;
    perhaps(mean.map(Item::Plain))
}

fn total(call: &Call<'_, '_>) -> Result<Option<Plain>, crate::Problem> {
    let mut items = call.focus.iter();
    let mut total = items.next().and_then(Item::plain);
    for item in items {
        let Some(sum) = total else { break };
        total = arithmetic::combine(Binary::Plus, &Item::Plain(sum), item, call.meter(), call.at)?;
    }
    Ok(total)
}

pub(in crate::run) fn comparable<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let one = call.value()?.and_then(|plain| plain.quantity());
    let two = call.quantity_argument(0)?;
    perhaps(one.zip(two).map(|(one, two)| one.comparable(&two)))
}
