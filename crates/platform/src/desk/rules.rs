use security::casework::{CaseworkError, KeptRule};
use security::detection::read;
use serde_json::json;

use super::error::DeskError;
use super::keep::{Kind, all, change, find, keep};
use super::pack::detections;
use crate::access::Access;

/// Rules of one's own that a desk keeps at most.
const RULES_MAX: usize = 50;

/// Saves rules under a name, as the next version. Under the name of a rule of the pack they stand in its place.
///
/// # Errors
/// [`DeskError::Rules`] with every problem and its place; a name that cannot be kept.
pub(crate) fn save_rule(access: &Access, name: &str, text: &str, note: &str) -> Result<KeptRule, DeskError> {
    read(text).map_err(DeskError::Rules)?;
    change(access, Kind::Rule, |change| {
        let known: Vec<KeptRule> = all(change.view(), Kind::Rule)?;
        let count = known.len();
        let found = known.into_iter().find(|rule| rule.name == name);
        if found.is_none() && count >= RULES_MAX {
            return Err(CaseworkError::Full("the list of rules", RULES_MAX).into());
        }
        let mut rule = found.map_or_else(|| KeptRule::new(name), Ok)?;
        rule.save(text, note, access.actor(), access.virtual_us())?;
        let detail = json!({"rule": name, "did": "save", "version": rule.versions.len()});
        keep(change, access, Kind::Rule, (name, &rule), detail)?;
        Ok(rule)
    })
}

/// Turns a rule on or off. A rule of the pack becomes one's own when it is turned off.
///
/// # Errors
/// [`DeskError::Missing`] if there is none of this name.
pub(crate) fn switch_rule(access: &Access, name: &str, on: bool) -> Result<KeptRule, DeskError> {
    change(access, Kind::Rule, |change| {
        let own: Option<KeptRule> = find(change.view(), Kind::Rule, name)?;
        let mut rule = match own {
            Some(rule) => rule,
            None => of_the_pack(access, name)?,
        };
        rule.on = on;
        let detail = json!({"rule": name, "did": if on { "on" } else { "off" }});
        keep(change, access, Kind::Rule, (name, &rule), detail)?;
        Ok(rule)
    })
}

/// The rules of one's own, by name.
///
/// # Errors
/// If the store fails.
pub fn kept_rules(access: &Access) -> Result<Vec<KeptRule>, DeskError> {
    Ok(access.sandbox().view(|view| all(view, Kind::Rule))?)
}

/// A rule of one's own, with its versions.
///
/// # Errors
/// [`DeskError::Missing`] if there is none of this name.
pub fn kept_rule(access: &Access, name: &str) -> Result<KeptRule, DeskError> {
    access.sandbox().view(|view| find(view, Kind::Rule, name))?.ok_or_else(|| missing(name))
}

/// The texts that watch: the pack as one, without what stands replaced, then each of one's own that is on.
pub(super) fn texts(access: &Access) -> Result<Vec<String>, DeskError> {
    let own = kept_rules(access)?;
    let replaced = |name: &str| own.iter().any(|rule| rule.name == name);
    let pack = detections().iter().filter(|rule| !replaced(&rule.name)).map(|rule| rule.text.as_str());
    let pack = pack.collect::<Vec<_>>().join("\n---\n");
    let own = own.iter().filter(|rule| rule.on).map(|rule| rule.text().to_owned());
    Ok(std::iter::once(pack).filter(|pack| !pack.is_empty()).chain(own).collect())
}

fn of_the_pack(access: &Access, name: &str) -> Result<KeptRule, DeskError> {
    let pack = detections().iter().find(|rule| rule.name == name).ok_or_else(|| missing(name))?;
    let mut rule = KeptRule::new(name)?;
    rule.save(&pack.text, "as the pack has it", access.actor(), access.virtual_us())?;
    Ok(rule)
}

fn missing(name: &str) -> DeskError {
    DeskError::Missing { what: format!("there is no rule {name}") }
}
