use platform::content::{Checked, Problem, check, files};
use platform::drills::{Scenario, ScenarioReport, ScriptReport, check_scenarios, verify_scenarios};
use serde_json::json;

use super::Terminal;
use super::proof::{Proven, chosen, described, settled};
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
    let missing = |id: &str| format!("there is no scenario \"{id}\"; `practicum scenario list` shows all");
    let wanted = chosen(scenarios, ids, |scenario| scenario.id.as_str(), missing)?;
    let Checked { value: catalogue, .. } = check(config.content.as_deref())?;
    let folder = data_folder(config)?;
    let platform = open(folder.path(), catalogue)?;
    let reports = {
        let _shown = Progress::unmeasured("Proving scenarios");
        verify_scenarios(&platform, &wanted)?
    };
    let proven: Vec<Proven<'_>> = reports.iter().map(proven).collect();
    let shown = json!({"scenarios": reports, "problems": problems});
    terminal.show(json, &shown, || described(&proven, problems))?;
    settled("scenarios", &proven, problems)
}

fn proven(report: &ScenarioReport) -> Proven<'_> {
    let line = |script: &ScriptReport| {
        let passed = if script.passed { "passes" } else { "does not pass" };
        format!("{}: {} of 100 points, harm {}, {passed}", script.id, script.points, script.care)
    };
    Proven { id: &report.id, lines: report.scripts.iter().map(line).collect(), findings: &report.findings }
}
