use serde::Deserialize;
use serde_json::{Value, json};

use super::definition::{DefinitionFacts, begin};
use crate::build::{DRUG_CLASS, ORDERABLE_KIND};
use crate::codes::{LOINC, RXNORM};
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::orders::{DraftOrder, ORDERABLE_KINDS, dosage, read_dosing};
use crate::ehr::shape::{items, text_at};

/// An orderable as it is to be from now on.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeOrderable {
    /// The id of the `ActivityDefinition`; a new one when there is none of that id.
    pub id: Entered,
    /// What it is called.
    pub title: Entered,
    /// One of [`ORDERABLE_KINDS`].
    pub kind: Entered,
    /// The LOINC code, or of a medicine the RxNorm code.
    pub code: Entered,
    /// The name that the code system gives the code.
    pub display: Entered,
    /// The amount of one dose.
    pub dose: Entered,
    /// Its unit.
    pub unit: Entered,
    /// The route.
    pub route: Entered,
    /// How often.
    pub frequency: Entered,
    /// What it is given for, if as needed; `no` otherwise.
    pub as_needed: Entered,
    /// The classes that rules know it by, separated by spaces.
    pub classes: Entered,
    /// RxNorm codes of the substances an allergy to which speaks against it, separated by spaces.
    pub conflicts: Entered,
    /// One of [`STATES`](super::STATES); as it is when left out.
    pub status: Entered,
    /// The version that the form was opened with.
    pub expected_version: Entered,
}

/// An orderable under `id` (`ActivityDefinition`).
///
/// # Errors
/// [`EhrError::Fields`].
pub fn change_orderable(
    command: &ChangeOrderable,
    facts: &DefinitionFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let of = (("ActivityDefinition", id), (&command.title, &command.status));
    let mut orderable = begin(&mut problems, facts, of.0, of.1, now_us);
    if command.kind.text().is_none() {
        problems.add("kind", "is missing", "choose what kind of thing is ordered");
    }
    let kind = problems.one_of("kind", &command.kind, &ORDERABLE_KINDS, |row| row.0).map_or("", |row| row.0);
    let code = problems.needed("code", &command.code, 40, "write the code it is ordered by");
    let display = problems.line("display", &command.display, 300);
    let words = |problems: &mut Problems, field: &str, entered: &Entered| -> Vec<String> {
        let text = problems.line(field, entered, 500).unwrap_or_default();
        text.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let classes = words(&mut problems, "classes", &command.classes);
    let conflicts = words(&mut problems, "conflicts", &command.conflicts);
    let is_medicine = kind == "medication";
    let dosing = is_medicine.then(|| read_dosing(&mut problems, &command.dosing(), &json!({}))).flatten();
    problems.settle()?;
    let mut coding = json!({"system": if is_medicine { RXNORM } else { LOINC }, "code": code});
    if let Some(display) = display {
        coding["display"] = display.into();
    }
    let concept = json!({"coding": [coding]});
    let topic = |system: &str, code: &str| json!({"coding": [{"system": system, "code": code}]});
    let mut topics = vec![topic(ORDERABLE_KIND, kind)];
    topics.extend(classes.iter().map(|class| topic(DRUG_CLASS, class)));
    topics.extend(conflicts.iter().map(|code| topic(RXNORM, code)));
    orderable["topic"] = topics.into();
    orderable["intent"] = "order".into();
    if let Some(members) = orderable.as_object_mut() {
        for member in ["code", "productCodeableConcept", "dosage"] {
            members.shift_remove(member);
        }
    }
    orderable["kind"] = if is_medicine { "MedicationRequest" } else { "ServiceRequest" }.into();
    orderable[if is_medicine { "productCodeableConcept" } else { "code" }] = concept;
    if let Some(dosing) = dosing {
        orderable["dosage"] = json!([dosage(&dosing)]);
    }
    Ok(orderable)
}

impl ChangeOrderable {
    fn dosing(&self) -> DraftOrder {
        DraftOrder {
            dose: self.dose.clone(),
            unit: self.unit.clone(),
            route: self.route.clone(),
            frequency: self.frequency.clone(),
            as_needed: self.as_needed.clone(),
            ..DraftOrder::default()
        }
    }
}

/// The classes that rules know an orderable by.
pub fn classes_of(orderable: &Value) -> Vec<&str> {
    topics(orderable, DRUG_CLASS)
}

/// The codes of the substances an allergy to which speaks against an orderable.
pub fn conflicts_of(orderable: &Value) -> Vec<&str> {
    topics(orderable, RXNORM)
}

fn topics<'a>(orderable: &'a Value, system: &str) -> Vec<&'a str> {
    let codings = items(orderable, "topic").iter().flat_map(|topic| items(topic, "coding"));
    let of_system = codings.filter(|coding| text_at(coding, "system") == Some(system));
    of_system.filter_map(|coding| text_at(coding, "code")).collect()
}
