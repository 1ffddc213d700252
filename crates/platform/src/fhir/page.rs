//! Bundles that the server writes: stored bytes go in as they are.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use standards::fhir::instant;
use store::sandbox::Stored;

/// What a query value need not escape.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b',')
    .remove(b'|')
    .remove(b'$');

/// Says how sure it is that a candidate is the one looked for.
const MATCH_GRADE: &str = "http://hl7.org/fhir/StructureDefinition/match-grade";

/// Why an entry stands in a searchset.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Match,
    Include,
}

/// A Bundle under construction, as text.
pub(super) struct Page {
    text: Vec<u8>,
    entries: usize,
}

impl Page {
    /// Starts a Bundle of `kind` with its total and links (relation, address).
    pub(super) fn new(kind: &str, total: Option<u64>, links: &[(&str, String)]) -> Self {
        let mut text = format!("{{\"resourceType\":\"Bundle\",\"type\":\"{kind}\"").into_bytes();
        if let Some(total) = total {
            text.extend_from_slice(format!(",\"total\":{total}").as_bytes());
        }
        for (at, (relation, url)) in links.iter().enumerate() {
            let before = if at == 0 { ",\"link\":[" } else { "," };
            let url = Value::from(url.as_str());
            text.extend_from_slice(
                format!("{before}{{\"relation\":\"{relation}\",\"url\":{url}}}").as_bytes(),
            );
        }
        if !links.is_empty() {
            text.push(b']');
        }
        Self { text, entries: 0 }
    }

    /// Adds a resource that a search found, at `full_url`.
    pub(super) fn found(&mut self, full_url: &str, body: &[u8], mode: Mode) {
        self.begin_entry();
        self.string("\"fullUrl\":", full_url);
        self.text.extend_from_slice(b",\"resource\":");
        self.text.extend_from_slice(body);
        let mode = if mode == Mode::Match { "match" } else { "include" };
        self.text.extend_from_slice(format!(",\"search\":{{\"mode\":\"{mode}\"}}}}").as_bytes());
    }

    /// Adds a resource that may be the one looked for: how alike it is, from 0 to 1, and the code of its grade.
    pub(super) fn candidate(&mut self, full_url: &str, body: &[u8], score: f64, grade: &str) {
        self.begin_entry();
        self.string("\"fullUrl\":", full_url);
        self.text.extend_from_slice(b",\"resource\":");
        self.text.extend_from_slice(body);
        let extension = json!([{"url": MATCH_GRADE, "valueCode": grade}]);
        let search =
            format!(",\"search\":{{\"extension\":{extension},\"mode\":\"match\",\"score\":{score:.3}}}}}");
        self.text.extend_from_slice(search.as_bytes());
    }

    /// Adds an issue report to what a search found.
    pub(super) fn outcome(&mut self, outcome: &Value) {
        self.begin_entry();
        self.text.extend_from_slice(
            format!("\"resource\":{outcome},\"search\":{{\"mode\":\"outcome\"}}}}").as_bytes(),
        );
    }

    /// Adds one version to a history.
    pub(super) fn version(&mut self, full_url: &str, stored: &Stored) {
        self.begin_entry();
        self.string("\"fullUrl\":", full_url);
        if !stored.deleted {
            self.text.extend_from_slice(b",\"resource\":");
            self.text.extend_from_slice(&stored.body);
        }
        let (status, url) = match stored.method.as_str() {
            "POST" => ("201 Created", stored.kind.clone()),
            "DELETE" => ("204 No Content", format!("{}/{}", stored.kind, stored.id)),
            _ if stored.version == 1 => ("201 Created", format!("{}/{}", stored.kind, stored.id)),
            _ => ("200 OK", format!("{}/{}", stored.kind, stored.id)),
        };
        let (method, version) = (&stored.method, stored.version);
        let modified = instant::format(stored.updated_us);
        let rest = format!(
            ",\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\"}},\"response\":{{\"status\":\"{status}\",\
             \"etag\":\"W/\\\"{version}\\\"\",\"lastModified\":\"{modified}\"}}}}"
        );
        self.text.extend_from_slice(rest.as_bytes());
    }

    /// Adds an entry of a batch or transaction response: what it gave, and how it went.
    pub(super) fn response(&mut self, resource: Option<&[u8]>, response: &Value) {
        self.begin_entry();
        if let Some(resource) = resource {
            self.text.extend_from_slice(b"\"resource\":");
            self.text.extend_from_slice(resource);
            self.text.push(b',');
        }
        self.text.extend_from_slice(format!("\"response\":{response}}}").as_bytes());
    }

    /// Ends the Bundle.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.entries > 0 {
            self.text.push(b']');
        }
        self.text.push(b'}');
        self.text
    }

    fn begin_entry(&mut self) {
        self.text.extend_from_slice(if self.entries == 0 { b",\"entry\":[{" } else { b",{" });
        self.entries += 1;
    }

    fn string(&mut self, name: &str, value: &str) {
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(Value::from(value).to_string().as_bytes());
    }
}

/// A link under `base_url`, with its parameters escaped.
pub(super) fn link(
    base_url: &str,
    path: &str,
    parameters: &[(String, String)],
    cursor: Option<&str>,
) -> String {
    let cursor = cursor.map(|cursor| ("_cursor".to_owned(), cursor.to_owned()));
    let query: Vec<String> = parameters
        .iter()
        .chain(&cursor)
        .map(|(name, value)| {
            format!("{}={}", utf8_percent_encode(name, QUERY), utf8_percent_encode(value, QUERY))
        })
        .collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{base_url}/{path}{mark}{}", query.join("&"))
}
