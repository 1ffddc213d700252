use serde::Deserialize;
use serde_json::Value;

use super::moved::{add_link, has_link, moved, places, set_active};
use super::record::{Deed, MERGE, chart, provenance, resource};
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{id_of, items, text_at};

/// Two charts of one person that are to be one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MergePatients {
    /// The chart that stays: an id, or `Patient/ID`.
    pub surviving: Entered,
    /// The chart that is retired into it: an id, or `Patient/ID`.
    pub retired: Entered,
    /// Why they are of one person, in words.
    pub reason: Entered,
    /// The version of the surviving Patient that the form was opened with.
    pub expected_version: Entered,
}

/// What the hospital knows about a merge.
#[derive(Debug, Clone, Default)]
pub struct MergeFacts<'a> {
    /// The chart that stays, if there is one.
    pub surviving: Option<&'a Value>,
    /// The chart that is retired, if there is one.
    pub retired: Option<&'a Value>,
    /// Everything that refers to the retired chart.
    pub referrers: &'a [Value],
    /// Whether both charts have a stay in the house now.
    pub both_here: bool,
    /// Who merges, as people read it.
    pub author: &'a str,
}

/// A merge, ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The surviving chart, the retired chart, then what moves.
    pub changed: Vec<Value>,
    /// The Provenance that records it.
    pub provenance: Value,
}

/// Merges two charts: the retired one is out of use, and what referred to it refers to the surviving one.
///
/// Links between charts, and records of what was done, stay as they are.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn merge_patients(
    command: &MergePatients,
    facts: &MergeFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Merged, EhrError> {
    let mut problems = Problems::default();
    let remedy = "write why the two charts are of one person";
    let reason = problems.needed("reason", &command.reason, 300, remedy).unwrap_or_default();
    check_charts(&mut problems, facts);
    problems.settle()?;
    let (Some(surviving), Some(retired)) = (facts.surviving, facts.retired) else {
        return Err(EhrError::field("retired", "is missing", "name both charts"));
    };
    let names = [surviving, retired].map(|patient| format!("Patient/{}", id_of(patient)));
    let [stays, goes] = &names;
    let (mut surviving, mut retired, before) = (surviving.clone(), retired.clone(), retired.get("active"));
    let linked = !has_link(&surviving, goes, "replaces");
    if linked {
        add_link(&mut surviving, goes, "replaces");
    }
    let mut targets = vec![chart(stays, linked, None), chart(goes, true, before)];
    add_link(&mut retired, stays, "replaced-by");
    set_active(&mut retired, Some(&false.into()));
    let mut changed = vec![surviving, retired];
    for one in facts.referrers.iter().filter(|one| moves(one)) {
        let places = places(one, goes);
        let (one, count) = moved(one, &places, goes, stays);
        if count > 0 {
            targets.push(resource(&name_of(&one), &places));
            changed.push(one);
        }
    }
    let deed = Deed { id, activity: MERGE, reason: &reason, author: facts.author, now_us };
    Ok(Merged { changed, provenance: provenance(&deed, &targets) })
}

fn check_charts(problems: &mut Problems, facts: &MergeFacts<'_>) {
    for (field, chart) in [("surviving", facts.surviving), ("retired", facts.retired)] {
        match chart {
            None => problems.add(field, "there is no such patient", "look the chart up"),
            Some(chart) if is_replaced(chart) => {
                let what = format!("Patient/{} was replaced by another chart", id_of(chart));
                problems.add(field, what, "take the chart that replaced it");
            }
            Some(_) => {}
        }
    }
    let same = facts.surviving.zip(facts.retired).is_some_and(|(one, other)| id_of(one) == id_of(other));
    if same {
        problems.add("retired", "both are the same chart", "name two charts");
    }
    if facts.both_here {
        let what = "both charts have a stay in the house now";
        problems.add("retired", what, "find out who lies where, and discharge the one that is nobody");
    }
}

/// Whether a chart says that another one replaced it.
pub(super) fn is_replaced(patient: &Value) -> bool {
    items(patient, "link").iter().any(|link| text_at(link, "type") == Some("replaced-by"))
}

/// What goes with a chart: all but other charts, whose links say how it was, and records of deeds.
fn moves(resource: &Value) -> bool {
    !matches!(text_at(resource, "resourceType"), Some("Patient" | "Provenance" | "AuditEvent") | None)
}

pub(super) fn name_of(resource: &Value) -> String {
    format!("{}/{}", text_at(resource, "resourceType").unwrap_or_default(), id_of(resource))
}
