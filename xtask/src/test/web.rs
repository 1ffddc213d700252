//! The browser code: its packages and its types.

use std::fs;
use std::path::Path;

use crate::repository;
use crate::test::call::{Call, is_installed, last_line};
use crate::test::step::{Place, Report};

/// TypeScript's own check of everything under `web/`.
pub(crate) fn types(place: &Place) -> anyhow::Result<Report> {
    script(place, "check")
}

/// The islands' own tests, outside a browser.
pub(crate) fn islands(place: &Place) -> anyhow::Result<Report> {
    script(place, "test")
}

fn script(place: &Place, name: &str) -> anyhow::Result<Report> {
    match packages(place, "web")? {
        Some(reason) => Ok(Report::skipped(reason)),
        None => Call::new("npm", ["run", "--silent", name]).within("web").report(place),
    }
}

/// Installs the packages of a folder when its lock file is newer than what is there; the reason when it cannot.
pub(crate) fn packages(place: &Place, folder: &str) -> anyhow::Result<Option<String>> {
    if !is_installed("npm") {
        return Ok(Some("npm is not installed".to_owned()));
    }
    if are_current(&repository::root().join(folder)) {
        return Ok(None);
    }
    let installed = Call::new("npm", ["ci", "--no-audit", "--no-fund"]).within(folder).run(place)?;
    let reason =
        || format!("npm could not install {folder}/package-lock.json: {}", last_line(&installed.output));
    Ok((!installed.succeeded).then(reason))
}

fn are_current(folder: &Path) -> bool {
    let written = |name: &str| fs::metadata(folder.join(name)).and_then(|file| file.modified()).ok();
    matches!((written("package-lock.json"), written("node_modules/.package-lock.json")), (Some(lock), Some(installed)) if installed >= lock)
}
