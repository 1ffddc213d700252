use serde_json::{Value, json};
use standards::fhir::instant;

use crate::model::{Node, Outcome, Record};

/// A run as a FHIR `TestReport` (R4, 22.14): one test for each of ours, with its outcome as the result of one assertion.
pub fn test_report(record: &Record) -> Value {
    let tests = record.tests();
    let judged = tests.iter().filter(|test| matches!(test.outcome, Some(Outcome::Pass | Outcome::Fail)));
    let passed = tests.iter().filter(|test| test.outcome == Some(Outcome::Pass)).count();
    let judged = judged.count();
    let mut report = json!({
        "resourceType": "TestReport",
        "name": record.title,
        "status": if record.ended_us.is_some() { "completed" } else { "in-progress" },
        "testScript": {"display": format!("{} ({})", record.title, record.standard)},
        "result": match record.outcome() {
            Some(Outcome::Pass | Outcome::Omit) => "pass",
            Some(Outcome::Wait | Outcome::Running) | None => "pending",
            Some(_) => "fail",
        },
        "tester": "Practicum",
        "issued": instant::format(record.ended_us.unwrap_or(record.began_us)),
    });
    if let Some(tenths) = (passed * 1_000).checked_div(judged) {
        report["score"] = json!(tenths as f64 / 10.0);
    }
    if let Some(url) = record.inputs.get("url") {
        report["participant"] = json!([{"type": "server", "uri": url}]);
    }
    if !tests.is_empty() {
        report["test"] = tests.into_iter().map(test).collect();
    }
    report
}

fn test(node: &Node) -> Value {
    let mut assertion = json!({
        "result": match node.outcome {
            Some(Outcome::Pass) => "pass",
            Some(Outcome::Fail) if node.optional => "warning",
            Some(Outcome::Fail) => "fail",
            Some(Outcome::Error) => "error",
            Some(Outcome::Omit | Outcome::Skip | Outcome::Cancel | Outcome::Wait | Outcome::Running) | None => "skip",
        },
    });
    if !node.message.is_empty() {
        assertion["message"] = json!(node.message);
    }
    json!({"name": node.id, "description": node.title, "action": [{"assert": assertion}]})
}
