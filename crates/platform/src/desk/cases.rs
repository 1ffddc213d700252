use data_encoding::HEXLOWER;
use security::casework::{Case, CaseworkError, Evidence, Finding, Severity};
use serde_json::{Value, json};
use store::journal::{Entry, Filter};
use store::sandbox::Change;

use super::error::DeskError;
use super::keep::{Kind, all, change, find, keep};
use crate::access::Access;

/// Cases that a desk keeps at most.
const CASES_MAX: usize = 200;

/// What is done to a case.
#[derive(Debug, Clone, Copy)]
pub enum CaseChange<'a> {
    /// A note is added.
    Note(&'a str),
    /// A journal entry is pinned, with why it matters.
    Pin(i64, &'a str),
    /// The case is closed with what it came to, and why.
    Close(Finding, &'a str),
    /// The case is opened again, with why.
    Reopen(&'a str),
}

/// A pinned entry, and whether the journal still holds it under the same hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// What was pinned.
    pub evidence: Evidence,
    /// Whether the journal's entry at this place is still this one.
    pub stands: bool,
}

/// Opens a case.
///
/// # Errors
/// A title that cannot be kept; a desk that is full.
pub fn open_case(access: &Access, title: &str, severity: Severity) -> Result<Case, DeskError> {
    change(access, Kind::Case, |change| {
        let cases: Vec<Case> = all(change.view(), Kind::Case)?;
        if cases.len() >= CASES_MAX {
            return Err(CaseworkError::Full("the desk", CASES_MAX).into());
        }
        let id = format!("case-{}", cases.len() + 1);
        let case = Case::open(id, title, severity, access.actor(), access.virtual_us())?;
        let detail =
            json!({"case": case.id, "did": "open", "title": case.title, "severity": severity.word()});
        keep(change, access, Kind::Case, (&case.id, &case), detail)?;
        Ok(case)
    })
}

/// Every case, the newest first.
///
/// # Errors
/// If the store fails.
pub fn cases(access: &Access) -> Result<Vec<Case>, DeskError> {
    let mut cases: Vec<Case> = access.sandbox().view(|view| all(view, Kind::Case))?;
    cases.sort_by_key(|case| std::cmp::Reverse(number(&case.id)));
    Ok(cases)
}

/// A case, with whether its evidence stands.
///
/// # Errors
/// [`DeskError::Missing`] if there is none of this id.
pub fn case(access: &Access, id: &str) -> Result<(Case, Vec<Pinned>), DeskError> {
    let case: Case = access.sandbox().view(|view| find(view, Kind::Case, id))?.ok_or_else(|| missing(id))?;
    let stands = |evidence: &Evidence| {
        let held = entry(access, evidence.seq)?;
        let stands = held.is_some_and(|held| HEXLOWER.encode(&held.hash) == evidence.hash);
        Ok(Pinned { evidence: evidence.clone(), stands })
    };
    let pinned = case.evidence.iter().map(stands).collect::<Result<_, DeskError>>()?;
    Ok((case, pinned))
}

/// Does something to a case.
///
/// # Errors
/// What the case does not allow; [`DeskError::Missing`] for a case or an entry that is not there.
pub fn change_case(access: &Access, id: &str, what: CaseChange<'_>) -> Result<Case, DeskError> {
    let pinned = match what {
        CaseChange::Pin(seq, _) => Some(
            entry(access, seq)?
                .ok_or_else(|| DeskError::Missing { what: format!("the journal has no entry {seq}") })?,
        ),
        _ => None,
    };
    change(access, Kind::Case, |change: &mut Change<'_>| {
        let mut case: Case = find(change.view(), Kind::Case, id)?.ok_or_else(|| missing(id))?;
        let (by, now_us) = (access.actor(), access.virtual_us());
        let detail = match what {
            CaseChange::Note(text) => {
                case.note(text, by, now_us)?;
                json!({"case": id, "did": "note"})
            }
            CaseChange::Pin(seq, why) => {
                if let Some(entry) = &pinned {
                    case.pin(evidence(entry, why, by, now_us))?;
                }
                json!({"case": id, "did": "pin", "entry": seq})
            }
            CaseChange::Close(finding, why) => {
                case.close(finding, why, by, now_us)?;
                json!({"case": id, "did": "close", "finding": finding.word()})
            }
            CaseChange::Reopen(why) => {
                case.reopen(why, by, now_us)?;
                json!({"case": id, "did": "reopen"})
            }
        };
        keep(change, access, Kind::Case, (id, &case), detail)?;
        Ok(case)
    })
}

/// The journal entry at a place.
pub(crate) fn entry(access: &Access, seq: i64) -> Result<Option<Entry>, DeskError> {
    let filter = Filter { after_seq: seq.saturating_sub(1), limit: 1, ..Filter::default() };
    let found = access.sandbox().journal(&filter)?;
    Ok(found.into_iter().find(|entry| entry.seq == seq))
}

fn evidence(entry: &Entry, why: &str, by: &str, now_us: i64) -> Evidence {
    let event = &entry.event;
    let about = event.subject.as_deref().map(|subject| format!(" {subject}")).unwrap_or_default();
    let named = |name: &str| event.detail.get(name).and_then(Value::as_str);
    let more = named("type").or_else(|| named("name")).map(|more| format!(" {more}")).unwrap_or_default();
    Evidence {
        seq: entry.seq,
        hash: HEXLOWER.encode(&entry.hash),
        what: format!("{} by {}{about}{more}: {}", event.kind, event.actor, event.outcome),
        why: why.to_owned(),
        by: by.to_owned(),
        at_us: now_us,
    }
}

fn number(id: &str) -> usize {
    id.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn missing(id: &str) -> DeskError {
    DeskError::Missing { what: format!("there is no case {id}") }
}
