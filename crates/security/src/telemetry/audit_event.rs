use serde_json::{Value, json};

use super::record::{Record, iso};
use super::stream::{Activity, Stream};

const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const AUDIT_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";
const RESTFUL: &str = "http://hl7.org/fhir/restful-interaction";
const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";

/// The entry as a FHIR R4 `AuditEvent`, patterned on IHE Basic Audit Log Patterns.
///
/// It says what kind of event it was, who with which client, the patient as an entity of their own where one is known,
/// and the query of a search as Base64.
#[must_use]
pub fn audit_event(record: &Record) -> Value {
    let mut event = json!({
        "resourceType": "AuditEvent",
        "id": format!("journal-{}", record.seq),
        "type": kind(record),
        "action": action(record),
        "recorded": iso(record.time_us),
        "outcome": if record.succeeded() { "0" } else { "4" },
        "agent": agents(record),
        "source": {"observer": {"display": record.target}},
    });
    if Stream::of(&record.kind) == Stream::Fhir
        && let Some(code) = interaction(&record.kind)
    {
        event["subtype"] = json!([{"system": RESTFUL, "code": code}]);
    }
    if !record.succeeded() {
        event["outcomeDesc"] = json!(record.outcome);
    }
    let entities = entities(record);
    if !entities.is_empty() {
        event["entity"] = Value::Array(entities);
    }
    event
}

fn kind(record: &Record) -> Value {
    match Stream::of(&record.kind) {
        Stream::Fhir => json!({"system": AUDIT_TYPE, "code": "rest", "display": "RESTful Operation"}),
        Stream::Auth => json!({"system": DCM, "code": "110114", "display": "User Authentication"}),
        Stream::Export => json!({"system": DCM, "code": "110106", "display": "Export"}),
        Stream::Configuration | Stream::Response => {
            json!({"system": DCM, "code": "110137", "display": "User Security Attributes Changed"})
        }
        Stream::Dicom if record.kind == "dicom.find" => {
            json!({"system": DCM, "code": "110112", "display": "Query"})
        }
        Stream::Dicom => json!({"system": DCM, "code": "110104", "display": "DICOM Instances Transferred"}),
        Stream::Ehr | Stream::Hl7 => json!({"system": DCM, "code": "110110", "display": "Patient Record"}),
        Stream::Storage | Stream::Other => {
            json!({"system": DCM, "code": "110100", "display": "Application Activity"})
        }
    }
}

fn interaction(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "fhir.read" => "read",
        "fhir.vread" => "vread",
        "fhir.create" => "create",
        "fhir.update" => "update",
        "fhir.patch" => "patch",
        "fhir.delete" => "delete",
        "fhir.history" => "history",
        "fhir.search" => "search",
        "fhir.operation" => "operation",
        "fhir.bundle" => "batch",
        _ => return None,
    })
}

/// A search is `E`, as the profile for queries asks.
fn action(record: &Record) -> &'static str {
    match Activity::of(&record.kind) {
        _ if record.kind == "fhir.search" || record.kind == "dicom.find" => "E",
        Activity::Create => "C",
        Activity::Read => "R",
        Activity::Update => "U",
        Activity::Delete => "D",
        Activity::Execute => "E",
    }
}

fn agents(record: &Record) -> Value {
    let mut user = json!({"who": {"display": record.actor}, "requestor": true});
    if let Some(address) = record.text("address").or_else(|| record.text("peer")) {
        user["network"] = json!({"address": address, "type": "2"});
    }
    let client = record.text("client").or_else(|| record.text("calling")).unwrap_or(&record.source);
    let source = json!({
        "type": {"coding": [{"system": DCM, "code": "110153", "display": "Source Role ID"}]},
        "who": {"display": client}, "requestor": false,
    });
    let target = json!({
        "type": {"coding": [{"system": DCM, "code": "110152", "display": "Destination Role ID"}]},
        "who": {"display": record.target}, "requestor": false,
    });
    json!([user, source, target])
}

fn entities(record: &Record) -> Vec<Value> {
    let mut entities = Vec::new();
    if let Some(patient) = &record.subject {
        entities.push(json!({
            "what": {"reference": patient},
            "type": {"system": ENTITY_TYPE, "code": "1", "display": "Person"},
            "role": {"system": OBJECT_ROLE, "code": "1", "display": "Patient"},
        }));
    }
    if let (Some(kind), Some(id)) = (record.text("type"), record.text("id"))
        && kind != "Patient"
    {
        entities.push(json!({
            "what": {"reference": format!("{kind}/{id}")},
            "type": {"system": ENTITY_TYPE, "code": "2", "display": "System Object"},
            "role": {"system": OBJECT_ROLE, "code": "4", "display": "Domain Resource"},
        }));
    }
    if let Some(query) = record.text("query") {
        let asked = record.text("type").map_or_else(|| query.to_owned(), |kind| format!("{kind}?{query}"));
        entities.push(json!({
            "type": {"system": ENTITY_TYPE, "code": "2", "display": "System Object"},
            "role": {"system": OBJECT_ROLE, "code": "24", "display": "Query"},
            "query": base64(asked.as_bytes()),
        }));
    }
    entities
}

/// Base64 with padding (RFC 4648, section 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let six = (group >> (18 - 6 * place)) & 63;
            text.push(if place <= chunk.len() { char::from(ALPHABET[six as usize]) } else { '=' });
        }
    }
    text
}
