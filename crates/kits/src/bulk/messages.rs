//! What a server has to say of an export.

use super::client::{lines, listed};
use super::work::{FILES_MAX, kept};
use crate::model::{Stop, Weight};
use crate::run::Step;

/// Reads the files of the error list, and fails where they tell of a failure.
pub(super) fn messages(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut failures = Vec::new();
    for (kind, url, count) in listed(&kept(step), "error").into_iter().take(FILES_MAX) {
        if kind != "OperationOutcome" {
            return Err(Stop::Fail(format!(
                "the error list names a file of {kind}, and must name OperationOutcome alone"
            )));
        }
        let lines = lines(step, &url)?;
        if let Some(stray) = lines.iter().find(|one| one["resourceType"] != "OperationOutcome") {
            return Err(Stop::Fail(format!("a file of messages holds a {}", stray["resourceType"])));
        }
        if let Some(count) = count.filter(|count| *count != lines.len() as u64) {
            let found = lines.len();
            return Err(Stop::Fail(format!(
                "a file of messages has {found} lines; the manifest counts {count}"
            )));
        }
        for issue in lines.iter().flat_map(|one| one["issue"].as_array().into_iter().flatten()) {
            let text = issue["diagnostics"]
                .as_str()
                .or(issue["details"]["text"].as_str())
                .unwrap_or("without words");
            let code = issue["code"].as_str().unwrap_or("no code");
            match issue["severity"].as_str() {
                Some("fatal" | "error") => failures.push(format!("{code}, {text}")),
                severity => {
                    let severity = severity.unwrap_or("no severity");
                    step.note(Weight::Information, format!("the export says ({severity}): {code}, {text}"));
                }
            }
        }
    }
    match failures.is_empty() {
        true => Ok(()),
        false => Err(Stop::Fail(format!("the export is not whole; it says: {}", failures.join("; ")))),
    }
}
