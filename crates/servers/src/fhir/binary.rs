//! A Binary's content as itself, in and out (R4, 2.43.5).

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use data_encoding::BASE64;
use platform::fhir::Stored;
use serde::Deserialize;
use serde_json::json;

use super::headers::{is_json, text};

/// Content that a browser may show inside a page of this origin: none of it can run there.
const HARMLESS: [&str; 8] = [
    "application/pdf",
    "image/bmp",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/csv",
    "text/plain",
];
/// What content may do where it is shown after all: nothing.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// The Binary that content is put into.
pub(crate) struct Envelope {
    id: Option<String>,
    content_type: String,
    security_context: Option<String>,
}

impl Envelope {
    /// For a request with content that is no resource, to an address of Binary.
    pub(crate) fn for_request(path: &str, headers: &HeaderMap) -> Option<Self> {
        let mut steps = path.trim_start_matches('/').split('/');
        if steps.next() != Some("Binary") || is_json(headers) {
            return None;
        }
        let content_type = text(headers, header::CONTENT_TYPE.as_str())?;
        if content_type.contains("fhir+") {
            return None;
        }
        let security_context = text(headers, "x-security-context");
        Some(Self { id: steps.next().map(str::to_owned), content_type, security_context })
    }

    /// The Binary as JSON.
    pub(crate) fn around(self, content: &[u8]) -> Vec<u8> {
        let mut binary = json!({"resourceType": "Binary"});
        if let Some(id) = self.id {
            binary["id"] = id.into();
        }
        binary["contentType"] = self.content_type.into();
        if let Some(context) = self.security_context {
            binary["securityContext"] = json!({"reference": context});
        }
        if !content.is_empty() {
            binary["data"] = BASE64.encode(content).into();
        }
        binary.to_string().into_bytes()
    }
}

/// Whether an address is one of a Binary or of a version of it.
pub(super) fn is_binary(path: &str) -> bool {
    let id = path.strip_prefix("/Binary/").and_then(|rest| rest.chars().next());
    id.is_some_and(|letter| !['_', '$', '/'].contains(&letter))
}

/// A Binary's content with its own type; `None` when it has none that can be given so.
///
/// What could run in a browser is only ever downloaded, and a script not even called one, so that no page can load it.
pub(super) fn content(stored: &Stored) -> Option<Response<Body>> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Binary {
        content_type: String,
        #[serde(default)]
        data: String,
    }
    let binary: Binary = serde_json::from_slice(&stored.body).ok()?;
    let data: String = binary.data.split_ascii_whitespace().collect();
    let mut response = Response::new(Body::from(BASE64.decode(data.as_bytes()).ok()?));
    *response.status_mut() = StatusCode::OK;
    let media = binary.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_script = media.contains("script");
    let given = if is_script { "application/octet-stream" } else { &binary.content_type };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(given).ok()?);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !HARMLESS.contains(&media.as_str()) {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Some(response)
}
