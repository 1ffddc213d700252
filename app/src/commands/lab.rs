use anyhow::Context;
use platform::content::{Catalogue, load, new_lab};
use platform::labs::Speed;
use serde_json::json;

use super::Terminal;
use super::table::Table;
use super::verify::verify;
use crate::cli::LabCommand;
use crate::config::Config;

/// `practicum lab`.
pub(super) fn run(config: &Config, command: LabCommand, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    match command {
        LabCommand::List { json } => list(&load(config.content.as_deref())?, json, terminal),
        LabCommand::Show { id, json } => show(&load(config.content.as_deref())?, &id, json, terminal),
        LabCommand::New { id, into, json } => {
            let folder = new_lab(&id, &into)?;
            let text = || format!("The lab {id} is in {}; now make it yours.", folder.display());
            terminal.show(json, &json!({"lab": id, "folder": folder}), text)
        }
        LabCommand::Verify { ids, untimed, json } => {
            let speed = if untimed { Speed::Untimed } else { Speed::Timed };
            verify(config, &ids, speed, json, terminal)
        }
    }
}

fn list(catalogue: &Catalogue, json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let mut table = Table::new(&["ID", "LEVEL", "MIN", "TRACKS", "VARIANTS", "TITLE"], "There are no labs.");
    let mut labs = Vec::new();
    for lab in &catalogue.labs {
        let tracks = catalogue.tracks_of(&lab.id);
        let variants: Vec<&str> = lab.variants.iter().map(|variant| variant.id.as_str()).collect();
        table = table.row([
            lab.id.clone(),
            lab.level.word().to_owned(),
            lab.minutes.to_string(),
            tracks.join(" "),
            variants.len().to_string(),
            lab.title.clone(),
        ]);
        labs.push(json!({
            "id": lab.id,
            "title": lab.title,
            "tracks": tracks,
            "level": lab.level.word(),
            "minutes": lab.minutes,
            "variants": variants,
        }));
    }
    terminal.list(json, &json!({"labs": labs}), &table)
}

fn show(catalogue: &Catalogue, id: &str, json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let lab = catalogue
        .lab(id)
        .with_context(|| format!("there is no lab \"{id}\"; `practicum lab list` shows all"))?;
    let (mut text, mut variants) = (String::new(), Vec::new());
    for variant in &lab.variants {
        text.push_str(&format!("\nVariant {}: {}\n", variant.id, variant.title));
        let mut steps = Vec::new();
        for step in &variant.steps {
            text.push_str(&format!("  {}\n", step.title));
            let mut checks = Vec::new();
            for check in &step.checks {
                text.push_str(&format!("    {}: {}\n", check.id, check.title));
                checks.push(json!({"id": check.id, "title": check.title}));
            }
            steps.push(json!({"id": step.id, "title": step.title, "checks": checks}));
        }
        variants.push(json!({"id": variant.id, "title": variant.title, "steps": steps}));
    }
    let (level, minutes) = (lab.level.word(), lab.minutes);
    let shown = json!({
        "id": lab.id,
        "version": lab.version,
        "title": lab.title,
        "summary": lab.summary,
        "level": level,
        "minutes": minutes,
        "image": lab.image,
        "competencies": lab.competencies,
        "variants": variants,
    });
    terminal.show(json, &json!({"lab": shown}), || {
        format!(
            "{} {}: {}\n{level}, {minutes} minutes. {}\n{text}",
            lab.id, lab.version, lab.title, lab.summary
        )
    })
}
