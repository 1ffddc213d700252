use crate::run::call::{Call, Outcome, only};
use crate::run::logic::truth;

pub(in crate::run) fn not<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(crate::run::logic::collection(truth(&call.focus, call.at)?.map(|truth| !truth)))
}

pub(in crate::run) fn all<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    for (index, item) in call.focus.iter().enumerate() {
        if !call.holds(0, item, index)? {
            return only(false);
        }
    }
    only(true)
}

pub(in crate::run) fn all_true<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(vec![every(call, true)?.into()])
}

pub(in crate::run) fn all_false<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(vec![every(call, false)?.into()])
}

pub(in crate::run) fn any_true<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(vec![(!every(call, false)?).into()])
}

pub(in crate::run) fn any_false<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(vec![(!every(call, true)?).into()])
}

fn every(call: &Call<'_, '_>, wanted: bool) -> Result<bool, crate::Problem> {
    for item in &call.focus {
        if truth(std::slice::from_ref(item), call.at)? != Some(wanted) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Evaluates only the branch that is chosen.
pub(in crate::run) fn iif<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let blank = Vec::new();
    let frame = match call.one()? {
        Some(item) => crate::run::Frame { this: std::slice::from_ref(item), ..call.frame.clone() },
        None => crate::run::Frame { this: &blank, ..call.frame.clone() },
    };
    let branch = |position: usize| {
        call.given.get(position).map_or(Ok(Vec::new()), |expr| call.run.evaluate(expr, &frame))
    };
    let chosen = truth(&branch(0)?, call.at)? == Some(true);
    branch(if chosen { 1 } else { 2 })
}

pub(in crate::run) fn coalesce<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    for position in 0..call.given.len() {
        let items = call.argument(position)?;
        if !items.is_empty() {
            return Ok(items);
        }
    }
    Ok(Vec::new())
}
