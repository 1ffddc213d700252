use std::sync::atomic::{AtomicU32, Ordering};

use standards::hl7::message::Message;

use crate::run::Step;

/// Makes control ids of one program differ; ids of runs differ by their time.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A message to send.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// MSH-10.
    pub(super) control_id: String,
    /// The segments, separated by `|^~\&`.
    pub(super) segments: Vec<String>,
}

/// An update of a person that every receiver of ADT knows, addressed as the inputs say.
pub(super) fn draft(step: &Step<'_>) -> Draft {
    let control_id = control_id(step);
    let (application, facility) = (step.value("application"), step.value("facility"));
    let kind = step.value("message");
    let (code, trigger) = kind.split_once('^').unwrap_or(("ADT", "A31"));
    let trigger = trigger.split('^').next().unwrap_or(trigger);
    let at = stamp(step.now_us());
    let msh = format!(
        r"MSH|^~\&|KITS|PRACTICUM|{application}|{facility}|{at}||{kind}|{control_id}|P|2.5.1||||||UNICODE UTF-8"
    );
    let mrn = step.value("mrn");
    let segments = vec![
        msh,
        format!("EVN|{}|{at}", if code == "ADT" { trigger } else { "" }),
        format!("PID|1||{mrn}^^^PRACTICUM^MR||Okafor^Ngozi^^^^^L||19740612|F"),
        "PV1|1|N".to_owned(),
    ];
    Draft { control_id, segments }
}

impl Draft {
    /// The bytes, in UTF-8.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut text = self.segments.join("\r");
        text.push('\r');
        text.into_bytes()
    }

    /// The same with another text in a segment, by its name.
    #[must_use]
    pub(super) fn with(mut self, segment: &str, change: impl Fn(&str) -> String) -> Self {
        for line in &mut self.segments {
            if line.starts_with(segment) {
                *line = change(line);
            }
        }
        self
    }

    /// The same with a field of MSH changed, counted from MSH-3 on.
    #[must_use]
    pub(super) fn with_header(self, field: usize, value: &str) -> Self {
        self.with("MSH", |line| {
            let mut fields: Vec<&str> = line.split('|').collect();
            while fields.len() < field {
                fields.push("");
            }
            fields[field - 1] = value;
            fields.join("|")
        })
    }

    /// The same without a segment.
    #[must_use]
    pub(super) fn without(mut self, segment: &str) -> Self {
        self.segments.retain(|line| !line.starts_with(segment));
        self
    }
}

/// A control id that no other message of this program has.
fn control_id(step: &Step<'_>) -> String {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("K{:08X}{:04X}", (step.now_us() / 1_000) as u32, number & 0xffff)
}

/// A moment as v2 writes it, to the second: `20310304060000`.
fn stamp(us: i64) -> String {
    let text = standards::fhir::instant::format(us);
    text.chars().filter(char::is_ascii_digit).take(14).collect()
}

/// An answer as the tests look at it.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) message: Message,
    /// MSA-1.
    pub(super) code: String,
    /// MSA-2.
    pub(super) control_id: String,
}
