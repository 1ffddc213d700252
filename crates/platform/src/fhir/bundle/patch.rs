use std::borrow::Cow;

use data_encoding::BASE64;
use serde::Deserialize;
use standards::fhir::outcome::IssueCode;

use crate::fhir::error::{FhirError, Refusal};

/// The media type of JSON Patch (RFC 6902, section 6).
const JSON_PATCH: &str = "application/json-patch+json";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape<'a> {
    #[serde(borrow)]
    resource_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    content_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    data: Option<Cow<'a, str>>,
}

/// The JSON Patch inside an entry's Binary (R4, 3.1.0.11.2).
pub(super) fn patch_in(resource: Option<&str>) -> Result<String, FhirError> {
    let Ok(shape) = serde_json::from_str::<Shape<'_>>(resource.unwrap_or("{}")) else {
        return Err(wrong("the Binary of a PATCH entry cannot be read"));
    };
    if shape.resource_type.as_deref() != Some("Binary") || shape.content_type.as_deref() != Some(JSON_PATCH) {
        return Err(wrong(
            "a PATCH entry carries a Binary with a JSON Patch, contentType application/json-patch+json",
        ));
    }
    let data: String = shape.data.unwrap_or_default().split_ascii_whitespace().collect();
    let patch = BASE64.decode(data.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    patch.ok_or_else(|| wrong("the data of a PATCH entry's Binary is not a text in base64"))
}

fn wrong(what: &str) -> FhirError {
    FhirError::new(Refusal::Malformed, IssueCode::Value, what)
}
