use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{id_of, items, reference, text_at};
use crate::meta::meta;

/// When medicines are reconciled: code and words.
pub const OCCASIONS: [(&str, &str); 2] = [("admission", "At admission"), ("discharge", "At discharge")];
/// What becomes of a medicine: code and words.
pub const DECISIONS: [(&str, &str); 3] = [("continue", "Continue"), ("change", "Change"), ("stop", "Stop")];

/// What becomes of each medicine a patient takes.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReconcileMedications {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The encounter's id, or `Encounter/ID`; the patient's present stay when left out.
    pub encounter: Entered,
    /// One of [`OCCASIONS`].
    pub at: Entered,
    /// One medicine a line: `Type/ID`, one of [`DECISIONS`], and the reason; for a change the reason is the new dose.
    pub decisions: Entered,
}

/// What the hospital knows about a patient's medicines.
#[derive(Debug, Clone, Default)]
pub struct ReconcileFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The encounter it is done in, if any.
    pub encounter: Option<&'a Value>,
    /// Every medicine in force: home medicines and inpatient orders.
    pub medicines: &'a [Value],
    /// Who reconciles, as people read it.
    pub author: &'a str,
}

/// What a reconciliation writes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reconciled {
    /// Drafts to be signed, and last the List that says what was decided.
    pub written: Vec<Value>,
    /// Medicines that end.
    pub changed: Vec<Value>,
}

/// Reconciles a patient's medicines: every one in force gets a decision, and a reason where it changes or stops.
///
/// What goes on in the other setting is drafted there for signature: home medicines as inpatient orders at admission, inpatient
/// orders as prescriptions at discharge.
///
/// # Errors
/// [`EhrError::Fields`]: among others for medicines without a decision.
pub fn reconcile_medications(
    command: &ReconcileMedications,
    facts: &ReconcileFacts<'_>,
    now_us: i64,
    new_id: &mut dyn FnMut() -> String,
) -> Result<Reconciled, EhrError> {
    let mut problems = Problems::default();
    let at = problems.one_of("at", &command.at, &OCCASIONS, |row| row.0).map(|row| row.0);
    if at.is_none() && command.at.text().is_none() {
        problems.add("at", "is missing", "say whether this is at admission or at discharge");
    }
    if facts.patient.is_none() {
        problems.add("patient", "there is no such patient", "look the record up");
    }
    let text = problems.words("decisions", &command.decisions, 50_000).unwrap_or_default();
    let decided = read(&mut problems, &text);
    let rows = pair(&mut problems, facts.medicines, &decided, at);
    if rows.is_empty() && problems.is_empty() {
        problems.add("decisions", "the patient takes nothing", "there is nothing to reconcile");
    }
    problems.settle()?;
    let (Some(patient), Some(at)) = (facts.patient, at) else {
        return Err(EhrError::field("patient", "is missing", "name the patient"));
    };
    let mut done = Reconciled::default();
    for row in &rows {
        carry_over(&mut done, row, facts, at, now_us, new_id);
    }
    done.written.push(list(&rows, patient, facts, at, now_us, &new_id()));
    Ok(done)
}

struct Row<'a> {
    medicine: &'a Value,
    name: String,
    decision: &'static str,
    reason: Option<String>,
}

/// Decisions by medicine.
fn read(problems: &mut Problems, text: &str) -> BTreeMap<String, (&'static str, Option<String>)> {
    let mut decided = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.splitn(3, char::is_whitespace);
        let (name, word) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some((code, _)) = DECISIONS.iter().find(|row| row.0.eq_ignore_ascii_case(word)) else {
            problems.add(
                "decisions",
                format!("'{line}' holds no decision"),
                "write lines such as MedicationRequest/abc stop bleeding",
            );
            continue;
        };
        let reason = parts.next().map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        decided.insert(name.to_owned(), (*code, reason));
    }
    decided
}

fn pair<'a>(
    problems: &mut Problems,
    medicines: &'a [Value],
    decided: &BTreeMap<String, (&'static str, Option<String>)>,
    at: Option<&str>,
) -> Vec<Row<'a>> {
    let names: Vec<String> = medicines.iter().map(name_of).collect();
    for unknown in decided.keys().filter(|name| !names.contains(name)) {
        problems.add("decisions", format!("{unknown} is not in force for this patient"), "leave it out");
    }
    let mut rows = Vec::new();
    for (medicine, name) in medicines.iter().zip(names) {
        let is_asked = at != Some("admission") || !is_inpatient(medicine);
        match decided.get(&name) {
            None if is_asked => {
                problems.add("decisions", format!("{name} has no decision"), "continue, change or stop it");
            }
            None => {}
            Some((decision @ ("change" | "stop"), None)) => {
                let remedy = if *decision == "change" { "write the new dose" } else { "write why it stops" };
                problems.add("decisions", format!("{name} has no reason"), remedy);
            }
            Some((decision, reason)) => rows.push(Row { medicine, name, decision, reason: reason.clone() }),
        }
    }
    rows
}

