//! Types and their elements, out of the snapshots of the StructureDefinitions.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use serde_json::{Map, Value, json};

use super::package::{list, text};

const DEFINITION: &str = "http://hl7.org/fhir/StructureDefinition/";

/// Primitive types, types with elements, and the value sets their elements must keep to.
#[derive(Default)]
pub(crate) struct Types {
    /// Primitive types by name.
    pub(crate) primitives: BTreeMap<String, Value>,
    /// Resources, data types and backbone elements by name; a backbone element's name is its path.
    pub(crate) complex: BTreeMap<String, Value>,
    /// Canonical URLs, without version, of required bindings.
    pub(crate) bindings: BTreeSet<String>,
}

impl Types {
    /// Reduces every definition of the base specification. Profiles on data types, logical models
    /// and resources that `known` does not list (later additions to the package) are left out.
    pub(crate) fn new(structures: &[Value], known: &BTreeSet<&str>) -> anyhow::Result<Types> {
        let mut types = Types::default();
        for structure in structures {
            let name = text(structure, "id")?;
            let outcome = match text(structure, "kind")? {
                _ if structure["derivation"] == "constraint" => Ok(()),
                "primitive-type" => types.add_primitive(name, structure),
                "resource" if known.contains(name) => types.add_complex(name, "resource", structure),
                "complex-type" => types.add_complex(name, "datatype", structure),
                _ => Ok(()),
            };
            outcome.with_context(|| format!("in the definition of {name}"))?;
        }
        Ok(types)
    }

    fn add_primitive(&mut self, name: &str, structure: &Value) -> anyhow::Result<()> {
        let path = format!("{name}.value");
        let value = list(&structure["snapshot"], "element").find(|element| element["path"] == path);
        let kind = value.context("no value element")?["type"][0].clone();
        let json_type = match text(&kind, "code")?.rsplit('.').next() {
            _ if is_integer(name) => "integer",
            Some("Boolean") => "boolean",
            Some("Decimal") => "decimal",
            _ => "string",
        };
        let mut entry = json!({"name": name, "json": json_type});
        if let Some(regex) = extension(&kind, "regex").and_then(|found| found["valueString"].as_str()) {
            entry["regex"] = json!(regex);
        }
        self.primitives.insert(name.to_owned(), entry);
        Ok(())
    }

    fn add_complex(&mut self, name: &str, kind: &str, structure: &Value) -> anyhow::Result<()> {
        let base = structure["baseDefinition"].as_str().map(|url| url.trim_start_matches(DEFINITION));
        let mut entry = json!({"name": name, "kind": kind, "elements": []});
        if structure["abstract"] == true {
            entry["abstract"] = json!(true);
        }
        if let Some(base) = base {
            entry["base"] = json!(base);
        }
        self.complex.insert(name.to_owned(), entry);

        let elements: Vec<&Value> = list(&structure["snapshot"], "element").collect();
        for element in &elements {
            let path = text(element, "path")?;
            let Some((parent, _)) = path.rsplit_once('.') else { continue };
            let has_children = elements.iter().any(|other| is_child(other, path));
            if has_children {
                let base = text(&element["type"][0], "code")?;
                let backbone = json!({"name": path, "kind": "backbone", "base": base, "elements": []});
                self.complex.insert(path.to_owned(), backbone);
            }
            let reduced = self.element(element, has_children).with_context(|| path.to_owned())?;
            let owner = self.complex.get_mut(parent).context("the parent comes after its child")?;
            owner["elements"].as_array_mut().context("elements is a list")?.push(reduced);
        }
        Ok(())
    }

    fn element(&mut self, element: &Value, has_children: bool) -> anyhow::Result<Value> {
        let path = text(element, "path")?;
        let property = path.rsplit('.').next().unwrap_or(path);
        let name = property.trim_end_matches("[x]");
        let mut reduced = Map::new();
        reduced.insert("name".to_owned(), json!(name));
        if name != property {
            reduced.insert("choice".to_owned(), json!(true));
        }
        match element["min"].as_u64() {
            Some(0) => {}
            Some(min) => drop(reduced.insert("min".to_owned(), json!(min))),
            None => bail!("min is not a number"),
        }
        match text(element, "max")? {
            "1" => {}
            "*" => drop(reduced.insert("many".to_owned(), json!(true))),
            other => bail!("max `{other}` has no reduced form"),
        }
        let types = if has_children { vec![json!({"code": path})] } else { element_types(element)? };
        reduced.insert("types".to_owned(), Value::Array(types));
        for (flag, source) in [("modifier", "isModifier"), ("summary", "isSummary")] {
            if element[source] == true {
                reduced.insert(flag.to_owned(), json!(true));
            }
        }
        if element["binding"]["strength"] == "required" {
            let url = text(&element["binding"], "valueSet")?;
            let url = url.split('|').next().unwrap_or(url);
            self.bindings.insert(url.to_owned());
            reduced.insert("codes".to_owned(), json!(url));
        }
        Ok(Value::Object(reduced))
    }
}

fn is_child(element: &Value, path: &str) -> bool {
    element["path"]
        .as_str()
        .and_then(|other| other.strip_prefix(path))
        .is_some_and(|rest| rest.starts_with('.'))
}

fn is_integer(name: &str) -> bool {
    matches!(name, "integer" | "positiveInt" | "unsignedInt")
}

/// The types an element may have; a content reference becomes the backbone element it points to.
fn element_types(element: &Value) -> anyhow::Result<Vec<Value>> {
    if let Some(reference) = element["contentReference"].as_str() {
        return Ok(vec![json!({"code": reference.trim_start_matches('#')})]);
    }
    let types: Vec<Value> =
        list(element, "type").map(|kind| element_type(element, kind)).collect::<Result<_, _>>()?;
    if types.is_empty() {
        bail!("no type");
    }
    Ok(types)
}

fn element_type(element: &Value, kind: &Value) -> anyhow::Result<Value> {
    let code = text(kind, "code")?;
    let code = match (code.starts_with("http://hl7.org/fhirpath/"), element["base"]["path"].as_str()) {
        (false, _) => code,
        // The snapshots call these plain strings; FHIR R4 2.26 (Resource) and 2.24 (Extension) say more.
        (true, Some("Resource.id")) => "id",
        (true, Some("Extension.url")) => "uri",
        (true, _) => "string",
    };
    let mut reduced = json!({"code": code});
    let targets: Vec<&str> = list(kind, "targetProfile")
        .filter_map(|profile| profile.as_str()?.strip_prefix(DEFINITION))
        .collect();
    if code == "Reference" && !targets.is_empty() && !targets.contains(&"Resource") {
        reduced["targets"] = json!(targets);
    }
    Ok(reduced)
}

fn extension<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let url = format!("{DEFINITION}{name}");
    list(value, "extension").find(|extension| extension["url"] == url.as_str())
}
