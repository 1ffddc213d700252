use security::casework::{CaseworkError, SavedHunt};
use security::query::parse;
use serde_json::json;

use super::error::DeskError;
use super::keep::{Kind, all, change, find, forget, keep};
use crate::access::Access;

/// Hunts that a desk keeps at most.
const HUNTS_MAX: usize = 100;

/// Saves a search under a name, over what had it.
///
/// # Errors
/// A query that cannot be understood, with its place; a name that cannot be kept.
pub fn save_hunt(access: &Access, name: &str, query: &str, about: &str) -> Result<SavedHunt, DeskError> {
    parse(query)?;
    let hunt = SavedHunt::new(name, query, about, access.actor(), access.virtual_us())?;
    change(access, Kind::Hunt, |change| {
        let hunts: Vec<SavedHunt> = all(change.view(), Kind::Hunt)?;
        if hunts.len() >= HUNTS_MAX && hunts.iter().all(|other| other.name != hunt.name) {
            return Err(CaseworkError::Full("the list of hunts", HUNTS_MAX).into());
        }
        let detail = json!({"hunt": hunt.name, "did": "save", "condition": hunt.query});
        keep(change, access, Kind::Hunt, (&hunt.name, &hunt), detail)?;
        Ok(hunt)
    })
}

/// The saved hunts, by name.
///
/// # Errors
/// If the store fails.
pub fn saved_hunts(access: &Access) -> Result<Vec<SavedHunt>, DeskError> {
    Ok(access.sandbox().view(|view| all(view, Kind::Hunt))?)
}

/// Removes a saved hunt.
///
/// # Errors
/// [`DeskError::Missing`] if there is none of this name.
pub fn drop_hunt(access: &Access, name: &str) -> Result<(), DeskError> {
    change(access, Kind::Hunt, |change| {
        let known: Option<SavedHunt> = find(change.view(), Kind::Hunt, name)?;
        let missing = || DeskError::Missing { what: format!("there is no saved hunt {name}") };
        known.ok_or_else(missing)?;
        Ok(forget(change, access, Kind::Hunt, name, json!({"hunt": name, "did": "remove"}))?)
    })
}
