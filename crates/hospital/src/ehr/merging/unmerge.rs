use serde::Deserialize;
use serde_json::{Value, json};

use super::merge::{is_replaced, name_of};
use super::moved::{has_link, moved, remove_link, set_active};
use super::record::{Deed, UNMERGE, provenance, targets};
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};

/// A merge that is to be undone.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnmergePatients {
    /// The chart that was retired: an id, or `Patient/ID`.
    pub retired: Entered,
    /// Why they are of two people after all, in words.
    pub reason: Entered,
}

/// What the hospital knows about a merge that is undone.
#[derive(Debug, Clone, Default)]
pub struct UnmergeFacts<'a> {
    /// The Provenance of the merge, if there is one.
    pub merge: Option<&'a Value>,
    /// What its targets are now; those that are gone are left out.
    pub targets: &'a [Value],
    /// Who unmerges, as people read it.
    pub author: &'a str,
}

/// An unmerge, ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmerged {
    /// The chart that survived, the chart that was retired, then what goes back.
    pub changed: Vec<Value>,
    /// The Provenance that records it.
    pub provenance: Value,
    /// References that somebody changed since, or whose resource is gone: they stay.
    pub left: usize,
}

/// Puts back what a merge moved, and nothing else.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn unmerge_patients(
    command: &UnmergePatients,
    facts: &UnmergeFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Unmerged, EhrError> {
    let mut problems = Problems::default();
    let remedy = "write why the charts are of two people";
    let reason = problems.needed("reason", &command.reason, 300, remedy).unwrap_or_default();
    let merged = facts.merge.map(targets).unwrap_or_default();
    let now = |reference: &str| facts.targets.iter().find(|one| name_of(one) == reference);
    let [stayed, went, rest @ ..] = merged.as_slice() else {
        problems.add("retired", "this chart was not merged into another here", "look at its links");
        problems.settle()?;
        return Err(EhrError::field("retired", "was not merged", "look at its links"));
    };
    let (surviving, retired) = (now(stayed.reference), now(went.reference));
    if !retired.is_some_and(|retired| has_link(retired, stayed.reference, "replaced-by")) {
        problems.add("retired", "this chart is not replaced any more", "look at its links");
    }
    if surviving.is_some_and(is_replaced) {
        let what = format!("{} was itself merged into another chart since", stayed.reference);
        problems.add("retired", what, "undo that merge first");
    }
    problems.settle()?;
    let (Some(mut surviving), Some(mut retired)) = (surviving.cloned(), retired.cloned()) else {
        return Err(EhrError::field("retired", "one of the charts is gone", "look at its history"));
    };
    if stayed.is_linked {
        remove_link(&mut surviving, went.reference, "replaces");
    }
    remove_link(&mut retired, stayed.reference, "replaced-by");
    set_active(&mut retired, went.active);
    let (mut changed, mut left) = (vec![surviving, retired], 0);
    for target in rest {
        let back =
            now(target.reference).map(|one| moved(one, &target.places, stayed.reference, went.reference));
        left += target.places.len() - back.as_ref().map_or(0, |(_, count)| *count);
        changed.extend(back.filter(|(_, count)| *count > 0).map(|(one, _)| one));
    }
    let deed = Deed { id, activity: UNMERGE, reason: &reason, author: facts.author, now_us };
    let named: Vec<Value> = changed.iter().map(|one| json!({"reference": name_of(one)})).collect();
    let provenance = provenance(&deed, &named);
    Ok(Unmerged { changed, provenance, left })
}
