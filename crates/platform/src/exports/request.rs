use std::collections::{BTreeMap, BTreeSet};

use standards::fhir::definitions::Definitions;
use standards::fhir::instant;
use standards::fhir::outcome::IssueCode;
use standards::fhir::search::query::Query;

use super::level::Level;
use crate::fhir::{Context, FhirError, Refusal, pairs_of, query_of};

/// Filters in one request at most.
const FILTERS_MAX: usize = 50;
/// The names that NDJSON goes by.
const FORMATS: [&str; 3] = ["application/fhir+ndjson", "application/ndjson", "ndjson"];

/// What a client wants of an export.
#[derive(Debug, Default)]
pub(super) struct Request {
    /// Only resources written at or after this moment, microseconds since 1970 UTC.
    pub(super) since_us: Option<i64>,
    /// Only these types.
    pub(super) types: Option<BTreeSet<String>>,
    /// Of these types only what one of the queries finds.
    pub(super) filters: BTreeMap<String, Vec<Query>>,
}

impl Request {
    /// Reads the parameters of an address, decoded. Those that are not known are refused, unless the client is lenient.
    pub(super) fn read(
        context: &Context<'_>,
        level: Level<'_>,
        pairs: &[(String, String)],
        lenient: bool,
    ) -> Result<Self, FhirError> {
        let mut request = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "_since" => {
                    let since_us = instant::parse(value);
                    request.since_us =
                        Some(since_us.ok_or_else(|| bad(name, "is not an instant with a zone"))?);
                }
                "_type" => {
                    let named = value.split(',').map(|kind| kind_of(level, name, kind));
                    request.types.get_or_insert_default().extend(named.collect::<Result<Vec<_>, _>>()?);
                }
                "_typeFilter" => request.add_filters(context, level, value)?,
                "_outputFormat" if !FORMATS.contains(&value.as_str()) => {
                    return Err(bad(name, &format!("must be one of {}", FORMATS.join(", "))));
                }
                "_outputFormat" | "_format" | "_pretty" => {}
                _ if lenient => {}
                _ => {
                    let why = "is not known here; there are _since, _type, _typeFilter and _outputFormat";
                    return Err(bad(name, why));
                }
            }
        }
        request.check_filters()?;
        Ok(request)
    }

    fn add_filters(&mut self, context: &Context<'_>, level: Level<'_>, value: &str) -> Result<(), FhirError> {
        for filter in split(value) {
            let (kind, condition) = filter.split_once('?').ok_or_else(|| {
                bad("_typeFilter", &format!("has '{filter}', which is not written like Type?parameter=value"))
            })?;
            let kind = kind_of(level, "_typeFilter", kind)?;
            let query = query_of(context, &kind, &pairs_of(condition))?;
            let shapes = !query.sort.is_empty() || !query.include.is_empty() || !query.revinclude.is_empty();
            if shapes || query.count.is_some() || query.cursor.is_some() {
                return Err(bad("_typeFilter", "may choose resources, and not sort, page or include"));
            }
            self.filters.entry(kind).or_default().push(query);
        }
        Ok(())
    }

    fn check_filters(&self) -> Result<(), FhirError> {
        if self.filters.values().map(Vec::len).sum::<usize>() > FILTERS_MAX {
            return Err(bad(
                "_typeFilter",
                &format!("has more than {FILTERS_MAX} filters; export in several parts"),
            ));
        }
        let left_out = |kind: &&String| self.types.as_ref().is_some_and(|types| !types.contains(*kind));
        match self.filters.keys().find(left_out) {
            Some(kind) => Err(bad("_typeFilter", &format!("filters {kind}, which '_type' leaves out"))),
            None => Ok(()),
        }
    }
}

/// Filters are separated by commas, as are the values within one: what follows a comma begins a filter if it is a type
/// with a question mark.
fn split(value: &str) -> Vec<String> {
    let mut filters: Vec<String> = Vec::new();
    for part in value.split(',') {
        let begins = part.split_once('?').is_some_and(|(kind, _)| Definitions::r4().is_resource(kind));
        match filters.last_mut().filter(|_| !begins) {
            Some(last) => {
                last.push(',');
                last.push_str(part);
            }
            None => filters.push(part.to_owned()),
        }
    }
    filters
}

fn kind_of(level: Level<'_>, parameter: &str, kind: &str) -> Result<String, FhirError> {
    if !Definitions::r4().is_resource(kind) {
        return Err(bad(parameter, &format!("names '{kind}', which is not a FHIR R4 resource type")));
    }
    if !level.holds(kind) {
        return Err(bad(
            parameter,
            &format!("names {kind}, which is not about patients; export the whole hospital"),
        ));
    }
    Ok(kind.to_owned())
}

fn bad(name: &str, why: &str) -> FhirError {
    FhirError::new(Refusal::Malformed, IssueCode::Value, format!("parameter '{name}' {why}"))
}
