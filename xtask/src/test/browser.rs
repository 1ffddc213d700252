//! A real browser walks through the real program.

use std::process::Command;

use crate::test::call::{Call, is_installed, last_line};
use crate::test::step::{Place, Report};
use crate::test::web;

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// All labs at desktop and phone width, with an accessibility check of every page.
pub(crate) fn walk(place: &Place) -> anyhow::Result<Report> {
    if let Some(reason) = web::packages(place, "web")? {
        return Ok(Report::skipped(reason));
    }
    let browser = match installed().map_or_else(|| install(place), |browser| Ok(Ok(browser)))? {
        Ok(browser) => browser,
        Err(reason) => return Ok(Report::skipped(reason)),
    };
    Call::new("npm", ["run", "--silent", "e2e"])
        .within("web")
        .variable("PRACTICUM", place.binary())
        .variable("CHROMIUM", browser)
        .minutes_max(40)
        .report(place)
}

fn installed() -> Option<&'static str> {
    BROWSERS.iter().copied().find(|name| is_installed(name))
}

/// Installs Chromium where that is ours to do: as root, on a system with apt.
fn install(place: &Place) -> anyhow::Result<Result<&'static str, String>> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !is_root || !is_installed("apt-get") {
        return Ok(Err(
            "no Chromium or Chrome is installed, and only root on a system with apt can install one here"
                .to_owned(),
        ));
    }
    Call::new("apt-get", ["update", "--quiet"]).run(place)?;
    let call = Call::new("apt-get", ["install", "--quiet", "--yes", "--no-install-recommends", "chromium"])
        .variable("DEBIAN_FRONTEND", "noninteractive")
        .run(place)?;
    Ok(installed().ok_or_else(|| format!("apt could not install chromium: {}", last_line(&call.output))))
}
