use std::collections::BTreeSet;

use identity::scope::Permissions;
use serde_json::Value;
use standards::fhir::search::query::Query;
use standards::fhir::search::{extract, matches};
use store::sandbox::Stored;

use super::rules::{Open, open, out_of_reach};
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;

/// Whether a resource may be shown to whoever asks: it is in reach of their scopes for reading or, where it was searched for,
/// for searching.
pub(in crate::fhir) fn seen(context: &Context<'_>, stored: &Stored, permissions: Permissions) -> bool {
    let Some(reach) = context.access.reach() else { return true };
    match open(context, reach, &stored.kind, permissions) {
        Open::Nothing => false,
        Open::Everything => true,
        // A tombstone does not say whose it was.
        Open::Where(_) if stored.deleted => false,
        Open::Where(condition) => serde_json::from_slice(&stored.body)
            .is_ok_and(|value: Value| meets(&stored.kind, &value, condition)),
    }
}

/// What was found by type and id, or as little as if it were not there.
pub(in crate::fhir) fn in_sight(context: &Context<'_>, found: Option<Stored>) -> Option<Stored> {
    found.filter(|stored| seen(context, stored, Permissions::READ))
}

/// The same for what a compartment is of: the patient in context is in sight by their name alone.
pub(in crate::fhir) fn owner_in_sight(context: &Context<'_>, found: Option<Stored>) -> Option<Stored> {
    let in_context = context.access.reach().and_then(|reach| reach.patient.as_deref());
    found.filter(|stored| {
        (stored.kind == "Patient" && Some(stored.id.as_str()) == in_context)
            || seen(context, stored, Permissions::READ)
    })
}

pub(super) fn meets(kind: &str, value: &Value, condition: standards::fhir::search::query::Condition) -> bool {
    let query = Query { resource_type: kind.to_owned(), criteria: vec![condition], ..Query::default() };
    matches(&query, value, &extract(value))
}

/// Of the types that are wanted those that are open as a whole for reading and searching, as an export needs.
///
/// # Errors
/// When some are named that are not, or none is left.
pub(crate) fn kinds_in_whole(
    context: &Context<'_>,
    present: Vec<String>,
    named: Option<&BTreeSet<String>>,
) -> Result<Vec<String>, FhirError> {
    let Some(reach) = context.access.reach() else { return Ok(present) };
    let both = Permissions::READ | Permissions::SEARCH;
    let is_whole = |kind: &str| matches!(open(context, reach, kind, both), Open::Everything);
    if let Some(kind) = named.into_iter().flatten().find(|kind| !is_whole(kind)) {
        return Err(out_of_reach(kind, both));
    }
    let kept: Vec<String> = present.into_iter().filter(|kind| is_whole(kind)).collect();
    if kept.is_empty() { Err(out_of_reach("*", both)) } else { Ok(kept) }
}

/// Lets pass who may read and search all of a type, as a table over it needs.
///
/// # Errors
/// When the token does not reach so far.
pub(crate) fn kind_in_whole(context: &Context<'_>, kind: &str) -> Result<(), FhirError> {
    kinds_in_whole(context, vec![kind.to_owned()], Some(&[kind.to_owned()].into())).map(|_| ())
}
