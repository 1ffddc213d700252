use serde_json::{Value, json};

use super::give::Give;
use super::history_parameters::HistoryParameters;
use super::operations::Place;
use super::search::Scope;

/// One thing a client may ask for. Bodies are the client's own bytes.
#[derive(Debug, Clone, PartialEq)]
pub enum Interaction<'a> {
    /// The newest version of a resource.
    Read {
        /// Its type.
        kind: &'a str,
        /// Its id.
        id: &'a str,
        /// Answer that nothing changed if this is still the version (If-None-Match).
        known_version: Option<u64>,
    },
    /// A named version of a resource.
    Vread {
        /// Its type.
        kind: &'a str,
        /// Its id.
        id: &'a str,
        /// The version's number as written.
        version: &'a str,
    },
    /// A new resource, whose id the server gives.
    Create {
        /// Its type.
        kind: &'a str,
        /// The resource as JSON.
        body: &'a [u8],
        /// Create only if this search finds nothing (If-None-Exist).
        if_none_exist: Option<&'a str>,
    },
    /// A new version of a resource, or its first under an id the client chose.
    Update {
        /// Its type.
        kind: &'a str,
        /// Its id.
        id: &'a str,
        /// The resource as JSON.
        body: &'a [u8],
        /// Update only if this is the current version (If-Match).
        if_match: Option<u64>,
    },
    /// A new version of the only resource that meets a condition, or a new one where none does.
    ConditionalUpdate {
        /// Its type.
        kind: &'a str,
        /// The search that selects it, a query string without `?`.
        condition: &'a str,
        /// The resource as JSON.
        body: &'a [u8],
    },
    /// A new version of a resource, made from the current one by a JSON Patch (RFC 6902).
    Patch {
        /// Its type.
        kind: &'a str,
        /// Its id.
        id: &'a str,
        /// The patch as JSON.
        patch: &'a [u8],
        /// Patch only if this is the current version (If-Match).
        if_match: Option<u64>,
    },
    /// The same for the only resource that meets a condition.
    ConditionalPatch {
        /// Its type.
        kind: &'a str,
        /// The search that selects it, a query string without `?`.
        condition: &'a str,
        /// The patch as JSON.
        patch: &'a [u8],
        /// Patch only if this is the current version (If-Match).
        if_match: Option<u64>,
    },
    /// A tombstone in a resource's place.
    Delete {
        /// Its type.
        kind: &'a str,
        /// Its id.
        id: &'a str,
        /// Delete only if this is the current version (If-Match).
        if_match: Option<u64>,
    },
    /// A tombstone in the place of the only resource that meets a condition.
    ConditionalDelete {
        /// Its type.
        kind: &'a str,
        /// The search that selects it, a query string without `?`.
        condition: &'a str,
    },
    /// The versions of all resources.
    SystemHistory {
        /// Which of them.
        parameters: HistoryParameters,
    },
    /// The versions of one resource, or of all resources of a type.
    History {
        /// The type.
        kind: &'a str,
        /// The resource; all of the type when absent.
        id: Option<&'a str>,
        /// Which of them.
        parameters: HistoryParameters,
    },
    /// The resources of a type that meet some criteria.
    Search {
        /// The type.
        kind: &'a str,
        /// The parameters, decoded, in order.
        parameters: &'a [(String, String)],
        /// Refuse parameters that are not understood (Prefer: handling=strict) instead of leaving them out.
        strict: bool,
    },
    /// The resources of several types that meet some criteria: of all, or of those in a compartment.
    SearchIn {
        /// Where to look.
        scope: Scope<'a>,
        /// The parameters, decoded, in order.
        parameters: &'a [(String, String)],
        /// Refuse parameters that are not understood (Prefer: handling=strict) instead of leaving them out.
        strict: bool,
    },
    /// An operation, which changes nothing.
    Operation {
        /// Its name without the `$`.
        name: &'a str,
        /// What it is asked of.
        place: Place<'a>,
        /// The parameters of the address, decoded, in order.
        query: &'a [(String, String)],
        /// A Parameters resource, or the resource it is about, as JSON.
        body: Option<&'a [u8]>,
    },
    /// A Bundle of type `batch` or `transaction`.
    Bundle {
        /// The Bundle as JSON.
        body: &'a [u8],
        /// What the answer carries of what its entries wrote.
        give: Give,
    },
}

impl Interaction<'_> {
    /// The journal kind: `fhir.` and the interaction's name in the standard.
    pub(super) fn journal_kind(&self) -> &'static str {
        match self {
            Self::Read { .. } => "fhir.read",
            Self::Vread { .. } => "fhir.vread",
            Self::Create { .. } => "fhir.create",
            Self::Update { .. } | Self::ConditionalUpdate { .. } => "fhir.update",
            Self::Patch { .. } | Self::ConditionalPatch { .. } => "fhir.patch",
            Self::Delete { .. } | Self::ConditionalDelete { .. } => "fhir.delete",
            Self::History { .. } | Self::SystemHistory { .. } => "fhir.history",
            Self::Search { .. } | Self::SearchIn { .. } => "fhir.search",
            Self::Operation { .. } => "fhir.operation",
            Self::Bundle { .. } => "fhir.bundle",
        }
    }

    /// What was asked, for the journal; never a body.
    pub(super) fn detail(&self) -> Value {
        match self {
            Self::Read { kind, id, .. } => json!({"method": "GET", "type": kind, "id": id}),
            Self::Vread { kind, id, version } => {
                json!({"method": "GET", "type": kind, "id": id, "version": version})
            }
            Self::Create { kind, if_none_exist, .. } => {
                with(json!({"method": "POST", "type": kind}), "if_none_exist", *if_none_exist)
            }
            Self::Update { kind, id, if_match, .. } => {
                with(json!({"method": "PUT", "type": kind, "id": id}), "if_match", *if_match)
            }
            Self::ConditionalUpdate { kind, condition, .. } => {
                json!({"method": "PUT", "type": kind, "condition": condition})
            }
            Self::Patch { kind, id, if_match, .. } => {
                with(json!({"method": "PATCH", "type": kind, "id": id}), "if_match", *if_match)
            }
            Self::ConditionalPatch { kind, condition, if_match, .. } => {
                let detail = json!({"method": "PATCH", "type": kind, "condition": condition});
                with(detail, "if_match", *if_match)
            }
            Self::ConditionalDelete { kind, condition } => {
                json!({"method": "DELETE", "type": kind, "condition": condition})
            }
            Self::SystemHistory { .. } => json!({"method": "GET"}),
            Self::Delete { kind, id, if_match } => {
                with(json!({"method": "DELETE", "type": kind, "id": id}), "if_match", *if_match)
            }
            Self::History { kind, id, .. } => with(json!({"method": "GET", "type": kind}), "id", *id),
            Self::Search { kind, parameters, .. } => {
                json!({"method": "GET", "type": kind, "query": query_text(parameters)})
            }
            Self::SearchIn { scope, parameters, .. } => {
                with(scope.detail(), "query", Some(query_text(parameters)))
            }
            Self::Operation { name, place, .. } => with(place.detail(), "operation", Some(*name)),
            Self::Bundle { .. } => json!({"method": "POST"}),
        }
    }
}

fn with(mut detail: Value, name: &str, value: Option<impl Into<Value>>) -> Value {
    if let Some(value) = value {
        detail[name] = value.into();
    }
    detail
}

/// The parameters as a query string, for people to read.
fn query_text(parameters: &[(String, String)]) -> String {
    parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}
