use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::model::Topology;
use super::problem::{Checked, Problem};
use super::rules;

/// The lists of a file, in the order in which they are read.
const LISTS: &str = "unit, shift, role, device, segment, system and interface";

/// Something read, and the line it begins on.
pub(super) struct Placed<T> {
    pub(super) line: u32,
    pub(super) value: T,
}

/// Reads a hospital's file, with everything that is wrong with it: an entry that cannot be read is left out, the others stand.
#[must_use]
pub fn read(text: &str) -> Checked<Topology> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { text, problems: Vec::new() };
    for error in errors {
        let what = format!("this is not TOML: {}", one_line(error.message()));
        reading.say(error.span().map_or(0, |span| span.start), what, "see content/hospitals/default.toml");
    }
    let mut topology = Topology::default();
    let mut lists = rules::Lists::default();
    for (key, value) in document.into_inner() {
        let at = key.span().start;
        match key.into_inner().as_ref() {
            "id" => topology.id = reading.value(value).unwrap_or_default(),
            "title" => topology.title = reading.value(value).unwrap_or_default(),
            "facility" => topology.facility = reading.value(value).unwrap_or_default(),
            "emergency_visits_per_year" => {
                topology.emergency_visits_per_year = reading.value(value).unwrap_or_default();
            }
            "unit" => lists.units = reading.list(value),
            "shift" => lists.shifts = reading.list(value),
            "role" => lists.roles = reading.list(value),
            "device" => lists.devices = reading.list(value),
            "segment" => lists.segments = reading.list(value),
            "system" => lists.systems = reading.list(value),
            "interface" => lists.interfaces = reading.list(value),
            other => reading.say(
                at,
                format!("a hospital has no '{other}'"),
                format!("its lists are {LISTS}; take it out or correct its name"),
            ),
        }
    }
    let mut problems = reading.problems;
    rules::check(&topology, &lists, &mut problems);
    problems.sort();
    Checked { value: lists.into(topology), problems }
}

struct Reading<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn say(&mut self, offset: usize, what: String, try_this: impl Into<String>) {
        self.problems.push(Problem { line: self.line(offset), what, try_this: try_this.into() });
    }

    fn line(&self, offset: usize) -> u32 {
        let before = self.text.get(..offset).unwrap_or(self.text);
        u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1)
    }

    fn value<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>) -> Option<T> {
        let begins = value.span().start;
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(value),
            Err(error) => {
                let at = error.span().map_or(begins, |span| span.start);
                self.say(
                    at,
                    one_line(error.message()),
                    "see the same entry in content/hospitals/default.toml",
                );
                None
            }
        }
    }

    fn list<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>) -> Vec<Placed<T>> {
        let at = value.span().start;
        let DeValue::Array(items) = value.into_inner() else {
            self.say(at, "this is one entry where a list is expected".to_owned(), "write it as [[name]]");
            return Vec::new();
        };
        let read = |item: Spanned<DeValue<'_>>| {
            let line = self.line(item.span().start);
            self.value(item).map(|value| Placed { line, value })
        };
        items.into_iter().filter_map(read).collect()
    }
}

fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join("; ")
}
