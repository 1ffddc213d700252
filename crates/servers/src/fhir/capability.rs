use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::instant;
use standards::fhir::search::{Parameters, SearchKind, SearchParameter};

use platform::fhir::{OPERATIONS, Operation, Place};

use super::address::Address;
use super::headers::refuse_unless_json;
use super::respond::fhir_json;
use crate::base_url::BaseUrl;
use crate::state::App;

/// What the routes of this face offer on every resource type.
const INTERACTIONS: [&str; 8] =
    ["read", "vread", "create", "update", "delete", "history-instance", "history-type", "search-type"];

/// `GET /metadata`: what this server does, from the tables it does it by (R4, 5.1). It needs no sign-in.
pub(super) async fn metadata(
    State(app): State<App>,
    base_url: BaseUrl,
    Address(sandbox): Address<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Err(response) = refuse_unless_json(&headers, &query.unwrap_or_default()) {
        return response;
    }
    let base_url = format!("{}/s/{sandbox}/fhir", base_url.0);
    let now = instant::format(app.platform.clock().now_us());
    fhir_json(StatusCode::OK, statement(&base_url, &now).to_string().into_bytes())
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
        "fhirVersion": Definitions::r4().fhir_version(),
        "format": ["json"],
        "rest": [{
            "mode": "server",
            "documentation": "Bodies are checked for structure: known elements, cardinality, types and required codes. \
                Profiles and invariants are not checked.",
            "security": {
                "description": "Send a bearer token of the person who owns the sandbox.",
            },
            "resource": resources,
            "interaction": [{"code": "transaction"}, {"code": "batch"}],
            "operation": operations(|operation| operation.is_offered_on(Place::System)),
        }],
    })
}

fn resource(kind: &str) -> Value {
    let interactions: Vec<Value> = INTERACTIONS.iter().map(|code| json!({"code": code})).collect();
    let parameters = Parameters::r4().of(kind);
    let mut resource = json!({
        "type": kind,
        "interaction": interactions,
        "versioning": "versioned-update",
        "readHistory": true,
        "updateCreate": true,
        "conditionalCreate": true,
        "conditionalRead": "not-match",
        "conditionalUpdate": false,
        "conditionalDelete": "not-supported",
    });
    let includes: Vec<String> = references(parameters).map(|code| format!("{kind}:{code}")).collect();
    if !includes.is_empty() {
        resource["searchInclude"] = includes.into();
    }
    let reverse = reverse_includes(kind);
    if !reverse.is_empty() {
        resource["searchRevInclude"] = reverse.into();
    }
    resource["searchParam"] = parameters.iter().map(parameter).collect();
    resource["operation"] = operations(|operation| {
        operation.is_offered_on(Place::Type(kind)) || operation.is_offered_on(Place::Instance(kind, ""))
    });
    resource
}

fn operations(offered: impl Fn(&Operation) -> bool) -> Value {
    let offered = OPERATIONS.iter().filter(|operation| offered(operation));
    offered.map(|operation| json!({"name": operation.name, "definition": operation.definition})).collect()
}

fn parameter(parameter: &SearchParameter) -> Value {
    let mut stated = json!({"name": parameter.code, "type": parameter.kind.code()});
    if !parameter.url.is_empty() {
        stated["definition"] = parameter.url.as_str().into();
    }
    stated
}

fn references(parameters: &[SearchParameter]) -> impl Iterator<Item = &str> {
    parameters
        .iter()
        .filter(|parameter| parameter.kind == SearchKind::Reference)
        .map(|parameter| parameter.code.as_str())
}

/// The reference parameters of all types that may point to `kind`.
fn reverse_includes(kind: &str) -> Vec<String> {
    let mut includes = Vec::new();
    for source in Definitions::r4().resource_types() {
        for parameter in Parameters::r4().of(source) {
            let points_here = parameter.targets.iter().any(|target| target == kind);
            if parameter.kind == SearchKind::Reference && points_here {
                includes.push(format!("{source}:{}", parameter.code));
            }
        }
    }
    includes
}
