use hospital::calendar::{DAY_US, instant_text};
use hospital::ehr::{Dosing, codes_of, due_of, due_times, reference_id};
use serde::Serialize;
use serde_json::Value;

use super::element::{address, concept_of, id, items, text};
use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use super::verification::Verification;
use crate::fhir::FhirError;

/// How far back and ahead doses are shown.
const BACK_US: i64 = DAY_US / 2;
const AHEAD_US: i64 = DAY_US / 2;
/// How far from its time a dose is still on time.
const WINDOW_US: i64 = 3_600_000_000;

/// What became of a dose that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseState {
    /// Later than within the hour.
    Later,
    /// Within an hour of now.
    Now,
    /// More than an hour ago, and nothing is recorded.
    Overdue,
    /// Given.
    Given,
    /// Held or refused.
    NotGiven,
}

/// A dose that is or was due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dose {
    /// When it is due, as an instant.
    pub due: Moment,
    /// What became of it.
    pub state: DoseState,
}

/// A dose that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Administered {
    /// When.
    pub at: Option<Moment>,
    /// Whether it was given.
    pub given: bool,
    /// The amount, or why it was not given.
    pub detail: Option<String>,
    /// By whom.
    pub by: Option<String>,
    /// Why it differs from the order, or did not wait for a pharmacist.
    pub note: Option<String>,
}

/// A medicine in force with its doses: a line of the administration record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The id of the `MedicationRequest`.
    pub order: String,
    /// The medicine.
    pub name: String,
    /// The dose in words.
    pub dosage: Option<String>,
    /// The code on the package.
    pub product: Option<String>,
    /// The unit of a dose.
    pub unit: Option<String>,
    /// Whether it is given as needed.
    pub as_needed: bool,
    /// Whether it says by the clock when to give it.
    pub scheduled: bool,
    /// Where its verification by a pharmacist stands, if it takes one.
    pub verification: Option<Verification>,
    /// Doses due around now.
    pub doses: Vec<Dose>,
    /// What was recorded, newest first.
    pub recorded: Vec<Administered>,
}

impl Chart<'_> {
    /// The administration record: inpatient medicines in force, those with a dose to give now first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn administration(&self) -> Result<Vec<Sheet>, FhirError> {
        let given = self.all("MedicationAdministration")?;
        let mut verifications = self.verifications()?;
        let mut sheets = Vec::new();
        for order in self.all("MedicationRequest")? {
            if text(&order, "status") == Some("active") && is_inpatient(&order) {
                let verification = verifications.remove(&address(&order));
                sheets.push(Sheet { verification, ..self.sheet(&order, &given)? });
            }
        }
        sheets.sort_by_key(|sheet| (urgency(sheet), sheet.name.clone()));
        Ok(sheets)
    }

    fn sheet(&self, order: &Value, given: &[Value]) -> Result<Sheet, FhirError> {
        let order_id = id(order);
        let mine: Vec<&Value> = given
            .iter()
            .filter(|one| {
                one.get("request").and_then(|request| reference_id(request, "MedicationRequest"))
                    == Some(order_id.as_str())
            })
            .collect();
        let now_us = self.access.virtual_us();
        let dosing = items(order, "dosageInstruction").first().and_then(Dosing::read);
        let signed_us = Moment::first(order, &["/authoredOn"]).and_then(|at| at.at_us).unwrap_or(now_us);
        let due =
            dosing.as_ref().map(|dosing| due_times(dosing, signed_us, now_us - BACK_US, now_us + AHEAD_US));
        let mut recorded = Vec::new();
        for one in &mine {
            recorded.push(self.administered(one)?);
        }
        sort_newest_first(&mut recorded, |one| one.at.as_ref());
        let texts: Vec<&str> =
            items(order, "dosageInstruction").iter().filter_map(|dose| text(dose, "text")).collect();
        let as_needed = dosing.as_ref().is_some_and(|dosing| dosing.as_needed.is_some());
        Ok(Sheet {
            name: self.drug(order)?,
            dosage: (!texts.is_empty()).then(|| texts.join("; ")),
            product: codes_of(order).first().map(|code| (*code).to_owned()),
            unit: dosing.as_ref().map(|dosing| dosing.unit.clone()),
            as_needed,
            scheduled: !as_needed && dosing.as_ref().is_some_and(|dosing| dosing.frequency.is_some()),
            verification: None,
            doses: due.unwrap_or_default().into_iter().map(|due_us| dose(due_us, &mine, now_us)).collect(),
            recorded,
            order: order_id,
        })
    }

    fn administered(&self, one: &Value) -> Result<Administered, FhirError> {
        let given = text(one, "status") == Some("completed");
        let dose = one.pointer("/dosage/text").and_then(Value::as_str).map(str::to_owned);
        let notes: Vec<&str> = items(one, "note").iter().filter_map(|note| text(note, "text")).collect();
        Ok(Administered {
            at: Moment::first(one, &["/effectiveDateTime", "/effectivePeriod/start"]),
            given,
            detail: if given { dose } else { concept_of(one, &["statusReason"]) },
            by: self.display(items(one, "performer").first().and_then(|one| one.get("actor")))?,
            note: (!notes.is_empty()).then(|| notes.join(" ")),
        })
    }
}

fn dose(due_us: i64, mine: &[&Value], now_us: i64) -> Dose {
    let due = instant_text(due_us);
    let done = mine.iter().find(|one| due_of(one) == Some(due.as_str()));
    let state = match done.map(|one| text(one, "status") == Some("completed")) {
        Some(true) => DoseState::Given,
        Some(false) => DoseState::NotGiven,
        None if due_us < now_us - WINDOW_US => DoseState::Overdue,
        None if due_us > now_us + WINDOW_US => DoseState::Later,
        None => DoseState::Now,
    };
    Dose { due: Moment::of(&due), state }
}

/// Overdue, then now, then everything else.
fn urgency(sheet: &Sheet) -> u8 {
    let has = |state: DoseState| sheet.doses.iter().any(|dose| dose.state == state);
    match () {
        () if has(DoseState::Overdue) => 0,
        () if has(DoseState::Now) => 1,
        () if sheet.scheduled => 2,
        () => 3,
    }
}

fn is_inpatient(order: &Value) -> bool {
    super::element::has_code(order.get("category"), "inpatient")
}
