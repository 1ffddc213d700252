//! What is asked.

use serde_json::Value;
use standards::fhir::instant;

use super::client::{address, begin, files, kick_off, lines, manifest, with_token};
use super::messages::messages;
use crate::model::{Group, Stop, Test};
use crate::run::Step;
use crate::wire::http::Request;

/// The most files that are fetched of one export.
pub(super) const FILES_MAX: usize = 20;

/// The groups.
pub(super) fn groups() -> Vec<Group> {
    vec![
        Group {
            id: "bulk-data/export".to_owned(),
            title: "An export".to_owned(),
            about: "Everything of the level asked for, from the first request to the last line.".to_owned(),
            tests: vec![
                test("export/begins", "An export begins", begins).of(&["bulk.async"]).gives(&["status"]),
                test("export/ends", "It ends with a manifest", ends)
                    .of(&["bulk.status", "bulk.manifest"])
                    .needs(&["status"])
                    .gives(&["manifest"]),
                test("export/files", "Its files hold what the manifest says", holds)
                    .of(&["bulk.ndjson"])
                    .needs(&["manifest"]),
                test("export/messages", "Its messages can be read, and tell of no failure", messages)
                    .of(&["bulk.errors"])
                    .needs(&["manifest"]),
                test("export/file-token", "Its files are not given without a token", guarded)
                    .of(&["bulk.token"])
                    .needs(&["manifest"]),
            ],
            ..Group::default()
        },
        Group {
            id: "bulk-data/parameters".to_owned(),
            title: "Parameters".to_owned(),
            about: "Less than everything.".to_owned(),
            tests: vec![
                test("parameters/type", "_type keeps other types out", of_type)
                    .of(&["bulk.type"])
                    .needs(&["manifest"]),
                test("parameters/since", "_since keeps older resources out", since)
                    .of(&["bulk.since"])
                    .needs(&["manifest"]),
                test("parameters/unknown", "A parameter that nobody knows is refused", unknown)
                    .of(&["bulk.unknown"]),
            ],
            ..Group::default()
        },
        Group {
            id: "bulk-data/ending".to_owned(),
            title: "Giving up, and being kept out".to_owned(),
            about:
                "What a server does for somebody who no longer wants the export, or never had a right to it."
                    .to_owned(),
            tests: vec![
                test("ending/delete", "An export that was given up is gone", deleted).of(&["bulk.delete"]),
                test("ending/unauthorised", "Nothing is begun without a token", unauthorised)
                    .of(&["bulk.unauthorised"]),
            ],
            ..Group::default()
        },
    ]
}

fn test(id: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>) -> Test {
    Test::new(format!("bulk-data/{id}"), title, work)
}

fn begins(step: &mut Step<'_>) -> Result<(), Stop> {
    let status = begin(step, "")?;
    step.give("status", status);
    Ok(())
}

fn ends(step: &mut Step<'_>) -> Result<(), Stop> {
    let status = step.value("status");
    let found = manifest(step, &status)?;
    step.give("manifest", found.to_string());
    let lacking: Vec<&str> = ["transactionTime", "request", "requiresAccessToken", "output", "error"]
        .into_iter()
        .filter(|name| found.get(*name).is_none())
        .collect();
    if !lacking.is_empty() {
        step.unseen(lacking.iter().map(|&name| name.to_owned()));
        return Err(Stop::Fail(format!("the manifest lacks {}", lacking.join(", "))));
    }
    match found["transactionTime"].as_str().and_then(instant::parse) {
        Some(_) => Ok(()),
        None => Err(Stop::Fail(format!("transactionTime is {}, and no instant", found["transactionTime"]))),
    }
}

/// The manifest that an earlier test found.
pub(super) fn kept(step: &Step<'_>) -> Value {
    serde_json::from_str(&step.value("manifest")).unwrap_or_default()
}

fn holds(step: &mut Step<'_>) -> Result<(), Stop> {
    let files = files(&kept(step));
    if files.is_empty() {
        return Err(Stop::Skip("the export has no files, so there is nothing to look at".to_owned()));
    }
    for (kind, url, count) in files.into_iter().take(FILES_MAX) {
        let lines = lines(step, &url)?;
        for one in &lines {
            step.keep("exported", one);
        }
        if let Some(stray) = lines.iter().find(|one| one["resourceType"] != kind.as_str()) {
            return Err(Stop::Fail(format!("a file of {kind} holds a {}", stray["resourceType"])));
        }
        if let Some(count) = count.filter(|count| *count != lines.len() as u64) {
            return Err(Stop::Fail(format!(
                "a file of {kind} has {} lines; the manifest counts {count}",
                lines.len()
            )));
        }
    }
    Ok(())
}

