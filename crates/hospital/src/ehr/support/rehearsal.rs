use serde::Deserialize;
use serde_json::{Value, json};

use super::egfr::creatinine_at;
use super::facts::{ChartFacts, newest_results};
use crate::calendar::{DAY_US, HOUR_US, date_of, instant_text};
use crate::codes::{LOINC, RXNORM, UCUM, test};
use crate::ehr::entered::Entered;
use crate::ehr::orders::{DraftFacts, DraftOrder, draft_order, signed_order};
use crate::ehr::shape::id_of;
use crate::population::lab_test;

/// Age of a patient about whom nothing is said, in years.
const AGE_YEARS: i64 = 60;
/// How long ago a result was taken about which nothing is said, in hours.
const RESULT_HOURS: i64 = 6;
/// How long ago another order was signed about which nothing is said, in hours.
const ORDER_HOURS: i64 = 48;
/// Who signs what stands in a rehearsal.
const AUTHOR: &str = "rehearsal";

/// An order somebody might sign, of a patient who stands in no chart, with all that is known about them.
///
/// Numbers may be given as text. What is left out is not known, or nothing special.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rehearsal {
    /// The id of the orderable that is ordered.
    pub orderable: Entered,
    /// Age in years; 60 when left out.
    pub age: Entered,
    /// `female` or `male`; male when left out.
    pub sex: Entered,
    /// The estimated glomerular filtration rate, from which a creatinine result is made.
    pub egfr: Entered,
    /// Laboratory results.
    pub results: Vec<RehearsedResult>,
    /// Other orders.
    pub orders: Vec<RehearsedOrder>,
    /// RxNorm codes of substances the patient is allergic to.
    pub allergies: Vec<Entered>,
}

/// A laboratory result in a rehearsal.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RehearsedResult {
    /// The LOINC code of the test.
    pub test: Entered,
    /// The value, in the laboratory's unit.
    pub value: Entered,
    /// How long before the order it was taken; 6 hours when left out.
    pub hours_ago: Entered,
}

/// Another order in a rehearsal.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RehearsedOrder {
    /// The id of its orderable.
    pub orderable: Entered,
    /// Its status; `active` when left out.
    pub status: Entered,
    /// How long before the order it was signed; 48 hours when left out.
    pub hours_ago: Entered,
}

/// A rehearsal as resources, which are stored nowhere.
#[derive(Debug, Clone, Default)]
pub struct Staged {
    /// The order, not yet signed.
    pub order: Value,
    /// What rules may know about its patient.
    pub facts: ChartFacts,
    /// Every laboratory result of the patient, of which the facts hold the newest.
    pub results: Vec<Value>,
}

impl Rehearsal {
    /// Makes the resources of a rehearsal at a time. `orderables` is the catalogue it is ordered from.
    ///
    /// # Errors
    /// In plain words: an orderable the catalogue has not, or a number that is none.
    pub fn stage(&self, orderables: &[Value], now_us: i64) -> Result<Staged, String> {
        let age = whole("age", &self.age, AGE_YEARS)?;
        let sex = self.sex.text().unwrap_or("male".into());
        let born = date_of(now_us - age * 365 * DAY_US - age / 4 * DAY_US - DAY_US);
        let patient = json!({
            "resourceType": "Patient", "id": AUTHOR, "gender": sex, "birthDate": born.to_string(),
        });
        let stage = Stage { patient: &patient, orderables, now_us };
        let mut results = Vec::new();
        if let Some(egfr) = number("egfr", &self.egfr)? {
            let years = i32::try_from(age).unwrap_or(i32::MAX);
            let value = creatinine_at(egfr, years, sex == "female")
                .ok_or_else(|| format!("no creatinine gives an eGFR of {egfr} at {age} years"))?;
            results.push(stage.result(test::CREATININE.code, value, RESULT_HOURS));
        }
        for result in &self.results {
            let value = number("value", &result.value)?.ok_or("a result has no value")?;
            let code = result.test.text().unwrap_or_default();
            results.push(stage.result(&code, value, whole("hours_ago", &result.hours_ago, RESULT_HOURS)?));
        }
        let mut orders = Vec::new();
        for (at, other) in self.orders.iter().enumerate() {
            orders.push(stage.other(other, &format!("other-{at}"))?);
        }
        Ok(Staged {
            order: stage.draft(&self.orderable, "rehearsed")?,
            facts: ChartFacts {
                allergies: self.allergies.iter().map(allergy).collect(),
                problems: Vec::new(),
                orders,
                results: newest_results(results.clone()),
                patient,
            },
            results,
        })
    }
}

/// Where a rehearsal is played.
struct Stage<'a> {
    patient: &'a Value,
    orderables: &'a [Value],
    now_us: i64,
}

impl Stage<'_> {
    fn draft(&self, orderable: &Entered, id: &str) -> Result<Value, String> {
        let wanted = orderable.text().unwrap_or_default();
        let found = self.orderables.iter().find(|one| id_of(one) == wanted);
        let found = found.ok_or_else(|| format!("the catalogue has no orderable '{wanted}'"))?;
        let facts = DraftFacts {
            patient: Some(self.patient),
            encounter: None,
            orderable: Some(found),
            author: AUTHOR,
        };
        let command = DraftOrder {
            patient: AUTHOR.into(),
            orderable: wanted.into_owned().into(),
            ..DraftOrder::default()
        };
        draft_order(&command, &facts, id).map_err(|error| error.to_string())
    }

    fn other(&self, other: &RehearsedOrder, id: &str) -> Result<Value, String> {
        let hours = whole("hours_ago", &other.hours_ago, ORDER_HOURS)?;
        let mut order =
            signed_order(&self.draft(&other.orderable, id)?, AUTHOR, self.now_us - hours * HOUR_US);
        if let Some(status) = other.status.text() {
            order["status"] = status.into();
        }
        Ok(order)
    }

    fn result(&self, code: &str, value: f64, hours_ago: i64) -> Value {
        let unit = lab_test(code).map_or("1", |test| test.unit);
        let at = instant_text(self.now_us - hours_ago * HOUR_US);
        json!({
            "resourceType": "Observation",
            "id": format!("result-{code}-{hours_ago}"),
            "status": "final",
            "category": [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory",
            }]}],
            "code": {"coding": [{"system": LOINC, "code": code}]},
            "subject": {"reference": format!("Patient/{AUTHOR}")},
            "effectiveDateTime": at,
            "issued": at,
            "valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": unit},
        })
    }
}

fn allergy(code: &Entered) -> Value {
    json!({
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active",
        }]},
        "verificationStatus": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "code": "confirmed",
        }]},
        "code": {"coding": [{"system": RXNORM, "code": code.text()}]},
        "patient": {"reference": format!("Patient/{AUTHOR}")},
    })
}

fn number(field: &str, entered: &Entered) -> Result<Option<f64>, String> {
    let Some(text) = entered.text() else { return Ok(None) };
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.map(Some).ok_or_else(|| format!("{field} '{text}' is not a number"))
}

fn whole(field: &str, entered: &Entered, usual: i64) -> Result<i64, String> {
    let Some(text) = entered.text() else { return Ok(usual) };
    let whole = text.parse::<i64>().ok().filter(|whole| (0..=10_000).contains(whole));
    whole.ok_or_else(|| format!("{field} '{text}' is not a whole number from 0 to 10000"))
}
