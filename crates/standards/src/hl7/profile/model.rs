use std::collections::BTreeMap;

use crate::hl7::profile::{Node, Usage};

/// Everything that profiles are made of.
#[derive(Clone, Debug)]
pub struct Shelf {
    pub(super) structures: BTreeMap<String, Structure>,
    pub(super) segments: BTreeMap<String, BTreeMap<u16, Element>>,
    pub(super) types: BTreeMap<String, BTreeMap<u16, Element>>,
    pub(super) tables: BTreeMap<String, Table>,
}

/// The segments of a message in their order.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Its name, such as `ADT_A01`.
    pub name: String,
    /// MSH-9.1.
    pub code: String,
    /// Each MSH-9.2 that has this structure.
    pub triggers: Vec<String>,
    /// The segments.
    pub segments: Node,
    /// What it asks of fields beyond what their segment does, by segment and field.
    pub usages: BTreeMap<(String, u16), Usage>,
}

/// A field of a segment, or a component of a data type.
#[derive(Clone, Debug)]
pub struct Element {
    /// What it is called; empty for components.
    pub name: String,
    /// Its data type, such as `CX`; `varies` for OBX-5, whose type is in OBX-2.
    pub kind: String,
    /// Whether it must stand there.
    pub usage: Usage,
    /// How often it may stand at most; `None` without end.
    pub times_max: Option<u16>,
    /// The most characters of one value.
    pub length_max: Option<usize>,
    /// The number of the table that its codes come from.
    pub table: Option<String>,
}

/// Codes with what they mean, in our own words.
#[derive(Clone, Debug)]
pub struct Table {
    /// What the codes say.
    pub title: String,
    /// Whether sites add codes of their own, so that another code is no error.
    pub open: bool,
    /// The codes.
    pub codes: BTreeMap<String, String>,
}

/// One structure, with the shelf that describes its segments.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'s> {
    pub(super) shelf: &'s Shelf,
    /// The structure.
    pub structure: &'s Structure,
}

impl Shelf {
    /// The structures by their names.
    pub fn structures(&self) -> impl Iterator<Item = &Structure> {
        self.structures.values()
    }

    /// What is known of a field: its name for people, its type, its table.
    #[must_use]
    pub fn field(&self, segment: &str, number: u16) -> Option<&Element> {
        self.segments.get(segment)?.get(&number)
    }

    /// A table by its number of four digits.
    #[must_use]
    pub fn table(&self, number: &str) -> Option<&Table> {
        self.tables.get(number)
    }

    /// The profile of a structure.
    #[must_use]
    pub fn profile(&self, structure: &str) -> Option<Profile<'_>> {
        Some(Profile { shelf: self, structure: self.structures.get(structure)? })
    }
}
