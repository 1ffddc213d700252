use std::cmp::Ordering;

use super::equal::{equal, equivalent, read_like};
use super::meter::Meter;
use crate::problem::Problem;
use crate::syntax::Binary;
use crate::value::{Collection, Item, MomentKind, Plain};

/// `=` and `!=`: item by item, in order (FHIRPath, 6.1.1).
pub(super) fn equality<'a>(
    operator: Binary,
    left: &[Item<'a>],
    right: &[Item<'a>],
    meter: &Meter,
    at: usize,
) -> Result<Collection<'a>, Problem> {
    if left.is_empty() || right.is_empty() {
        return Ok(Vec::new());
    }
    meter.charge(left.len(), at)?;
    let mut all = Some(left.len() == right.len());
    for (one, two) in left.iter().zip(right) {
        if all == Some(false) {
            break;
        }
        match equal(one, two) {
            Some(true) => {}
            Some(false) => all = Some(false),
            None => all = None,
        }
    }
    let wanted = operator == Binary::Equal;
    Ok(all.map(|all| Item::from(all == wanted)).into_iter().collect())
}

/// `~` and `!~`: the same items in any order (FHIRPath, 6.1.2).
pub(super) fn equivalence<'a>(
    operator: Binary,
    left: &[Item<'a>],
    right: &[Item<'a>],
    meter: &Meter,
    at: usize,
) -> Result<Collection<'a>, Problem> {
    let mut alike = left.len() == right.len();
    let mut open: Vec<&Item<'a>> = right.iter().collect();
    for item in left.iter().take_while(|_| left.len() == right.len()) {
        meter.charge(open.len() + 1, at)?;
        match open.iter().position(|other| equivalent(item, other)) {
            Some(found) => {
                open.swap_remove(found);
            }
            None => {
                alike = false;
                break;
            }
        }
    }
    Ok(vec![Item::from(alike == (operator == Binary::Equivalent))])
}

/// `<`, `<=`, `>` and `>=` (FHIRPath, 6.2).
pub(super) fn inequality<'a>(
    operator: Binary,
    left: &Item<'a>,
    right: &Item<'a>,
    at: usize,
) -> Result<Collection<'a>, Problem> {
    let holds = |order: Ordering| match operator {
        Binary::Less => order == Ordering::Less,
        Binary::LessOrEqual => order != Ordering::Greater,
        Binary::Greater => order == Ordering::Greater,
        _ => order != Ordering::Less,
    };
    Ok(order(left, right, at)?.map(|order| Item::from(holds(order))).into_iter().collect())
}

/// Which of two items comes first; none where that is open.
pub(super) fn order(left: &Item<'_>, right: &Item<'_>, at: usize) -> Result<Option<Ordering>, Problem> {
    let unlike = || {
        let reason = format!("{} and {} have no order", left.type_name(), right.type_name());
        Problem::evaluation(at, reason)
    };
    let (one, two) = left.plain().zip(right.plain()).ok_or_else(unlike)?;
    Ok(match (&one, &two) {
        (Plain::Text(one), Plain::Text(two)) => Some(one.cmp(two)),
        (Plain::Moment(one), Plain::Moment(two)) => {
            if (one.kind == MomentKind::Time) != (two.kind == MomentKind::Time) {
                return Err(unlike());
            }
            one.compare(two)
        }
        (Plain::Moment(one), Plain::Text(text)) => one.compare(&read_like(text, one).ok_or_else(unlike)?),
        (Plain::Text(text), Plain::Moment(two)) => read_like(text, two).ok_or_else(unlike)?.compare(two),
        _ => match (one.number(), two.number()) {
            (Some(one), Some(two)) => Some(one.cmp(&two)),
            _ => {
                let (one, two) = one.quantity().zip(two.quantity()).ok_or_else(unlike)?;
                one.compare(&two)
            }
        },
    })
}