fn guarded(step: &mut Step<'_>) -> Result<(), Stop> {
    let manifest = kept(step);
    if manifest["requiresAccessToken"] != true {
        return Err(Stop::Omit("the manifest says that its files need no token".to_owned()));
    }
    let Some((_, url, _)) = files(&manifest).into_iter().next() else {
        return Err(Stop::Skip("the export has no files".to_owned()));
    };
    match step.http(&Request::get(url))?.status {
        401 | 403 => Ok(()),
        other => {
            Err(Stop::Fail(format!("a file that requires a token was answered with {other} without one")))
        }
    }
}

/// Exports with a query, and fetches everything.
fn exported(step: &mut Step<'_>, query: &str) -> Result<Vec<Value>, Stop> {
    let status = begin(step, query)?;
    let manifest = manifest(step, &status)?;
    let mut all = Vec::new();
    for (_, url, _) in files(&manifest).into_iter().take(FILES_MAX) {
        all.extend(lines(step, &url)?);
    }
    Ok(all)
}

fn of_type(step: &mut Step<'_>) -> Result<(), Stop> {
    let all = exported(step, "_type=Patient")?;
    match all.iter().find(|one| one["resourceType"] != "Patient") {
        Some(stray) => Err(Stop::Fail(format!("_type=Patient exported a {}", stray["resourceType"]))),
        None if all.is_empty() => Err(Stop::Skip("the server exported no patient".to_owned())),
        None => Ok(()),
    }
}

fn since(step: &mut Step<'_>) -> Result<(), Stop> {
    let changed = |one: &Value| one["meta"]["lastUpdated"].as_str().and_then(instant::parse);
    let mut moments: Vec<i64> = step.seen("exported").iter().filter_map(changed).collect();
    moments.sort_unstable();
    let Some(middle) =
        moments.get(moments.len() / 2).copied().filter(|middle| moments.first() < Some(middle))
    else {
        return Err(Stop::Skip(
            "what was exported was all changed at one moment, so none is older than another".to_owned(),
        ));
    };
    let query = format!("_since={}", instant::format(middle));
    let all = exported(step, &query)?;
    match all.iter().find(|one| changed(one).is_some_and(|at| at < middle)) {
        Some(old) => Err(Stop::Fail(format!(
            "{query} exported {}/{}, last changed at {}",
            old["resourceType"], old["id"], old["meta"]["lastUpdated"]
        ))),
        None => Ok(()),
    }
}

fn unknown(step: &mut Step<'_>) -> Result<(), Stop> {
    let response = kick_off(step, "_practicumKitUnknown=1")?;
    if !(400..500).contains(&response.status) {
        let status = response.status;
        return Err(Stop::Fail(format!(
            "a parameter that nobody knows was answered with {status}, not refused"
        )));
    }
    let told: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    match told["resourceType"] == "OperationOutcome" {
        true => Ok(()),
        false => Err(Stop::Fail("the refusal is no OperationOutcome".to_owned())),
    }
}

fn deleted(step: &mut Step<'_>) -> Result<(), Stop> {
    let status = begin(step, "_type=Patient")?;
    let request = Request { method: "DELETE".to_owned(), url: status.clone(), ..Request::default() };
    let request = with_token(step, request);
    let answer = step.http(&request)?.status;
    if answer != 202 {
        return Err(Stop::Fail(format!("DELETE of an export was answered with {answer}, not 202")));
    }
    let request = with_token(step, Request::get(status));
    match step.http(&request)?.status {
        404 => Ok(()),
        other => Err(Stop::Fail(format!("the status of an export that was given up is {other}, not 404"))),
    }
}

fn unauthorised(step: &mut Step<'_>) -> Result<(), Stop> {
    if step.value("token").is_empty() {
        return Err(Stop::Omit("no token was given, so the server is taken as open".to_owned()));
    }
    let url = address(step, "");
    let request = Request::get(url).with("accept", "application/fhir+json").with("prefer", "respond-async");
    match step.http(&request)?.status {
        401 | 403 => Ok(()),
        other => {
            Err(Stop::Fail(format!("an export without a token was answered with {other}, not 401 or 403")))
        }
    }
}
