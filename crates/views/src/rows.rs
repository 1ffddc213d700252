//! From one resource to rows.

use fhirpath::{Reading, Spot};
use serde_json::Value;

use crate::problem::{RowError, ViewProblem};
use crate::view::{Cell, Placed, Scope, Select, View};

/// The cells of a row, in the order of the view's columns.
pub type Row = Vec<Value>;

/// Rows that one resource may become.
const ROWS_MAX: usize = 10_000;
/// How far a repetition may descend.
const REPEAT_DEPTH_MAX: usize = 100;

type Rows = Result<Vec<Row>, ViewProblem>;

impl View {
    /// Flattens a resource; one of another type, or that a condition leaves out, has no rows. `now_us` is
    /// what `now()` means, in microseconds since 1970 UTC.
    ///
    /// # Errors
    /// [`RowError`] when an expression fails, a cell would hold several values or something with parts, or
    /// there are too many rows.
    pub fn rows(&self, resource: &Value, now_us: i64) -> Result<Vec<Row>, RowError> {
        if resource["resourceType"] != self.resource {
            return Ok(Vec::new());
        }
        let rows = Reading::with(resource, &self.constants, now_us, |reading| {
            let root = reading.root();
            for condition in &self.conditions {
                if !holds(reading, condition, &root)? {
                    return Ok(Vec::new());
                }
            }
            crossed(reading, &self.selects, &root, vec![Vec::new()])
        });
        rows.map_err(|problem| {
            let id = resource["id"].as_str().unwrap_or("without id");
            RowError { resource: format!("{}/{id}", self.resource), problem }
        })
    }
}

fn evaluate<'a>(reading: &Reading<'a>, path: &Placed, at: &Spot<'a>) -> Result<Vec<Spot<'a>>, ViewProblem> {
    reading.evaluate(&path.expression, at).map_err(|problem| ViewProblem::of(&path.at, &problem))
}

/// Whether a condition is true of a resource; nothing is not true.
fn holds<'a>(reading: &Reading<'a>, condition: &Placed, at: &Spot<'a>) -> Result<bool, ViewProblem> {
    match evaluate(reading, condition, at)?.as_slice() {
        [] => Ok(false),
        [one] => one.boolean().ok_or_else(|| {
            let reason = format!(
                "a condition is true or false, and this yields a {}; compare it, or ask whether it exists()",
                one.type_name()
            );
            ViewProblem::at(&condition.at, reason)
        }),
        many => {
            let reason = format!("a condition is one truth, and this yields {} items", many.len());
            Err(ViewProblem::at(&condition.at, reason))
        }
    }
}

/// Each row so far with each row of every select, the first changing slowest.
fn crossed<'a>(reading: &Reading<'a>, selects: &[Select], at: &Spot<'a>, mut rows: Vec<Row>) -> Rows {
    for select in selects {
        let right = select_rows(reading, select, at)?;
        rows = product(rows, right)?;
        if rows.is_empty() {
            break;
        }
    }
    Ok(rows)
}

fn product(left: Vec<Row>, mut right: Vec<Row>) -> Rows {
    within_bound(left.len().saturating_mul(right.len()))?;
    if let ([_], [_]) = (left.as_slice(), right.as_slice()) {
        let mut left = left;
        left[0].append(&mut right[0]);
        return Ok(left);
    }
    let joined = |left: &Row, right: &Row| left.iter().chain(right).cloned().collect();
    Ok(left.iter().flat_map(|left| right.iter().map(move |right| joined(left, right))).collect())
}

fn within_bound(rows: usize) -> Result<(), ViewProblem> {
    if rows <= ROWS_MAX {
        return Ok(());
    }
    let reason = format!(
        "one resource becomes more than {ROWS_MAX} rows; lists that stand side by side multiply, so put one \
         inside the other, or make two views of them"
    );
    Err(ViewProblem::at("select", reason))
}

fn select_rows<'a>(reading: &Reading<'a>, select: &Select, at: &Spot<'a>) -> Rows {
    let places = match &select.scope {
        Scope::Here => return rows_at(reading, select, at),
        Scope::Each(path) => evaluate(reading, path, at)?,
        Scope::EachOrNull(path) => {
            let places = evaluate(reading, path, at)?;
            if places.is_empty() {
                return Ok(vec![vec![Value::Null; select.width]]);
            }
            places
        }
        Scope::Repeat(paths) => {
            let mut places = Vec::new();
            repeat(reading, paths, at, 0, &mut places)?;
            places
        }
    };
    let mut rows = Vec::new();
    for place in &places {
        rows.extend(rows_at(reading, select, place)?);
        within_bound(rows.len())?;
    }
    Ok(rows)
}

/// Everything below, parents first.
fn repeat<'a>(
    reading: &Reading<'a>,
    paths: &[Placed],
    at: &Spot<'a>,
    depth: usize,
    places: &mut Vec<Spot<'a>>,
) -> Result<(), ViewProblem> {
    for path in paths {
        for place in evaluate(reading, path, at)? {
            if depth >= REPEAT_DEPTH_MAX {
                let reason = format!(
                    "the repetition goes more than {REPEAT_DEPTH_MAX} levels deep; does the path lead back to \
                     where it began?"
                );
                return Err(ViewProblem::at(&path.at, reason));
            }
            places.push(place.clone());
            within_bound(places.len())?;
            repeat(reading, paths, &place, depth + 1, places)?;
        }
    }
    Ok(())
}

fn rows_at<'a>(reading: &Reading<'a>, select: &Select, at: &Spot<'a>) -> Rows {
    let mut row = Vec::with_capacity(select.width);
    for cell in &select.cells {
        row.push(value(reading, cell, at)?);
    }
    let rows = crossed(reading, &select.selects, at, vec![row])?;
    if select.union.is_empty() || rows.is_empty() {
        return Ok(rows);
    }
    let mut branches = Vec::new();
    for branch in &select.union {
        branches.extend(select_rows(reading, branch, at)?);
        within_bound(branches.len())?;
    }
    product(rows, branches)
}

fn value<'a>(reading: &Reading<'a>, cell: &Cell, at: &Spot<'a>) -> Result<Value, ViewProblem> {
    let found = evaluate(reading, &cell.path, at)?;
    if let Some(complex) = found.iter().find(|found| found.is_complex()) {
        let reason = format!(
            "a cell holds a simple value, and this yields a {}; go on to one of its elements",
            complex.type_name()
        );
        return Err(ViewProblem::at(&cell.path.at, reason));
    }
    match (cell.collection, found.as_slice()) {
        (true, found) => Ok(found.iter().map(Spot::to_json).collect()),
        (false, []) => Ok(Value::Null),
        (false, [one]) => Ok(one.to_json()),
        (false, many) => {
            let reason = format!(
                "a cell holds one value, and this yields {}; take one, as with first(), make a row of each \
                 with forEach, or say collection: true",
                many.len()
            );
            Err(ViewProblem::at(&cell.path.at, reason))
        }
    }
}
