//! A real browser walks through the real program.

use std::path::PathBuf;
use std::process::Command;

use crate::test::call::{Call, is_installed, last_line};
use crate::test::step::{Place, Report};
use crate::test::web;

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// All labs at desktop and phone width, with an accessibility check of every page. No pictures are kept, and each width is
/// judged in one scheme of colours; started by hand, the walks do both in full.
pub(crate) fn walk(place: &Place) -> anyhow::Result<Report> {
    if let Some(reason) = web::packages(place, "web")? {
        return Ok(Report::skipped(reason));
    }
    if let Some(reason) = browser(place)? {
        return Ok(Report::skipped(reason));
    }
    let gallery = match gallery(place)? {
        Ok(folder) => folder,
        Err(ending) => return Ok(Report::failed(ending)),
    };
    Call::new("npm", ["run", "--silent", "e2e"])
        .within("web")
        .variable("PRACTICUM_BIN", place.binary())
        .variable("PRACTICUM_LOOK", "brief")
        .variable("PRACTICUM_GALLERY", gallery)
        .minutes_max(40)
        .report(place)
}

/// Writes the gallery of components into a folder of this run. It is built beside the whole workspace, whose libraries are there already:
/// built for one package, they would all be made again with that package's features.
fn gallery(place: &Place) -> anyhow::Result<Result<PathBuf, String>> {
    let folder = place.scratch.join("gallery");
    let program = place.target.join("debug").join("examples").join("gallery");
    let built = Call::new("cargo", ["build", "--workspace", "--example", "gallery"]).run(place)?;
    if !built.succeeded {
        return Ok(Err(built.ending));
    }
    let written = Call::new(program, [&folder]).run(place)?;
    Ok(if written.succeeded { Ok(folder) } else { Err(written.ending) })
}

/// Installs Chromium where it is missing and that is ours to do: as root, on a system with apt. Why there is none, if there is none.
fn browser(place: &Place) -> anyhow::Result<Option<String>> {
    if is_any_installed() {
        return Ok(None);
    }
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !is_root || !is_installed("apt-get") {
        let reason =
            "no Chromium or Chrome is installed, and only root on a system with apt can install one here";
        return Ok(Some(reason.to_owned()));
    }
    Call::new("apt-get", ["update", "--quiet"]).run(place)?;
    let call = Call::new("apt-get", ["install", "--quiet", "--yes", "--no-install-recommends", "chromium"])
        .variable("DEBIAN_FRONTEND", "noninteractive")
        .run(place)?;
    let missing = || format!("apt could not install chromium: {}", last_line(&call.output));
    Ok((!is_any_installed()).then(missing))
}

fn is_any_installed() -> bool {
    BROWSERS.iter().any(|name| is_installed(name))
}
