//! What each command loads, and what becomes of it.

use hospital::ehr::{
    Admit, AdmitFacts, Discharge, DischargeFacts, EhrError, Entered, NoteFacts, RecordVitals, Register,
    RegisterFacts, Transfer, TransferFacts, VitalsFacts, WriteNote, admit, discharge, mrn_of, name_of,
    record_vitals, register, transfer, typed_person, write_note,
};
use serde_json::Value;

use super::command::Command;
use super::desk::{Desk, id_of, patient_of};
use super::error::CommandError;
use super::{beds, build, medications, merging, orders, problems, results, roles, verification};

/// A resource to write.
pub(super) enum Write {
    New(Value),
    /// The next version, against the version the form was opened with.
    Next(Value, Option<u64>),
}

/// What is to be done.
#[derive(Default)]
pub(super) struct Decision {
    /// Whom it is about; nobody for what concerns the whole hospital.
    pub(super) patient: String,
    pub(super) writes: Vec<Write>,
    pub(super) message: String,
    /// What the journal keeps beside the command itself: kind and particulars.
    pub(super) notes: Vec<(&'static str, Value)>,
}

/// When and by whom a command is given, and where new ids come from.
pub(super) struct Occasion<'a> {
    pub(super) now_us: i64,
    pub(super) author: &'a str,
    /// The role it is given in.
    pub(super) role: &'a str,
    pub(super) new_id: &'a mut dyn FnMut() -> String,
}

pub(super) fn decide(
    command: &Command,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    match command {
        Command::Register(command) => decide_register(command, desk, occasion),
        Command::Admit(command) => decide_admit(command, desk, occasion),
        Command::Transfer(command) => decide_transfer(command, desk, occasion),
        Command::Discharge(command) => decide_discharge(command, desk, occasion),
        Command::RecordVitals(command) => decide_vitals(command, desk, occasion),
        Command::WriteNote(command) => decide_note(command, desk, occasion),
        Command::DraftOrder(command) => orders::draft(command, desk, occasion),
        Command::DraftOrderSet(command) => orders::draft_set(command, desk, occasion),
        Command::SignOrders(command) => orders::sign(command, desk, occasion),
        Command::VerifyOrder(command) => verification::verify(command, desk, occasion),
        Command::ReturnOrder(command) => verification::give_back(command, desk, occasion),
        Command::ChangeOrder(command) => verification::change(command, desk, occasion),
        Command::CosignOrder(command) => verification::cosign(command, desk, occasion),
        Command::DiscontinueOrder(command) => orders::discontinue(command, desk, occasion),
        Command::RecordResult(command) => results::record(command, desk, occasion),
        Command::AcknowledgeResult(command) => results::acknowledge(command, desk, occasion),
        Command::AdministerMedication(command) => medications::administer(command, desk, occasion),
        Command::ReconcileMedications(command) => medications::reconcile(command, desk, occasion),
        Command::RecordAllergy(command) => problems::record_allergy(command, desk, occasion),
        Command::ReviseAllergy(command) => problems::revise_allergy(command, desk, occasion),
        Command::AddProblem(command) => problems::add(command, desk, occasion),
        Command::ReviseProblem(command) => problems::revise(command, desk, occasion),
        Command::ChangeOrderable(command) => build::orderable(command, desk, occasion),
        Command::ChangeOrderSet(command) => build::order_set(command, desk, occasion),
        Command::ChangeRule(command) => build::rule(command, desk, occasion),
        Command::RestoreDefinition(command) => build::restore(command, desk, occasion),
        Command::ChangeRoles(command) => roles::change(command, desk),
        Command::MergePatients(command) => merging::merge(command, desk, occasion),
        Command::UnmergePatients(command) => merging::unmerge(command, desk, occasion),
        Command::SetBedStatus(command) => beds::set(command, desk),
        Command::BreakGlass(command) => roles::break_glass(command, desk, occasion),
    }
}

