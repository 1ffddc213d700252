//! What compiles, to what, and that it leads somewhere.

use serde_json::{Value, json};

use super::compile;
use super::walk::{Expression, Step, Test};
use crate::fhir::definitions::{Definitions, TypeDefinition};
use crate::fhir::search::Parameters;

fn found(expression: &str, resource: &Value) -> Vec<Value> {
    let mut values = Vec::new();
    compile(expression).unwrap().visit(resource, &mut |value| values.push(value.clone()));
    values
}

#[test]
fn expressions_find_values() {
    let patient = json!({
        "resourceType": "Patient",
        "name": [{"given": ["Ana", "Bo"]}, {"given": ["Cy"]}],
        "telecom": [{"system": "phone", "value": "1"}, {"system": "email", "value": "2"}],
        "extension": [{"url": "http://x.example/a", "valueString": "x"}, {"url": "http://x.example/b"}],
        "subject": [{"reference": "Patient/1"}, {"reference": "urn:uuid:7", "type": "Patient"},
                    {"reference": "http://far.example/Group/1/_history/2"}, {"display": "someone"}],
        "deceasedBoolean": false,
        "effectivePeriod": {"start": "2024"},
        "gender": null,
    });
    for (expression, expected) in [
        ("Patient.name.given", json!(["Ana", "Bo", "Cy"])),
        ("name.given | telecom.value", json!(["Ana", "Bo", "Cy", "1", "2"])),
        ("Patient.telecom.where(system='phone')", json!([{"system": "phone", "value": "1"}])),
        ("Patient.telecom.where(system = 'phone').value", json!(["1"])),
        ("extension('http://x.example/a').value.ofType(string)", json!(["x"])),
        ("Patient.extension.where(url='http://x.example/a').valueString", json!(["x"])),
        ("Patient.effective", json!([{"start": "2024"}])),
        ("(Patient.effective as Period)", json!([{"start": "2024"}])),
        ("Patient.effective.as(Period).start", json!(["2024"])),
        ("(Patient.effective.ofType(Period)).start", json!(["2024"])),
        ("Patient.effective.ofType(dateTime)", json!([])),
        (
            "Patient.subject.where(resolve() is Group)",
            json!([{"reference": "http://far.example/Group/1/_history/2"}]),
        ),
        ("Patient.subject.where(resolve() is Patient).reference", json!(["Patient/1", "urn:uuid:7"])),
        ("Patient.deceased.exists() and Patient.deceased != false", json!([false])),
        ("Patient.name.exists()", json!([true])),
        ("Patient.gender", json!([])),
        ("Patient.name.given.family", json!([])),
    ] {
        assert_eq!(json!(found(expression, &patient)), expected, "{expression}");
    }
}

#[test]
fn the_living_and_the_dead() {
    let deceased = "Patient.deceased.exists() and Patient.deceased != false";
    for (patient, expected) in [
        (json!({}), false),
        (json!({"deceasedBoolean": false}), false),
        (json!({"deceasedBoolean": true}), true),
        (json!({"deceasedDateTime": "2020"}), true),
    ] {
        assert_eq!(found(deceased, &patient), [json!(expected)], "{patient}");
    }
}

#[test]
fn what_is_beyond_the_compiler_is_refused() {
    for expression in [
        "",
        "Bundle.entry[0].resource",
        "Patient.name.first()",
        "Patient.name.where(use != 'old')",
        "Patient.name.where(resolve())",
        "Patient.name where",
        "(Patient.name",
        "Patient.name)",
        "Patient.",
        "Patient.telecom.where(system='phone)",
        "Patient.name.exists() and Patient.name",
        "Patient.name != 'x'",
        "ofType(Patient)",
        "Patient.näme",
        "%resource.id",
    ] {
        assert!(compile(expression).is_err(), "{expression} compiled");
    }
}

/// A step that leads nowhere would leave a parameter silently empty, so every path must exist in the
/// definitions. That also proves the list of choice elements complete.
#[test]
fn every_path_leads_to_an_element() {
    let parameters = Parameters::r4();
    for name in parameters.resource_types() {
        let resource = Definitions::r4().find(name).unwrap();
        for parameter in parameters.of(name) {
            for path in paths(&parameter.values) {
                assert!(leads(resource, path), "{name}.{}: no element at {path:?}", parameter.code);
            }
        }
    }
}

fn paths(expression: &Expression) -> Vec<&[Step]> {
    match expression {
        Expression::Values(paths) => paths.iter().map(Vec::as_slice).collect(),
        Expression::Holds(tests) => tests
            .iter()
            .map(|test| match test {
                Test::Exists(path) | Test::Differs(path, _) => path.as_slice(),
            })
            .collect(),
    }
}

fn leads(from: &TypeDefinition, path: &[Step]) -> bool {
    let definitions = Definitions::r4();
    let Some((step, rest)) = path.split_first() else {
        return true;
    };
    match step {
        Step::Field(name) => from.property(name).is_some_and(|property| {
            let next = definitions.follow(property.kind.reference);
            next.map_or(rest.is_empty(), |next| leads(next, rest))
        }),
        Step::Choice(name) => {
            // The list is by name, and other types have plain elements of the same name.
            let here = |element: &&crate::fhir::definitions::Element| element.name == *name;
            from.elements.iter().find(here).is_some_and(|element| {
                let typed = |kind: &crate::fhir::definitions::ElementType| {
                    let next = definitions.follow(kind.reference);
                    next.is_none_or(|next| leads(next, rest))
                };
                element.types.iter().any(typed)
            })
        }
        Step::Where { field, .. } => from.property(field).is_some() && leads(from, rest),
        Step::ReferenceTo(_) => from.name == "Reference" && leads(from, rest),
    }
}
