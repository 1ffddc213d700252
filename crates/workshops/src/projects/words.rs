use std::collections::BTreeMap;

use super::act::Marked;
use super::model::Behaviour;
use super::refusal::Refusal;

/// The longest text of a form, in characters.
pub(super) const TEXT_MAX: usize = 4_000;
/// The longest artefact, in characters.
pub(super) const ARTEFACT_MAX: usize = 60_000;
/// The highest mark of a behaviour.
pub(super) const MARK_MAX: u8 = 2;

/// A text as it is kept: trimmed, with something in it, and not too long.
pub(super) fn text(what: &str, given: &str) -> Result<String, Refusal> {
    match optional(what, given, TEXT_MAX)? {
        empty if empty.is_empty() => Err(Refusal::Invalid(format!("{what}: write something"))),
        text => Ok(text),
    }
}

/// The same for what may be left empty.
pub(super) fn optional(what: &str, given: &str, most: usize) -> Result<String, Refusal> {
    let given = given.trim();
    let count = given.chars().count();
    if count > most {
        return Err(Refusal::Invalid(format!("{what}: {count} characters are too many; {most} are taken")));
    }
    Ok(given.to_owned())
}

/// Marks as they are kept: one for every behaviour, each with its reason.
pub(super) fn marks(
    behaviours: &[Behaviour],
    given: &BTreeMap<String, Marked>,
) -> Result<BTreeMap<String, Marked>, Refusal> {
    if let Some(strange) = given.keys().find(|id| behaviours.iter().all(|one| one.id != **id)) {
        return Err(unknown("behaviour", strange));
    }
    let kept = |one: &Behaviour| {
        let marked = given
            .get(&one.id)
            .ok_or_else(|| Refusal::Invalid(format!("'{}' is not marked; mark every behaviour", one.says)))?;
        if marked.mark > MARK_MAX {
            let what = format!("{} is no mark; 0 is not shown, 1 partly, 2 shown", marked.mark);
            return Err(Refusal::Invalid(what));
        }
        let because = text(&format!("why '{}'", one.says), &marked.because)?;
        Ok((one.id.clone(), Marked { mark: marked.mark, because }))
    };
    behaviours.iter().map(kept).collect()
}

pub(super) fn unknown(kind: &'static str, id: &str) -> Refusal {
    // What came from outside is not repeated at any length.
    Refusal::Unknown { kind, id: id.chars().take(64).collect() }
}

pub(super) fn not_now<T>(why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::NotNow(why.into()))
}
