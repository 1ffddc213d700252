//! `Resource.meta` of what is written outside the generator.

use serde_json::{Value, json};

/// The meta of a resource of a US Core 6.1.0 profile. A patient's also says that they are synthetic, which goes for
/// everything that refers to them.
pub(crate) fn meta(profile: &str) -> Value {
    let mut meta = json!({"profile": [format!("http://hl7.org/fhir/us/core/StructureDefinition/{profile}")]});
    if profile == "us-core-patient" {
        let tag = json!({"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"});
        meta["tag"] = json!([tag]);
    }
    meta
}
