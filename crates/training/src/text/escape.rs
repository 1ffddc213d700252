//! Escaping a value for where it goes.

use serde_json::Value;
use standards::hl7::charset::Charset;
use standards::hl7::escape::escape;
use standards::hl7::message::Separators;

use super::plain;

/// Where a filled text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Plain text: as it is.
    Plain,
    /// Markdown: characters with a meaning are escaped.
    Markdown,
    /// A URL below the FHIR base: percent-encoded, `/` kept; a list becomes a FHIR "or" list.
    Url,
    /// Inside a `FHIRPath` string literal.
    Path,
    /// Inside a field of an HL7 v2 message with the usual separators, in UTF-8.
    Hl7,
    /// Inside a string literal of SQL; a list becomes several, so that `IN ('{ids}')` has them all.
    Sql,
}

impl Escape {
    /// The text of a value, safe for this place.
    #[must_use]
    pub fn text(self, value: &Value) -> String {
        match self {
            Self::Plain => plain(value),
            Self::Markdown => before(&plain(value), |c| "\\*_<>[]|`#&".contains(c)),
            Self::Path => before(&plain(value), |c| c == '\'' || c == '\\'),
            Self::Url => url(value),
            Self::Hl7 => hl7(&plain(value)),
            Self::Sql => sql(value),
        }
    }
}

fn before(text: &str, special: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// In UTF-8 and with an escape character there is nothing that cannot be written.
fn hl7(text: &str) -> String {
    let written = escape(text, &Separators::STANDARD, &Charset::Utf8).unwrap_or_default();
    String::from_utf8_lossy(&written).into_owned()
}

fn sql(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(sql).collect::<Vec<_>>().join("','"),
        _ => plain(value).replace('\'', "''"),
    }
}

fn url(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(url).collect::<Vec<_>>().join(","),
        // FHIR R4 search, 3.1.1.4.1: a comma, a dollar sign and a backslash inside a value are escaped with a backslash.
        _ => percent(&before(&plain(value), |c| ",$\\".contains(c))),
    }
}

fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' | b'|' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
