use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use kits::model::{Kit, Node, Outcome, Record};
use kits::report::{coverage, page, test_report};
use kits::run::Run;
use kits::wire::Limits;
use serde_json::{Value, json};

use super::Terminal;
use super::kit_calls::Calls;
use super::table::Table;
use crate::Surroundings;
use crate::cli::{TestkitCommand, TestkitRun};
use crate::progress::Progress;

/// A run that did not pass.
#[derive(Debug)]
pub struct Unpassed(Option<Outcome>);

impl Unpassed {
    /// Whether the server is wrong; else it could not be judged.
    pub fn is_failure(&self) -> bool {
        self.0 == Some(Outcome::Fail)
    }
}

impl fmt::Display for Unpassed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(Outcome::Fail) => formatter.write_str("the server does not pass"),
            _ => formatter
                .write_str("the server could not be judged as a whole; the results say what was lacking"),
        }
    }
}

impl std::error::Error for Unpassed {}

/// `practicum testkit`.
pub(super) fn run(command: TestkitCommand, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    match command {
        TestkitCommand::List { json } => list(json, terminal),
        TestkitCommand::Sample { kit } => {
            let sample = find(&kit)?.sample;
            terminal.say(sample.with_context(|| format!("the kit \"{kit}\" needs no sample"))?.trim_end())
        }
        TestkitCommand::Run(asked) => go(&asked, terminal),
    }
}

fn list(json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let mut table = Table::new(&["ID", "TESTS", "STANDARD", "INPUTS"], "There are no kits.");
    let mut all = Vec::new();
    for kit in kits::kits() {
        let inputs: Vec<&str> = kit.inputs.iter().map(|input| input.name).collect();
        let tests = kit.tests().len();
        table = table.row([kit.id.to_owned(), tests.to_string(), kit.standard.to_owned(), inputs.join(" ")]);
        all.push(described(kit));
    }
    terminal.list(json, &json!({"kits": all}), &table)
}

fn described(kit: &Kit) -> Value {
    let inputs = kit.inputs.iter().map(|input| {
        json!({
            "name": input.name,
            "title": input.title,
            "about": input.about,
            "default": input.default,
            "optional": input.optional,
            "secret": input.secret,
        })
    });
    let presets = kit.presets.iter().map(|preset| json!({"id": preset.id, "title": preset.title}));
    json!({
        "id": kit.id,
        "title": kit.title,
        "about": kit.about,
        "standard": kit.standard,
        "tests": kit.tests().len(),
        "prerequisites": kit.prerequisites,
        "inputs": inputs.collect::<Vec<_>>(),
        "presets": presets.collect::<Vec<_>>(),
    })
}

fn go(asked: &TestkitRun, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let kit = find(&asked.kit)?;
    let clock = Surroundings::system().clock;
    let limits = Limits { exchange: Duration::from_secs(asked.patience.max(1)), ..Limits::default() };
    let calls = Calls::of(kit)?;
    let mut inputs = inputs(kit, asked)?;
    for (name, value) in calls.iter().map(Calls::inputs).collect::<anyhow::Result<Vec<_>>>()?.concat() {
        if kit.input(&name).is_some() {
            inputs.entry(name).or_insert(value);
        }
    }
    let run = match Run::new(kit, &inputs, limits, move || clock.now_us()) {
        Ok(run) => Arc::new(run),
        Err(problems) => {
            let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("{}", texts.join("\n"));
        }
    };
    if let Some(calls) = calls {
        calls.hand_to(&run)?;
    }
    let shown = Progress::new(kit.title);
    let last_said = RefCell::new(String::new());
    let record = run.go(kit, &|progress| {
        shown.set(progress.done as u64, progress.all as u64);
        if progress.outcome == Outcome::Wait && *last_said.borrow() != progress.message {
            shown.say(&progress.message);
            last_said.replace(progress.message.clone());
        }
    });
    drop(shown);
    if let Some(file) = &asked.out {
        write(kit, &record, file)?;
    }
    let whole = json!({"run": record, "outcome": record.outcome(), "requirements": coverage(kit, &record)});
    terminal.show(asked.json, &whole, || told(&record))?;
    match record.outcome() {
        Some(Outcome::Pass | Outcome::Omit) => Ok(()),
        other => Err(Unpassed(other).into()),
    }
}

fn find(id: &str) -> anyhow::Result<&'static Kit> {
    kits::kit(id).with_context(|| format!("there is no kit \"{id}\"; `practicum testkit list` shows all"))
}

/// What a run is told: the preset, then what was given.
fn inputs(kit: &Kit, asked: &TestkitRun) -> anyhow::Result<BTreeMap<String, String>> {
    let mut inputs = BTreeMap::new();
    if let Some(id) = &asked.preset {
        let known: Vec<&str> = kit.presets.iter().map(|preset| preset.id).collect();
        let preset = kit.presets.iter().find(|preset| preset.id == id);
        let preset = preset
            .with_context(|| format!("there is no preset \"{id}\"; this kit has {}", known.join(", ")))?;
        inputs.extend(preset.values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    }
    inputs.extend(asked.url.iter().map(|url| ("url".to_owned(), url.clone())));
    inputs.extend(asked.inputs.iter().cloned());
    Ok(inputs)
}

fn write(kit: &Kit, record: &Record, file: &Path) -> anyhow::Result<()> {
    let name = file.to_string_lossy();
    let text = if name.ends_with(".html") {
        page(kit, record)
    } else if name.ends_with(".fhir.json") {
        serde_json::to_string_pretty(&test_report(record))?
    } else {
        serde_json::to_string_pretty(record)?
    };
    std::fs::write(file, text).with_context(|| format!("the report could not be written to {name}"))
}

/// A run as text: every group that was looked at, and what did not pass.
fn told(record: &Record) -> String {
    let mut text = String::new();
    for group in &record.groups {
        let tests = group.tests();
        if tests.iter().all(|test| test.outcome == Some(Outcome::Omit)) {
            continue;
        }
        let passed = tests.iter().filter(|test| test.outcome == Some(Outcome::Pass)).count();
        text.push_str(&format!("{:8} {} ({passed} of {} passed)\n", word(group), group.title, tests.len()));
        let others = tests.iter().filter(|test| !matches!(test.outcome, Some(Outcome::Pass | Outcome::Omit)));
        // Where the first was skipped, so were the others, for the same reason.
        let most = if tests.first().is_some_and(|test| test.outcome == Some(Outcome::Skip)) {
            1
        } else {
            tests.len()
        };
        for test in others.take(most) {
            let optional = if test.optional { ", optional" } else { "" };
            text.push_str(&format!("  {:6} {}{optional}: {}\n", word(test), test.title, test.message));
            for note in &test.notes {
                text.push_str(&format!("           {}\n", note.text));
            }
        }
    }
    let counts: Vec<String> =
        record.counts().iter().map(|(outcome, count)| format!("{count} {}", outcome.word())).collect();
    let verdict = record.outcome().map_or("open", Outcome::word);
    text.push_str(&format!("{}: {verdict} ({})\n", record.title, counts.join(", ")));
    text
}

fn word(node: &Node) -> &'static str {
    node.outcome.map_or("open", Outcome::word)
}
