use std::path::{Path, absolute};

use anyhow::{Context, bail};
use platform::backup::{Backup, holds_data, restore as put_back};
use serde_json::json;

use super::Terminal;
use crate::Surroundings;
use crate::config::Config;
use crate::data_lock::DataLock;
use crate::open::open;
use crate::progress::Progress;

/// `practicum backup`: a running server does it itself, else this process does.
pub(super) fn backup(
    config: &Config,
    to: &Path,
    json: bool,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let to = absolute(to).with_context(|| format!("{} is no path", to.display()))?;
    if !holds_data(&config.data) {
        bail!("the data folder {} holds nothing to back up", config.data.display());
    }
    let bar = Progress::new("Copying sandboxes");
    let made = match DataLock::take(&config.data) {
        Ok(_lock) => {
            let platform = open(config, Surroundings::system())?;
            platform.backup_to(&to, &|done, total| bar.set(done, total))?
        }
        Err(taken) => ask_server(&config.data, &to, &bar, taken)?,
    };
    drop(bar);
    let text = || format!("{} are in {}", contents(&made), to.display());
    terminal.show(json, &json!({"backup": made, "folder": to}), text)
}

/// `practicum restore`.
pub(super) fn restore(
    config: &Config,
    from: &Path,
    replace: bool,
    json: bool,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let data = &config.data;
    let _lock = DataLock::take(data)?;
    if holds_data(data) && !replace {
        bail!(
            "the data folder {} is in use; choose an empty one, or add --replace to lose what it holds",
            data.display()
        );
    }
    let put = put_back(from, data)?;
    let text = || format!("{} are back in {}", contents(&put), data.display());
    terminal.show(json, &json!({"backup": put, "folder": data}), text)
}

fn contents(backup: &Backup) -> String {
    let (images, sandboxes, mib) = (backup.images, backup.sandboxes, backup.size_bytes >> 20);
    format!("The records, {images} images and {sandboxes} sandboxes ({mib} MiB)")
}

#[cfg(unix)]
fn ask_server(data: &Path, to: &Path, bar: &Progress, _taken: anyhow::Error) -> anyhow::Result<Backup> {
    Ok(servers::control::backup(data, to, |done, total| bar.set(done, total))?)
}

#[cfg(not(unix))]
fn ask_server(_data: &Path, _to: &Path, _bar: &Progress, taken: anyhow::Error) -> anyhow::Result<Backup> {
    Err(taken)
}
