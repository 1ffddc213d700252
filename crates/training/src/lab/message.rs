//! What a message must say.

use std::collections::BTreeMap;

use standards::hl7::message::{Message, Path};

use super::{Comparison, Pattern};

/// Messages that a system has accepted, and how many of them there must be.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageTest {
    /// The system that accepted them, by its id, such as `LIS`.
    pub system: String,
    /// Which messages.
    pub fields: Fields,
    /// How many.
    pub count: Comparison,
    /// A list among the values; as many messages are needed for each of its items, reachable as `{each}`.
    pub for_each: Option<String>,
}

/// What the fields of a message must look like, by path (`MSH-9`, `PID-3.1`, `OBX(2)-5`).
///
/// Paths into segments of one name that do not say which of them are meant must hold in the same segment: an observation
/// of this code *with* this unit, not one of this code and some other in this unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields(pub BTreeMap<Path, Pattern>);

impl Fields {
    /// Whether a message looks like this. What cannot be read as a message looks like nothing.
    #[must_use]
    pub fn matches(&self, bytes: &[u8]) -> bool {
        let Ok(message) = Message::parse(bytes) else { return false };
        self.by_segment().into_iter().all(|(name, fields)| {
            let last = message.segments().filter(|segment| segment.name() == name).count();
            let among = u16::try_from(last.max(1)).unwrap_or(u16::MAX);
            (1..=among).any(|nth| {
                fields.iter().all(|(path, pattern)| pattern.matches(text_at(&message, path, nth).as_deref()))
            })
        })
    }

    fn by_segment(&self) -> BTreeMap<&str, Vec<(&Path, &Pattern)>> {
        let mut groups: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (path, pattern) in &self.0 {
            groups.entry(&path.segment).or_default().push((path, pattern));
        }
        groups
    }
}

/// The text at a path: of the `nth` segment, unless the path says which. MSH-9 reads as `ADT^A01`, as people name it.
fn text_at(message: &Message, path: &Path, nth: u16) -> Option<String> {
    let path = if path.occurrence == 1 { path.clone().in_occurrence(nth) } else { path.clone() };
    if path == Path::field("MSH", 9) {
        let part = |component| message.get(&Path { component: Some(component), ..path.clone() });
        return Some([part(1), part(2)].into_iter().flatten().collect::<Vec<_>>().join("^"));
    }
    message.get(&path)
}
