use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::repository;
use crate::test::counts::Counts;
use crate::test::plan::PLAN;
use crate::test::step::{Outcome, Place, Report, Step};

/// Lines of a failed step's output shown at once; the rest is in its log.
const SHOWN: usize = 60;

/// A step that has run.
struct Done {
    step: &'static Step,
    report: Report,
    time: Duration,
}

/// Prints the steps.
pub(crate) fn list() -> anyhow::Result<bool> {
    for step in PLAN {
        println!("{:10} {}", step.name, step.title);
    }
    Ok(true)
}

/// Runs the steps named, or all; true when none failed.
pub(crate) fn run(names: &[&str]) -> anyhow::Result<bool> {
    let steps = chosen(names)?;
    let metadata = repository::cargo_metadata()?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    let folder = std::path::Path::new(target).join("xtask");
    let scratch = folder.join("scratch");
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&scratch).with_context(|| format!("cannot create {}", scratch.display()))?;
    let mut done: Vec<Done> = Vec::new();
    for step in steps {
        let log = folder.join(format!("{}.log", step.name));
        fs::write(&log, "")?;
        println!("== {} ({})", step.title, step.name);
        let place = Place { target: target.into(), log, scratch: scratch.clone() };
        done.push(run_step(step, &place, &done));
    }
    Ok(summary(&done))
}

/// The steps named and those they need, in the plan's order; every step when none is named.
pub(crate) fn chosen(names: &[&str]) -> anyhow::Result<Vec<&'static Step>> {
    for name in names.iter().filter(|name| **name != "--only") {
        if !PLAN.iter().any(|step| step.name == *name) {
            bail!("no step is called `{name}`; `cargo xtask test --list` prints them");
        }
    }
    let named = |step: &Step| names.is_empty() || names.contains(&step.name);
    let needed = |name: &str| PLAN.iter().any(|step| named(step) && step.needs.contains(&name));
    Ok(PLAN.iter().filter(|step| named(step) || needed(step.name)).collect())
}

fn run_step(step: &'static Step, place: &Place, before: &[Done]) -> Done {
    let start = Instant::now();
    let missing = before
        .iter()
        .find(|done| step.needs.contains(&done.step.name) && done.report.outcome != Outcome::Passed);
    let report = match missing {
        Some(done) => Report::skipped(format!("`{}` did not pass", done.step.name)),
        None => (step.run)(place).unwrap_or_else(|error| Report::failed(format!("{error:#}"))),
    };
    let time = start.elapsed();
    println!("   {} in {}", told(&report), seconds(time));
    if matches!(report.outcome, Outcome::Failed(_)) {
        print_tail(place);
    }
    Done { step, report, time }
}

fn print_tail(place: &Place) {
    let text = fs::read(&place.log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines[lines.len().saturating_sub(SHOWN)..] {
        println!("   | {line}");
    }
    println!("   the whole output: {}", place.log.display());
}

fn summary(done: &[Done]) -> bool {
    println!("\n{:36} {:>8} {:>8} {:>8} {:>8}  outcome", "step", "time", "passed", "failed", "skipped");
    let mut sum = Counts::default();
    for Done { step, report, time } in done {
        let Counts { passed, failed, skipped } = report.counts;
        println!(
            "{:36} {:>8} {passed:>8} {failed:>8} {skipped:>8}  {}",
            step.title,
            seconds(*time),
            told(report)
        );
        for name in report.failed.iter().take(SHOWN) {
            println!("{:36} failed: {name}", "");
        }
        for reason in &report.skipped {
            println!("{:36} skipped: {reason}", "");
        }
        sum += report.counts;
    }
    let whole: Duration = done.iter().map(|done| done.time).sum();
    println!("{:36} {:>8}", "", seconds(whole));
    for (place, suite) in done.iter().flat_map(|done| &done.report.suites).enumerate() {
        println!("{}{suite}", if place == 0 { "\nPublic suites:\n" } else { "" });
    }
    println!("\n{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.skipped);
    sum.failed == 0
}

fn told(report: &Report) -> String {
    match &report.outcome {
        Outcome::Passed => "passed".to_owned(),
        Outcome::Failed(why) => format!("FAILED: {why}"),
        Outcome::Skipped(why) => format!("skipped: {why}"),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
