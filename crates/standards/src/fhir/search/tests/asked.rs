use crate::fhir::search::Parameters;
use crate::fhir::search::query::{ParseContext, Query, parse};

/// 2024-07-01T00:00:00Z
const NOW_US: i64 = 1_719_792_000_000_000;

pub(in crate::fhir::search) const CONTEXT: ParseContext<'_> =
    ParseContext::new("http://here.example/fhir", NOW_US);

/// Reads a query string whose values need no percent-decoding.
pub(super) fn read(resource_type: &str, query: &str) -> Query {
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    parse(resource_type, &pairs, Parameters::r4(), &CONTEXT)
}
