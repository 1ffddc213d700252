use std::collections::BTreeSet;

use fhirpath::{Engine, Shape};
use serde_json::Value;
use standards::fhir::definitions::Definitions;

use super::constants::constants;
use super::json::{list, text};
use super::reader::Reader;
use super::select::selects;
use crate::problem::ViewProblem;
use crate::view::{Column, View};

impl View {
    /// Reads a ViewDefinition.
    ///
    /// # Errors
    /// Every mistake found, at most fifty.
    pub fn read(engine: &Engine, view: &Value) -> Result<Self, Vec<ViewProblem>> {
        let mut reader = Reader::new(engine);
        let Some(resource) = resource(view, &mut reader) else { return Err(reader.problems) };
        let of_resource = Shape::of(resource);
        let constants = constants(view, &mut reader);
        reader.constants = constants.iter().map(|constant| constant.name.clone()).collect();

        let mut conditions = Vec::new();
        for (position, condition) in list(view, "where", "", &mut reader).iter().enumerate() {
            let at = format!("where[{position}].path");
            match text(condition, "path", &format!("where[{position}]"), &mut reader) {
                None => reader.wrong(at, "a condition has a path, which is true of the resources to take"),
                Some(path) => {
                    conditions.extend(reader.expression(path, at, &of_resource).map(|(path, _)| path));
                }
            }
        }
        let (selects, columns) = selects(view, "select", "", &of_resource, 0, &mut reader);
        if columns.is_empty() && reader.problems.is_empty() {
            reader.wrong("select", "a view selects at least one column");
        }
        twice(&columns, &mut reader);
        let name = text(view, "name", "", &mut reader).map(str::to_owned);
        let Reader { problems, remarks, .. } = reader;
        match problems.is_empty() {
            true => Ok(Self { name, resource, columns, remarks, constants, conditions, selects }),
            false => Err(problems),
        }
    }
}

/// The type of the resources, or a word about what a view is.
fn resource(view: &Value, reader: &mut Reader<'_>) -> Option<&'static str> {
    if !view.is_object() {
        reader.wrong("", "a ViewDefinition is a JSON object, with resource and select");
        return None;
    }
    if let Some(other) = view.get("resourceType").filter(|of| *of != "ViewDefinition") {
        reader.wrong("resourceType", format!("this is no ViewDefinition but {other}"));
        return None;
    }
    let Some(name) = text(view, "resource", "", reader) else {
        if reader.problems.is_empty() {
            reader.wrong("resource", "a view names the type of its resources, such as Patient");
        }
        return None;
    };
    let known = Definitions::r4().find(name).filter(|_| Definitions::r4().is_resource(name));
    if known.is_none() {
        reader.wrong("resource", format!("'{name}' is not a FHIR R4 resource type; case counts"));
    }
    known.map(|definition| definition.name.as_str())
}

fn twice(columns: &[Column], reader: &mut Reader<'_>) {
    let mut names = BTreeSet::new();
    for column in columns {
        // Databases fold the case of names.
        if !names.insert(column.name.to_lowercase()) {
            reader.wrong("select", format!("two columns have the name {}; rename one", column.name));
        }
    }
}
