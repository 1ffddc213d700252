use serde::Deserialize;
use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::orders::{Dosing, ROUTES, codes_of, dosage, due_times};
use crate::ehr::shape::{has_mrn, items, items_mut, mrn_of, reference, text_at};

/// What may become of a dose: code and words.
pub const OUTCOMES: [(&str, &str); 3] =
    [("given", "Given"), ("held", "Held"), ("refused", "Refused by the patient")];
/// Why a dose may be given before a pharmacist verified its order: code and words.
pub const UNVERIFIED_REASONS: [(&str, &str); 2] = [
    ("urgent", "Waiting would harm the patient"),
    ("prescriber-present", "The prescriber is here and controls how it is given"),
];
/// The extension that says why a dose was given before its order was verified: a code of [`UNVERIFIED_REASONS`].
pub const UNVERIFIED_EXTENSION: &str = "https://practicum.example/StructureDefinition/given-unverified";
/// The extension that says which due time a dose is for.
pub const DUE_EXTENSION: &str = "https://practicum.example/StructureDefinition/due";

/// How far from its time a dose is still given on time.
const WINDOW_US: i64 = 3_600_000_000;
/// How far around now due times are looked for.
const REACH_US: i64 = 12 * 3_600_000_000;

/// A dose at the bedside.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdministerMedication {
    /// The order: an id, or `MedicationRequest/ID`.
    pub order: Entered,
    /// One of [`OUTCOMES`]; `given` when left out.
    pub outcome: Entered,
    /// The medical record number on the patient's wristband, typed or scanned.
    pub wristband: Entered,
    /// The code on the medicine's package (RxNorm), typed or scanned.
    pub product: Entered,
    /// The amount given, in the unit of the order; the amount ordered when left out.
    pub dose: Entered,
    /// One of [`ROUTES`]; the route ordered when left out.
    pub route: Entered,
    /// The due time this is for, as an instant; the nearest one when left out.
    pub due: Entered,
    /// Why a dose is held or refused.
    pub reason: Entered,
    /// Why a dose differs from the order in amount or time.
    pub override_reason: Entered,
    /// Why a dose cannot wait for a pharmacist, one of [`UNVERIFIED_REASONS`]; asked for only where none verified the order.
    pub unverified_reason: Entered,
}

/// What the hospital knows about a dose.
#[derive(Debug, Clone, Default)]
pub struct AdministerFacts<'a> {
    /// The order, if there is one.
    pub order: Option<&'a Value>,
    /// The patient it is for.
    pub patient: Option<&'a Value>,
    /// What was recorded for this order before.
    pub recorded: &'a [Value],
    /// When the order was signed, microseconds since 1970 UTC.
    pub signed_us: i64,
    /// When the last dose was given, microseconds since 1970 UTC.
    pub last_given_us: Option<i64>,
    /// Whether the order waits for a pharmacist.
    pub is_unverified: bool,
    /// Who gives, as people read it.
    pub author: &'a str,
}

/// Records a dose as given, held or refused (`MedicationAdministration` under `id`), once the five rights hold.
///
/// These are the patient by the wristband, the medicine by its code, the route, the amount and the time. Another patient,
/// medicine or route is refused; another amount or time needs a reason. What no pharmacist has verified yet is given only
/// for one of the [`UNVERIFIED_REASONS`].
///
/// # Errors
/// [`EhrError::Fields`].
pub fn administer_medication(
    command: &AdministerMedication,
    facts: &AdministerFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let Some(order) = facts.order else {
        return Err(EhrError::field(
            "order",
            "there is no such order",
            "open the administration record again",
        ));
    };
    if text_at(order, "status") != Some("active") {
        let status = text_at(order, "status").unwrap_or("without a status");
        problems.add("order", format!("this order is {status}"), "give only what is signed and in force");
    }
    let outcome =
        problems.one_of("outcome", &command.outcome, &OUTCOMES, |row| row.0).unwrap_or(&OUTCOMES[0]).0;
    check_patient(&mut problems, command, facts.patient);
    let ordered = items(order, "dosageInstruction").first().and_then(Dosing::read);
    let excuse = problems.line("override_reason", &command.override_reason, 300);
    let due_us = due(&mut problems, command, facts, ordered.as_ref(), now_us);
    let unverified = check_verified(&mut problems, command, facts.is_unverified && outcome == "given");
    let reason = match outcome {
        "given" => {
            check_product(&mut problems, command, order);
            check_interval(&mut problems, ordered.as_ref(), facts.last_given_us, excuse.is_some(), now_us);
            check_time(&mut problems, ordered.as_ref(), due_us, excuse.is_some(), now_us);
            problems.line("reason", &command.reason, 300)
        }
        _ => problems.needed("reason", &command.reason, 300, "write why the dose was not given"),
    };
    let given = given(&mut problems, command, ordered.as_ref(), excuse.is_some());
    problems.settle()?;
    let dose = Dose { id, order, outcome, reason, excuse, unverified, due_us, given };
    Ok(dose.write(facts.author, now_us))
}

