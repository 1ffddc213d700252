//! What operations on codes are given: codes, and the resources they are looked up in.

use std::sync::Arc;

use serde_json::Value;
use standards::fhir::json;
use standards::fhir::outcome::IssueCode;
use standards::fhir::terminology::{CodeSystem, Coding, ConceptMap, Terminology, TerminologyError, ValueSet};

use super::input::wrong;
use super::place::Place;
use super::table::Ask;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::in_sight;
use crate::fhir::read::alive;

/// The resource an operation is about, wherever it was named.
pub(super) enum Named {
    /// As JSON: the stored one the address names, or one that was sent along.
    AtHand(Value),
    /// By canonical URL, perhaps with a version.
    Url(String),
}

/// The resource called by the address, the parameter `own` (a resource), or `url` with the version in `version`.
pub(super) fn named(ask: &Ask<'_>, own: &str, version: &str) -> Result<Option<Named>, FhirError> {
    let sent = match ask.input.value(own)? {
        Some(sent) => Some(sent),
        None => ask.input.value("resource")?,
    };
    let url = ask.input.text("url")?;
    match (ask.place, sent, url) {
        (Place::Instance(kind, id), None, None) => Ok(Some(Named::AtHand(stored(ask, kind, id)?))),
        (Place::Instance(..), _, _) => Err(twice("the address names a resource", own)),
        (_, Some(_), Some(_)) => Err(twice("'url' names a resource", own)),
        (_, Some(sent), None) => match (ask.place.kind(), sent["resourceType"].as_str()) {
            (Some(kind), Some(found)) if kind == found => Ok(Some(Named::AtHand(sent.clone()))),
            (Some(kind), _) => Err(wrong(own, &format!("must be a {kind}"))),
            (None, _) => Err(wrong(own, "cannot be given here")),
        },
        (_, None, Some(url)) => Ok(Some(Named::Url(versioned(url, ask.input.text(version)?)))),
        (_, None, None) => Ok(None),
    }
}

fn twice(what: &str, own: &str) -> FhirError {
    let what = format!("{what}, so neither 'url' nor '{own}' may name another; leave one out");
    FhirError::new(Refusal::Malformed, IssueCode::Invalid, what)
}

fn stored(ask: &Ask<'_>, kind: &str, id: &str) -> Result<Value, FhirError> {
    let stored = alive(in_sight(ask.context, ask.view.get(kind, id)?), kind, id)?;
    json::parse(&stored.body, ask.context.limits)
        .map_err(|issue| FhirError { refusal: Refusal::Internal, issues: vec![issue] })
}

/// A canonical URL with the version that a parameter of its own gives.
pub(super) fn versioned(url: &str, version: Option<&str>) -> String {
    match version {
        Some(version) if !url.contains('|') => format!("{url}|{version}"),
        _ => url.to_owned(),
    }
}

/// A parameter that is needed.
pub(super) fn missing(what: &str) -> FhirError {
    FhirError::new(Refusal::Malformed, IssueCode::Required, what)
}

impl Named {
    pub(super) fn value_set(&self, terminology: &Terminology<'_>) -> Result<Arc<ValueSet>, FhirError> {
        match self {
            Named::AtHand(resource) => Ok(Arc::new(ValueSet::new(resource))),
            Named::Url(url) => Ok(terminology.value_set(url)?),
        }
    }

    pub(super) fn code_system(&self, terminology: &Terminology<'_>) -> Result<Arc<CodeSystem>, FhirError> {
        match self {
            Named::AtHand(resource) => Ok(Arc::new(CodeSystem::new(resource))),
            Named::Url(url) => Ok(terminology.code_system(url)?),
        }
    }

    pub(super) fn concept_map(&self, terminology: &Terminology<'_>) -> Result<Arc<ConceptMap>, FhirError> {
        match self {
            Named::AtHand(resource) => Ok(Arc::new(ConceptMap::new(resource))),
            Named::Url(url) => Ok(terminology.concept_map(url)?),
        }
    }
}

/// Names of the parameters that give a code with its system, version and display.
pub(super) struct CodeNames {
    pub(super) code: &'static str,
    pub(super) system: &'static str,
    pub(super) version: &'static str,
}

/// The codes asked about: `code` with its companions, `coding`, or the codings of `codeableConcept`; exactly one of
/// these.
pub(super) fn codings(ask: &Ask<'_>, names: &CodeNames) -> Result<Vec<Coding>, FhirError> {
    let code = ask.input.text(names.code)?;
    let coding = ask.input.value("coding")?;
    let concept = ask.input.value("codeableConcept")?;
    match (code, coding, concept) {
        (Some(code), None, None) => Ok(vec![Coding {
            system: ask.input.text(names.system)?.map(str::to_owned),
            version: ask.input.text(names.version)?.map(str::to_owned),
            code: code.to_owned(),
            display: ask.input.text("display")?.map(str::to_owned),
        }]),
        (None, Some(coding), None) => Ok(vec![coding_of("coding", coding)?]),
        (None, None, Some(concept)) => {
            let codings = concept["coding"].as_array().map(Vec::as_slice).unwrap_or_default();
            match codings.is_empty() {
                true => Err(wrong("codeableConcept", "has no coding")),
                false => codings.iter().map(|one| coding_of("codeableConcept", one)).collect(),
            }
        }
        (None, None, None) => {
            let what = format!(
                "no code is given: send '{}' with its system, 'coding' or 'codeableConcept'",
                names.code
            );
            Err(missing(&what))
        }
        _ => {
            let what =
                format!("'{}', 'coding' and 'codeableConcept' exclude each other; send one", names.code);
            Err(FhirError::new(Refusal::Malformed, IssueCode::Invalid, what))
        }
    }
}

/// A Coding in the parameter `name`.
pub(super) fn coding_of(name: &str, value: &Value) -> Result<Coding, FhirError> {
    Coding::new(value).ok_or_else(|| wrong(name, "must be a Coding with a code"))
}

impl From<TerminologyError> for FhirError {
    fn from(error: TerminologyError) -> Self {
        let refusal = match &error {
            TerminologyError::UnknownResource { .. }
            | TerminologyError::OtherVersion { .. }
            | TerminologyError::UnknownCode { .. } => Refusal::NotFound,
            TerminologyError::Undecided { .. }
            | TerminologyError::NotListable { .. }
            | TerminologyError::TooCostly(_)
            | TerminologyError::Invalid(_) => Refusal::Unprocessable,
        };
        FhirError::new(refusal, error.code(), error.to_string())
    }
}
