use ::views::{Column, Remark, Row, View, ViewProblem};
use fhirpath::Engine;
use serde_json::{Value, json};

use super::flatten::{FlattenError, Wanted, flatten, of_row};
use crate::access::{Access, outcome};
use crate::exports::About;
use crate::fhir::FhirError;

/// The journal kind of a view that was tried on the hospital.
const KIND: &str = "view.run";

/// What became of a view that somebody wrote.
#[derive(Debug)]
pub enum Tried {
    /// It is no JSON: where, and why.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The character in it, from 1.
        column: usize,
        /// What was met.
        reason: String,
    },
    /// It is no view, or a resource does not go into it: what is wrong.
    Wrong(Vec<ViewProblem>),
    /// Its first rows.
    Table(Table),
}

/// The first rows of a view.
#[derive(Debug)]
pub struct Table {
    /// The view's name, if it has one.
    pub name: Option<String>,
    /// The type of its resources.
    pub resource: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Whether there are more.
    pub more: bool,
    /// What is odd about the view.
    pub remarks: Vec<Remark>,
}

/// Runs a view over the hospital as far as its first rows.
///
/// # Errors
/// When the store fails.
pub fn try_view(access: &Access, text: &str, rows_max: usize) -> Result<Tried, FhirError> {
    let json: Value = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
            return Ok(Tried::NotJson { line, column, reason });
        }
    };
    let view = match View::read(&Engine::new(), &json) {
        Ok(view) => view,
        Err(problems) => return Ok(Tried::Wrong(problems)),
    };
    let mut rows = Vec::new();
    let wanted = Wanted { about: &About::Anything, since_us: None, rows_max, now_us: access.virtual_us() };
    let flattened = access.sandbox().view(|hospital| {
        flatten(hospital, &view, &wanted, &mut |row| {
            rows.push(row);
            Ok(())
        })
    });
    let more = match flattened {
        Ok(more) => more,
        Err(FlattenError::Row(error)) => return Ok(Tried::Wrong(vec![of_row(error)])),
        Err(FlattenError::Other(error)) => return Err(error),
    };
    let detail = json!({"type": view.resource, "name": view.name, "rows": rows.len(), "more": more});
    access.note(access.event(KIND, None, outcome::OK, detail))?;
    let View { name, resource, columns, remarks, .. } = view;
    Ok(Tried::Table(Table { name, resource, columns, rows, more, remarks }))
}
