use axum::http::HeaderMap;
use platform::fhir::{Give, pairs_of};
use standards::fhir::pretty::pretty;

use super::headers::{prefers, wants_content};

/// How a client wants to be answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wishes {
    /// JSON laid out for people (`_pretty`).
    pub(super) pretty: bool,
    /// What the answer to a write carries.
    pub(super) give: Give,
    /// The content of a Binary instead of the resource around it.
    pub(super) content: bool,
}

impl Wishes {
    /// Reads them from a request; only what changes something has a choice of what to give.
    pub(super) fn of(headers: &HeaderMap, query: &str, is_read: bool) -> Self {
        let pretty = pairs_of(query).iter().any(|(name, value)| name == "_pretty" && value == "true");
        let give = preferred(headers).filter(|_| !is_read).unwrap_or(Give::Representation);
        Self { pretty, give, content: is_read && wants_content(headers, query) }
    }

    /// What the entries of a Bundle are to give: where nothing is said, no more than where they are, as a Bundle may be long.
    pub(super) fn of_entries(headers: &HeaderMap) -> Give {
        preferred(headers).unwrap_or(Give::Minimal)
    }

    /// A body, laid out as wished.
    pub(super) fn laid_out(self, body: Vec<u8>) -> Vec<u8> {
        if self.pretty { pretty(&body) } else { body }
    }
}

/// What the client says it wants back (`Prefer: return=…`).
fn preferred(headers: &HeaderMap) -> Option<Give> {
    let known = [
        ("return=representation", Give::Representation),
        ("return=minimal", Give::Minimal),
        ("return=OperationOutcome", Give::Outcome),
    ];
    known.into_iter().find(|(said, _)| prefers(headers, said)).map(|(_, give)| give)
}
