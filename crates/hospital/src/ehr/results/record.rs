use serde::Deserialize;
use serde_json::{Number, Value, json};

use super::acknowledge::{is_critical, to_acknowledge};
use crate::calendar::instant_text;
use crate::codes::{Code, UCUM, test};
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::orders::{closed, codes_of};
use crate::ehr::shape::{concept, id_of, items, reference, text_at};
use crate::meta::meta;
use crate::population::{Test, lab_test, panels};

/// What was found for an order.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordResult {
    /// The order: an id, or `ServiceRequest/ID`.
    pub order: Entered,
    /// The value of an order for one test: a number, or words such as `No growth`.
    pub value: Entered,
    /// Values of several tests: LOINC code and value, one test a line or separated by semicolons.
    pub values: Entered,
    /// What an image shows, or what the laboratory adds.
    pub conclusion: Entered,
}

/// What the hospital knows about an order that has a result.
#[derive(Debug, Clone, Default)]
pub struct ResultFacts<'a> {
    /// The order, if there is one.
    pub order: Option<&'a Value>,
    /// Its tasks that are still open.
    pub tasks: &'a [Value],
    /// Who reports, as people read it.
    pub author: &'a str,
}

/// The tests an order is for, by code and name: those of its panel, or itself.
pub fn tests_of(order: &Value) -> Vec<(&'static str, &'static str)> {
    let codes = codes_of(order);
    let panel = panels::ALL.iter().find(|panel| codes.contains(&panel.code.code));
    let single = || test::ALL.iter().filter(|one| codes.contains(&one.code)).take(1).collect();
    let tests: Vec<&Code> =
        panel.map_or_else(single, |panel| panel.tests.iter().map(|test| test.code).collect());
    tests.into_iter().map(|code| (code.code, code.display)).collect()
}

/// Reports on an order: Observations (US Core Laboratory Result) and a `DiagnosticReport` based on the order.
///
/// For each critical value there is a Task to acknowledge it. These are new; the second list holds the order and its tasks, completed.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn record_result(
    command: &RecordResult,
    facts: &ResultFacts<'_>,
    now_us: i64,
    new_id: &mut dyn FnMut() -> String,
) -> Result<(Vec<Value>, Vec<Value>), EhrError> {
    let mut problems = Problems::default();
    let Some(order) = facts.order else {
        return Err(EhrError::field("order", "there is no such order", "name a ServiceRequest"));
    };
    if text_at(order, "status") != Some("active") {
        let status = text_at(order, "status").unwrap_or("without a status");
        let what = format!("ServiceRequest/{} is {status}", id_of(order));
        problems.add("order", what, "report on an order that is signed and in force");
    }
    let found = read_values(&mut problems, command, order);
    let conclusion = problems.words("conclusion", &command.conclusion, 5_000);
    if found.is_empty() && conclusion.is_none() && problems.is_empty() {
        let field = if tests_of(order).is_empty() { "conclusion" } else { "value" };
        problems.add(field, "nothing was found", "write the value, or what the image shows");
    }
    problems.settle()?;
    let mut observations: Vec<Value> = Vec::new();
    for (code, value) in &found {
        observations.push(observation(order, code, value, now_us, &new_id()));
    }
    let report = report(order, &observations, conclusion.as_deref(), facts.author, now_us, &new_id());
    let mut tasks = Vec::new();
    for critical in observations.iter().filter(|observation| is_critical(observation)) {
        tasks.push(to_acknowledge(critical, order, now_us, &new_id()));
    }
    let mut written = observations;
    written.push(report);
    written.extend(tasks);
    let mut done = order.clone();
    done["status"] = "completed".into();
    let mut changed = vec![done];
    changed.extend(facts.tasks.iter().map(|task| closed(task, "completed", now_us)));
    Ok((written, changed))
}

/// What was found in one test.
enum Found {
    Number(Number),
    Words(String),
}

