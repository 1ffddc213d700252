use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use platform::clock::SystemClock;
use platform::content::{Catalogue, Checked, check};
use platform::images::Images;
use platform::labs::{LabReport, Report, Speed};
use platform::{Limits, Platform};
use servers::{App, InHouse};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::Terminal;
use crate::config::Config;
use crate::open::with_engine;
use crate::progress::Progress;
use crate::{Surroundings, image};

/// People in a register where nobody looks at the clock, so that the proof does not take the time of a hundred thousand.
const REGISTER_PEOPLE: u32 = 2_000;

/// `practicum lab verify`: proves labs in hospitals of their own, which are thrown away afterwards.
pub(super) fn verify(
    config: &Config,
    ids: &[String],
    speed: Speed,
    json: bool,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let report = prove(config, ids, speed)?;
    terminal.show(json, &report, || describe(&report))?;
    let failing = report.labs.iter().filter(|lab| !lab.findings.is_empty()).count();
    match (report.holds(), failing) {
        (true, _) => Ok(()),
        (false, 0) => bail!("{} problems in the content", report.others.len()),
        (false, _) => bail!("{failing} of {} labs do not hold", report.labs.len()),
    }
}

fn prove(config: &Config, ids: &[String], speed: Speed) -> anyhow::Result<Report> {
    let Checked { value: catalogue, problems } = check(config.content.as_deref())?;
    let folder = data_folder(config)?;
    let limits = match speed {
        Speed::Timed => Limits::default(),
        Speed::Untimed => Limits { register_people: REGISTER_PEOPLE, ..Limits::default() },
    };
    let platform = Arc::new(open_within(folder.path(), catalogue, limits)?);
    let runtime = Runtime::new()?;
    let hands = runtime.block_on(async { InHouse::new(App::new(Arc::clone(&platform), "http")) });
    let shown = Progress::new("Proving labs");
    let told = |done: usize, of: usize| shown.set(done as u64, of as u64);
    Ok(platform::labs::verify(&platform, &hands, &SystemClock, ids, &problems, speed, &told)?)
}

/// A platform for a proof, in a folder that is thrown away.
pub(super) fn open(folder: &Path, catalogue: Catalogue) -> anyhow::Result<Platform> {
    open_within(folder, catalogue, Limits::default())
}

fn open_within(folder: &Path, catalogue: Catalogue, limits: Limits) -> anyhow::Result<Platform> {
    let Surroundings { clock, entropy } = Surroundings::system();
    with_engine(Platform::open(folder, catalogue, limits, clock, entropy)?)
}

/// A data folder for a proof, with the images of the usual one. Images never change, so a link to them will do.
pub(super) fn data_folder(config: &Config) -> anyhow::Result<TempDir> {
    let usual = config.data.join("images");
    image::ensure(&Images::new(usual.clone()), config)?;
    let folder = tempfile::tempdir_in(&config.data).context("no folder for the proof could be made")?;
    let images = folder.path().join("images");
    fs::create_dir(&images)?;
    for file in fs::read_dir(&usual)? {
        let file = file?;
        link(&file.path(), &images.join(file.file_name()))?;
    }
    Ok(folder)
}

fn link(from: &Path, to: &Path) -> anyhow::Result<()> {
    let linked = fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()));
    linked.with_context(|| format!("{} could not be copied", from.display()))
}

fn describe(report: &Report) -> String {
    let mut text = String::new();
    for LabReport { id, variants, findings } in &report.labs {
        let verdict = if findings.is_empty() { "holds" } else { "DOES NOT HOLD" };
        text.push_str(&format!("{id} ({}): {verdict}\n", variants.join(", ")));
        for finding in findings {
            text.push_str(&format!("  {finding}\n    must hold: {}\n", finding.proof.says()));
        }
    }
    for problem in &report.others {
        text.push_str(&format!("{problem}\n"));
    }
    text
}
