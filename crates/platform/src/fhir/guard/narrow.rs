use identity::scope::Permissions;
use standards::fhir::search::query::Query;

use super::rules::{Open, open, out_of_reach};
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;

/// Bounds a query to what may be searched, so that nothing beyond it is found, counted or paged over.
///
/// # Errors
/// When nothing of the type may be searched.
pub(in crate::fhir) fn narrow(context: &Context<'_>, query: &mut Query) -> Result<(), FhirError> {
    let Some(reach) = context.access.reach() else { return Ok(()) };
    match open(context, reach, &query.resource_type, Permissions::SEARCH) {
        Open::Nothing => return Err(out_of_reach(&query.resource_type, Permissions::SEARCH)),
        Open::Everything => {}
        Open::Where(condition) => query.criteria.insert(0, condition),
    }
    Ok(())
}

/// The same for the queries of several types; those of types that may not be searched fall away.
pub(in crate::fhir) fn narrow_each(context: &Context<'_>, queries: &mut Vec<Query>) {
    queries.retain_mut(|query| narrow(context, query).is_ok());
}