fn name_of(medicine: &Value) -> String {
    format!("{}/{}", text_at(medicine, "resourceType").unwrap_or_default(), id_of(medicine))
}

fn is_inpatient(medicine: &Value) -> bool {
    let codings = items(medicine, "category").iter().flat_map(|category| items(category, "coding"));
    codings.into_iter().any(|coding| text_at(coding, "code") == Some("inpatient"))
}

/// What a decision writes and ends.
fn carry_over(
    done: &mut Reconciled,
    row: &Row<'_>,
    facts: &ReconcileFacts<'_>,
    at: &str,
    now_us: i64,
    new_id: &mut dyn FnMut() -> String,
) {
    let inpatient = is_inpatient(row.medicine);
    let crosses = if at == "admission" { !inpatient } else { inpatient || row.decision == "change" };
    if crosses && row.decision != "stop" {
        done.written.push(draft(row, facts, at, &new_id()));
    }
    let ends = match (at, inpatient) {
        ("admission", _) => row.decision == "stop",
        (_, true) => true,
        (_, false) => row.decision != "continue",
    };
    if ends {
        done.changed.push(ended(row, facts.author, now_us));
    }
}

fn draft(row: &Row<'_>, facts: &ReconcileFacts<'_>, at: &str, id: &str) -> Value {
    let before = row.medicine;
    let category = if at == "admission" { "inpatient" } else { "discharge" };
    let mut order = json!({
        "resourceType": "MedicationRequest",
        "id": id,
        "meta": meta("us-core-medicationrequest"),
        "status": "draft",
        "intent": "order",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/medicationrequest-category",
            "code": category,
        }]}],
        "reportedBoolean": false,
    });
    for member in ["medicationCodeableConcept", "medicationReference"] {
        if let Some(medicine) = before.get(member) {
            order[member] = medicine.clone();
        }
    }
    order["subject"] = before.get("subject").cloned().unwrap_or_default();
    if let Some(encounter) = facts.encounter {
        order["encounter"] = reference(encounter);
    }
    order["requester"] = json!({"display": facts.author});
    order["dosageInstruction"] = match &row.reason {
        Some(dose) if row.decision == "change" => json!([{"text": dose}]),
        _ => ["dosageInstruction", "dosage"]
            .into_iter()
            .find_map(|member| before.get(member))
            .cloned()
            .unwrap_or_else(|| json!([])),
    };
    if items(&order, "dosageInstruction").is_empty() {
        order["dosageInstruction"] = json!([{"text": "as before"}]);
    }
    if text_at(before, "resourceType") == Some("MedicationRequest") {
        order["priorPrescription"] = reference(before);
    }
    order
}

fn ended(row: &Row<'_>, author: &str, now_us: i64) -> Value {
    let mut medicine = row.medicine.clone();
    let is_statement = text_at(&medicine, "resourceType") == Some("MedicationStatement");
    medicine["status"] = if row.decision == "continue" { "completed" } else { "stopped" }.into();
    if let Some(reason) = &row.reason {
        let said = json!({"text": reason});
        medicine["statusReason"] = if is_statement { json!([said]) } else { said };
        let note = json!({"authorString": author, "time": instant_text(now_us), "text": reason});
        crate::ehr::shape::items_mut(&mut medicine, "note").push(note);
    }
    medicine
}

/// The record of what was decided.
fn list(
    rows: &[Row<'_>],
    patient: &Value,
    facts: &ReconcileFacts<'_>,
    at: &str,
    now_us: i64,
    id: &str,
) -> Value {
    let entry = |row: &Row<'_>| {
        let mut entry = json!({
            "flag": {"coding": [{"system": "https://practicum.example/reconciliation", "code": row.decision}], "text": row.reason.as_deref().unwrap_or(row.decision)},
            "item": {"reference": row.name},
        });
        if row.decision == "stop" {
            entry["deleted"] = true.into();
        }
        entry
    };
    let mut list = json!({
        "resourceType": "List",
        "id": id,
        "status": "current",
        "mode": "changes",
        "title": format!("Medication reconciliation at {at}"),
        "code": {"coding": [{"system": "https://practicum.example/list", "code": format!("reconciliation-{at}")}]},
        "subject": reference(patient),
        "date": instant_text(now_us),
        "source": {"display": facts.author},
        "entry": rows.iter().map(entry).collect::<Vec<Value>>(),
    });
    if let Some(encounter) = facts.encounter {
        list["encounter"] = reference(encounter);
    }
    list
}
