use axum::http::StatusCode;
use platform::lake::{Asking, Body, Cell, Door, Limits, Told};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::Format;
use crate::api::call::Call;
use crate::api::route::Reply;
use crate::problem::Problem;

/// Rows of an answer that comes as JSON with its columns.
const JSON_ROWS_MAX: usize = 10_000;

/// A question.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// One SELECT, in the dialect of PostgreSQL.
    sql: String,
    /// Values for `$1`, `$2` and so on, as text; null is NULL.
    #[serde(default)]
    values: Vec<Option<String>>,
    /// What it is for, as a code of the policy; the usual purpose of the role worked as, if left out.
    purpose: Option<String>,
    /// The number of the snapshot; the newest, if left out.
    snapshot: Option<u64>,
    /// The form of the answer.
    #[serde(default)]
    format: Format,
}

/// What to fetch a table for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Wanted {
    /// What it is for; the usual purpose of the role worked as, if left out.
    purpose: Option<String>,
    /// The number of the snapshot; the newest, if left out.
    snapshot: Option<u64>,
    /// The form; Parquet, if left out.
    format: Option<Format>,
}

/// An answer as JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AnswerView {
    columns: Vec<ColumnView>,
    /// Values in the order of the columns.
    rows: Vec<Vec<Value>>,
    /// Whether there are more rows, which were cut off.
    more: bool,
    /// The number of the snapshot.
    snapshot: u64,
    /// The role it was asked in.
    role: String,
    /// What it was asked for.
    purpose: String,
    /// What a reader of the answer should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// A column of an answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ColumnView {
    name: String,
    /// Its type in SQL.
    r#type: &'static str,
}

/// `POST /s/{sandbox}/sql`.
pub(super) fn ask(call: &Call<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let rows = if asked.format == Format::Json { JSON_ROWS_MAX } else { Limits::FETCH.rows };
    let asking = Asking {
        sql: &asked.sql,
        values: &asked.values,
        purpose: asked.purpose.as_deref(),
        snapshot: asked.snapshot,
        form: asked.format.form(),
        limits: Limits { rows, ..Limits::FETCH },
        door: Door::Api,
    };
    let told = call.platform().ask_lake(&call.enter(call.part("sandbox"))?, &asking)?;
    if asked.format != Format::Json {
        return asked.format.file(&told.answer, "answer");
    }
    let written = serde_json::to_vec(&AnswerView::of(&told)).map_err(|error| Problem::internal(&error))?;
    Ok(Reply::json(written))
}

/// `GET /s/{sandbox}/lake/tables/{table}`.
pub(super) fn fetch(call: &Call<'_>, wanted: &Wanted) -> Result<Reply, Problem> {
    let table = call.part("table");
    if !table.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        let what = format!("there is no table '{table}'; the lake lists those there are");
        return Err(Problem::new(StatusCode::NOT_FOUND, what));
    }
    let format = wanted.format.unwrap_or(Format::Parquet);
    let asking = Asking {
        sql: &format!("SELECT * FROM \"{table}\""),
        values: &[],
        purpose: wanted.purpose.as_deref(),
        snapshot: wanted.snapshot,
        form: format.form(),
        limits: Limits::FETCH,
        door: Door::Api,
    };
    let told = call.platform().ask_lake(&call.enter(call.part("sandbox"))?, &asking)?;
    format.file(&told.answer, table)
}

impl AnswerView {
    fn of(told: &Told) -> Self {
        let columns = told.answer.columns.iter();
        let rows = match &told.answer.body {
            Body::Cells(rows) => rows.iter().map(|row| row.iter().map(Cell::to_json).collect()).collect(),
            Body::Bytes(_) => Vec::new(),
        };
        Self {
            columns: columns
                .map(|one| ColumnView { name: one.name.clone(), r#type: one.kind.sql() })
                .collect(),
            rows,
            more: told.answer.more,
            snapshot: told.snapshot,
            role: told.right.role().to_owned(),
            purpose: told.right.purpose.clone(),
            note: told.note(),
        }
    }
}
