use super::call::Outcome;
use crate::problem::Problem;
use crate::syntax::TypeName;
use crate::value::{Collection, Exactness, Item, exists, has_type};

/// `is`, as operator and as function.
pub(super) fn is_type<'a>(items: &[Item<'a>], wanted: &TypeName, at: usize) -> Outcome<'a> {
    Ok(one(items, at)?
        .map(|item| Item::from(has_type(item, wanted, Exactness::Derived)))
        .into_iter()
        .collect())
}

/// `as`, as operator and as function.
pub(super) fn as_type<'a>(items: Collection<'a>, wanted: &TypeName, at: usize) -> Outcome<'a> {
    one(&items, at)?;
    of_type(items, wanted, at)
}

/// The items of a type.
pub(super) fn of_type<'a>(items: Collection<'a>, wanted: &TypeName, at: usize) -> Outcome<'a> {
    if !exists(wanted) {
        return Err(Problem::meaning(at, format!("there is no type {}", wanted.name)));
    }
    Ok(items.into_iter().filter(|item| has_type(item, wanted, Exactness::Declared)).collect())
}

/// The one item that an operator needs on a side, or none.
pub(super) fn one<'i, 'a>(items: &'i [Item<'a>], at: usize) -> Result<Option<&'i Item<'a>>, Problem> {
    match items {
        [] => Ok(None),
        [item] => Ok(Some(item)),
        _ => Err(Problem::evaluation(
            at,
            format!("one item is needed on each side, and there are {}", items.len()),
        )),
    }
}
