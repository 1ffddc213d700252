//! The cases of a security desk.

use axum::http::StatusCode;
use platform::desk::{self, Case, CaseChange, CaseState, Evidence, Finding, Note, Pinned, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

/// A case to open.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCase {
    /// What it is about, 3 to 120 characters.
    title: String,
    /// `low`, `medium`, `high` or `critical`; `medium`, if left out.
    severity: Option<String>,
}

/// What is done to a case: one of these.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CaseWork {
    /// A note to add. It cannot be changed afterwards.
    note: Option<String>,
    /// The place of a journal entry to pin, with `why`.
    pin: Option<i64>,
    /// What the case came to, with `why`: `confirmed`, `explained` or `false-alarm`.
    close: Option<String>,
    /// Whether to open it again, with `why`.
    reopen: bool,
    /// Why.
    why: String,
}

/// A case.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CaseView {
    id: String,
    title: String,
    severity: String,
    /// `open` or `closed`.
    state: String,
    /// What a closed case came to.
    finding: Option<String>,
    by: String,
    opened: String,
    /// Oldest first.
    notes: Vec<NoteView>,
    /// Oldest first.
    evidence: Vec<EvidenceView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct NoteView {
    text: String,
    by: String,
    at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct EvidenceView {
    /// The entry's place in the journal.
    entry: i64,
    /// Its hash in the chain.
    hash: String,
    what: String,
    why: String,
    by: String,
    at: String,
    /// Whether the journal still holds this entry at this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands: Option<bool>,
}

/// All cases.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CaseList {
    /// Newest first.
    cases: Vec<CaseView>,
}

pub(super) fn cases(call: &Call<'_>) -> Result<CaseList, Problem> {
    let found = desk::cases(&call.enter(call.part("sandbox"))?)?;
    Ok(CaseList { cases: found.iter().map(|case| view(case, None)).collect() })
}

pub(super) fn open(call: &Call<'_>, new: &NewCase) -> Result<CaseView, Problem> {
    let word = new.severity.as_deref().unwrap_or("medium");
    let severity = Severity::ALL.into_iter().find(|severity| severity.word() == word);
    let severity = severity.ok_or_else(|| unknown("severity", word, "low, medium, high or critical"))?;
    Ok(view(&desk::open_case(&call.enter(call.part("sandbox"))?, &new.title, severity)?, None))
}

pub(super) fn case(call: &Call<'_>) -> Result<CaseView, Problem> {
    let (case, pinned) = desk::case(&call.enter(call.part("sandbox"))?, call.part("case"))?;
    Ok(view(&case, Some(&pinned)))
}

pub(super) fn work(call: &Call<'_>, work: &CaseWork) -> Result<CaseView, Problem> {
    let finding = work.close.as_deref().map(|word| {
        let found = Finding::ALL.into_iter().find(|finding| finding.word() == word);
        found.ok_or_else(|| unknown("close", word, "confirmed, explained or false-alarm"))
    });
    let what = match (work.note.as_deref(), work.pin, finding.transpose()?, work.reopen) {
        (Some(note), None, None, false) => CaseChange::Note(note),
        (None, Some(entry), None, false) => CaseChange::Pin(entry, &work.why),
        (None, None, Some(finding), false) => CaseChange::Close(finding, &work.why),
        (None, None, None, true) => CaseChange::Reopen(&work.why),
        _ => {
            let what = "give one of note, pin, close and reopen";
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what));
        }
    };
    Ok(view(&desk::change_case(&call.enter(call.part("sandbox"))?, call.part("case"), what)?, None))
}

fn unknown(member: &str, word: &str, known: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{member}: `{word}` is none of {known}"))
}

fn view(case: &Case, pinned: Option<&[Pinned]>) -> CaseView {
    let note = |note: &Note| NoteView {
        text: note.text.clone(),
        by: note.by.clone(),
        at: instant::format(note.at_us),
    };
    let stands = |evidence: &Evidence| {
        pinned?.iter().find(|pinned| pinned.evidence.seq == evidence.seq).map(|pinned| pinned.stands)
    };
    let evidence = |evidence: &Evidence| EvidenceView {
        entry: evidence.seq,
        hash: evidence.hash.clone(),
        what: evidence.what.clone(),
        why: evidence.why.clone(),
        by: evidence.by.clone(),
        at: instant::format(evidence.at_us),
        stands: stands(evidence),
    };
    let (state, finding) = match case.state {
        CaseState::Open => ("open", None),
        CaseState::Closed(finding) => ("closed", Some(finding.word().to_owned())),
    };
    CaseView {
        id: case.id.clone(),
        title: case.title.clone(),
        severity: case.severity.word().to_owned(),
        state: state.to_owned(),
        finding,
        by: case.by.clone(),
        opened: instant::format(case.opened_us),
        notes: case.notes.iter().map(note).collect(),
        evidence: case.evidence.iter().map(evidence).collect(),
    }
}
