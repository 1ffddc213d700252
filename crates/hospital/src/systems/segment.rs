//! Segments as text: reading one field, and writing one line.

use std::fmt::Write;

use standards::hl7::message::Message;

/// The text of a component, from 1, of a field's first repetition; empty where nothing is written.
pub(super) fn at(message: &Message, segment: &str, field: u16, component: u16) -> String {
    let found = message.segment(segment).and_then(|segment| segment.field(field));
    let text = found.and_then(|field| field.component(component)).map(|part| part.text());
    text.unwrap_or_default()
}

/// A segment being written: fields in order, separators escaped in what they say.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    fields: usize,
}

impl Line {
    pub(super) fn new(name: &str) -> Self {
        Self { text: name.to_owned(), fields: 0 }
    }

    /// Writes field `number`, of these components, after those that were left out.
    pub(super) fn field(mut self, number: usize, components: &[&str]) -> Self {
        while self.fields < number {
            self.text.push('|');
            self.fields += 1;
        }
        for (at, component) in components.iter().enumerate() {
            if at > 0 {
                self.text.push('^');
            }
            escape_into(&mut self.text, component);
        }
        // Components that say nothing are not written at the end of a field.
        while self.text.ends_with('^') {
            self.text.pop();
        }
        self
    }

    /// The segment with the CR that ends it.
    pub(super) fn end(mut self) -> String {
        while self.text.ends_with('|') {
            self.text.pop();
        }
        self.text.push('\r');
        self.text
    }
}

/// Escapes what would separate (HL7 v2.5.1, 2.7); ends of line become `\.br\`, as in formatted text.
fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\E\\"),
            '|' => out.push_str("\\F\\"),
            '^' => out.push_str("\\S\\"),
            '&' => out.push_str("\\T\\"),
            '~' => out.push_str("\\R\\"),
            '\n' => out.push_str("\\.br\\"),
            c if c.is_control() => drop(write!(out, "\\X{:02X}\\", u32::from(c))),
            c => out.push(c),
        }
    }
}

/// An instant in the hospital's time zone, UTC: `20310304060000+0000`.
pub(super) fn moment(us: i64) -> String {
    let digits: String = crate::calendar::instant_text(us).chars().filter(char::is_ascii_digit).collect();
    format!("{digits}+0000")
}
