//! Finding resources for the hospital's own use.

use serde_json::Value;
use standards::fhir::search::Parameters;
use standards::fhir::search::query::{ParseContext, Query, Total, parse};
use store::StoreError;
use store::sandbox::{HistoryQuery, Stored, View};

use crate::access::Access;

/// Resources looked at in one go. A chart with more of one type shows the first so many.
const FOUND_MAX: usize = 5000;
/// Versions of one resource looked at.
const VERSIONS_MAX: usize = 50;

/// The live resource of this type and id.
pub(crate) fn get(view: View<'_>, kind: &str, id: &str) -> Result<Option<Value>, StoreError> {
    let stored = view.get(kind, id)?.filter(|stored| !stored.deleted);
    Ok(stored.as_ref().and_then(value_of))
}

/// The resources that meet every criterion, in the order the store keeps them.
///
/// A criterion that cannot be understood is met by nothing.
pub(crate) fn find(
    view: View<'_>,
    now_us: i64,
    kind: &str,
    criteria: &[(&str, &str)],
) -> Result<Vec<Value>, StoreError> {
    let stored = find_stored(view, now_us, kind, criteria)?;
    Ok(stored.iter().filter_map(value_of).collect())
}

/// The same, as they are stored: to be read outside the view, while others go on.
pub(crate) fn find_stored(
    view: View<'_>,
    now_us: i64,
    kind: &str,
    criteria: &[(&str, &str)],
) -> Result<Vec<Stored>, StoreError> {
    let pairs: Vec<(String, String)> =
        criteria.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    match query(now_us, kind, &pairs) {
        Some(query) => Ok(view.search(&query, FOUND_MAX)?.hits),
        None => Ok(Vec::new()),
    }
}

/// The versions of a resource with their numbers, newest first; deletions are left out.
pub(super) fn history(access: &Access, kind: &str, id: &str) -> Result<Vec<(u64, Value)>, StoreError> {
    let query = HistoryQuery {
        kind: Some(kind),
        id: Some(id),
        since_us: None,
        at_us: None,
        count: VERSIONS_MAX,
        after: None,
    };
    let found = access.sandbox().view(|view| view.history(&query))?;
    Ok(found.versions.iter().filter_map(|stored| Some((stored.version, value_of(stored)?))).collect())
}

/// Parameters as a query; `None` if one of them cannot be understood.
pub(super) fn query(now_us: i64, kind: &str, pairs: &[(String, String)]) -> Option<Query> {
    let context = ParseContext::new("", now_us);
    let query = parse(kind, pairs, Parameters::r4(), &context);
    query.problems.is_empty().then_some(Query { total: Total::None, ..query })
}

/// What a person typed, as a search value: nothing in it separates or escapes (R4, 3.1.1.5.7).
pub(crate) fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| "\\,$|".contains(c).then_some('\\').into_iter().chain([c])).collect()
}

/// The subject of a journal entry about this patient; `None` for what cannot be an id, which nobody has.
pub(crate) fn subject(patient: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let is_id = (1..=64).contains(&patient.len()) && patient.chars().all(fits);
    is_id.then(|| format!("Patient/{patient}"))
}

/// Whether a medicine is in force.
pub(super) fn is_in_force(medicine: &Value) -> bool {
    let status = medicine.get("status").and_then(Value::as_str);
    status.is_some_and(|status| ["active", "on-hold", "intended"].contains(&status))
}

/// Whether a concept, or any of a list of them, has this code in whatever system.
pub(super) fn has_code(value: Option<&Value>, code: &str) -> bool {
    let is = |concept: &Value| {
        let codings = concept.get("coding").and_then(Value::as_array).into_iter().flatten();
        codings.into_iter().any(|coding| coding.get("code").and_then(Value::as_str) == Some(code))
    };
    value.is_some_and(|value| match value {
        Value::Array(concepts) => concepts.iter().any(is),
        one => is(one),
    })
}

/// Whether a condition or an allergy is one that is over, or never was.
pub(crate) fn is_over(resource: &Value) -> bool {
    let has = |member: &str, wanted: &[&str]| {
        let codings = resource.get(member).and_then(|status| status.get("coding")).and_then(Value::as_array);
        let mut codes = codings.into_iter().flatten().filter_map(|coding| coding.get("code")?.as_str());
        codes.any(|code| wanted.contains(&code))
    };
    has("clinicalStatus", &["inactive", "resolved", "remission"])
        || has("verificationStatus", &["entered-in-error", "refuted"])
}

/// A stored body as a value.
pub(crate) fn value_of(stored: &Stored) -> Option<Value> {
    serde_json::from_slice(&stored.body).ok()
}
