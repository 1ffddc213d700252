use anyhow::{Context, bail};
use platform::content::{Checked, Problem, check, files};
use platform::workshops::{Case, CaseReport, check_cases, verify_cases};
use serde_json::json;

use super::Terminal;
use super::table::Table;
use super::verify::{data_folder, open};
use crate::cli::WorkshopCommand;
use crate::config::Config;
use crate::progress::Progress;

/// `practicum workshop`.
pub(super) fn run(
    config: &Config,
    command: WorkshopCommand,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let (cases, problems) = check_cases(&files(config.content.as_deref())?);
    match command {
        WorkshopCommand::List { json } => list(&cases, json, terminal),
        WorkshopCommand::Verify { ids, json } => verify(config, &cases, &problems, &ids, json, terminal),
    }
}

fn list(cases: &[Case], json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let headings = &["ID", "LEVEL", "MIN", "ROLES", "TITLE"];
    let mut table = Table::new(headings, "There are no cases.");
    let mut listed = Vec::new();
    for case in cases {
        let roles: Vec<&str> = case.roles.iter().map(|role| role.id.as_str()).collect();
        table = table.row([
            case.id.clone(),
            case.level.clone(),
            case.minutes().to_string(),
            roles.join(" "),
            case.title.clone(),
        ]);
        let teams: Vec<&str> = case.teams.iter().map(|team| team.id.as_str()).collect();
        listed.push(json!({
            "id": case.id,
            "title": case.title,
            "level": case.level,
            "minutes": case.minutes(),
            "roles": roles,
            "teams": teams,
        }));
    }
    terminal.list(json, &json!({"workshops": listed}), &table)
}

fn verify(
    config: &Config,
    cases: &[Case],
    problems: &[Problem],
    ids: &[String],
    json: bool,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let named = |id: &String| {
        let found = cases.iter().find(|case| case.id == *id);
        found.with_context(|| format!("there is no case \"{id}\"; `practicum workshop list` shows all"))
    };
    let wanted: Vec<&Case> = match ids {
        [] => cases.iter().collect(),
        ids => ids.iter().map(named).collect::<anyhow::Result<_>>()?,
    };
    let Checked { value: catalogue, .. } = check(config.content.as_deref())?;
    let folder = data_folder(config)?;
    let platform = open(folder.path(), catalogue)?;
    let reports = {
        let _shown = Progress::unmeasured("Proving workshops");
        verify_cases(&platform, &wanted)?
    };
    let shown = json!({"workshops": reports, "problems": problems});
    terminal.show(json, &shown, || describe(&reports, problems))?;
    let failing = reports.iter().filter(|report| !report.findings.is_empty()).count();
    match (failing, problems.len()) {
        (0, 0) => Ok(()),
        (0, count) => bail!("{count} problems in the cases"),
        (failing, _) => bail!("{failing} of {} cases do not hold", reports.len()),
    }
}

fn describe(reports: &[CaseReport], problems: &[Problem]) -> String {
    let mut text = String::new();
    for report in reports {
        let verdict = if report.findings.is_empty() { "holds" } else { "DOES NOT HOLD" };
        text.push_str(&format!("{}: {verdict}\n", report.id));
        for team in &report.teams {
            let figures: Vec<String> =
                team.figures.iter().map(|(name, value)| format!("{name} {value:.0}")).collect();
            text.push_str(&format!("  {}: {}\n", team.id, figures.join(", ")));
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
