use std::borrow::Cow;
use std::collections::BTreeMap;

use rsigma_eval::{Event, EventValue};
use serde_json::{Value, json};

use super::record::{Record, iso};
use super::stream::{Activity, Stream};
use crate::care::Relation;

/// The fields a signal may have, each with what it says. Particulars that have no field of their own are `detail.NAME`.
pub const FIELDS: [(&str, &str); 24] = [
    ("seq", "the place in the journal"),
    ("time", "when, on the hospital's clock"),
    ("hour", "the hour of that, 0 to 23 UTC"),
    ("product", "always practicum"),
    ("service", "which log: fhir, hl7, dicom, auth, export, ehr, storage, configuration, response, other"),
    ("category", "what was done: create, read, update, delete, execute"),
    ("kind", "the journal's own word, such as fhir.search"),
    ("user", "who did it"),
    ("client", "the app or application entity it came through"),
    ("address", "the network address it came from"),
    ("source", "the system it came from"),
    ("target", "the system it went to"),
    ("type", "the type of resource"),
    ("id", "its id"),
    ("patient", "the patient, as Patient/ID"),
    ("query", "the search that was asked for"),
    ("command", "the command that was given"),
    ("outcome", "ok, or one word for what went wrong"),
    ("restricted", "yes or no: whether the patient's chart is restricted"),
    (
        "care",
        "how the user stood to the patient then: treating, unit, break-glass, none; absent if nothing is known of them",
    ),
    ("reason", "the reason that was given, such as for breaking the glass"),
    ("rows", "how many results"),
    ("bytes", "how many bytes"),
    ("message", "the message type of HL7 v2"),
];

/// The fields that a journal entry does not hold: what the hospital knows of the patient, and of who was at the chart.
pub const ABOUT_CARE: [&str; 2] = ["care", "restricted"];

/// Whether a query or rule may name this field.
#[must_use]
pub fn is_field(name: &str) -> bool {
    name.strip_prefix("detail.").is_some_and(|rest| !rest.is_empty())
        || FIELDS.iter().any(|(field, _)| *field == name)
}

/// A value of a signal.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

/// One thing that happened, flat: what queries and rules read.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// Its place in the journal.
    pub seq: i64,
    /// The hospital's own time, microseconds since 1970 UTC.
    pub time_us: i64,
    /// Its values by field.
    pub fields: BTreeMap<Cow<'static, str>, Scalar>,
}

/// Particulars that become a field, by the names they have in the journal.
const PARTICULARS: [(&str, &[&str]); 10] = [
    ("client", &["client", "calling", "calling_ae", "agent"]),
    ("address", &["address", "peer", "ip"]),
    ("type", &["type", "resourceType"]),
    ("id", &["id"]),
    ("query", &["query", "condition"]),
    ("command", &["command", "name"]),
    ("reason", &["reason"]),
    ("message", &["message", "trigger"]),
    ("rows", &["rows", "matches", "total", "count"]),
    ("bytes", &["bytes", "size_bytes"]),
];

impl Signal {
    /// The signal of a journal entry.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let mut signal = Self { seq: record.seq, time_us: record.time_us, fields: BTreeMap::new() };
        signal.put("product", "practicum");
        signal.put("service", Stream::of(&record.kind).word());
        signal.put("category", Activity::of(&record.kind).word());
        // An app's token acts for somebody: the journal names both in one.
        let (user, client) = match record.actor.split_once(" by ") {
            Some((user, client)) if record.source == "app" => (user, client),
            _ => (record.actor.as_str(), ""),
        };
        signal.put("client", client);
        for (name, text) in [
            ("kind", record.kind.as_str()),
            ("user", user),
            ("source", record.source.as_str()),
            ("target", record.target.as_str()),
            ("outcome", record.outcome.as_str()),
        ] {
            signal.put(name, text);
        }
        // Through an app, `LOGIN by APP` acts: two values that are asked for one by one.
        let (user, app) = record.actor.split_once(" by ").unwrap_or((&record.actor, ""));
        signal.put("user", user);
        signal.put("client", app);
        signal.put("patient", record.subject.as_deref().unwrap_or_default());
        signal.put("restricted", record.restricted.map_or("", |known| if known { "yes" } else { "no" }));
        signal.put("care", record.care.map_or("", Relation::word));
        signal.number("hour", record.time_us.div_euclid(3_600_000_000).rem_euclid(24) as f64);
        signal.particulars(record);
        signal
    }

    fn particulars(&mut self, record: &Record) {
        let mut taken = Vec::new();
        match Stream::of(&record.kind) {
            // Of a message, `event` or `type` is its trigger, and `message` its place in a queue; of an association, the calling
            // node is the source.
            Stream::Hl7 => {
                for name in ["event", "type"] {
                    if let Some(text) = record.text(name) {
                        self.put("message", text);
                        taken.push(name);
                    }
                }
            }
            Stream::Dicom if record.text("calling").is_none() => self.put("client", &record.source),
            _ => {}
        }
        for (field, names) in PARTICULARS {
            let Some(name) =
                names.iter().find(|name| !taken.contains(*name) && scalar(&record.detail[**name]).is_some())
            else {
                continue;
            };
            if let (false, Some(value)) = (self.fields.contains_key(field), scalar(&record.detail[*name])) {
                self.fields.insert(Cow::Borrowed(field), value);
                taken.push(*name);
            }
        }
        for (name, value) in record.detail.as_object().into_iter().flatten() {
            if let (false, Some(value)) = (taken.contains(&name.as_str()), scalar(value)) {
                self.fields.insert(Cow::Owned(format!("detail.{name}")), value);
            }
        }
    }

    fn put(&mut self, name: &'static str, text: &str) {
        if !text.is_empty() {
            self.fields.insert(Cow::Borrowed(name), Scalar::Text(text.to_owned()));
        }
    }

    fn number(&mut self, name: &'static str, number: f64) {
        self.fields.insert(Cow::Borrowed(name), Scalar::Number(number));
    }

    /// A text of it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.fields.get(name)? {
            Scalar::Text(text) => Some(text),
            Scalar::Number(_) => None,
        }
    }
}

fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::String(text) if !text.is_empty() => Some(Scalar::Text(text.clone())),
        Value::Number(number) => number.as_f64().map(Scalar::Number),
        Value::Bool(true) => Some(Scalar::Text("yes".to_owned())),
        Value::Bool(false) => Some(Scalar::Text("no".to_owned())),
        _ => None,
    }
}

fn event_value(value: &Scalar) -> EventValue<'_> {
    match value {
        Scalar::Text(text) => EventValue::Str(Cow::Borrowed(text)),
        Scalar::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            EventValue::Int(*number as i64)
        }
        Scalar::Number(number) => EventValue::Float(*number),
    }
}

impl Event for Signal {
    fn get_field(&self, path: &str) -> Option<EventValue<'_>> {
        self.fields.get(path).map(event_value)
    }

    fn any_string_value(&self, pred: &dyn Fn(&str) -> bool) -> bool {
        self.fields.values().any(|value| matches!(value, Scalar::Text(text) if pred(text)))
    }

    fn all_string_values(&self) -> Vec<Cow<'_, str>> {
        let texts = self.fields.values().filter_map(|value| match value {
            Scalar::Text(text) => Some(Cow::Borrowed(text.as_str())),
            Scalar::Number(_) => None,
        });
        texts.collect()
    }

    fn to_json(&self) -> Value {
        let mut object = json!({"seq": self.seq, "time": iso(self.time_us)});
        for (name, value) in &self.fields {
            object[name.as_ref()] = event_value(value).to_json();
        }
        object
    }
}
