use crate::run::call::{Call, Outcome, only};
use crate::run::equal::same;
use crate::run::seen::Seen;
use crate::value::{Collection, Item};

pub(in crate::run) fn union<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    call.run.union(call.focus.clone(), call.argument(0)?, call.at)
}

pub(in crate::run) fn combine<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut all = call.focus.clone();
    all.extend(call.argument(0)?);
    call.meter().items(all.len(), call.at)?;
    Ok(all)
}

pub(in crate::run) fn distinct<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    call.run.union(call.focus.clone(), Vec::new(), call.at)
}

pub(in crate::run) fn is_distinct<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    only(distinct(call)?.len() == call.focus.len())
}

pub(in crate::run) fn intersect<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (other, mut seen) = (call.argument(0)?, Seen::default());
    let mut kept = Vec::new();
    for item in &call.focus {
        if has(call, &other, item)? && seen.add(item, call.meter(), call.at)? {
            kept.push(item.clone());
        }
    }
    Ok(kept)
}

pub(in crate::run) fn exclude<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let other = call.argument(0)?;
    let mut kept = Vec::new();
    for item in &call.focus {
        if !has(call, &other, item)? {
            kept.push(item.clone());
        }
    }
    Ok(kept)
}

pub(in crate::run) fn subset_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let other = call.argument(0)?;
    only(within(call, &call.focus, &other)?)
}

pub(in crate::run) fn superset_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let other = call.argument(0)?;
    only(within(call, &other, &call.focus)?)
}

fn within<'a>(call: &Call<'_, 'a>, items: &[Item<'a>], of: &Collection<'a>) -> Result<bool, crate::Problem> {
    for item in items {
        if !has(call, of, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn has<'a>(call: &Call<'_, 'a>, of: &[Item<'a>], item: &Item<'a>) -> Result<bool, crate::Problem> {
    call.meter().charge(of.len() + 1, call.at)?;
    Ok(of.iter().any(|other| same(other, item)))
}
