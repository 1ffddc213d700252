use axum::http::HeaderMap;
use platform::fhir::pairs_of;
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

/// What the answer to a write carries (R4, 3.1.0.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Give {
    /// The resource.
    Representation,
    /// Headers alone.
    Minimal,
    /// An OperationOutcome that says what was done.
    Outcome,
}

impl Wishes {
    /// Reads them from a request; only what changes something has a choice of what to give.
    pub(super) fn of(headers: &HeaderMap, query: &str, is_read: bool) -> Self {
        let pretty = pairs_of(query).iter().any(|(name, value)| name == "_pretty" && value == "true");
        let give = match is_read {
            false if prefers(headers, "return=minimal") => Give::Minimal,
            false if prefers(headers, "return=OperationOutcome") => Give::Outcome,
            _ => Give::Representation,
        };
        Self { pretty, give, content: is_read && wants_content(headers, query) }
    }

    /// A body, laid out as wished.
    pub(super) fn laid_out(self, body: Vec<u8>) -> Vec<u8> {
        if self.pretty { pretty(&body) } else { body }
    }
}
