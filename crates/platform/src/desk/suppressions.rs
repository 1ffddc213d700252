use security::casework::{CaseworkError, Suppression};
use serde_json::json;

use super::error::DeskError;
use super::keep::{Kind, all, change, find, forget, keep};
use crate::access::Access;

/// Suppressions that a desk keeps at most.
const SUPPRESSIONS_MAX: usize = 100;

/// Keeps what one rule says about one thing quiet for some hours.
///
/// # Errors
/// A reason that says too little; more than a month.
pub fn suppress(
    access: &Access,
    about: (&str, &str, &str),
    hours: i64,
    why: &str,
) -> Result<Suppression, DeskError> {
    change(access, Kind::Suppression, |change| {
        let known: Vec<Suppression> = all(change.view(), Kind::Suppression)?;
        if known.len() >= SUPPRESSIONS_MAX {
            return Err(CaseworkError::Full("the list of suppressions", SUPPRESSIONS_MAX).into());
        }
        let numbers = known.iter().filter_map(|one| one.id.strip_prefix("quiet-")?.parse::<usize>().ok());
        let id = format!("quiet-{:03}", numbers.max().unwrap_or(0) + 1);
        let one = Suppression::new(id, about, hours, why, access.actor(), access.virtual_us())?;
        let detail = json!({"suppression": one.id, "did": "add", "rule": one.rule, "hours": hours});
        keep(change, access, Kind::Suppression, (&one.id, &one), detail)?;
        Ok(one)
    })
}

/// What is kept quiet, by id.
///
/// # Errors
/// If the store fails.
pub fn suppressions(access: &Access) -> Result<Vec<Suppression>, DeskError> {
    Ok(access.sandbox().view(|view| all(view, Kind::Suppression))?)
}

/// Lets a rule speak again.
///
/// # Errors
/// [`DeskError::Missing`] if there is none of this id.
pub fn unsuppress(access: &Access, id: &str) -> Result<(), DeskError> {
    change(access, Kind::Suppression, |change| {
        let known: Option<Suppression> = find(change.view(), Kind::Suppression, id)?;
        let missing = || DeskError::Missing { what: format!("there is no suppression {id}") };
        known.ok_or_else(missing)?;
        let detail = json!({"suppression": id, "did": "remove"});
        Ok(forget(change, access, Kind::Suppression, id, detail)?)
    })
}
