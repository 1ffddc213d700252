use identity::scope::Permissions;
use standards::fhir::search::query::{Condition, Link, Query};

use super::rules::{Open, open, out_of_reach};
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;

/// Refuses chains and `_has` through types that may not be searched as a whole: what they find would tell of resources that
/// are out of reach.
pub(in crate::fhir) fn links_in_reach(context: &Context<'_>, queries: &[Query]) -> Result<(), FhirError> {
    if context.access.reach().is_none() {
        return Ok(());
    }
    queries.iter().flat_map(|query| &query.criteria).try_for_each(|condition| check(context, condition))
}

fn check(context: &Context<'_>, condition: &Condition) -> Result<(), FhirError> {
    match condition {
        Condition::Value(_) => Ok(()),
        Condition::RefersTo(Link { other_type, condition, .. })
        | Condition::ReferredBy(Link { other_type, condition, .. }) => {
            only_whole(context, other_type)?;
            check(context, condition)
        }
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().try_for_each(|part| check(context, part))
        }
        Condition::Not(inner) => check(context, inner),
    }
}

/// Refuses to let a condition choose among resources of a type that may not be searched as a whole.
pub(in crate::fhir) fn only_whole(context: &Context<'_>, kind: &str) -> Result<(), FhirError> {
    let Some(reach) = context.access.reach() else { return Ok(()) };
    match open(context, reach, kind, Permissions::SEARCH) {
        Open::Everything => Ok(()),
        Open::Nothing | Open::Where(_) => Err(out_of_reach(kind, Permissions::SEARCH)),
    }
}
