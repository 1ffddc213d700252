//! The devices of a lab's script: they call the hospital as a device on the wire does, and are refused as one.

use std::collections::{BTreeMap, BTreeSet};

use hospital::random::Key;
use imaging::association::Proposal;
use imaging::dataset::{Dataset, EXPLICIT_LE, first, read, write};
use imaging::dimse::{Command, Field, Message, WITH_DATASET, sop, status};
use imaging::synthesis::{Kind, Patient, Place, StudyRequest, headers, object};
use imaging::worklist::WorklistItem;
use imaging::{Tag, tags};
use serde_json::{Map, Value, json};
use standards::fhir::instant;
use training::script::{DicomDeed, Reply};

use crate::access::Access;
use crate::imaging::{Admitted, Served, date_and_time, serve, title_of};
use crate::platform::Platform;

/// What such a device runs, as the journal has it.
const IMPLEMENTATION: &str = "lab";

/// The attributes of a worklist item that scripts are given, by name (PS3.4, table K.6-1).
const ITEM: [(&str, Tag); 8] = [
    ("patient_id", tags::PATIENT_ID),
    ("patient_name", tags::PATIENT_NAME),
    ("birth_date", tags::PATIENT_BIRTH_DATE),
    ("sex", tags::PATIENT_SEX),
    ("accession", tags::ACCESSION_NUMBER),
    ("study", tags::STUDY_INSTANCE_UID),
    ("description", tags::REQUESTED_PROCEDURE_DESCRIPTION),
    ("referring", tags::REFERRING_PHYSICIAN_NAME),
];
/// Those of its one scheduled step.
const STEP: [(&str, Tag); 4] = [
    ("modality", tags::MODALITY),
    ("station", tags::SCHEDULED_STATION_AE_TITLE),
    ("date", tags::SCHEDULED_PROCEDURE_STEP_START_DATE),
    ("time", tags::SCHEDULED_PROCEDURE_STEP_START_TIME),
];

/// Does what a script says, if the hospital lets the caller in.
///
/// # Errors
/// When the fields make no request, or what came of it could not be recorded.
pub(super) fn act(
    platform: &Platform,
    sandbox: &str,
    calling: &str,
    deed: DicomDeed,
    fields: &BTreeMap<String, String>,
) -> Result<Reply, String> {
    let proposal = Proposal {
        called: title_of(sandbox),
        calling: calling.to_owned(),
        implementation: IMPLEMENTATION.to_owned(),
    };
    let admitted = match platform.admit(&proposal, None).map_err(in_words)? {
        Ok(admitted) => admitted,
        Err(why) => {
            return Ok(Reply { status: 403, body: json!({"refused": why.word()}), ..Reply::default() });
        }
    };
    let access = platform.still_admitted(&admitted).map_err(in_words)?;
    match deed {
        DicomDeed::Worklist => ask(&admitted, &access, fields),
        DicomDeed::Store => send(&admitted, &access, fields),
    }
}

/// Sends a picture in the name of a device that the hospital is known to let in, when `access` says.
///
/// # Errors
/// As [`act`], and when the archive refuses it.
pub(super) fn sent_before(access: &Access, fields: &BTreeMap<String, String>) -> Result<(), String> {
    let admitted = Admitted::new(access.clone(), &title_of(access.sandbox().id()), None);
    let reply = send(&admitted, access, fields)?;
    if reply.status == 200 { Ok(()) } else { Err(format!("the archive refused the picture: {}", reply.body)) }
}

fn ask(admitted: &Admitted, access: &Access, fields: &BTreeMap<String, String>) -> Result<Reply, String> {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    // Attributes with a value are keys, those without are wanted back: an empty item asks for everything.
    let keys = WorklistItem {
        patient_id: text("patient_id"),
        patient_name: text("patient_name"),
        accession: text("accession"),
        study: text("study"),
        modality: text("modality"),
        station: text("station"),
        date: text("date"),
        ..WorklistItem::default()
    };
    let dataset = write(&keys.dataset(), EXPLICIT_LE).map_err(in_words)?;
    let answers = served(admitted, access, &request(sop::MODALITY_WORKLIST, Field::Find, dataset))?;
    let (last, pending) = answers.split_last().ok_or("the archive did not answer")?;
    let items = pending.iter().map(|answer| {
        let (item, _) = read(&answer.dataset, EXPLICIT_LE).map_err(in_words)?;
        Ok::<_, String>(item_of(&item))
    });
    let items: Vec<Value> = items.collect::<Result<_, _>>()?;
    Ok(reply(last, json!({"items": items})))
}

