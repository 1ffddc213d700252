use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::hl7::profile::{Element, Shelf, Structure, Table, Usage};

/// A file of a shelf that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {place}: {what}")]
pub struct ShelfError {
    /// Which of the files.
    pub file: &'static str,
    /// The entry, such as `PID-3`; empty when the file is no TOML.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StructureEntry {
    code: String,
    triggers: Vec<String>,
    segments: String,
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ElementEntry {
    #[serde(default)]
    name: String,
    r#type: String,
    usage: Option<String>,
    when: Option<String>,
    max: Option<String>,
    length: Option<usize>,
    table: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableEntry {
    title: String,
    #[serde(default)]
    open: bool,
    codes: BTreeMap<String, String>,
}

impl Shelf {
    /// What ships with Practicum.
    ///
    /// # Panics
    /// Never: a test reads the same files.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHELF: OnceLock<Shelf> = OnceLock::new();
        SHELF.get_or_init(|| {
            Self::read(
                include_str!("../../../data/hl7/messages.toml"),
                include_str!("../../../data/hl7/segments.toml"),
                include_str!("../../../data/hl7/types.toml"),
                include_str!("../../../data/hl7/tables.toml"),
            )
            .expect("the shipped files can be read")
        })
    }

    /// A shelf from the text of its four files.
    ///
    /// # Errors
    /// The first entry that cannot be read.
    pub fn read(messages: &str, segments: &str, types: &str, tables: &str) -> Result<Self, ShelfError> {
        let structures = entries::<StructureEntry>("messages", messages)?;
        let tables = entries::<TableEntry>("tables", tables)?;
        let table = |entry: TableEntry| Table { title: entry.title, open: entry.open, codes: entry.codes };
        Ok(Self {
            structures: structures.into_iter().map(structure).collect::<Result<_, _>>()?,
            segments: elements("segments", segments)?,
            types: elements("types", types)?,
            tables: tables.into_iter().map(|(number, entry)| (number, table(entry))).collect(),
        })
    }
}

fn entries<T: for<'a> Deserialize<'a>>(
    file: &'static str,
    text: &str,
) -> Result<BTreeMap<String, T>, ShelfError> {
    toml::from_str(text).map_err(|error| ShelfError { file, place: String::new(), what: error.to_string() })
}

fn structure((name, entry): (String, StructureEntry)) -> Result<(String, Structure), ShelfError> {
    let problem = |what: String| ShelfError { file: "messages", place: name.clone(), what };
    let mut usages = BTreeMap::new();
    for (path, usage) in &entry.fields {
        let place =
            path.split_once('-').and_then(|(segment, field)| Some((segment.to_owned(), field.parse().ok()?)));
        let place = place.ok_or_else(|| problem(format!("{path:?} is no field; write it like PV1-45")))?;
        usages.insert(place, Usage::read(usage, None).map_err(problem)?);
    }
    let segments = entry.segments.parse().map_err(problem)?;
    let structure =
        Structure { name: name.clone(), code: entry.code, triggers: entry.triggers, segments, usages };
    Ok((name, structure))
}

type Numbered = BTreeMap<u16, Element>;

fn elements(file: &'static str, text: &str) -> Result<BTreeMap<String, Numbered>, ShelfError> {
    let groups = entries::<BTreeMap<String, ElementEntry>>(file, text)?;
    let group = |(name, entries): (String, BTreeMap<String, ElementEntry>)| {
        let read = entries.into_iter().map(|(number, entry)| {
            let place = format!("{name}-{number}");
            element(&number, entry).map_err(|what| ShelfError { file, place, what })
        });
        let elements = read.collect::<Result<Numbered, _>>()?;
        Ok((name, elements))
    };
    groups.into_iter().map(group).collect()
}

fn element(number: &str, entry: ElementEntry) -> Result<(u16, Element), String> {
    let number = number.parse().map_err(|_| "entries are named by their number".to_owned())?;
    let times_max = match entry.max.as_deref() {
        None => Some(1),
        Some("*") => None,
        Some(max) => Some(max.parse().map_err(|_| format!("max is a number or \"*\", not {max:?}"))?),
    };
    let usage = Usage::read(entry.usage.as_deref().unwrap_or("O"), entry.when.as_deref())?;
    let (kind, length_max) = (entry.r#type, entry.length);
    Ok((number, Element { name: entry.name, kind, usage, times_max, length_max, table: entry.table }))
}