fn decide_register(
    command: &Register,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let text = |field: &Entered| field.text().unwrap_or_default().into_owned();
    let wished = text(&command.mrn);
    let alike = desk.alike(&typed_person(command))?;
    let free_mrn = desk.free_mrn()?;
    let mrn_taken = !wished.is_empty() && desk.mrn_taken(&wished)?;
    let facts = RegisterFacts { free_mrn: &free_mrn, mrn_taken, alike: &alike };
    let patient = register(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let message =
        format!("Registered {} under MRN {}.", person(&patient), mrn_of(&patient).unwrap_or_default());
    Ok(Decision {
        patient: id_of(&patient).to_owned(),
        writes: vec![Write::New(patient)],
        message,
        ..Decision::default()
    })
}

fn decide_admit(
    command: &Admit,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let location = desk.place(&command.location)?;
    let attending = desk.named("Practitioner", &command.attending)?;
    let stays = patient.as_ref().map(|patient| desk.stays(id_of(patient))).transpose()?.unwrap_or_default();
    let occupant = desk.occupant(location.as_ref(), None)?;
    let facts = AdmitFacts {
        patient: patient.as_ref(),
        location: location.as_ref(),
        attending: attending.as_ref(),
        current: stays.first(),
        occupant: occupant.as_ref(),
    };
    let encounter = admit(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let message = format!("Admitted {} to {}.", person_or_id(patient.as_ref()), place(location.as_ref()));
    let patient = patient.as_ref().map_or("", id_of).to_owned();
    Ok(Decision { patient, writes: vec![Write::New(encounter)], message, ..Decision::default() })
}

fn decide_transfer(
    command: &Transfer,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let version = version(&command.expected_version)?;
    let encounter = desk.stay(&command.encounter, &command.patient)?;
    let location = desk.place(&command.location)?;
    let occupant = desk.occupant(location.as_ref(), encounter.as_ref())?;
    let facts = TransferFacts {
        encounter: encounter.as_ref(),
        location: location.as_ref(),
        occupant: occupant.as_ref(),
    };
    let moved = transfer(&facts, occasion.now_us)?;
    let message = format!("Transferred to {}.", place(location.as_ref()));
    let patient = patient_of(&moved).unwrap_or_default().to_owned();
    let mut writes = vec![Write::Next(moved, version)];
    writes.extend(beds::left(desk, encounter.as_ref())?);
    Ok(Decision { patient, writes, message, ..Decision::default() })
}

fn decide_discharge(
    command: &Discharge,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let version = version(&command.expected_version)?;
    let encounter = desk.stay(&command.encounter, &command.patient)?;
    let subject = encounter.as_ref().and_then(patient_of).unwrap_or_default().to_owned();
    let patient = desk.named("Patient", &subject.as_str().into())?;
    let facts = DischargeFacts { encounter: encounter.as_ref(), patient: patient.as_ref() };
    let changed = discharge(command, &facts, occasion.now_us)?;
    let message = format!("Discharged {}.", person_or_id(patient.as_ref()));
    // The form showed the stay; whatever else changes has no version to be held to.
    let writes = changed.into_iter().enumerate();
    let mut writes: Vec<Write> =
        writes.map(|(at, changed)| Write::Next(changed, version.filter(|_| at == 0))).collect();
    writes.extend(beds::left(desk, encounter.as_ref())?);
    Ok(Decision { patient: subject, writes, message, ..Decision::default() })
}

fn decide_vitals(
    command: &RecordVitals,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let encounter = desk.occasion(&command.encounter, patient.as_ref())?;
    let facts = VitalsFacts { patient: patient.as_ref(), encounter: encounter.as_ref() };
    let signs = record_vitals(command, &facts, occasion.now_us, occasion.new_id)?;
    let count = match signs.len() {
        1 => "1 measurement".to_owned(),
        many => format!("{many} measurements"),
    };
    let message = format!("Recorded {count} for {}.", person_or_id(patient.as_ref()));
    let patient = patient.as_ref().map_or("", id_of).to_owned();
    Ok(Decision {
        patient,
        writes: signs.into_iter().map(Write::New).collect(),
        message,
        ..Decision::default()
    })
}

fn decide_note(
    command: &WriteNote,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let encounter = desk.occasion(&command.encounter, patient.as_ref())?;
    let addended = desk.named("DocumentReference", &command.addends)?;
    let about = patient.as_ref().map(id_of);
    let facts = NoteFacts {
        patient: patient.as_ref(),
        encounter: encounter.as_ref(),
        addended: addended.as_ref().filter(|note| patient_of(note) == about),
        author: occasion.author,
    };
    let note = write_note(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let message = format!("Wrote a note for {}.", person_or_id(patient.as_ref()));
    let patient = patient.as_ref().map_or("", id_of).to_owned();
    Ok(Decision { patient, writes: vec![Write::New(note)], message, ..Decision::default() })
}

/// The version a form was opened with: `3` or `W/"3"`.
pub(super) fn version(entered: &Entered) -> Result<Option<u64>, EhrError> {
    let Some(text) = entered.text() else { return Ok(None) };
    let number = text.trim_start_matches("W/").trim_matches('"').parse();
    let wrong =
        |_| EhrError::field("expected_version", format!("'{text}' is not a version"), "open the form again");
    number.map(Some).map_err(wrong)
}

pub(super) fn person(patient: &Value) -> String {
    name_of(patient).unwrap_or_else(|| format!("Patient/{}", id_of(patient)))
}

pub(super) fn person_or_id(patient: Option<&Value>) -> String {
    patient.map_or_else(|| "the patient".to_owned(), person)
}

pub(super) fn place(location: Option<&Value>) -> String {
    let name = location.and_then(|location| location.get("name")).and_then(Value::as_str);
    name.unwrap_or("the place named").to_owned()
}
