//! Writing a clinical note.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problems;
use super::{EhrError, shape};
use crate::base64;
use crate::calendar::instant_text;
use crate::codes::{Code, note};

/// The longest note, in characters.
const LENGTH_MAX: usize = 20_000;

/// What the note form asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteNote {
    /// What kind of note it is.
    #[serde(default)]
    pub kind: NoteKind,
    /// The note, in plain text.
    pub text: String,
}

/// Kinds of note a clinician writes by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Any note, LOINC 34109-9.
    #[default]
    Note,
    /// A progress note, LOINC 11506-3.
    Progress,
}

impl NoteKind {
    fn code(self) -> &'static Code {
        match self {
            Self::Note => &note::NOTE,
            Self::Progress => &note::PROGRESS,
        }
    }
}

/// What must be known to write a note.
#[derive(Clone, Copy, Debug)]
pub struct NoteFacts<'a> {
    /// The patient.
    pub patient: &'a Value,
    /// The encounter it belongs to, if any.
    pub encounter: Option<&'a Value>,
    /// Who writes it, if known.
    pub author: Option<&'a Value>,
}

/// Makes the note as a `DocumentReference` (US Core) with its text inside.
///
/// # Errors
/// A note that is empty, too long, or holds control characters.
pub fn write_note(
    command: &WriteNote,
    facts: &NoteFacts<'_>,
    now_us: i64,
    ids: &mut dyn FnMut() -> String,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    problems.check_text("text", &command.text, LENGTH_MAX);
    problems.finish()?;
    let now = instant_text(now_us);
    let mut document = json!({
        "resourceType": "DocumentReference",
        "id": ids(),
        "meta": shape::meta("us-core-documentreference"),
        "status": "current",
        "docStatus": "final",
        "type": shape::concept(command.kind.code()),
        "category": [{"coding": [{
            "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
            "code": "clinical-note",
            "display": "Clinical Note",
        }]}],
        "subject": shape::reference(facts.patient),
        "date": now,
    });
    if let Some(author) = facts.author {
        document["author"] = json!([shape::named_reference(author, &shape::person_name(author))]);
    }
    document["content"] = json!([{"attachment": {
        "contentType": "text/plain; charset=utf-8",
        "data": base64::encoded(command.text.as_bytes()),
        "creation": now,
    }}]);
    if let Some(encounter) = facts.encounter {
        document["context"] = json!({"encounter": [shape::reference(encounter)]});
    }
    Ok(document)
}
