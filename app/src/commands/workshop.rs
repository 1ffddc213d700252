use platform::content::{Checked, Problem, check, files};
use platform::workshops::{Case, CaseReport, TeamReport, check_cases, verify_cases};
use serde_json::json;

use super::Terminal;
use super::proof::{Proven, chosen, described, settled};
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
    let missing = |id: &str| format!("there is no case \"{id}\"; `practicum workshop list` shows all");
    let wanted = chosen(cases, ids, |case| case.id.as_str(), missing)?;
    let Checked { value: catalogue, .. } = check(config.content.as_deref())?;
    let folder = data_folder(config)?;
    let platform = open(folder.path(), catalogue)?;
    let reports = {
        let _shown = Progress::unmeasured("Proving workshops");
        verify_cases(&platform, &wanted)?
    };
    let proven: Vec<Proven<'_>> = reports.iter().map(proven).collect();
    let shown = json!({"workshops": reports, "problems": problems});
    terminal.show(json, &shown, || described(&proven, problems))?;
    settled("cases", &proven, problems)
}

fn proven(report: &CaseReport) -> Proven<'_> {
    let line = |team: &TeamReport| {
        let figures = team.figures.iter().map(|(name, value)| format!("{name} {value:.0}"));
        format!("{}: {}", team.id, figures.collect::<Vec<_>>().join(", "))
    };
    Proven { id: &report.id, lines: report.teams.iter().map(line).collect(), findings: &report.findings }
}