/// A row of [`UNVERIFIED_REASONS`].
type Unverified = &'static (&'static str, &'static str);

/// A dose that may be recorded.
struct Dose<'a> {
    id: &'a str,
    order: &'a Value,
    outcome: &'static str,
    reason: Option<String>,
    excuse: Option<String>,
    unverified: Option<Unverified>,
    due_us: Option<i64>,
    given: Option<Dosing>,
}

impl Dose<'_> {
    fn write(&self, author: &str, now_us: i64) -> Value {
        let (order, now) = (self.order, instant_text(now_us));
        let is_given = self.outcome == "given";
        let medicine = order.get("medicationCodeableConcept").cloned();
        let mut written = json!({
            "resourceType": "MedicationAdministration",
            "id": self.id,
            "status": if is_given { "completed" } else { "not-done" },
            "category": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/medication-admin-category",
                "code": "inpatient",
            }]},
            "medicationCodeableConcept": medicine.unwrap_or_else(|| json!({"text": "a medicine"})),
            "subject": order.get("subject").cloned(),
            "effectiveDateTime": now,
            "performer": [{"actor": {"display": author}}],
            "request": reference(order),
        });
        if let Some(due_us) = self.due_us {
            let due = json!({"url": DUE_EXTENSION, "valueDateTime": instant_text(due_us)});
            items_mut(&mut written, "extension").push(due);
        }
        if let Some((code, _)) = self.unverified {
            let why = json!({"url": UNVERIFIED_EXTENSION, "valueCode": code});
            items_mut(&mut written, "extension").push(why);
        }
        if let Some(encounter) = order.get("encounter") {
            written["context"] = encounter.clone();
        }
        match &self.given {
            Some(given) if is_given => written["dosage"] = amount_given(given),
            _ if is_given => {}
            _ => {
                let coding = json!({"system": "https://practicum.example/not-given", "code": self.outcome});
                written["statusReason"] = json!([{"coding": [coding], "text": self.reason}]);
            }
        }
        let unverified = self.unverified.map(|(_, words)| format!("Given before verification: {words}."));
        for words in unverified.iter().chain(&self.excuse) {
            let note = json!({"authorString": author, "time": now, "text": words});
            items_mut(&mut written, "note").push(note);
        }
        written
    }
}

/// `MedicationAdministration.dosage` of what was given.
fn amount_given(given: &Dosing) -> Value {
    let full = dosage(given);
    let mut written = json!({
        "text": format!("{} {}", given.amount, given.unit),
        "dose": full.pointer("/doseAndRate/0/doseQuantity").cloned(),
    });
    if let Some(route) = full.get("route") {
        written["route"] = route.clone();
    }
    written
}

fn check_patient(problems: &mut Problems, command: &AdministerMedication, patient: Option<&Value>) {
    let Some(patient) = patient else {
        problems.add("order", "the order is for no patient of this hospital", "look at its subject");
        return;
    };
    let scanned =
        problems.needed("wristband", &command.wristband, 40, "scan the wristband, or type its number");
    if let Some(scanned) = scanned
        && !has_mrn(patient, &scanned)
        && mrn_of(patient) != Some(&scanned)
    {
        let what = format!("{scanned} is not the patient of this order");
        problems.add("wristband", what, "stop, and find out who lies here");
    }
}

/// The reason for giving what waits for a pharmacist, where it does.
fn check_verified(
    problems: &mut Problems,
    command: &AdministerMedication,
    waits: bool,
) -> Option<Unverified> {
    let field = "unverified_reason";
    let reason = problems.one_of(field, &command.unverified_reason, &UNVERIFIED_REASONS, |row| row.0);
    if waits && reason.is_none() && command.unverified_reason.text().is_none() {
        let what = "no pharmacist has verified this order";
        problems.add(field, what, "wait for the pharmacist, or say why the dose cannot wait");
    }
    reason.filter(|_| waits)
}