fn read_values(
    problems: &mut Problems,
    command: &RecordResult,
    order: &Value,
) -> Vec<(&'static Code, Found)> {
    let mut found = Vec::new();
    let tests = tests_of(order);
    if let Some(text) = problems.line("value", &command.value, 200) {
        match tests.as_slice() {
            [(code, _)] => found.extend(read_value(problems, "value", code, &text)),
            [] => problems.add("value", "this order is for no test", "write what was found as conclusion"),
            _ => {
                problems.add(
                    "value",
                    "this order is for several tests",
                    "use values: code and value of each",
                );
            }
        }
    }
    let lines = problems.words("values", &command.values, 5_000).unwrap_or_default();
    for line in lines.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        let Some((code, value)) = line.split_once([' ', '=', ':']) else {
            problems.add(
                "values",
                format!("'{line}' is no code with a value"),
                "write lines such as 2823-3 4.1",
            );
            continue;
        };
        if tests.iter().any(|(known, _)| *known == code) {
            found.extend(read_value(problems, "values", code, value.trim_matches([' ', '='])));
        } else {
            problems.add(
                "values",
                format!("'{code}' is not a test of this order"),
                "use the codes of its panel",
            );
        }
    }
    found
}

fn read_value(
    problems: &mut Problems,
    field: &str,
    code: &str,
    text: &str,
) -> Option<(&'static Code, Found)> {
    let code = test::ALL.iter().find(|known| known.code == code)?;
    if lab_test(code.code).is_none() {
        return Some((code, Found::Words(text.to_owned())));
    }
    let (_, number) = problems.number(field, &text.into())?;
    Some((code, Found::Number(number)))
}

fn observation(order: &Value, code: &Code, found: &Found, now_us: i64, id: &str) -> Value {
    let now = instant_text(now_us);
    let mut observation = json!({
        "resourceType": "Observation",
        "id": id,
        "meta": meta("us-core-observation-lab"),
        "basedOn": [{"reference": format!("ServiceRequest/{}", id_of(order))}],
        "status": "final",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "laboratory",
            "display": "Laboratory",
        }]}],
        "code": concept(code),
    });
    about(&mut observation, order);
    observation["effectiveDateTime"] = now.clone().into();
    observation["issued"] = now.into();
    match (found, lab_test(code.code)) {
        (Found::Words(words), _) => observation["valueString"] = words.as_str().into(),
        (Found::Number(number), test) => {
            let unit = test.map_or("1", |test| test.unit);
            observation["valueQuantity"] =
                json!({"value": number, "unit": unit, "system": UCUM, "code": unit});
            if let (Some(test), Some(value)) = (test, number.as_f64()) {
                judge(&mut observation, test, value);
            }
        }
    }
    observation
}

/// The flag and the reference range of a value.
fn judge(observation: &mut Value, test: &Test, value: f64) {
    if let Some(flag) = test.interpret(value) {
        observation["interpretation"] = json!([{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
            "code": flag,
        }]}]);
    }
    let end = |value: f64| json!({"value": value, "unit": test.unit, "system": UCUM, "code": test.unit});
    let mut range = json!({});
    for (name, value) in [("low", test.low), ("high", test.high)] {
        if let Some(value) = value {
            range[name] = end(value);
        }
    }
    if range.as_object().is_some_and(|range| !range.is_empty()) {
        observation["referenceRange"] = json!([range]);
    }
}

/// Subject and encounter, as the order has them.
fn about(resource: &mut Value, order: &Value) {
    for member in ["subject", "encounter"] {
        if let Some(reference) = order.get(member) {
            resource[member] = reference.clone();
        }
    }
}

fn report(
    order: &Value,
    observations: &[Value],
    conclusion: Option<&str>,
    author: &str,
    now_us: i64,
    id: &str,
) -> Value {
    let is_laboratory = !tests_of(order).is_empty();
    let (profile, category) = if is_laboratory {
        ("us-core-diagnosticreport-lab", "LAB")
    } else {
        ("us-core-diagnosticreport-note", "RAD")
    };
    let now = instant_text(now_us);
    let mut report = json!({
        "resourceType": "DiagnosticReport",
        "id": id,
        "meta": meta(profile),
        "basedOn": [{"reference": format!("ServiceRequest/{}", id_of(order))}],
        "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": category}]}],
        "code": order.get("code").cloned(),
    });
    about(&mut report, order);
    report["effectiveDateTime"] = now.clone().into();
    report["issued"] = now.into();
    report["performer"] = json!([{"display": author}]);
    if !observations.is_empty() {
        report["result"] = observations.iter().map(reference).collect::<Vec<Value>>().into();
    }
    if let Some(conclusion) = conclusion {
        report["conclusion"] = conclusion.into();
    }
    if items(&report, "category").is_empty() || report["code"].is_null() {
        report["code"] = json!({"text": "Report"});
    }
    report
}
