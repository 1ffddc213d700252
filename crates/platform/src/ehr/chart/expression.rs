use std::collections::BTreeMap;

use fhirpath::{Answer, Engine, Problem, Question, Surroundings};
use serde_json::Value;
use standards::fhir::outcome::IssueCode;
use store::sandbox::View;

use super::open::{Chart, Section, look};
use super::timeline::ItemKind;
use crate::access::Access;
use crate::ehr::lookup::get;
use crate::ehr::roles::working;
use crate::fhir::{FhirError, Refusal};

/// Resources offered of one type.
const OFFERED_MAX: usize = 8;

/// Observations would crowd out everything else, so they are looked up apart from it.
const OBSERVED: &[ItemKind] = &[ItemKind::Vital, ItemKind::Result, ItemKind::Finding];
const OTHER: &[ItemKind] = &[
    ItemKind::Encounter,
    ItemKind::Condition,
    ItemKind::Medication,
    ItemKind::Procedure,
    ItemKind::Immunization,
    ItemKind::Allergy,
    ItemKind::Note,
    ItemKind::Report,
    ItemKind::Plan,
];

/// A resource of a chart that expressions can be tried on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// `Type/ID`.
    pub reference: String,
    /// What it is, in words.
    pub title: String,
}

/// What became of an expression.
pub type Evaluated = Result<Vec<Answer>, Problem>;

impl Chart<'_> {
    /// The patient and some of everything that is about them, newest first within each type.
    ///
    /// # Errors
    /// When the store fails.
    pub fn leaves(&self) -> Result<Vec<Leaf>, FhirError> {
        let mut by_type: BTreeMap<String, Vec<Leaf>> = BTreeMap::new();
        for kinds in [OTHER, OBSERVED] {
            for item in self.timeline(kinds, 1)?.items {
                let kind = item.reference.split('/').next().unwrap_or_default().to_owned();
                let leaves = by_type.entry(kind).or_default();
                if leaves.len() < OFFERED_MAX {
                    leaves.push(Leaf { reference: item.reference, title: item.title });
                }
            }
        }
        let own = Leaf { reference: format!("Patient/{}", self.id()), title: self.identity().name };
        Ok(std::iter::once(own).chain(by_type.into_values().flatten()).collect())
    }
}

/// Evaluates an expression on a resource of a patient's chart, or on other JSON. The chart is open already and its
/// opening journalled, so this leaves no entry; and it reaches nothing of other patients.
///
/// # Errors
/// [`Refusal::NotFound`] if the chart has no such resource; refusals as when it is opened.
pub fn evaluate(
    access: &Access,
    patient: &str,
    of: Of<'_>,
    expression: &str,
) -> Result<Evaluated, FhirError> {
    look(access, &working(access)?, patient, Section::Fhirpath)?;
    let now_us = access.virtual_us();
    access.sandbox().view(|view| {
        let around = Around { view, patient: format!("Patient/{patient}") };
        let input = match of {
            Of::Json(json) => json.clone(),
            Of::Reference(reference) => {
                around.resolve(reference).filter(|found| around.is_own(found)).ok_or_else(|| {
                    let what = format!("this chart has no {reference}");
                    FhirError::new(Refusal::NotFound, IssueCode::NotFound, what)
                })?
            }
        };
        let question = Question {
            expression,
            context: None,
            input: &input,
            variables: &[],
            now_us,
            strict: false,
            surroundings: Some(&around),
        };
        Ok(Engine::new().ask(&question))
    })
}

/// What an expression is tried on.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// A resource of the chart, as `Type/ID`.
    Reference(&'a str),
    /// JSON that somebody wrote.
    Json(&'a Value),
}

/// The resources that a chart may lead to: its own, and those that are about nobody.
struct Around<'a> {
    view: View<'a>,
    patient: String,
}

impl Around<'_> {
    fn is_own(&self, resource: &Value) -> bool {
        about(resource).is_some_and(|patient| patient == self.patient)
    }
}

impl Surroundings for Around<'_> {
    fn resolve(&self, reference: &str) -> Option<Value> {
        let (kind, id) = reference.split_once('/')?;
        let found = get(self.view, kind, id).ok()??;
        (about(&found).is_none() || self.is_own(&found)).then_some(found)
    }

    fn conforms(&self, _: &Value, _: &str) -> Option<bool> {
        None
    }
}

/// The patient a resource is about, as `Patient/ID`.
fn about(resource: &Value) -> Option<String> {
    if resource["resourceType"] == "Patient" {
        return resource["id"].as_str().map(|id| format!("Patient/{id}"));
    }
    let reference = |name: &str| resource[name]["reference"].as_str();
    reference("subject").or_else(|| reference("patient")).map(str::to_owned)
}