fn item_of(item: &Dataset) -> Value {
    let said = |from: &Dataset, names: &[(&str, Tag)]| {
        let pairs = names.iter().map(|(name, tag)| ((*name).to_owned(), first(from, *tag).into()));
        pairs.collect::<Map<String, Value>>()
    };
    let mut whole = said(item, &ITEM);
    let step = item.get(tags::SCHEDULED_PROCEDURE_STEP_SEQUENCE).and_then(|steps| steps.items());
    whole.extend(step.and_then(<[Dataset]>::first).map(|step| said(step, &STEP)).unwrap_or_default());
    Value::Object(whole)
}

fn send(admitted: &Admitted, access: &Access, fields: &BTreeMap<String, String>) -> Result<Reply, String> {
    let study = study(access, fields)?;
    let header = headers(&study).into_iter().next().ok_or("the study has no picture")?;
    let dataset = object(&study, 1).map_err(in_words)?.ok_or("the study has no picture")?;
    let [class, instance] = [tags::SOP_CLASS_UID, tags::SOP_INSTANCE_UID].map(|tag| first(&header, tag));
    let mut message = request(&class, Field::Store, dataset);
    message.command = message.command.with_uid(Command::SOP_INSTANCE, &instance);
    let answers = served(admitted, access, &message)?;
    let last = answers.last().ok_or("the archive did not answer")?;
    Ok(reply(last, json!({"study": study.study, "sop_instance": instance})))
}

/// A picture of healthy anatomy by this modality. Its UIDs follow from its study's.
fn study(access: &Access, fields: &BTreeMap<String, String>) -> Result<StudyRequest, String> {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let kind = match text("modality").as_str() {
        "CR" => Kind::ChestFilm,
        "CT" => Kind::HeadCt,
        "MR" => Kind::BrainMr,
        "US" => Kind::AbdomenUltrasound,
        other => return Err(format!("no picture is drawn for the modality '{other}'; use CR, CT, MR or US")),
    };
    Ok(StudyRequest {
        seed: Key::new(0).name(&text("study")).value(),
        study: text("study"),
        accession: text("accession"),
        patient: Patient {
            id: text("patient_id"),
            name: text("patient_name"),
            birth_date: text("birth_date"),
            sex: text("sex"),
        },
        kind,
        findings: BTreeSet::new(),
        place: Place::default(),
        description: text("description"),
        performed: date_and_time(&instant::format(access.virtual_us())),
        referring: String::new(),
        institution: "Practicum General Hospital".to_owned(),
    })
}

fn request(class: &str, field: Field, dataset: Vec<u8>) -> Message {
    let command = Command::new(field)
        .with_uid(Command::SOP_CLASS, class)
        .with_number(Command::MESSAGE, 1)
        .with_number(Command::PRIORITY, 0)
        .with_number(Command::DATASET_TYPE, WITH_DATASET);
    let (abstract_syntax, syntax) = (class.to_owned(), EXPLICIT_LE.to_owned());
    Message { context: 1, abstract_syntax, syntax, command, dataset }
}

fn served(admitted: &Admitted, access: &Access, message: &Message) -> Result<Vec<Message>, String> {
    match serve(admitted, access, message) {
        (_, Some(error)) => Err(error.to_string()),
        (Served::Answers(answers), None) => Ok(answers),
        (Served::Deliver(_), None) => Err("the archive began a delivery nobody asked for".to_owned()),
    }
}

/// The last answer as a reply; `done` is the body where the archive did what was asked.
fn reply(last: &Message, done: Value) -> Reply {
    let code = last.command.number(Command::STATUS).unwrap_or(status::PROCESSING_FAILURE);
    let status = match code {
        status::SUCCESS => return Reply { status: 200, body: done, ..Reply::default() },
        status::ALREADY_OTHERWISE => 409,
        _ => 422,
    };
    let comment = last.command.text(Command::COMMENT);
    Reply { status, body: json!({"status": format!("{code:04X}"), "comment": comment}), ..Reply::default() }
}

fn in_words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
