use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::messages::read::{code_of, first, id_of, items, text_at};
use crate::messages::value::{address, authority, coded, moment_at, name, number, person, telecom};
use crate::messages::{Event, Interface, MessageError};
use crate::population::MRN_SYSTEM;

/// PID, with PD1 where a family doctor is known.
pub(in crate::messages) fn patient(event: &Event<'_>, interface: &Interface) -> Vec<Line> {
    let patient = event.patient;
    let telecoms = |work: bool| {
        let fitting = items(patient, "telecom")
            .iter()
            .filter(move |point| (text_at(point, "use") == Some("work")) == work);
        Content::repetitions(fitting.map(telecom))
    };
    let died = patient.get("deceasedBoolean").and_then(Value::as_bool) == Some(true);
    let died = died || text_at(patient, "deceasedDateTime").is_some();
    let language = first(patient, "communication").and_then(|spoken| spoken.get("language"));
    let mut line = Line::new("PID")
        .with(1, "1")
        .with(3, numbers(interface, patient))
        .with(5, Content::repetitions(items(patient, "name").iter().map(name)))
        .with(7, moment_at(patient, "birthDate"))
        .with(8, sex(patient))
        .with(10, category(patient, "us-core-race"))
        .with(11, Content::repetitions(items(patient, "address").iter().map(address)))
        .with(13, telecoms(false))
        .with(14, telecoms(true))
        .with(15, language.map(|language| coded(interface, language)))
        .with(16, patient.get("maritalStatus").map(|status| marital(interface, status)))
        .with(22, category(patient, "us-core-ethnicity"));
    if died {
        line = line.with(29, moment_at(patient, "deceasedDateTime")).with(30, "Y");
    }
    let doctor = first(patient, "generalPractitioner").map(|doctor| person(interface, event, doctor));
    let doctor = doctor.filter(|doctor| *doctor != Content::Empty);
    [line].into_iter().chain(doctor.map(|doctor| Line::new("PD1").with(4, doctor))).collect()
}

/// MRG: the record that a merge retired.
///
/// # Errors
/// When the event has no retired Patient.
pub(in crate::messages) fn retired(
    event: &Event<'_>,
    interface: &Interface,
) -> Result<Vec<Line>, MessageError> {
    let missing = MessageError::Missing { trigger: event.trigger.name, wanted: "retired Patient" };
    let retired = event.retired.ok_or(missing)?;
    let names = Content::repetitions(items(retired, "name").iter().map(name));
    Ok(vec![Line::new("MRG").with(1, numbers(interface, retired)).with(7, names)])
}

/// The numbers of a person, the medical record number first; the id where there is none.
fn numbers(interface: &Interface, patient: &Value) -> Content {
    let identifiers =
        items(patient, "identifier").iter().filter(|identifier| text_at(identifier, "value").is_some());
    let (mut first, others): (Vec<&Value>, Vec<&Value>) =
        { identifiers }.partition(|identifier| text_at(identifier, "system") == Some(MRN_SYSTEM));
    first.extend(others);
    if first.is_empty() {
        let own = authority(interface, None);
        return [id_of(patient).into(), Content::Empty, Content::Empty, own, "PI".into()].into();
    }
    Content::repetitions(first.into_iter().map(|identifier| number(interface, identifier, "MR")))
}

/// Administrative sex (table 0001).
fn sex(patient: &Value) -> &'static str {
    match text_at(patient, "gender") {
        Some("female") => "F",
        Some("male") => "M",
        Some("other") => "O",
        _ => "U",
    }
}

/// The codes of a US Core race or ethnicity extension (CDC race and ethnicity codes).
fn category(patient: &Value, extension: &str) -> Content {
    let named =
        |extension: &&Value, name: &str| text_at(extension, "url").is_some_and(|url| url.ends_with(name));
    let found = items(patient, "extension").iter().find(|one| named(one, extension));
    let categories = found.map_or(&[][..], |found| items(found, "extension")).iter();
    let codings = categories.filter(|one| named(one, "ombCategory")).filter_map(|one| one.get("valueCoding"));
    Content::repetitions(
        codings.map(|coding| [text_at(coding, "code"), text_at(coding, "display"), Some("CDCREC")]),
    )
}

/// Marital status: the codes of FHIR's value set are those of table 0002.
fn marital(interface: &Interface, status: &Value) -> Content {
    match code_of(status) {
        Some(code) => {
            let display = first(status, "coding").and_then(|coding| text_at(coding, "display"));
            [Some(code), display, Some("HL70002")].into()
        }
        None => coded(interface, status),
    }
}
