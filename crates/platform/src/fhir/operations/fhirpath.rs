//! `$fhirpath`, in the shape that fhirpath-lab defines for engines behind a server: Parameters in, Parameters out.

use ::fhirpath::{Answer, Engine, Found, Problem, ProblemKind, Question, Trace};
use serde_json::{Value, json};
use standards::fhir::definitions::{Definitions, TypeRef};
use standards::fhir::json;
use standards::fhir::outcome::IssueCode;

use super::hospital::{Hospital, relative};
use super::input::{Given, wrong};
use super::place::Place;
use super::table::Ask;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::in_sight;
use crate::fhir::read::alive;

const JSON_VALUE: &str = "http://fhir.forms-lab.com/StructureDefinition/json-value";
const RESOURCE_PATH: &str = "http://fhir.forms-lab.com/StructureDefinition/resource-path";

/// Evaluates an expression on a resource that is sent, named by reference, or named by the address.
pub(super) fn fhirpath(ask: &Ask<'_>) -> Result<Value, FhirError> {
    let missing = || wrong("expression", "is missing; send the FHIRPath expression as text");
    let expression = ask.input.text("expression")?.ok_or_else(missing)?;
    let context = ask.input.text("context")?.filter(|context| !context.trim().is_empty());
    let (resource, variables) = (resource(ask)?, variables(ask)?);
    let named: Vec<(&str, Value)> =
        variables.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let around = Hospital::of(ask);
    let engine = Engine::new();
    let question = Question {
        expression,
        context,
        input: &resource,
        variables: &named,
        now_us: ask.context.access.virtual_us(),
        strict: ask.input.flag("validate")?.unwrap_or(false),
        surroundings: Some(&around),
    };
    let refused = |problem| refusal(&problem, expression);
    let answers = engine.ask(&question).map_err(refused)?;
    let tree = engine.outline(expression).map_err(refused)?;
    let mut parameters = vec![echo(ask, expression, context, &resource, &tree)];
    parameters.extend(answers.into_iter().map(result));
    Ok(json!({"resourceType": "Parameters", "id": "fhirpath", "parameter": parameters}))
}

fn refusal(problem: &Problem, expression: &str) -> FhirError {
    let code = match problem.kind {
        ProblemKind::Syntax | ProblemKind::Meaning => IssueCode::Invalid,
        ProblemKind::Evaluation => IssueCode::Processing,
        ProblemKind::Limit => IssueCode::TooCostly,
    };
    let at = problem.at + 1;
    let limit = if problem.kind == ProblemKind::Limit { "over the limit of " } else { "" };
    let what = format!("{limit}{} (at character {at} of the expression `{expression}`)", problem.reason);
    FhirError::new(Refusal::Malformed, code, what)
}

/// The resource to evaluate on; an expression that needs none may go without.
fn resource(ask: &Ask<'_>) -> Result<Value, FhirError> {
    let parse = |text: &str| {
        json::parse(text.as_bytes(), ask.context.limits)
            .map_err(|issue| FhirError { refusal: Refusal::Malformed, issues: vec![issue] })
    };
    if let [given, more @ ..] = ask.input.all("resource").as_slice() {
        if !more.is_empty() {
            return Err(wrong("resource", "is given more than once"));
        }
        return match (&given.value, embedded(given)) {
            (Value::Null, Some(text)) => parse(text),
            (Value::String(text), _) if text.trim_start().starts_with('{') => parse(text),
            (Value::String(reference), _) => stored(ask, reference),
            (Value::Object(_), _) => Ok(given.value.clone()),
            _ => Err(wrong(
                "resource",
                "must be a resource, its JSON as text, or a reference such as Patient/123",
            )),
        };
    }
    match ask.place {
        Place::Instance(kind, id) => stored(ask, &format!("{kind}/{id}")),
        Place::System | Place::Type(_) => Ok(json!({})),
    }
}

/// JSON that stands as text in an extension.
fn embedded(given: &Given) -> Option<&str> {
    let extensions = given.extension.as_array()?;
    extensions.iter().find(|one| one["url"] == JSON_VALUE)?.get("valueString")?.as_str()
}

fn stored(ask: &Ask<'_>, reference: &str) -> Result<Value, FhirError> {
    let relative = relative(reference, ask.context.base_url);
    let (kind, id) = relative.and_then(|path| path.split_once('/')).ok_or_else(|| {
        wrong("resource", "is no reference to a resource of this server; write it as Patient/123")
    })?;
    let stored = alive(in_sight(ask.context, ask.view.get(kind, id)?), kind, id)?;
    json::parse(&stored.body, ask.context.limits)
        .map_err(|issue| FhirError { refusal: Refusal::Internal, issues: vec![issue] })
}

