use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use crate::column::{Column, Table};
use crate::policy::Grant;

/// SQL over the tables of a snapshot, by somebody with a grant.
#[derive(Debug, Clone)]
pub struct Question<'q> {
    /// The SQL, one statement.
    pub sql: &'q str,
    /// Values for `$1`, `$2` and so on, as text; none is NULL.
    pub values: &'q [Option<String>],
    /// The tables there are.
    pub tables: &'q [Table],
    /// What of them may be seen.
    pub grant: &'q Grant,
    /// How SQL is read.
    pub dialect: Dialect,
    /// What the answer is wanted as.
    pub form: Form,
    /// What it may cost.
    pub limits: Limits,
}

/// How SQL is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// As the engine has it.
    Plain,
    /// As clients of PostgreSQL write it, which also ask for the catalogue of a database of this name.
    Postgres,
}

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Cells, to be written or drawn.
    Cells,
    /// A stream of Arrow IPC.
    Arrow,
    /// A Parquet file.
    Parquet,
}

/// What an answer may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From first to last row.
    pub time: Duration,
    /// Memory of sorting, grouping and joining, in bytes.
    pub memory_bytes: usize,
    /// Rows of the answer; more are cut off, and the answer says so.
    pub rows: usize,
    /// Bytes of the answer; more are refused.
    pub answer_bytes: usize,
}

impl Limits {
    /// For what needs next to nothing.
    pub const SMALL: Self =
        Self { time: Duration::from_secs(2), memory_bytes: 16 << 20, rows: 1_000, answer_bytes: 1 << 20 };
    /// For somebody who waits before a page.
    pub const PAGE: Self =
        Self { time: Duration::from_secs(20), memory_bytes: 512 << 20, rows: 1_000, answer_bytes: 32 << 20 };
    /// For a program that fetches an answer.
    pub const FETCH: Self = Self {
        time: Duration::from_secs(60),
        memory_bytes: 1 << 30,
        rows: 1_000_000,
        answer_bytes: 512 << 20,
    };
}

/// What a question would answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The columns of the answer.
    pub columns: Vec<Column>,
    /// The number of values it takes.
    pub values: usize,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub body: Body,
    /// How many rows it has.
    pub rows: usize,
    /// Whether there were more than the limit.
    pub more: bool,
    /// What was read: the columns of each table.
    pub read: BTreeMap<String, BTreeSet<String>>,
    /// Whether groups of few people are left out, if the grant asks for that.
    pub groups_only: bool,
}

/// The rows of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// As cells.
    Cells(Vec<Row>),
    /// As a file.
    Bytes(Vec<u8>),
}

/// A row of an answer.
pub type Row = Vec<Cell>;

/// One value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text; also days and moments, as ISO 8601.
    Text(String),
    /// Several texts, some of which may be nothing.
    Texts(Vec<Option<String>>),
}

impl Cell {
    /// As a JSON value; what JSON has no number for is null.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => (*value).into(),
            Self::Integer(value) => (*value).into(),
            Self::Number(value) => serde_json::Number::from_f64(*value).map_or(Value::Null, Value::Number),
            Self::Text(value) => value.as_str().into(),
            Self::Texts(values) => {
                values.iter().map(|value| value.as_deref().map_or(Value::Null, Value::from)).collect()
            }
        }
    }

    /// As text; nothing is empty, a list is JSON.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(value) => value.clone(),
            Self::Number(value) => value.to_string(),
            other => other.to_json().to_string(),
        }
    }
}
