use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use serde_json::Value;

use super::condition::{Condition, Field, field_of};
use super::place::{self, Step};

static MAPS: LazyLock<Maps> = LazyLock::new(embedded);

/// The maps of segments and codes.
#[derive(Debug, Default)]
pub(super) struct Maps {
    pub(super) segments: BTreeMap<String, Vec<Row>>,
    pub(super) codes: BTreeMap<String, Vec<Code>>,
}

/// Where one field goes.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The field's number; 0 for the segment as a whole.
    pub(super) number: u16,
    /// Its type in v2.
    pub(super) v2_type: String,
    pub(super) condition: Condition,
    pub(super) steps: Vec<Step>,
    /// The FHIR type that the data type's map leads to.
    pub(super) target: String,
    pub(super) vocabulary: String,
    pub(super) fixed: Fixed,
}

/// A value that does not come from the field alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fixed {
    /// None: the field's own value is taken.
    Field,
    /// This text.
    Text(String),
    /// Texts and fields, joined.
    Joined(Vec<Piece>),
    /// It is described in words, so the row is not applied.
    InWords,
}

/// A part of a joined value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(String),
    Field(Field),
}

/// A code of v2 in terms of FHIR.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) from: String,
    pub(super) code: String,
    pub(super) display: String,
    pub(super) system: String,
}

impl Maps {
    /// The embedded maps.
    pub(super) fn get() -> &'static Self {
        &MAPS
    }

    /// The rows of a map such as `PID[Patient]`.
    pub(super) fn rows(&self, name: &str) -> &[Row] {
        self.segments.get(name).map_or(&[], Vec::as_slice)
    }

    /// A code in terms of FHIR.
    pub(super) fn code(&self, vocabulary: &str, from: &str) -> Option<&Code> {
        self.codes.get(vocabulary)?.iter().find(|code| code.from == from)
    }
}

fn document() -> Value {
    let packed = include_bytes!("../../data/v2-to-fhir.json.gz");
    let mut text = String::new();
    let read = GzDecoder::new(packed.as_slice()).read_to_string(&mut text);
    read.expect("the embedded maps are gzip");
    serde_json::from_str(&text).expect("the embedded maps are JSON")
}

/// How many rows HL7's table of a map has that lead into FHIR.
#[cfg(test)]
pub(super) fn rows_published(map: &str) -> usize {
    document()["counts"][map].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}

fn embedded() -> Maps {
    let document = document();
    let table = |part: &str| document[part].as_object().cloned().unwrap_or_default().into_iter();
    let lines = |value: &Value| value.as_array().cloned().unwrap_or_default();
    Maps {
        segments: table("segments")
            .map(|(name, rows)| (name, lines(&rows).iter().map(row).collect()))
            .collect(),
        codes: table("codes").map(|(name, rows)| (name, lines(&rows).iter().map(code).collect())).collect(),
    }
}

fn cell(line: &Value, at: usize) -> &str {
    line[at].as_str().unwrap_or_default()
}

fn row(line: &Value) -> Row {
    let number = cell(line, 0).split_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or(0);
    Row {
        number,
        v2_type: cell(line, 1).to_owned(),
        condition: Condition::read(cell(line, 2)),
        steps: place::read(cell(line, 3)).unwrap_or_default(),
        target: cell(line, 4).to_owned(),
        vocabulary: cell(line, 5).to_owned(),
        fixed: fixed(cell(line, 6)),
    }
}

fn fixed(text: &str) -> Fixed {
    let text = text.trim();
    if text.is_empty() {
        return Fixed::Field;
    }
    let whole = text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    if let Some(whole) = whole
        && !whole.contains('"')
    {
        return Fixed::Text(whole.trim().to_owned());
    }
    if text.contains('"') { joined(text) } else { Fixed::InWords }
}

/// `XTN.6+" "+XTN.7`, sometimes without the plus.
fn joined(text: &str) -> Fixed {
    let mut pieces = Vec::new();
    for (at, part) in text.split('"').enumerate() {
        if at % 2 == 1 {
            pieces.push(Piece::Text(part.to_owned()));
            continue;
        }
        for name in part.split(['+', ' ']).filter(|name| !name.is_empty()) {
            match field_of(name) {
                Some(field) => pieces.push(Piece::Field(field)),
                None => return Fixed::InWords,
            }
        }
    }
    Fixed::Joined(pieces)
}

fn code(line: &Value) -> Code {
    let text = |at| cell(line, at).to_owned();
    Code { from: text(0), code: text(1), display: text(2), system: text(3) }
}
