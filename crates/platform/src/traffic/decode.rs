//! Bytes as people read them.

use serde_json::Value;

use super::names::name_of;

/// One half of an exchange, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoded {
    /// A line of HTTP, with a body of JSON if there was one.
    Http {
        /// The request's line, or the status.
        line: String,
        /// The body.
        body: Option<String>,
    },
    /// An HL7 v2 message.
    Hl7(Vec<Segment>),
    /// A DICOM data set: tag, representation, and value.
    Dicom(Vec<(String, String, String)>),
    /// What the same request is answered with now, since what was said is not kept.
    Now {
        /// The request's line.
        line: String,
        /// The body, pretty.
        body: String,
    },
    /// What is known of it in particulars, since what was said is not kept.
    Told(Vec<(String, String)>),
    /// Nothing, and why.
    Nothing(&'static str),
}

/// A segment with its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its id.
    pub id: String,
    /// Its fields that hold something.
    pub fields: Vec<Field>,
}

/// A field that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its place: `PID-5`.
    pub place: String,
    /// What it is called, where that is known here.
    pub name: Option<&'static str>,
    /// What it holds, as it was sent.
    pub value: String,
}

/// A message taken apart by its own separators. Bytes that are none give one segment without a name.
pub(super) fn hl7(bytes: &[u8]) -> Vec<Segment> {
    let text = String::from_utf8_lossy(bytes);
    let separator = text.chars().nth(3).filter(|_| text.starts_with("MSH")).unwrap_or('|');
    text.split(['\r', '\n']).filter(|line| !line.is_empty()).map(|line| segment(line, separator)).collect()
}

fn segment(line: &str, separator: char) -> Segment {
    let mut parts = line.split(separator);
    let id = parts.next().unwrap_or_default().to_owned();
    // MSH-1 is the separator itself, which splitting has taken away.
    let shift = usize::from(id == "MSH");
    let fields = parts.enumerate().filter(|(_, value)| !value.is_empty()).map(|(at, value)| {
        let number = at + 1 + shift;
        Field { place: format!("{id}-{number}"), name: name_of(&id, number), value: value.to_owned() }
    });
    Segment { fields: fields.collect(), id }
}

/// A data set in the DICOM JSON model as lines.
pub(super) fn dicom(json: &Value) -> Vec<(String, String, String)> {
    let Some(all) = json.as_object() else { return Vec::new() };
    let line = |(tag, element): (&String, &Value)| {
        let values = element["Value"].as_array().map(Vec::as_slice).unwrap_or_default();
        let shown = values.iter().map(value_of).collect::<Vec<_>>().join("\\");
        let (group, own) = tag.split_at_checked(4).unwrap_or((tag, ""));
        (format!("({group},{own})"), element["vr"].as_str().unwrap_or_default().to_owned(), shown)
    };
    all.iter().map(line).collect()
}

fn value_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(parts) if parts.contains_key("Alphabetic") => {
            parts["Alphabetic"].as_str().unwrap_or_default().to_owned()
        }
        Value::Object(parts) => format!("({} elements)", parts.len()),
        other => other.to_string(),
    }
}

/// The particulars of an entry, each in a line.
pub(super) fn told(detail: &Value) -> Vec<(String, String)> {
    let members = detail.as_object().into_iter().flatten();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    members.filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), text(value))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_is_taken_apart_by_its_own_separators() {
        let segments = hl7(b"MSH#^~\\&#LIS#H\rPID#1##4711");
        assert_eq!(segments[0].fields[0].place, "MSH-2");
        assert_eq!(segments[0].fields[1].name, Some("Sending application"));
        assert_eq!(
            segments[1].fields[1],
            Field {
                place: "PID-3".to_owned(),
                name: Some("Patient identifier list"),
                value: "4711".to_owned(),
            }
        );
    }

    #[test]
    fn anything_can_be_looked_at() {
        for bytes in [&b""[..], b"\r\r", b"MSH", b"M\xff", b"PID|"] {
            hl7(bytes);
        }
        assert!(dicom(&json!([1])).is_empty());
        assert_eq!(dicom(&json!({"0010": {}})), [("(0010,)".to_owned(), String::new(), String::new())]);
    }
}
