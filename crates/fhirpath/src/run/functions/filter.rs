use crate::run::call::{Call, Outcome, only};
use crate::value::Collection;

pub(in crate::run) fn empty<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    only(call.focus.is_empty())
}

pub(in crate::run) fn exists<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    if call.given.is_empty() {
        return only(!call.focus.is_empty());
    }
    for (index, item) in call.focus.iter().enumerate() {
        if call.holds(0, item, index)? {
            return only(true);
        }
    }
    only(false)
}

pub(in crate::run) fn count<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    only(i64::try_from(call.focus.len()).unwrap_or(i64::MAX))
}

pub(in crate::run) fn where_function<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut kept = Vec::new();
    for (index, item) in call.focus.iter().enumerate() {
        if call.holds(0, item, index)? {
            kept.push(item.clone());
        }
    }
    Ok(kept)
}

pub(in crate::run) fn single<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(call.one()?.cloned().into_iter().collect())
}

pub(in crate::run) fn first<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(call.focus.first().cloned().into_iter().collect())
}

pub(in crate::run) fn last<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(call.focus.last().cloned().into_iter().collect())
}

pub(in crate::run) fn tail<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(call.focus.iter().skip(1).cloned().collect())
}

pub(in crate::run) fn skip<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let count = number(call)?;
    Ok(call.focus.iter().skip(count).cloned().collect())
}

pub(in crate::run) fn take<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let count = number(call)?;
    Ok(call.focus.iter().take(count).cloned().collect::<Collection<'a>>())
}

/// A count, in which less than nothing is nothing.
fn number(call: &Call<'_, '_>) -> Result<usize, crate::Problem> {
    let count = call.integer_argument(0)?.ok_or_else(|| call.fails("needs a number"))?;
    Ok(usize::try_from(count.max(0)).unwrap_or(usize::MAX))
}
