use serde_json::Value;
use standards::fhir::terminology::{Concept, Found};

use super::given::{CodeNames, codings, missing, versioned};
use super::input::{Given, wrong};
use super::output::Output;
use super::table::Ask;
use crate::fhir::error::FhirError;
use crate::fhir::terminology::with_terminology;

const PARAMETERS: &[&str] = &["code", "system", "version", "coding", "date", "displayLanguage", "property"];

/// `CodeSystem/$lookup`: what a code means (R4, 4.8.15.1).
pub(super) fn lookup(ask: &Ask<'_>) -> Result<Value, FhirError> {
    ask.input.only(PARAMETERS)?;
    let codings = codings(ask, &CodeNames { code: "code", system: "system", version: "version" })?;
    let [coding] = codings.as_slice() else { return Err(wrong("coding", "must be one code")) };
    let system =
        coding.system.as_deref().ok_or_else(|| missing("the code system is missing: give 'system'"))?;
    let wanted: Vec<&str> = ask.input.all("property").into_iter().map(name).collect::<Result<_, _>>()?;
    with_terminology(ask.view, |terminology| {
        let found = terminology.lookup(&versioned(system, coding.version.as_deref()), &coding.code)?;
        Ok(written(&found, &wanted))
    })
}

fn name(given: &Given) -> Result<&str, FhirError> {
    given.value.as_str().ok_or_else(|| wrong("property", "must be text"))
}

fn written(found: &Found, wanted: &[&str]) -> Value {
    let Found { system, concept } = found;
    let display = concept.display.as_deref().unwrap_or(&concept.code);
    let mut output = Output::default()
        .add("name", "valueString", system.name.as_deref().unwrap_or(&system.url))
        .add_some("version", "valueString", system.version.as_deref())
        .add("display", "valueString", display);
    let is_wanted = |name: &str| wanted.is_empty() || wanted.contains(&name);
    if is_wanted("designation") {
        for designation in &concept.designations {
            output = output.add_parts("designation", parts_of(designation));
        }
    }
    let properties = properties(found).into_iter().filter(|(code, _, _)| is_wanted(code));
    for (code, member, value) in properties {
        let parts = Output::default().add("code", "valueCode", code).add("value", &member, value);
        output = output.add_parts("property", parts);
    }
    output.finish()
}

fn parts_of(designation: &Value) -> Output {
    Output::default()
        .add_some("language", "valueCode", designation.get("language").cloned())
        .add_some("use", "valueCoding", designation.get("use").cloned())
        .add_some("value", "valueString", designation.get("value").cloned())
}

/// Code, name of the member that holds the value, value.
fn properties(found: &Found) -> Vec<(String, String, Value)> {
    let Found { system, concept } = found;
    let text =
        |code: &str, member: &str, value: &str| (code.to_owned(), member.to_owned(), Value::from(value));
    let mut properties = Vec::new();
    properties.extend(
        concept.definition.as_deref().map(|definition| text("definition", "valueString", definition)),
    );
    properties.extend(system.parents(concept).map(|parent| text("parent", "valueCode", &parent.code)));
    properties.extend(system.children(concept).map(|child| text("child", "valueCode", &child.code)));
    properties.extend(stated(concept).cloned());
    properties
}

/// The properties that the system states, without those that only say how codes are ordered.
fn stated(concept: &Concept) -> impl Iterator<Item = &(String, String, Value)> {
    let is_order = |code: &str| matches!(code, "parent" | "child" | "subsumedBy");
    concept.properties.iter().filter(move |(code, _, _)| !is_order(code))
}
