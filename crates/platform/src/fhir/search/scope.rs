use std::collections::BTreeSet;

use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::outcome::IssueCode;
use standards::fhir::search::query::{Condition, Problem, Query, parse_types};
use standards::fhir::search::{Parameters, compartment};
use standards::fhir::terminology::Terminology;
use store::sandbox::View;

use super::run::parse_context;
use crate::fhir::context::Context;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::owner_in_sight;
use crate::fhir::write::check_type;

/// Where a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// In all resources of a type.
    Type(&'a str),
    /// In all resources, or those of the types that `_type` names.
    System,
    /// In what is about one resource (R4, 2.5).
    Compartment {
        /// The type of what it is about.
        kind: &'a str,
        /// Its id.
        id: &'a str,
        /// Only resources of this type; of all types that a compartment may hold when absent.
        of_type: Option<&'a str>,
    },
}

/// What is to be searched: a query for each type, and what could not be used.
pub(super) struct Asked {
    pub(super) queries: Vec<Query>,
    pub(super) problems: Vec<Problem>,
}

impl Scope<'_> {
    /// Where it looks, for the journal.
    pub(in crate::fhir) fn detail(self) -> Value {
        match self {
            Self::Type(kind) => json!({"method": "GET", "type": kind}),
            Self::System => json!({"method": "GET"}),
            Self::Compartment { kind, id, of_type } => {
                json!({"method": "GET", "type": of_type, "compartment": format!("{kind}/{id}")})
            }
        }
    }

    /// The address below the service base.
    pub(super) fn path(self) -> String {
        match self {
            Self::Type(kind) => kind.to_owned(),
            Self::System => String::new(),
            Self::Compartment { kind, id, of_type } => format!("{kind}/{id}/{}", of_type.unwrap_or("*")),
        }
    }

    /// Reads the parameters for every type in it.
    pub(super) fn read(
        self,
        context: &Context<'_>,
        view: View<'_>,
        parameters: &[(String, String)],
    ) -> Result<Asked, FhirError> {
        let named = named(parameters)?;
        let types = self.types(context, view, named.as_deref())?;
        let terminology = Terminology::r4();
        let read_against = parse_context(context, &terminology);
        let (mut queries, problems) = parse_types(&types, parameters, Parameters::r4(), &read_against);
        for query in &mut queries {
            query.criteria.splice(0..0, self.condition(&query.resource_type, context.base_url));
            if !matches!(self, Self::Type(_)) {
                query.applied.splice(0..0, parameters.iter().filter(|(name, _)| name == "_type").cloned());
            }
        }
        if matches!(self, Self::System) && named.is_none() {
            let present = view.types()?;
            queries.retain(|query| present.contains(&query.resource_type));
        }
        Ok(Asked { queries, problems })
    }

    fn types<'t>(
        self,
        context: &Context<'_>,
        view: View<'_>,
        named: Option<&'t [String]>,
    ) -> Result<Vec<&'t str>, FhirError>
    where
        Self: 't,
    {
        let all: Vec<&'t str> = match self {
            Self::Type(kind) => {
                check_type(kind)?;
                return Ok(vec![kind]);
            }
            Self::System => Definitions::r4().resource_types().iter().map(String::as_str).collect(),
            Self::Compartment { kind, id, of_type } => in_compartment(context, view, kind, id, of_type)?,
        };
        let wanted = |kind: &&str| named.is_none_or(|named| named.iter().any(|name| name == kind));
        Ok(all.into_iter().filter(wanted).collect())
    }

    /// What puts a resource of this type into it.
    fn condition(self, resource_type: &str, base_url: &str) -> Option<Condition> {
        match self {
            Self::Type(_) | Self::System => None,
            Self::Compartment { kind, id, .. } => compartment::condition([kind, id], resource_type, base_url),
        }
    }
}

/// The types of `_type`; `None` when there is no such parameter.
fn named(parameters: &[(String, String)]) -> Result<Option<Vec<String>>, FhirError> {
    let values = parameters.iter().filter(|(name, _)| name == "_type").map(|(_, value)| value);
    let named: BTreeSet<String> = values.flat_map(|value| value.split(',')).map(str::to_owned).collect();
    if let Some(unknown) = named.iter().find(|name| !Definitions::r4().is_resource(name)) {
        let what = format!(
            "parameter '_type': '{unknown}' is not a FHIR R4 resource type; write types separated by commas"
        );
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Value, what));
    }
    Ok((!named.is_empty()).then(|| named.into_iter().collect()))
}

/// The types to search in a compartment that is there.
fn in_compartment<'t>(
    context: &Context<'_>,
    view: View<'_>,
    kind: &'t str,
    id: &str,
    of_type: Option<&'t str>,
) -> Result<Vec<&'t str>, FhirError> {
    check_type(kind)?;
    let held = compartment::types(kind);
    if held.is_empty() {
        let kinds: Vec<&str> = compartment::kinds().collect();
        let what = format!("there is no compartment of a {kind}; there are those of {}", kinds.join(", "));
        return Err(FhirError::new(Refusal::NotFound, IssueCode::NotSupported, what));
    }
    let found = owner_in_sight(context, view.get(kind, id)?);
    let Some(stored) = found else { return Err(FhirError::not_found(kind, id)) };
    if stored.deleted {
        let what = format!("{kind}/{id} was deleted, and its compartment with it");
        return Err(FhirError::new(Refusal::Gone, IssueCode::Deleted, what));
    }
    let Some(of_type) = of_type else { return Ok(held) };
    check_type(of_type)?;
    if held.contains(&of_type) {
        return Ok(vec![of_type]);
    }
    let what =
        format!("the compartment of a {kind} holds no {of_type}; search {of_type} by its own parameters");
    Err(FhirError::new(Refusal::NotFound, IssueCode::NotSupported, what))
}
