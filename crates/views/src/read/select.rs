use fhirpath::Shape;
use serde_json::Value;
use standards::fhir::definitions::Primitive;

use super::json::{list, text, within};
use super::reader::Reader;
use crate::view::{Cell, Column, Scope, Select};

/// How deep selects may stand in each other.
const DEPTH_MAX: usize = 16;
/// Selects of a view in all.
const SELECTS_MAX: usize = 500;
/// Columns of a view in all, counting each branch of a union.
const COLUMNS_MAX: usize = 1_000;
/// Letters of a column's name.
const NAME_MAX: usize = 63;

/// The selects under a name, and the columns they have together.
pub(super) fn selects(
    of: &Value,
    name: &str,
    at: &str,
    shape: &Shape,
    depth: usize,
    reader: &mut Reader<'_>,
) -> (Vec<Select>, Vec<Column>) {
    let (mut selects, mut columns) = (Vec::new(), Vec::new());
    for (position, one) in list(of, name, at, reader).iter().enumerate() {
        let place = format!("{}[{position}]", within(at, name));
        reader.selects += 1;
        if depth > DEPTH_MAX || reader.selects > SELECTS_MAX {
            let reason = format!("a view has at most {SELECTS_MAX} selects, {DEPTH_MAX} deep");
            reader.wrong(place, reason);
            break;
        }
        let (select, own) = select(one, &place, shape, depth, reader);
        selects.push(select);
        columns.push(own);
    }
    match name {
        "unionAll" => {
            alike(&columns, &within(at, name), reader);
            (selects, columns.into_iter().next().unwrap_or_default())
        }
        _ => (selects, columns.into_iter().flatten().collect()),
    }
}

fn select(
    of: &Value,
    at: &str,
    shape: &Shape,
    depth: usize,
    reader: &mut Reader<'_>,
) -> (Select, Vec<Column>) {
    if !of.is_object() {
        reader.wrong(at, "a select is an object with column, select or unionAll");
    }
    let (scope, shape) = scope(of, at, shape, reader);
    let (mut cells, mut columns) = (Vec::new(), Vec::new());
    for (position, one) in list(of, "column", at, reader).iter().enumerate() {
        if let Some((cell, column)) = column(one, &format!("{at}.column[{position}]"), &shape, reader) {
            cells.push(cell);
            columns.push(column);
        }
    }
    let (inner, more) = selects(of, "select", at, &shape, depth + 1, reader);
    columns.extend(more);
    let (union, more) = selects(of, "unionAll", at, &shape, depth + 1, reader);
    columns.extend(more);
    let width = columns.len();
    (Select { scope, cells, selects: inner, union, width }, columns)
}

fn scope(of: &Value, at: &str, shape: &Shape, reader: &mut Reader<'_>) -> (Scope, Shape) {
    let named: Vec<&str> =
        ["forEach", "forEachOrNull", "repeat"].into_iter().filter(|name| of.get(name).is_some()).collect();
    let name = match named[..] {
        [] => return (Scope::Here, shape.clone()),
        [name] => name,
        _ => {
            reader.wrong(at, format!("{} exclude each other; keep one", named.join(" and ")));
            return (Scope::Here, Shape::unknown());
        }
    };
    let place = within(at, name);
    if name == "repeat" {
        let mut paths = Vec::new();
        for (position, path) in list(of, name, at, reader).iter().enumerate() {
            match path.as_str() {
                None => reader.wrong(format!("{place}[{position}]"), "a path is text"),
                // The second time, the path begins at what it found the first time.
                Some(path) => paths.extend(
                    reader
                        .expression(path, format!("{place}[{position}]"), &Shape::unknown())
                        .map(|(path, _)| path),
                ),
            }
        }
        return (Scope::Repeat(paths), Shape::unknown());
    }
    let read = text(of, name, at, reader).and_then(|path| reader.expression(path, place, shape));
    match read {
        None => (Scope::Here, Shape::unknown()),
        Some((path, shape)) if name == "forEach" => (Scope::Each(path), shape),
        Some((path, shape)) => (Scope::EachOrNull(path), shape),
    }
}

fn column(of: &Value, at: &str, shape: &Shape, reader: &mut Reader<'_>) -> Option<(Cell, Column)> {
    reader.columns += 1;
    if reader.columns > COLUMNS_MAX {
        reader.wrong(at, format!("a view has at most {COLUMNS_MAX} columns"));
        return None;
    }
    let name = text(of, "name", at, reader);
    match name {
        None => reader.wrong(within(at, "name"), "a column has a name"),
        Some(name) if !is_name(name) => {
            let reason = format!(
                "'{name}' cannot name a column in every database: take a letter, then letters, digits and _, \
                 at most {NAME_MAX}"
            );
            reader.wrong(within(at, "name"), reason);
        }
        Some(_) => {}
    }
    let collection = match of.get("collection") {
        None => false,
        Some(Value::Bool(collection)) => *collection,
        Some(_) => {
            reader.wrong(within(at, "collection"), "collection is true or false");
            false
        }
    };
    let place = within(at, "path");
    let Some(path) = text(of, "path", at, reader) else {
        reader.wrong(place, "a column has a path, such as birthDate");
        return None;
    };
    let (path, found) = reader.expression(path, place, shape)?;
    let type_name = text(of, "type", at, reader).map(str::to_owned);
    if let Some(said) = &type_name {
        compare(said, &found, &within(at, "type"), reader);
    }
    let description = text(of, "description", at, reader).map(str::to_owned);
    Some((Cell { path, collection }, Column { name: name?.to_owned(), type_name, collection, description }))
}

/// The pattern of SQL on FHIR 2.0 (`sql-name`).
fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && name.len() <= NAME_MAX
}

/// Says when a stated type is none, or is not the one the element has.
fn compare(said: &str, found: &Shape, at: &str, reader: &mut Reader<'_>) {
    let bare = said.strip_prefix("http://hl7.org/fhir/StructureDefinition/").unwrap_or(said);
    if Primitive::from_name(bare).is_none() {
        return reader.remark(at, format!("{said} is no simple type of FHIR, such as string or date"));
    }
    let mut names = found.names();
    if let (Some(only), None) = (names.next(), names.next())
        && Primitive::from_name(only).is_some()
        && only != bare
    {
        reader.remark(at, format!("the column says {said}, and the element is of type {only}"));
    }
}

/// The branches of a union have the same columns in the same order.
fn alike(branches: &[Vec<Column>], at: &str, reader: &mut Reader<'_>) {
    let names =
        |columns: &[Column]| -> Vec<String> { columns.iter().map(|column| column.name.clone()).collect() };
    let Some((first, others)) = branches.split_first() else { return };
    for (position, other) in others.iter().enumerate() {
        if names(first) != names(other) {
            let reason = format!(
                "every branch has the same columns in the same order: the first has {}, this one {}",
                names(first).join(", "),
                names(other).join(", ")
            );
            reader.wrong(format!("{at}[{}]", position + 1), reason);
        }
    }
}
