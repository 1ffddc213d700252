use std::cmp::Ordering;

use crate::problem::Problem;
use crate::run::call::{Call, Outcome};
use crate::run::compare;
use crate::syntax::{Expr, Kind};
use crate::value::{Collection, Item};

/// Sorts by each parameter in turn, or by the items themselves; a sign or `desc` turns the order round.
/// Items for which a parameter yields nothing come first.
pub(in crate::run) fn sort<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut keyed: Vec<(Vec<Collection<'a>>, Item<'a>)> = Vec::new();
    for (index, item) in call.focus.iter().enumerate() {
        keyed.push((keys(call, item, index)?, item.clone()));
    }
    let count = keyed.len().max(1);
    call.meter().charge(count * usize::try_from(count.ilog2() + 1).unwrap_or(64), call.at)?;
    let descending: Vec<bool> = call.given.iter().map(|by| direction(by).1).collect();
    let mut failed = None;
    keyed.sort_by(|(one, _), (two, _)| {
        compare_keys(one, two, &descending, call.at).unwrap_or_else(|problem| {
            failed.get_or_insert(problem);
            Ordering::Equal
        })
    });
    match failed {
        Some(problem) => Err(problem),
        None => Ok(keyed.into_iter().map(|(_, item)| item).collect()),
    }
}

fn keys<'a>(call: &Call<'_, 'a>, item: &Item<'a>, index: usize) -> Result<Vec<Collection<'a>>, Problem> {
    if call.given.is_empty() {
        return Ok(vec![vec![item.clone()]]);
    }
    let frame =
        crate::run::Frame { this: std::slice::from_ref(item), index: Some(index), ..call.frame.clone() };
    call.given.iter().map(|by| call.run.evaluate(direction(by).0, &frame)).collect()
}

/// What to sort by, and whether the greatest comes first.
fn direction(by: &Expr) -> (&Expr, bool) {
    match &by.kind {
        Kind::Negative(by) => (by, true),
        Kind::Sorted { by, descending } => (by, *descending),
        _ => (by, false),
    }
}

fn compare_keys(
    one: &[Collection<'_>],
    two: &[Collection<'_>],
    descending: &[bool],
    at: usize,
) -> Result<Ordering, Problem> {
    for (position, (one, two)) in one.iter().zip(two).enumerate() {
        let turned = descending.get(position) == Some(&true);
        let order = match (one.as_slice(), two.as_slice()) {
            ([], []) => Ordering::Equal,
            ([], _) => Ordering::Less,
            (_, []) => Ordering::Greater,
            ([one], [two]) => {
                let order = compare::order(one, two, at)?.unwrap_or(Ordering::Equal);
                if turned { order.reverse() } else { order }
            }
            _ => {
                return Err(Problem::evaluation(
                    at,
                    "sort(): a parameter yields several items for one; choose one of them",
                ));
            }
        };
        if order != Ordering::Equal {
            return Ok(order);
        }
    }
    Ok(Ordering::Equal)
}

pub(in crate::run) fn min<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    extreme(call, Ordering::Less)
}

pub(in crate::run) fn max<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    extreme(call, Ordering::Greater)
}

fn extreme<'a>(call: &Call<'_, 'a>, wanted: Ordering) -> Outcome<'a> {
    let mut best: Option<&Item<'a>> = None;
    for item in &call.focus {
        let better = match best {
            Some(best) => compare::order(item, best, call.at)? == Some(wanted),
            None => true,
        };
        if better {
            best = Some(item);
        }
    }
    Ok(best.cloned().into_iter().collect())
}