/// The variables, each with the name and the value among its parts.
fn variables(ask: &Ask<'_>) -> Result<Vec<(String, Value)>, FhirError> {
    let parts = ask.input.all("variables").into_iter().flat_map(|given| &given.parts);
    let mut named: Vec<(String, Value)> = Vec::new();
    let mut open: Option<String> = None;
    for part in parts {
        match (part.name.as_str(), part.value.as_str(), open.take()) {
            ("name", Some(name), _) => open = Some(name.to_owned()),
            ("value", _, Some(name)) => named.push((name, variable(part)?)),
            // Some clients name the part after the variable.
            (name, _, _) => named.push((name.to_owned(), variable(part)?)),
        }
    }
    Ok(named)
}

fn variable(part: &Given) -> Result<Value, FhirError> {
    match embedded(part) {
        Some(text) => {
            serde_json::from_str(text).map_err(|_| wrong("variables", "has a json-value that is not JSON"))
        }
        None => Ok(part.value.clone()),
    }
}

/// What was asked, and by what it was answered.
fn echo(ask: &Ask<'_>, expression: &str, context: Option<&str>, resource: &Value, tree: &Value) -> Value {
    let mut parts = vec![
        json!({"name": "evaluator", "valueString": concat!("Practicum ", env!("CARGO_PKG_VERSION"), " (R4)")}),
        json!({"name": "parseDebugTree", "valueString": tree.to_string()}),
        json!({"name": "expression", "valueString": expression}),
    ];
    parts.extend(context.map(|context| json!({"name": "context", "valueString": context})));
    if resource.get("resourceType").is_some() {
        parts.push(json!({"name": "resource", "resource": resource}));
    }
    let given = ask.input.all("variables").into_iter().filter(|given| !given.parts.is_empty());
    parts.extend(given.map(
        |given| json!({"name": "variables", "part": given.parts.iter().map(again).collect::<Vec<_>>()}),
    ));
    json!({"name": "parameters", "part": parts})
}

/// A part as it was given.
fn again(part: &Given) -> Value {
    let mut again = json!({"name": part.name});
    if !part.member.is_empty() {
        again[&part.member] = part.value.clone();
    }
    if !part.extension.is_null() {
        again["extension"] = part.extension.clone();
    }
    again
}

fn result(answer: Answer) -> Value {
    let mut parts: Vec<Value> = answer.items.into_iter().map(item).collect();
    parts.extend(answer.traces.into_iter().map(trace));
    let mut result = json!({"name": "result"});
    if let Some(context) = answer.context {
        result["valueString"] = context.into();
    }
    if !parts.is_empty() {
        result["part"] = parts.into();
    }
    result
}

fn trace(trace: Trace) -> Value {
    let parts: Vec<Value> = trace.items.into_iter().map(item).collect();
    let mut traced = json!({"name": "trace", "valueString": trace.name});
    if !parts.is_empty() {
        traced["part"] = parts.into();
    }
    traced
}

/// An item as a part named by its type. What Parameters have no `value[x]` for goes as text into an extension.
fn item(found: Found) -> Value {
    let Found { type_name, path, value, beside } = found;
    let mut extensions: Vec<Value> =
        path.into_iter().map(|path| json!({"url": RESOURCE_PATH, "valueString": path})).collect();
    let mut part = json!({"name": type_name});
    match property(&type_name) {
        _ if value == json!("") => part["name"] = json!("empty-string"),
        Some(property) => {
            if let Some(beside) = beside {
                part[format!("_{property}")] = beside;
            }
            if !value.is_null() {
                part[property] = value;
            }
        }
        None if value.get("resourceType").is_some() => part["resource"] = value,
        None => extensions.push(json!({"url": JSON_VALUE, "valueString": value.to_string()})),
    }
    if !extensions.is_empty() {
        part["extension"] = extensions.into();
    }
    part
}

/// The `value[x]` of Parameters for a type, such as `valueHumanName`.
fn property(type_name: &str) -> Option<String> {
    let element =
        Definitions::r4().find("Parameters.parameter")?.elements.iter().find(|one| one.name == "value")?;
    let kind =
        element.types.iter().find(|kind| kind.code == type_name && kind.reference != TypeRef::AnyResource)?;
    let mut letters = kind.code.chars();
    let first = letters.next()?.to_ascii_uppercase();
    Some(format!("value{first}{}", letters.as_str()))
}
