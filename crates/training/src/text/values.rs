//! The values of an attempt.

/// Values by name: params, fixed values of the variant, `fault`, and what the platform adds.
pub type Values = std::collections::BTreeMap<String, serde_json::Value>;

/// Values every attempt has without declaring them; the platform supplies them.
///
/// `sandbox` is the sandbox's id, `fhir` its FHIR base address, `now` the hospital's time at the start as a FHIR
/// instant, `today` its day, `variant` the variant's id.
pub const BUILT_IN: [&str; 5] = ["sandbox", "fhir", "now", "today", "variant"];
