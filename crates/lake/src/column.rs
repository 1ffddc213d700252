use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// True or false.
    Boolean,
    /// A whole number of 64 bits.
    Integer,
    /// A number, as a double.
    Number,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A moment, microseconds since 1970 UTC.
    Instant,
    /// A list of texts.
    Texts,
}

impl Kind {
    /// The kind for values of a FHIR type, or of none that is known. A list keeps its values as texts.
    #[must_use]
    pub fn of(fhir_type: Option<&str>, collection: bool) -> Self {
        if collection {
            return Self::Texts;
        }
        match fhir_type.unwrap_or_default() {
            "boolean" => Self::Boolean,
            "integer" | "positiveInt" | "unsignedInt" | "integer64" => Self::Integer,
            "decimal" => Self::Number,
            "date" => Self::Date,
            "dateTime" | "instant" => Self::Instant,
            _ => Self::Text,
        }
    }

    /// Its name in SQL.
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "bigint",
            Self::Number => "double precision",
            Self::Text => "text",
            Self::Date => "date",
            Self::Instant => "timestamp with time zone",
            Self::Texts => "text[]",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
    /// What it means, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// A table as the engine finds it: immutable files with the same columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The column that says whose row it is; none for a table that is about nobody.
    pub person: Option<String>,
    /// Its Parquet files.
    pub files: Vec<PathBuf>,
}

impl Table {
    /// A table of resources of a type. Whose row it is says the key of the patient, where the table has it.
    #[must_use]
    pub fn new(name: &str, columns: &[Column], resource: &str, files: Vec<PathBuf>) -> Self {
        let person = if resource == "Patient" { "id" } else { "patient_id" };
        let has = columns.iter().any(|column| column.name == person);
        Self {
            name: name.to_owned(),
            columns: columns.to_vec(),
            person: has.then(|| person.to_owned()),
            files,
        }
    }
}
