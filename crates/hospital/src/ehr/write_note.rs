use serde::Deserialize;
use serde_json::{Value, json};

use super::entered::Entered;
use super::error::{EhrError, Problems};
use super::shape::{concept, id_of};
use crate::base64;
use crate::calendar::instant_text;
use crate::codes::{Code, note};
use crate::meta::meta;

/// Characters in one note.
const CHARS_MAX: usize = 50_000;

/// A kind of note a form may write.
#[derive(Debug, Clone, Copy)]
pub struct NoteKind {
    /// How the command names it.
    pub name: &'static str,
    /// What it is, in LOINC.
    pub code: Code,
}

/// The kinds of notes a form may write; the first when none is named.
pub const NOTE_KINDS: [NoteKind; 5] = [
    NoteKind { name: "note", code: note::NOTE },
    NoteKind { name: "sbar", code: note::NURSE },
    NoteKind { name: "admission", code: note::HISTORY_AND_PHYSICAL },
    NoteKind { name: "progress", code: note::PROGRESS },
    NoteKind { name: "discharge-summary", code: note::DISCHARGE_SUMMARY },
];

/// A note in plain text.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WriteNote {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The encounter's id, or `Encounter/ID`; the patient's present stay when left out.
    pub encounter: Entered,
    /// The name of one of [`NOTE_KINDS`], or its LOINC code.
    pub kind: Entered,
    /// The note.
    pub text: Entered,
    /// The note this one adds to: an id, or `DocumentReference/ID`. It then is of the same kind.
    pub addends: Entered,
}

/// What the hospital knows about a note.
#[derive(Debug, Clone, Default)]
pub struct NoteFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The encounter it belongs to, if any.
    pub encounter: Option<&'a Value>,
    /// The note that is added to, if there is one of this patient.
    pub addended: Option<&'a Value>,
    /// Who writes, as people read it.
    pub author: &'a str,
}

/// Writes a note (US Core `DocumentReference`) under `id`, its text as it was typed.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn write_note(
    command: &WriteNote,
    facts: &NoteFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    if facts.patient.is_none() {
        problems.add("patient", "there is no such patient", "look the record up");
    }
    if command.encounter.text().is_some() && facts.encounter.is_none() {
        problems.add(
            "encounter",
            "there is no such encounter of this patient",
            "leave it empty, or look it up",
        );
    }
    if command.addends.text().is_some() && facts.addended.is_none() {
        problems.add("addends", "there is no such note of this patient", "look it up among the notes");
    }
    let kind = kind(&mut problems, &command.kind);
    if command.text.text().is_none() && !command.text.is_nested() {
        problems.add("text", "the note is empty", "write what happened");
    }
    let text = problems.words("text", &command.text, CHARS_MAX);
    problems.settle()?;
    let now = instant_text(now_us);
    let mut written = json!({
        "resourceType": "DocumentReference",
        "id": id,
        "meta": meta("us-core-documentreference"),
        "status": "current",
        "docStatus": "final",
        "type": concept(&kind.code),
        "category": [{"coding": [{
            "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
            "code": "clinical-note",
            "display": "Clinical Note",
        }]}],
        "subject": {"reference": format!("Patient/{}", facts.patient.map_or("", id_of))},
        "date": now,
        "author": [{"display": facts.author}],
        "content": [{"attachment": {
            "contentType": "text/plain; charset=utf-8",
            "data": base64::encoded(text.as_deref().unwrap_or_default().as_bytes()),
            "creation": now,
        }}],
    });
    if let Some(addended) = facts.addended {
        written["relatesTo"] = json!([{
            "code": "appends",
            "target": {"reference": format!("DocumentReference/{}", id_of(addended))},
        }]);
        if let Some(kind) = addended.get("type") {
            written["type"] = kind.clone();
        }
    }
    if let Some(encounter) = facts.encounter {
        written["context"] = json!({"encounter": [{"reference": format!("Encounter/{}", id_of(encounter))}]});
    }
    Ok(written)
}

fn kind(problems: &mut Problems, entered: &Entered) -> NoteKind {
    let text = entered.text();
    let by_code = NOTE_KINDS.iter().find(|kind| text.as_deref() == Some(kind.code.code));
    let found = by_code.or_else(|| problems.one_of("kind", entered, &NOTE_KINDS, |kind| kind.name));
    *found.unwrap_or(&NOTE_KINDS[0])
}
