use crate::problem::Problem;
use crate::syntax::Binary;
use crate::value::{Collection, Item, Plain};

/// A collection as a truth value: empty is unknown, and one item that is no boolean is true (FHIRPath, 4.5).
pub(super) fn truth(items: &[Item<'_>], at: usize) -> Result<Option<bool>, Problem> {
    match items {
        [] => Ok(None),
        [item] => Ok(Some(!matches!(item.plain(), Some(Plain::Boolean(false))))),
        _ => {
            let reason = format!("one truth value is needed here, and there are {} items", items.len());
            Err(Problem::evaluation(at, reason))
        }
    }
}

/// `and`, `or`, `xor` and `implies` with three values (FHIRPath, 6.5).
pub(super) const fn combine(operator: Binary, left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (operator, left, right) {
        (Binary::And, Some(true), Some(true)) => Some(true),
        (Binary::And, Some(false), _) | (Binary::And, _, Some(false)) => Some(false),
        (Binary::Or, Some(true), _) | (Binary::Or, _, Some(true)) => Some(true),
        (Binary::Or, Some(false), Some(false)) => Some(false),
        (Binary::Xor, Some(left), Some(right)) => Some(left != right),
        (Binary::Implies, Some(false), _) | (Binary::Implies, _, Some(true)) => Some(true),
        (Binary::Implies, Some(true), right) => right,
        _ => None,
    }
}

/// Whether the left side alone decides.
pub(super) const fn decided(operator: Binary, left: Option<bool>) -> bool {
    matches!((operator, left), (Binary::And | Binary::Implies, Some(false)) | (Binary::Or, Some(true)))
}

/// A truth value as a collection.
pub(super) fn collection<'a>(truth: Option<bool>) -> Collection<'a> {
    truth.map(Item::from).into_iter().collect()
}
