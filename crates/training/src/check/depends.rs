//! Which journal entries can change a verdict.

use crate::facts::Entry;
use crate::lab::{Check, CheckKind, Filter, Pattern, Truth};

/// Kinds of entry by which the hospital's state changes.
const CHANGES: [&str; 6] =
    ["fhir.create", "fhir.update", "fhir.patch", "fhir.delete", "fhir.bundle", "command"];

/// The kind of entry an answer leaves in the journal.
pub const ANSWER: &str = "lab.answer";

/// Kinds of journal entry after which a check has to be judged again, as patterns (`fhir.*`).
///
/// Changes of the sandbox as a whole, such as undo and reset, concern every check and are among them.
#[must_use]
pub fn depends_on(check: &Check) -> Vec<String> {
    let mut kinds = vec!["sandbox.*".to_owned()];
    match &check.kind {
        CheckKind::Fhir { .. } | CheckKind::Http(_) | CheckKind::Support(_) => {
            kinds.extend(CHANGES.map(str::to_owned));
        }
        CheckKind::Message(_) => kinds.push("hl7.*".to_owned()),
        CheckKind::Journal { filter, expect } => {
            for filter in std::iter::once(filter).chain(&expect.order) {
                kinds.extend(kinds_of(filter));
            }
        }
        CheckKind::Answer { truth, .. } => {
            kinds.push(ANSWER.to_owned());
            if matches!(truth, Truth::Search { .. }) {
                kinds.extend(CHANGES.map(str::to_owned));
            }
        }
    }
    kinds.sort();
    kinds.dedup();
    kinds
}

fn kinds_of(filter: &Filter) -> Vec<String> {
    match filter.fields.get("kind") {
        Some(pattern) if !pattern.negated => pattern.alternatives.clone(),
        _ => vec!["*".to_owned()],
    }
}

/// Whether a new entry can change a check's verdict.
#[must_use]
pub fn touched_by(check: &Check, entry: &Entry) -> bool {
    let kinds = Pattern { negated: false, alternatives: depends_on(check) };
    kinds.matches(Some(&entry.kind))
}
