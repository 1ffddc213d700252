//! `ViewDefinition/$run`: rows by a view, of resources that are sent or of the hospital's own (SQL on FHIR 2.1 draft,
//! "Operation $run", read November 2026; later drafts call it `$viewdefinition-run`).

use ::views::{Format, Row, View, Writer};
use fhirpath::Engine;
use serde_json::Value;
use standards::fhir::instant;
use standards::fhir::json;
use standards::fhir::outcome::IssueCode;

use super::input::{Given, wrong};
use super::place::Place;
use super::table::{Ask, Content};
use crate::exports::{About, members_of};
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::{in_sight, kind_in_whole};
use crate::fhir::read::alive;
use crate::views::{Wanted, flatten, of_row, problems, ready};

const PARAMETERS: &[&str] = &[
    "viewResource",
    "viewReference",
    "resource",
    "patient",
    "group",
    "_format",
    "_limit",
    "_since",
    "header",
];

/// Bytes of an answer: a table that is larger is fetched in parts.
const BYTES_MAX: usize = 64 << 20;

pub(super) fn run_view(ask: &Ask<'_>) -> Result<Content, FhirError> {
    ask.input.only(PARAMETERS)?;
    let view = View::read(&Engine::new(), &definition(ask)?).map_err(|found| problems(&found))?;
    let format = format(ask)?;
    let rows_max = ask.input.count("_limit")?.unwrap_or(usize::MAX);
    let mut writer = Writer::new(&view, format);
    let mut add = |row: Row| {
        writer.add(&row);
        match writer.len_bytes() > BYTES_MAX {
            false => Ok(()),
            true => {
                let what = format!(
                    "the table is larger than {} MB; ask for part of it with _limit, patient or _since, or for fewer \
                     columns",
                    BYTES_MAX >> 20
                );
                Err(FhirError::new(Refusal::Unprocessable, IssueCode::TooCostly, what))
            }
        }
    };
    let sent = ask.input.all("resource");
    if sent.is_empty() {
        kind_in_whole(ask.context, view.resource)?;
        let about = about(ask)?;
        let now_us = ask.context.access.virtual_us();
        let wanted = Wanted { about: &about, since_us: since_us(ask)?, rows_max, now_us };
        flatten(ask.view, &view, &wanted, &mut add)?;
    } else {
        of_sent(ask, &view, &sent, rows_max, &mut add)?;
    }
    let rows = writer.rows();
    let about = vec![("view", view.resource.into()), ("rows", rows.into())];
    Ok(Content { media_type: format.media_type(), body: writer.finish(), about })
}

/// The view: by the address, in the request, or by reference to one of those there are.
fn definition(ask: &Ask<'_>) -> Result<Value, FhirError> {
    let named = match (ask.place, ask.input.value("viewResource")?, reference(ask, "viewReference")?) {
        (Place::Instance(_, id), None, None) => id.to_owned(),
        (Place::System | Place::Type(_), Some(view), None) => return resource("viewResource", view, ask),
        (Place::System | Place::Type(_), None, Some(named)) => named,
        (Place::System | Place::Type(_), None, None) => {
            return Err(wrong(
                "viewResource",
                "is missing; send a ViewDefinition, or name one by viewReference",
            ));
        }
        _ => return Err(wrong("viewResource", "says again which view to run; name it once")),
    };
    let found = ready(&named).ok_or_else(|| {
        let what = format!("there is no ViewDefinition {named}; the page Views lists those there are");
        FhirError::new(Refusal::NotFound, IssueCode::NotFound, what)
    })?;
    resource("viewReference", &found.text.as_str().into(), ask)
}

/// A resource, or its JSON as text.
fn resource(name: &str, given: &Value, ask: &Ask<'_>) -> Result<Value, FhirError> {
    match given {
        Value::Object(_) => Ok(given.clone()),
        Value::String(text) => json::parse(text.as_bytes(), ask.context.limits)
            .map_err(|issue| FhirError { refusal: Refusal::Malformed, issues: vec![issue] }),
        _ => Err(wrong(name, "must be a resource, or its JSON as text")),
    }
}

/// A parameter that is a Reference, or the text of one.
fn reference(ask: &Ask<'_>, name: &str) -> Result<Option<String>, FhirError> {
    let Some(value) = ask.input.value(name)? else { return Ok(None) };
    let text = value.as_str().or_else(|| value["reference"].as_str());
    text.map(|text| Some(text.to_owned())).ok_or_else(|| wrong(name, "must be a reference"))
}

/// The form of the rows: JSON where nothing is said.
fn format(ask: &Ask<'_>) -> Result<Format, FhirError> {
    let Some(name) = ask.input.format()? else { return Ok(Format::Json) };
    let format = Format::named(name)
        .ok_or_else(|| wrong("_format", &format!("is '{name}'; rows come as json, ndjson or csv")))?;
    Ok(match (format, ask.input.flag("header")?) {
        (Format::Csv { .. }, Some(header)) => Format::Csv { header },
        (format, _) => format,
    })
}

fn since_us(ask: &Ask<'_>) -> Result<Option<i64>, FhirError> {
    let Some(text) = ask.input.text("_since")? else { return Ok(None) };
    instant::parse(text).map(Some).ok_or_else(|| wrong("_since", "is not an instant with a zone"))
}

/// The patients that are asked for, if some are: by reference or id, and the members of groups.
fn about(ask: &Ask<'_>) -> Result<About, FhirError> {
    let mut ids = Vec::new();
    for (name, kind) in [("patient", "Patient"), ("group", "Group")] {
        for given in ask.input.all(name) {
            let id = id_of(given, kind)?;
            let found = alive(in_sight(ask.context, ask.view.get(kind, &id)?), kind, &id)?;
            match kind {
                "Group" => ids.extend(members_of(&found.body)),
                _ => ids.push(id),
            }
        }
    }
    let asked = !ask.input.all("patient").is_empty() || !ask.input.all("group").is_empty();
    Ok(match asked {
        true => About::These { ids, base_url: ask.context.base_url.to_owned() },
        false => About::Anything,
    })
}

fn id_of(given: &Given, kind: &str) -> Result<String, FhirError> {
    let text = given.value.as_str().or_else(|| given.value["reference"].as_str());
    let id = text.map(|text| text.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/')).unwrap_or(text));
    id.filter(|id| !id.contains('/'))
        .map(str::to_owned)
        .ok_or_else(|| wrong(&given.name, &format!("must be a reference such as {kind}/123")))
}

/// Rows of the resources of a request. Those of other types have none.
fn of_sent(
    ask: &Ask<'_>,
    view: &View,
    sent: &[&Given],
    rows_max: usize,
    add: &mut dyn FnMut(Row) -> Result<(), FhirError>,
) -> Result<(), FhirError> {
    let mut left = rows_max;
    for given in sent {
        let resource = resource("resource", &given.value, ask)?;
        let rows = view
            .rows(&resource, ask.context.access.virtual_us())
            .map_err(|error| problems(&[of_row(error)]))?;
        for row in rows.into_iter().take(left) {
            left -= 1;
            add(row)?;
        }
    }
    Ok(())
}
