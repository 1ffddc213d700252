//! A small server of Bulk Data that is right, or wrong in one way.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::http::{Asked, Said, serve};

/// Who may export.
pub(crate) const TOKEN: &str = "a-token";

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    AnswersAtOnce,
    NeverEnds,
    ForgetsTime,
    MiscountsLines,
    MixesTypes,
    GivesFilesToAnybody,
    IgnoresType,
    IgnoresSince,
    TakesUnknown,
    KeepsWhatWasGivenUp,
    OpenDoor,
    BrokenLines,
    LosesAFile,
    SaysThatSomeFailed,
    LosesItsMessages,
    ListsOtherTypes,
    MiscountsMessages,
}

struct House {
    fault: Fault,
    url: String,
    /// The query of each export; none of one that was given up.
    jobs: Mutex<BTreeMap<usize, (String, usize)>>,
}

/// Starts one; returns its base address.
pub(crate) fn start(fault: Fault) -> String {
    let url = serve(|url| {
        let house = House { fault, url: url.to_owned(), jobs: Mutex::default() };
        move |asked: &Asked| house.answer(asked)
    });
    format!("{url}/fhir")
}

/// Five resources, changed on five days.
fn resources() -> Vec<Value> {
    let one = |number: usize| {
        let kind = if number.is_multiple_of(2) { "Patient" } else { "Encounter" };
        json!({
            "resourceType": kind,
            "id": format!("r{number}"),
            "meta": {"lastUpdated": format!("2031-03-0{}T06:00:00Z", number + 1)},
        })
    };
    (0..5).map(one).collect()
}

impl House {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn answer(&self, asked: &Asked) -> Said {
        let is_known =
            asked.headers.get("authorization").is_some_and(|given| *given == format!("Bearer {TOKEN}"));
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        let is_open = self.is(Fault::OpenDoor) && path.ends_with("$export")
            || self.is(Fault::GivesFilesToAnybody) && path.starts_with("/files/");
        if !is_known && !is_open {
            return Said::new(401, outcome("login").to_string());
        }
        match path.split('/').collect::<Vec<_>>()[..] {
            ["", "fhir", "Patient", "$export"] => self.begin(query),
            ["", "jobs", job] => self.job(&asked.method, job.parse().expect("jobs are numbers")),
            ["", "files", job, kind] => self.file(job.parse().expect("jobs are numbers"), kind),
            _ => Said::new(404, outcome("not-found").to_string()),
        }
    }

    fn begin(&self, query: &str) -> Said {
        if query.contains("Unknown") && !self.is(Fault::TakesUnknown) {
            return Said::new(400, outcome("not-supported").to_string());
        }
        if self.is(Fault::AnswersAtOnce) {
            return Said::new(200, self.manifest(0, "").to_string());
        }
        let mut jobs = self.jobs.lock().expect("no thread panicked");
        let number = jobs.len() + 1;
        jobs.insert(number, (query.to_owned(), 0));
        Said::new(202, "").with("Content-Location", format!("{}/jobs/{number}", self.url))
    }

    fn job(&self, method: &str, number: usize) -> Said {
        let mut jobs = self.jobs.lock().expect("no thread panicked");
        if method == "DELETE" {
            if !self.is(Fault::KeepsWhatWasGivenUp) {
                jobs.insert(number, ("gone".to_owned(), 0));
            }
            return Said::new(202, "");
        }
        let Some((query, looks)) = jobs.get_mut(&number).filter(|(query, _)| query != "gone") else {
            return Said::new(404, outcome("not-found").to_string());
        };
        *looks += 1;
        if *looks == 1 || self.is(Fault::NeverEnds) {
            return Said::new(202, "").with("Retry-After", "0");
        }
        let query = query.clone();
        Said::new(200, self.manifest(number, &query).to_string()).with("Content-Type", "application/json")
    }

    fn manifest(&self, number: usize, query: &str) -> Value {
        let kinds = ["Patient", "Encounter"].into_iter().map(|kind| (kind, self.of(kind, query).len()));
        let extra = usize::from(self.is(Fault::MiscountsLines));
        let output = kinds.filter(|(_, count)| *count > 0).map(|(kind, count)| {
            json!({"type": kind, "url": format!("{}/files/{number}/{kind}", self.url), "count": count + extra})
        });
        let mut manifest = json!({
            "transactionTime": "2031-03-06T06:00:00Z",
            "request": format!("{}/fhir/Patient/$export?{query}", self.url),
            "requiresAccessToken": true,
            "output": output.collect::<Vec<_>>(),
            "error": [{
                "type": if self.is(Fault::ListsOtherTypes) { "Patient" } else { "OperationOutcome" },
                "url": format!("{}/files/{number}/messages", self.url),
                "count": 1 + usize::from(self.is(Fault::MiscountsMessages)),
            }],
        });
        if self.is(Fault::ForgetsTime) {
            manifest["transactionTime"] = json!("today");
        }
        manifest
    }

    /// What a query exports of a type.
    fn of(&self, kind: &str, query: &str) -> Vec<Value> {
        let mut all = resources();
        all.retain(|one| one["resourceType"] == kind);
        if query.starts_with("_type=Patient") && kind != "Patient" && !self.is(Fault::IgnoresType) {
            all.clear();
        }
        if let Some(since) = query.strip_prefix("_since=").filter(|_| !self.is(Fault::IgnoresSince)) {
            all.retain(|one| one["meta"]["lastUpdated"].as_str().expect("it was changed") >= &since[..19]);
        }
        all
    }

    fn file(&self, number: usize, kind: &str) -> Said {
        let query = self.jobs.lock().expect("no thread panicked")[&number].0.clone();
        if kind == "messages" {
            return self.messages();
        }
        if kind == "Encounter" && query.is_empty() && self.is(Fault::LosesAFile) {
            return Said::new(500, outcome("exception").to_string());
        }
        let mut lines = self.of(kind, &query);
        if self.is(Fault::MixesTypes) && query.is_empty() {
            lines[0]["resourceType"] = json!("Group");
        }
        let mut text: String = lines.iter().map(|one| format!("{one}\n")).collect();
        if self.is(Fault::BrokenLines) && query.is_empty() {
            text.truncate(text.len() - 5);
        }
        Said::new(200, text).with("Content-Type", "application/fhir+ndjson")
    }
}

impl House {
    /// What it has to say of an export.
    fn messages(&self) -> Said {
        if self.is(Fault::LosesItsMessages) {
            return Said::new(404, outcome("not-found").to_string());
        }
        let severity = if self.is(Fault::SaysThatSomeFailed) { "error" } else { "information" };
        let issue = json!({"severity": severity, "code": "processing", "diagnostics": "one record"});
        let line = json!({"resourceType": "OperationOutcome", "issue": [issue]});
        Said::new(200, format!("{line}\n")).with("Content-Type", "application/fhir+ndjson")
    }
}

fn outcome(code: &str) -> Value {
    json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": code}]})
}
