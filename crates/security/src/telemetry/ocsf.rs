use serde_json::{Value, json};

use super::record::Record;
use super::stream::{Activity, Stream};

/// The entry as an event in the shape of the Open Cybersecurity Schema Framework.
///
/// It has class, activity, actor, endpoints and status, and what is known of the patient under `unmapped`, where the
/// framework puts what it has no place for.
///
/// It is OCSF-like: the classes and their numbers are those of OCSF 1.x, but the result is not validated against it.
#[must_use]
pub fn ocsf(record: &Record) -> Value {
    let (class, name, category) = class(record);
    let activity = activity(record);
    let mut event = json!({
        "class_uid": class,
        "class_name": name,
        "category_uid": category,
        "activity_id": activity,
        "type_uid": class * 100 + activity,
        "severity_id": 1,
        "time": record.time_us.div_euclid(1000),
        "status_id": if record.succeeded() { 1 } else { 2 },
        "status": if record.succeeded() { "Success" } else { "Failure" },
        "metadata": {"product": {"name": "Practicum", "vendor_name": "Practicum"}, "uid": record.seq.to_string(),
                     "log_name": Stream::of(&record.kind).word(), "event_code": record.kind},
        "actor": {"user": {"name": record.actor}},
        "src_endpoint": {"name": record.source},
        "dst_endpoint": {"name": record.target},
        "unmapped": {"detail": record.detail},
    });
    if !record.succeeded() {
        event["status_detail"] = json!(record.outcome);
    }
    if let Some(address) = record.text("address").or_else(|| record.text("peer")) {
        event["src_endpoint"]["ip"] = json!(address);
    }
    if let Some(client) = record.text("client").or_else(|| record.text("calling")) {
        event["actor"]["app_name"] = json!(client);
    }
    if let Some(patient) = &record.subject {
        event["unmapped"]["patient"] = json!(patient);
    }
    if let Some(restricted) = record.restricted {
        event["unmapped"]["restricted"] = json!(restricted);
    }
    if let Some(care) = record.care {
        event["unmapped"]["care"] = json!(care.word());
    }
    event
}

fn class(record: &Record) -> (i64, &'static str, i64) {
    match Stream::of(&record.kind) {
        Stream::Auth if record.kind.starts_with("account.") => (3001, "Account Change", 3),
        Stream::Auth => (3002, "Authentication", 3),
        Stream::Hl7 | Stream::Dicom => (4001, "Network Activity", 4),
        _ => (6003, "API Activity", 6),
    }
}

/// The numbers differ between classes. Where a class has none that fits, 99 means other.
fn activity(record: &Record) -> i64 {
    match (class(record).0, Activity::of(&record.kind)) {
        (6003, Activity::Create) => 1,
        (6003, Activity::Read) => 2,
        (6003, Activity::Update) => 3,
        (6003, Activity::Delete) => 4,
        (3002, _) if record.kind.ends_with(".login") => 1,
        (3002, _) if record.kind.ends_with(".logout") => 2,
        (4001, _) => 6,
        _ => 99,
    }
}
