use standards::fhir::outcome::IssueCode;
use standards::fhir::search::Parameters;
use standards::fhir::search::query::{Query, parse};
use standards::fhir::terminology::Terminology;
use store::sandbox::{Stored, View};

use super::judge::judge;
use super::pairs::pairs_of;
use super::run::{parse_context, store_refusal};
use crate::fhir::context::Context;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::write::check_type;

/// At most `count` resources that meet `condition`, a query string without `?`; every parameter must be understood.
pub(in crate::fhir) fn matches_of(
    context: &Context<'_>,
    view: View<'_>,
    kind: &str,
    condition: &str,
    count: usize,
) -> Result<Vec<Stored>, FhirError> {
    let query = query_of(context, kind, &pairs_of(condition))?;
    Ok(view.search(&query, count).map_err(store_refusal)?.hits)
}

/// Parameters as a query; every one must be understood, and one must choose.
pub(crate) fn query_of(
    context: &Context<'_>,
    kind: &str,
    pairs: &[(String, String)],
) -> Result<Query, FhirError> {
    check_type(kind)?;
    let terminology = Terminology::r4();
    let mut query = parse(kind, pairs, Parameters::r4(), &parse_context(context, &terminology));
    let problems = std::mem::take(&mut query.problems);
    judge(std::slice::from_ref(&query), &problems, true)?;
    if query.criteria.is_empty() {
        let what = format!("the condition names no search parameter of {kind} by which to choose");
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Value, what));
    }
    Ok(query)
}
