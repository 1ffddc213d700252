//! The browser code: its packages and its types.

use std::fs;
use std::path::Path;

use serde_json::Value;

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

/// Installs the packages of a folder when its lock file is newer than what is there, or when a package is missing, as
/// those of the tests are after the program's own build; the reason when it cannot.
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
    let is_newer = matches!((written("package-lock.json"), written("node_modules/.package-lock.json")), (Some(lock), Some(installed)) if installed >= lock);
    is_newer && are_all_there(folder)
}

/// Whether every package that `package.json` names is installed.
fn are_all_there(folder: &Path) -> bool {
    let Ok(text) = fs::read_to_string(folder.join("package.json")) else { return false };
    let Ok(package) = serde_json::from_str::<Value>(&text) else { return false };
    let named = ["dependencies", "devDependencies"].into_iter().filter_map(|list| package[list].as_object());
    named.flat_map(|list| list.keys()).all(|name| folder.join("node_modules").join(name).is_dir())
}

#[cfg(test)]
mod tests {
    use super::are_all_there;

    #[test]
    fn packages_of_the_tests_are_missing_after_the_programs_own_build() {
        let folder = tempfile::tempdir().unwrap();
        let package = r#"{"dependencies": {"shown": "1"}, "devDependencies": {"@of/tests": "1"}}"#;
        std::fs::write(folder.path().join("package.json"), package).unwrap();
        std::fs::create_dir_all(folder.path().join("node_modules/shown")).unwrap();
        assert!(!are_all_there(folder.path()));
        std::fs::create_dir_all(folder.path().join("node_modules/@of/tests")).unwrap();
        assert!(are_all_there(folder.path()));
    }
}
