//! Which resource a value is.

use serde_json::Value;

/// The type of a resource, if it names one.
pub fn resource_type(resource: &Value) -> Option<&str> {
    resource.get("resourceType")?.as_str()
}

/// The type and id of a resource, if it has both.
pub fn identity(resource: &Value) -> Option<(&str, &str)> {
    Some((resource_type(resource)?, resource.get("id")?.as_str()?))
}

/// True for a well-formed id: 1 to 64 letters, digits, `-` and `.` (FHIR R4, 2.24.0.1).
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}
