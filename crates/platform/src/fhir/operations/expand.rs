use serde_json::{Map, Value, json};
use standards::fhir::instant;
use standards::fhir::terminology::{Canonical, Expand, Expansion, Kind, Member, Terminology};

use super::given::{Named, missing, named};
use super::table::Ask;
use crate::fhir::error::FhirError;
use crate::fhir::terminology::with_terminology;

/// Says of an expansion that there may be more codes than it lists.
const UNCLOSED: &str = "http://hl7.org/fhir/StructureDefinition/valueset-unclosed";

/// The parameters of R4 that make a difference here, and those that are taken although they make none: there is one
/// language and one version of everything.
const PARAMETERS: &[&str] = &[
    "url",
    "valueSet",
    "resource",
    "valueSetVersion",
    "filter",
    "offset",
    "count",
    "includeDesignations",
    "includeDefinition",
    "activeOnly",
    "excludeNotForUI",
    "date",
    "displayLanguage",
    "excludeNested",
    "excludePostCoordinated",
];

/// `ValueSet/$expand`: the codes of a value set (R4, 4.9.18.1).
pub(super) fn expand(ask: &Ask<'_>) -> Result<Value, FhirError> {
    let input = &ask.input;
    input.only(PARAMETERS)?;
    let named = named(ask, "valueSet", "valueSetVersion")?
        .ok_or_else(|| missing("no value set is named: give its 'url', or send it as 'valueSet'"))?;
    let asked = Expand {
        filter: input.text("filter")?,
        offset: input.count("offset")?.unwrap_or_default(),
        count: input.count("count")?,
        active_only: input.flag("activeOnly")?.unwrap_or_default(),
        selectable_only: input.flag("excludeNotForUI")?.unwrap_or_default(),
    };
    let with_designations = input.flag("includeDesignations")?.unwrap_or_default();
    let with_definition = input.flag("includeDefinition")?.unwrap_or_default();
    let now = instant::format(ask.context.access.virtual_us());
    with_terminology(ask.view, |terminology| {
        let expansion = terminology.expand_set(&*named.value_set(terminology)?, &asked)?;
        let mut set = head(terminology, &named, with_definition);
        set.insert("expansion".to_owned(), written(&expansion, &asked, with_designations, &now));
        Ok(Value::Object(set))
    })
}

/// The value set without its rules, unless these are wanted.
fn head(terminology: &Terminology<'_>, named: &Named, with_definition: bool) -> Map<String, Value> {
    let resource = match named {
        Named::AtHand(resource) => Some(resource.clone()),
        Named::Url(url) => terminology.resource(Kind::ValueSet, url),
    };
    let mut members = match resource {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    members.remove("text");
    if !with_definition {
        members.remove("compose");
    }
    members
}

fn written(expansion: &Expansion, asked: &Expand<'_>, with_designations: bool, now: &str) -> Value {
    let contains: Vec<Value> =
        expansion.members.iter().map(|member| entry(member, with_designations)).collect();
    let mut written =
        json!({"timestamp": now, "total": expansion.total, "parameter": parameters(expansion, asked)});
    if asked.count.is_some() || asked.offset > 0 {
        written["offset"] = asked.offset.into();
    }
    if !contains.is_empty() {
        written["contains"] = contains.into();
    }
    if expansion.open.is_some() {
        written["extension"] = json!([{"url": UNCLOSED, "valueBoolean": true}]);
    }
    written
}

/// What the list depends on: the question, the versions of the code systems, and what was missing.
fn parameters(expansion: &Expansion, asked: &Expand<'_>) -> Vec<Value> {
    let mut parameters = Vec::new();
    let mut add =
        |name: &str, member: &str, value: Value| parameters.push(json!({"name": name, member: value}));
    if let Some(filter) = asked.filter {
        add("filter", "valueString", filter.into());
    }
    if asked.offset > 0 {
        add("offset", "valueInteger", asked.offset.into());
    }
    if let Some(count) = asked.count {
        add("count", "valueInteger", count.into());
    }
    for (name, flag) in [("activeOnly", asked.active_only), ("excludeNotForUI", asked.selectable_only)] {
        if flag {
            add(name, "valueBoolean", true.into());
        }
    }
    for system in expansion.systems.iter().filter(|system| Canonical::new(system).version.is_some()) {
        add("version", "valueUri", system.as_str().into());
    }
    if let Some(reason) = &expansion.open {
        add("warning", "valueString", reason.as_str().into());
    }
    parameters
}

fn entry(member: &Member, with_designations: bool) -> Value {
    let mut entry = json!({"system": member.system, "code": member.code});
    if let Some(display) = &member.display {
        entry["display"] = display.as_str().into();
    }
    for (name, flag) in [("abstract", member.is_abstract), ("inactive", member.is_inactive)] {
        if flag {
            entry[name] = true.into();
        }
    }
    if with_designations && !member.designations.is_empty() {
        entry["designation"] = member.designations.clone().into();
    }
    entry
}
