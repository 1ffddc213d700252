use serde_json::{Value, json};

use super::record::{Record, iso};
use super::stream::Stream;

/// The entry as a network flow, if it crossed the network: who spoke to whom, over what, how much.
#[must_use]
pub fn flow(record: &Record) -> Option<Value> {
    let (protocol, port) = match Stream::of(&record.kind) {
        Stream::Fhir | Stream::Export | Stream::Auth => ("https", 443),
        Stream::Hl7 if record.kind.starts_with("hl7.") => ("mllp", 2575),
        Stream::Dicom => ("dicom", 11112),
        _ => return None,
    };
    let address = record.text("address").or_else(|| record.text("peer"));
    let mut flow = json!({
        "time": iso(record.time_us), "source": record.source, "target": record.target,
        "transport": "tcp", "protocol": protocol, "port": port, "journal": record.seq,
    });
    if let Some(address) = address {
        flow["source_address"] = json!(address);
    }
    if let Some(bytes) = record.number("bytes").or_else(|| record.number("size_bytes")) {
        flow["bytes"] = json!(bytes);
    }
    Some(flow)
}
