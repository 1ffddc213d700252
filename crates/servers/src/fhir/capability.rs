use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::instant;
use standards::fhir::profile::Profiles;

use platform::fhir::{OPERATIONS, Operation, Place};

use super::address::Address;
use super::export::EXPORTS;
use super::headers::{JSON_PATCH, refuse_unless_json};
use super::respond::fhir_json;
use super::searching;
use super::wishes::Wishes;
use crate::base_url::BaseUrl;
use crate::state::App;

/// What the routes of this face offer on every resource type.
const INTERACTIONS: [&str; 9] = [
    "read",
    "vread",
    "create",
    "update",
    "patch",
    "delete",
    "history-instance",
    "history-type",
    "search-type",
];
/// The statement of servers that export (Bulk Data Access IG, STU 2).
const BULK_DATA: &str = "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data";
/// What they offer on the service base.
const OF_THE_SYSTEM: [&str; 4] = ["transaction", "batch", "search-system", "history-system"];

/// `GET /metadata`: what this server does, from the tables it does it by (R4, 5.1). It needs no sign-in.
pub(super) async fn metadata(
    State(app): State<App>,
    base_url: BaseUrl,
    Address(sandbox): Address<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    if let Err(response) = refuse_unless_json(&headers, &query) {
        return response;
    }
    let base_url = format!("{}/s/{sandbox}/fhir", base_url.0);
    let now = instant::format(app.platform.clock().now_us());
    let body = statement(&base_url, &now).to_string().into_bytes();
    fhir_json(StatusCode::OK, Wishes::of(&headers, &query, true).laid_out(body))
}

fn statement(base_url: &str, date: &str) -> Value {
    let resources: Vec<Value> =
        Definitions::r4().resource_types().iter().map(|kind| resource(kind)).collect();
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date,
        "kind": "instance",
        "software": {"name": "Practicum", "version": env!("CARGO_PKG_VERSION")},
        "implementation": {"description": "A simulated hospital for training. All patients are synthetic.", "url": base_url},
        "instantiates": [BULK_DATA],
        "fhirVersion": Definitions::r4().fhir_version(),
        "format": ["json"],
        "patchFormat": [JSON_PATCH],
        "rest": [{
            "mode": "server",
            "documentation": format!(
                "Bodies that are written are checked for structure: known elements, cardinality, types and required codes. \
                 $validate also holds them to their type's rules and to the profiles listed by type, claimed in meta.profile or \
                 asked for. It does not look at narrative (txt-1, txt-2), at preferred and example bindings, at where extensions \
                 may stand, or at profiles stored here; codes of systems known in part it calls not checked. Prefer: return= is heeded \
                 for single writes (representation by default) and for the entries of a batch or transaction (minimal by \
                 default). {}",
                searching::modifiers()
            ),
            "security": {
                "cors": true,
                "service": [{"coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                    "code": "SMART-on-FHIR",
                }]}],
                "description": "Send a bearer token of the person who owns the sandbox, or an app's access token: see \
                    .well-known/smart-configuration.",
                "extension": [{
                    "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                    "extension": oauth_uris(base_url),
                }],
            },
            "resource": resources,
            "interaction": codes(&OF_THE_SYSTEM),
            "searchParam": searching::parameters(),
            "compartment": searching::compartments(),
            "operation": operations(None, |operation| operation.is_offered_on(Place::System)),
        }],
    })
}

fn resource(kind: &str) -> Value {
    let mut resource = json!({
        "type": kind,
        "interaction": codes(&INTERACTIONS),
        "versioning": "versioned-update",
        "readHistory": true,
        "updateCreate": true,
        "conditionalCreate": true,
        "conditionalRead": "full-support",
        "conditionalUpdate": true,
        "conditionalDelete": "single",
    });
    let profiles: Vec<&str> = Profiles::shipped().on_type(kind).collect();
    if !profiles.is_empty() {
        resource["supportedProfile"] = json!(profiles);
    }
    searching::state(kind, &mut resource);
    resource["operation"] = operations(Some(kind), |operation| {
        operation.is_offered_on(Place::Type(kind)) || operation.is_offered_on(Place::Instance(kind, ""))
    });
    resource
}

/// Where apps get tokens, as clients of SMART 1 look for it.
fn oauth_uris(base_url: &str) -> Value {
    let auth = format!("{}/auth", base_url.trim_end_matches("/fhir"));
    let uris = ["authorize", "token", "register", "introspect", "revoke"];
    uris.iter().map(|place| json!({"url": place, "valueUri": format!("{auth}/{place}")})).collect()
}

fn codes(interactions: &[&str]) -> Value {
    interactions.iter().map(|code| json!({"code": code})).collect()
}

fn operations(kind: Option<&str>, offered: impl Fn(&Operation) -> bool) -> Value {
    let offered = OPERATIONS.iter().filter(|operation| offered(operation));
    let offered = offered.map(|operation| (operation.name, operation.definition));
    let exports = EXPORTS.iter().filter(|(of, _)| *of == kind).map(|(_, definition)| ("export", *definition));
    offered.chain(exports).map(|(name, definition)| json!({"name": name, "definition": definition})).collect()
}
