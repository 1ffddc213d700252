use serde_json::json;

use super::Terminal;
use super::table::Table;
use crate::Surroundings;
use crate::cli::ImageCommand;
use crate::config::Config;
use crate::open::open;

/// `practicum image`.
pub(super) fn run(
    config: &Config,
    command: &ImageCommand,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let ImageCommand::List { json } = command;
    let images = open(config, Surroundings::system())?.images().list()?;
    let empty = "There is no image yet; the first `practicum serve` builds one.";
    let mut table = Table::new(&["NAME", "RESOURCES", "MIB", "TITLE"], empty);
    for image in &images {
        let (resources, mib) = (image.resources.to_string(), (image.size_bytes >> 20).to_string());
        table = table.row([image.name.clone(), resources, mib, image.title.clone()]);
    }
    terminal.list(*json, &json!({"images": images}), &table)
}
