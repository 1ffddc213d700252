use serde::Serialize;
use serde_json::Value;

use super::element::{concept_of, has_code, id, items, text, version};
use super::encounters::Stay;
use super::medications::Medication;
use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use super::series::{Series, is_result, series, vitals};
use crate::ehr::lookup::is_over;
use crate::fhir::FhirError;

/// Values of a sign that a sparkline shows.
const SPARK_POINTS: usize = 12;
/// Tests on the summary.
const RESULTS: usize = 12;

/// What matters about a patient now, on one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Conditions that are not over, newest first.
    pub problems: Vec<Problem>,
    /// Drugs in force.
    pub medications: Vec<Medication>,
    /// Allergies in force.
    pub allergies: Vec<Allergy>,
    /// Vital signs with their latest values, newest first, enough for a sparkline.
    pub vitals: Vec<Series>,
    /// The tests with the newest results, each with its two latest values.
    pub results: Vec<Series>,
    /// Vaccines given, newest first.
    pub immunizations: Vec<Immunization>,
    /// The encounter that keeps the patient in the house now.
    pub current: Option<Stay>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The id of the Condition.
    pub id: String,
    /// The version of the Condition.
    pub version: u64,
    /// What it is called.
    pub name: String,
    /// When it began, otherwise when it was recorded.
    pub since: Option<Moment>,
    /// `active`, `recurrence` and so on, as written.
    pub status: Option<String>,
    /// Whether it stands on the problem list, not only under one encounter.
    pub on_list: bool,
}

/// An allergy or intolerance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allergy {
    /// The id of the `AllergyIntolerance`.
    pub id: String,
    /// The version of it.
    pub version: u64,
    /// What the patient must not get.
    pub substance: String,
    /// What happens, if that is known.
    pub reaction: Option<String>,
    /// Whether it may cost life: high criticality or a severe reaction.
    pub severe: bool,
    /// Whether it holds.
    pub active: bool,
    /// When it was recorded.
    pub recorded: Option<Moment>,
}

/// A vaccine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Immunization {
    /// The id of the Immunization.
    pub id: String,
    /// What was given.
    pub vaccine: String,
    /// When.
    pub given: Option<Moment>,
    /// `completed`, `not-done`, as written.
    pub status: String,
}

impl Chart<'_> {
    /// What matters now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn summary(&self) -> Result<Summary, FhirError> {
        let mut problems: Vec<Problem> =
            self.all("Condition")?.iter().filter(|condition| !is_over(condition)).map(Problem::of).collect();
        sort_newest_first(&mut problems, |problem| problem.since.as_ref());
        let mut medications = self.medications()?;
        medications.retain(|medication| medication.active);
        let mut allergies: Vec<Allergy> = self.all("AllergyIntolerance")?.iter().map(Allergy::of).collect();
        allergies.retain(|allergy| allergy.active);
        let observations = self.all("Observation")?;
        let mut results = series(&observations, is_result);
        results.truncate(RESULTS);
        let mut immunizations: Vec<Immunization> =
            self.all("Immunization")?.iter().map(Immunization::of).collect();
        sort_newest_first(&mut immunizations, |immunization| immunization.given.as_ref());
        let current = self.encounters()?.into_iter().find(|stay| stay.in_house);
        Ok(Summary {
            problems,
            medications,
            allergies,
            vitals: latest(vitals(&observations), SPARK_POINTS),
            results: latest(results, 2),
            immunizations,
            current,
        })
    }
}

fn latest(mut all: Vec<Series>, points: usize) -> Vec<Series> {
    all.iter_mut().for_each(|series| series.points.truncate(points));
    all
}

impl Problem {
    fn of(condition: &Value) -> Self {
        Self {
            id: id(condition),
            version: version(condition),
            name: concept_of(condition, &["code"]).unwrap_or_else(|| "a condition without a code".to_owned()),
            since: Moment::first(condition, &["/onsetDateTime", "/onsetPeriod/start", "/recordedDate"]),
            status: concept_of(condition, &["clinicalStatus"]),
            on_list: has_code(condition.get("category"), "problem-list-item"),
        }
    }
}

impl Allergy {
    pub(super) fn of(allergy: &Value) -> Self {
        let reactions = items(allergy, "reaction");
        let severe = |reaction: &Value| text(reaction, "severity") == Some("severe");
        Self {
            id: id(allergy),
            version: version(allergy),
            substance: concept_of(allergy, &["code"])
                .unwrap_or_else(|| "a substance without a name".to_owned()),
            reaction: reactions.iter().find_map(|reaction| concept_of(reaction, &["manifestation"])),
            severe: text(allergy, "criticality") == Some("high") || reactions.iter().any(severe),
            active: !is_over(allergy),
            recorded: Moment::first(allergy, &["/recordedDate", "/onsetDateTime"]),
        }
    }
}

impl Immunization {
    fn of(immunization: &Value) -> Self {
        Self {
            id: id(immunization),
            vaccine: concept_of(immunization, &["vaccineCode"])
                .unwrap_or_else(|| "a vaccine without a name".to_owned()),
            given: Moment::first(immunization, &["/occurrenceDateTime", "/occurrenceString"]),
            status: text(immunization, "status").unwrap_or_default().to_owned(),
        }
    }
}
