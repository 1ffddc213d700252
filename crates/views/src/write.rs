//! Rows as bytes.

use serde_json::{Map, Value};

use crate::rows::Row;
use crate::view::View;

/// A form for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A list of objects.
    Json,
    /// An object on each line.
    NdJson,
    /// Values divided by commas (RFC 4180), with or without the names of the columns as first line.
    Csv {
        /// Whether the names stand first.
        header: bool,
    },
}

impl Format {
    /// The form that `_format` or `Accept` names, if it is one of these.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.split(';').next().unwrap_or_default().trim() {
            "json" | "application/json" | "application/fhir+json" => Some(Self::Json),
            "ndjson" | "application/ndjson" | "application/x-ndjson" | "application/fhir+ndjson" => {
                Some(Self::NdJson)
            }
            "csv" | "text/csv" => Some(Self::Csv { header: true }),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::NdJson => "application/x-ndjson",
            Self::Csv { .. } => "text/csv; charset=utf-8",
        }
    }
}

/// Writes rows one after the other.
#[derive(Debug)]
pub struct Writer<'v> {
    view: &'v View,
    format: Format,
    bytes: Vec<u8>,
    rows: usize,
}

impl<'v> Writer<'v> {
    /// Begins.
    #[must_use]
    pub fn new(view: &'v View, format: Format) -> Self {
        let mut writer = Self { view, format, bytes: Vec::new(), rows: 0 };
        match format {
            Format::Json => writer.bytes.push(b'['),
            Format::NdJson | Format::Csv { header: false } => {}
            Format::Csv { header: true } => {
                let names: Vec<&str> = view.columns.iter().map(|column| column.name.as_str()).collect();
                writer.line(&names);
            }
        }
        writer
    }

    /// Adds a row.
    pub fn add(&mut self, row: &Row) {
        match self.format {
            Format::Json => {
                if self.rows > 0 {
                    self.bytes.push(b',');
                }
                self.object(row);
            }
            Format::NdJson => {
                self.object(row);
                self.bytes.push(b'\n');
            }
            Format::Csv { .. } => {
                let cells: Vec<String> = row.iter().map(cell).collect();
                self.line(&cells);
            }
        }
        self.rows += 1;
    }

    /// How many rows were added.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes so far.
    #[must_use]
    pub fn len_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Ends.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        if self.format == Format::Json {
            self.bytes.push(b']');
        }
        self.bytes
    }

    fn object(&mut self, row: &Row) {
        let named = self.view.columns.iter().map(|column| column.name.clone()).zip(row.iter().cloned());
        let object = Value::Object(named.collect::<Map<String, Value>>());
        self.bytes.extend(object.to_string().into_bytes());
    }

    fn line<T: AsRef<[u8]>>(&mut self, cells: &[T]) {
        let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let written = line.write_record(cells);
        debug_assert!(written.is_ok(), "memory takes every line");
        self.bytes.extend(line.into_inner().unwrap_or_default());
    }
}

/// A cell as text: nothing is empty, a list is JSON.
pub(crate) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
