use security::telemetry::{audit_event, flow, ocsf};
use serde_json::Value;
use store::StoreError;
use store::journal::Filter;

use super::signals::records;
use crate::access::Access;

/// A form that other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// FHIR R4 `AuditEvent`.
    AuditEvent,
    /// An event as OCSF has them.
    Ocsf,
    /// A network flow; what did not cross the network has none.
    Flow,
}

impl Form {
    /// The form of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "audit-event" => Some(Self::AuditEvent),
            "ocsf" => Some(Self::Ocsf),
            "flow" => Some(Self::Flow),
            _ => None,
        }
    }
}

/// The newest entries that a filter lets through, in another form, oldest first.
///
/// # Errors
/// If the store fails.
pub fn rendered(access: &Access, filter: Filter, form: Form) -> Result<Vec<Value>, StoreError> {
    let one = |record: &security::telemetry::Record| match form {
        Form::AuditEvent => Some(audit_event(record)),
        Form::Ocsf => Some(ocsf(record)),
        Form::Flow => flow(record),
    };
    Ok(records(access, filter, true)?.iter().filter_map(one).collect())
}