fn check_product(problems: &mut Problems, command: &AdministerMedication, order: &Value) {
    let scanned = problems.needed("product", &command.product, 40, "scan the package, or type its code");
    if let Some(scanned) = scanned
        && !codes_of(order).contains(&scanned.as_str())
    {
        problems.add(
            "product",
            format!("{scanned} is not the medicine that was ordered"),
            "take the right package",
        );
    }
}

/// The due time a dose is for; none for what is given as needed or without a schedule.
fn due(
    problems: &mut Problems,
    command: &AdministerMedication,
    facts: &AdministerFacts<'_>,
    ordered: Option<&Dosing>,
    now_us: i64,
) -> Option<i64> {
    let times = due_times(
        ordered?,
        facts.signed_us,
        now_us.saturating_sub(REACH_US),
        now_us.saturating_add(REACH_US),
    );
    let taken: Vec<&str> = facts.recorded.iter().filter_map(due_of).collect();
    let is_taken = |at: &i64| taken.contains(&instant_text(*at).as_str());
    match problems.line("due", &command.due, 40) {
        Some(text) => match times.iter().find(|at| instant_text(**at) == text) {
            Some(at) if is_taken(at) => {
                problems.add(
                    "due",
                    "this dose was recorded already",
                    "look at the record before you give more",
                );
                None
            }
            Some(at) => Some(*at),
            None => {
                problems.add(
                    "due",
                    format!("no dose is due at {text}"),
                    "choose a due time, or leave it empty",
                );
                None
            }
        },
        None => times.into_iter().filter(|at| !is_taken(at)).min_by_key(|at| (at - now_us).abs()),
    }
}

/// The due time a recorded dose was for, as an instant.
pub fn due_of(administration: &Value) -> Option<&str> {
    let mut due =
        items(administration, "extension").iter().filter(|one| text_at(one, "url") == Some(DUE_EXTENSION));
    due.find_map(|one| text_at(one, "valueDateTime"))
}

/// What is given as needed has an interval, which only a reason shortens.
fn check_interval(
    problems: &mut Problems,
    ordered: Option<&Dosing>,
    last_us: Option<i64>,
    excused: bool,
    now_us: i64,
) {
    let interval_us =
        ordered.filter(|one| one.as_needed.is_some()).and_then(|one| one.frequency?.interval_us());
    let (Some(interval_us), Some(last_us)) = (interval_us, last_us) else { return };
    if now_us < last_us.saturating_add(interval_us) && !excused {
        let last = instant_text(last_us);
        let what = format!("the last dose was given at {}", last.get(11..16).unwrap_or_default());
        problems.add("override_reason", what, "wait, or write why it is given sooner");
    }
}

fn check_time(
    problems: &mut Problems,
    ordered: Option<&Dosing>,
    due_us: Option<i64>,
    excused: bool,
    now_us: i64,
) {
    let scheduled = ordered.is_some_and(|one| one.as_needed.is_none() && one.frequency.is_some());
    let on_time = due_us.is_some_and(|due_us| (due_us - now_us).abs() <= WINDOW_US);
    if scheduled && !on_time && !excused {
        let what = match due_us {
            Some(due_us) => {
                format!("the dose is due at {}", instant_text(due_us).get(11..16).unwrap_or_default())
            }
            None => "no dose is due now".to_owned(),
        };
        problems.add("override_reason", what, "wait, or write why it is given at another time");
    }
}

/// The dose as given, if the order says what it should be.
fn given(
    problems: &mut Problems,
    command: &AdministerMedication,
    ordered: Option<&Dosing>,
    excused: bool,
) -> Option<Dosing> {
    let amount = problems.number("dose", &command.dose);
    let route = problems.one_of("route", &command.route, &ROUTES, |row| row.0);
    let ordered = ordered?;
    if let Some((_, route)) = route.filter(|row| !ordered.route.is_empty() && row.0 != ordered.route) {
        problems.add(
            "route",
            format!("{route} is not how it was ordered"),
            "give it as ordered, or have it changed",
        );
    }
    if let Some((value, number)) = &amount
        && ordered.amount.as_f64() != Some(*value)
        && !excused
    {
        let what = format!("{number} {} is not the amount ordered ({})", ordered.unit, ordered.amount);
        problems.add("dose", what, "give what was ordered, or write the reason in override_reason");
    }
    let amount = amount.map_or_else(|| ordered.amount.clone(), |(_, number)| number);
    Some(Dosing { amount, ..ordered.clone() })
}
