use fhirpath::{Answer, Engine, Problem, Question, Surroundings};
use serde_json::Value;
use standards::fhir::outcome::IssueCode;
use store::sandbox::View;

use super::open::Chart;
use crate::access::Access;
use crate::ehr::lookup::get;
use crate::fhir::{FhirError, Refusal};

/// Other resources offered beside the patient's own.
const OFFERED_MAX: usize = 40;

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
    /// The patient and what was written last, newest first within each type.
    ///
    /// # Errors
    /// When the store fails.
    pub fn leaves(&self) -> Result<Vec<Leaf>, FhirError> {
        let own = Leaf { reference: format!("Patient/{}", self.id()), title: self.identity().name };
        let mut others: Vec<Leaf> = self
            .timeline(&[], 1)?
            .items
            .into_iter()
            .take(OFFERED_MAX)
            .map(|item| Leaf { reference: item.reference, title: item.title })
            .collect();
        let kind = |leaf: &Leaf| leaf.reference.split_once('/').map(|(kind, _)| kind.to_owned());
        others.sort_by_key(kind);
        Ok([vec![own], others].concat())
    }
}

/// Evaluates an expression on a resource of a patient's chart, or on other JSON. The chart is open already and its
/// opening journalled, so this leaves no entry; and it reaches nothing of other patients.
///
/// # Errors
/// [`Refusal::NotFound`] if the chart has no such resource.
pub fn evaluate(access: &Access, patient: &str, of: Of<'_>, expression: &str) -> Result<Evaluated, FhirError> {
    let now_us = access.virtual_us();
    access.sandbox().view(|view| {
        let around = Around { view, patient: format!("Patient/{patient}") };
        let input = match of {
            Of::Json(json) => json.clone(),
            Of::Reference(reference) => around.resolve(reference).filter(|found| around.is_own(found)).ok_or_else(|| {
                let what = format!("this chart has no {reference}");
                FhirError::new(Refusal::NotFound, IssueCode::NotFound, what)
            })?,
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
