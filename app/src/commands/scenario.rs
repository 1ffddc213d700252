use anyhow::{Context, bail};
use platform::content::{Checked, Problem, check, files};
use platform::drills::{Scenario, ScenarioReport, check_scenarios, verify_scenarios};
use serde_json::json;

use super::Terminal;
use super::table::Table;
use super::verify::{data_folder, open};
use crate::cli::ScenarioCommand;
use crate::config::Config;
use crate::progress::Progress;

/// `practicum scenario`.
pub(super) fn run(
    config: &Config,
    command: ScenarioCommand,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let (scenarios, problems) = check_scenarios(&files(config.content.as_deref())?);
    match command {
        ScenarioCommand::List { json } => list(&scenarios, json, terminal),
        ScenarioCommand::Verify { ids, json } => verify(config, &scenarios, &problems, &ids, json, terminal),
    }
}

fn list(scenarios: &[Scenario], json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let headings = &["ID", "LEVEL", "MIN", "ROLES", "TITLE"];
    let mut table = Table::new(headings, "There are no scenarios.");
    let mut listed = Vec::new();
    for scenario in scenarios {
        let roles: Vec<&str> = scenario.roles.iter().map(|role| role.id.as_str()).collect();
        table = table.row([
            scenario.id.clone(),
            scenario.level.clone(),
            scenario.minutes.to_string(),
            roles.join(" "),
            scenario.title.clone(),
        ]);
        let scripts: Vec<&str> = scenario.scripts.iter().map(|script| script.id.as_str()).collect();
        listed.push(json!({
            "id": scenario.id,
            "title": scenario.title,
            "level": scenario.level,
            "minutes": scenario.minutes,
            "roles": roles,
            "scripts": scripts,
        }));
    }
    terminal.list(json, &json!({"scenarios": listed}), &table)
}

fn verify(
    config: &Config,
    scenarios: &[Scenario],
    problems: &[Problem],
    ids: &[String],
    json: bool,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let named = |id: &String| {
        let found = scenarios.iter().find(|scenario| scenario.id == *id);
        found.with_context(|| format!("there is no scenario \"{id}\"; `practicum scenario list` shows all"))
    };
    let wanted: Vec<&Scenario> = match ids {
        [] => scenarios.iter().collect(),
        ids => ids.iter().map(named).collect::<anyhow::Result<_>>()?,
    };
    let Checked { value: catalogue, .. } = check(config.content.as_deref())?;
    let folder = data_folder(config)?;
    let platform = open(folder.path(), catalogue)?;
    let reports = {
        let _shown = Progress::unmeasured("Proving scenarios");
        verify_scenarios(&platform, &wanted)?
    };
    let shown = json!({"scenarios": reports, "problems": problems});
    terminal.show(json, &shown, || describe(&reports, problems))?;
    let failing = reports.iter().filter(|report| !report.findings.is_empty()).count();
    match (failing, problems.len()) {
        (0, 0) => Ok(()),
        (0, count) => bail!("{count} problems in the scenarios"),
        (failing, _) => bail!("{failing} of {} scenarios do not hold", reports.len()),
    }
}

fn describe(reports: &[ScenarioReport], problems: &[Problem]) -> String {
    let mut text = String::new();
    for report in reports {
        let verdict = if report.findings.is_empty() { "holds" } else { "DOES NOT HOLD" };
        text.push_str(&format!("{}: {verdict}\n", report.id));
        for script in &report.scripts {
            let passed = if script.passed { "passes" } else { "does not pass" };
            let (id, points, care) = (&script.id, script.points, script.care);
            text.push_str(&format!("  {id}: {points} of 100 points, harm {care}, {passed}\n"));
        }
        for finding in &report.findings {
            text.push_str(&format!("  must not be: {finding}\n"));
        }
    }
    for problem in problems {
        text.push_str(&format!("{problem}\n"));
    }
    text
}
