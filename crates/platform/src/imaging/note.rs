//! Journal entries about DICOM: from the caller's node to the PACS.

use serde_json::Value;
use store::StoreError;
use store::journal::NewEntry;

use crate::access::Access;

/// An entry of `kind`, not yet written.
pub(super) fn event(
    access: &Access,
    kind: &str,
    subject: Option<String>,
    outcome: &str,
    detail: Value,
) -> NewEntry {
    NewEntry {
        source: access.actor().to_owned(),
        target: "PACS".to_owned(),
        ..access.event(kind, subject, outcome, detail)
    }
}

/// Journals that a peer broke the protocol, or fell silent: what happened, in words.
///
/// # Errors
/// When the store fails.
pub fn note_protocol(access: &Access, what: &str) -> Result<(), StoreError> {
    access.note(event(access, "dicom.refused", None, "protocol", serde_json::json!({"what": what})))
}
