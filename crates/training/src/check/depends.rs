//! Which journal entries can change a verdict.

use crate::facts::Entry;
use crate::lab::{Check, CheckKind, Filter, Pattern, Truth};

/// Kinds of entry by which the hospital's state changes.
const CHANGES: [&str; 6] =
    ["fhir.create", "fhir.update", "fhir.patch", "fhir.delete", "fhir.bundle", "command"];

/// Kinds of entry by which other things change that can be asked over HTTP.
const ASKED: [&str; 7] =
    ["ledger.*", "exchange.*", "log.*", "desk.*", "compliance.*", "model.train", "model.deploy"];
/// The kind of entry an answer leaves in the journal.
pub const ANSWER: &str = "lab.answer";

/// Kinds of journal entry after which a check has to be judged again, as patterns (`fhir.*`).
///
/// Changes of the sandbox as a whole, such as undo and reset, concern every check and are among them.
#[must_use]
pub fn depends_on(check: &Check) -> Vec<String> {
    let mut kinds = vec!["sandbox.*".to_owned()];
    match &check.kind {
        CheckKind::Fhir { .. } | CheckKind::Support(_) => kinds.extend(CHANGES.map(str::to_owned)),
        CheckKind::Http(_) => kinds.extend(CHANGES.into_iter().chain(ASKED).map(str::to_owned)),
        CheckKind::Message(_) => kinds.push("hl7.*".to_owned()),
        // A system writes down what it is told, and what becomes due in it.
        CheckKind::Record(_) => kinds.extend(["hl7.*", "command"].map(str::to_owned)),
        CheckKind::Rows(_) | CheckKind::Release(_) => kinds.push("lake.*".to_owned()),
        CheckKind::Reach(_) => kinds.push("auth.*".to_owned()),
        CheckKind::Channel(_) => kinds.push("channel.*".to_owned()),
        // What is played in the hospital shows at its doors; what is done against it, at the desk.
        CheckKind::Security(_) => {
            kinds.extend(["response.*", "desk.*", "fhir.update", "auth.login"].map(str::to_owned));
        }
        CheckKind::Ledger(_) => kinds.extend(["ledger.*", "vault.*"].map(str::to_owned)),
        CheckKind::Bedside(_) => kinds.extend(["model.deploy".to_owned(), "lake.*".to_owned()]),
        CheckKind::Flow(_) => kinds.push("flow.plan".to_owned()),
        // What the service itself has become shows when somebody asks.
        CheckKind::Service(_) => kinds.extend(["cds.register", "cds.remove"].map(str::to_owned)),
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
