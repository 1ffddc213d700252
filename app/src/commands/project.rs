use std::sync::Arc;

use platform::content::{Checked, Problem, check, files};
use platform::projects::{ProjectReport, Shelved, TeamReport, check_projects, verify_projects};
use serde_json::json;
use servers::{App, InHouse};
use tokio::runtime::Runtime;

use super::Terminal;
use super::proof::{Proven, chosen, described, settled};
use super::table::Table;
use super::verify::{data_folder, open};
use crate::cli::ProjectCommand;
use crate::config::Config;
use crate::progress::Progress;

/// `practicum project`.
pub(super) fn run(
    config: &Config,
    command: ProjectCommand,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let (projects, problems) = check_projects(&files(config.content.as_deref())?);
    match command {
        ProjectCommand::List { json } => list(&projects, json, terminal),
        ProjectCommand::Verify { ids, json } => verify(config, &projects, &problems, &ids, json, terminal),
    }
}

fn list(projects: &[Shelved], json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let headings = &["ID", "LEVEL", "WEEKS", "TEAM", "MILESTONES", "TITLE"];
    let mut table = Table::new(headings, "There are no projects.");
    let mut listed = Vec::new();
    for project in projects.iter().map(|shelved| &shelved.project) {
        let size = project.team;
        let milestones: Vec<&str> = project.milestones.iter().map(|one| one.id.as_str()).collect();
        table = table.row([
            project.id.clone(),
            project.level.clone(),
            project.weeks().to_string(),
            format!("{}-{}", size.least, size.most),
            milestones.join(" "),
            project.title.clone(),
        ]);
        let teams: Vec<&str> = project.teams.iter().map(|team| team.id.as_str()).collect();
        listed.push(json!({
            "id": project.id,
            "title": project.title,
            "level": project.level,
            "weeks": project.weeks(),
            "team": {"least": size.least, "most": size.most},
            "milestones": milestones,
            "teams": teams,
        }));
    }
    terminal.list(json, &json!({"projects": listed}), &table)
}

fn verify(
    config: &Config,
    projects: &[Shelved],
    problems: &[Problem],
    ids: &[String],
    json: bool,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let missing = |id: &str| format!("there is no project \"{id}\"; `practicum project list` shows all");
    let wanted = chosen(projects, ids, |shelved| shelved.project.id.as_str(), missing)?;
    let Checked { value: catalogue, .. } = check(config.content.as_deref())?;
    let folder = data_folder(config)?;
    let platform = Arc::new(open(folder.path(), catalogue)?);
    let runtime = Runtime::new()?;
    let hands = runtime.block_on(async { InHouse::new(App::new(Arc::clone(&platform), "http")) });
    let reports = {
        let _shown = Progress::unmeasured("Proving projects");
        verify_projects(&platform, &hands, &wanted)?
    };
    let proven: Vec<Proven<'_>> = reports.iter().map(proven).collect();
    let shown = json!({"projects": reports, "problems": problems});
    terminal.show(json, &shown, || described(&proven, problems))?;
    settled("projects", &proven, problems)
}

fn proven(report: &ProjectReport) -> Proven<'_> {
    let line = |team: &TeamReport| {
        let figures = team.figures.iter().map(|(name, value)| format!("{name} {value:.0}"));
        format!("{}: {}", team.id, figures.collect::<Vec<_>>().join(", "))
    };
    Proven { id: &report.id, lines: report.teams.iter().map(line).collect(), findings: &report.findings }
}
