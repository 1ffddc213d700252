use std::fs;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::repository;

/// Builds the release program and runs the benches named, or all; true when every one ran to its end.
///
/// A bench is a script `benches/NAME.mjs` that can also be run alone: `node benches/NAME.mjs PATH_OF_PRACTICUM`.
pub(crate) fn run(names: &[&str]) -> anyhow::Result<bool> {
    let known = known()?;
    if let Some(name) = names.iter().find(|name| !known.iter().any(|known| known == *name)) {
        bail!("no bench is called `{name}`; there are {}", known.join(", "));
    }
    let built = Command::new("cargo")
        .args(["build", "--release", "--package", "practicum"])
        .current_dir(repository::root())
        .status()?;
    if !built.success() {
        bail!("the release build failed");
    }
    let metadata = repository::cargo_metadata()?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    let mut all_ran = true;
    for name in known.iter().filter(|name| names.is_empty() || names.contains(&name.as_str())) {
        println!("\n== {name}");
        let script = format!("benches/{name}.mjs");
        let binary = format!("{target}/release/practicum");
        all_ran &=
            Command::new("node").args([script, binary]).current_dir(repository::root()).status()?.success();
    }
    Ok(all_ran)
}

/// The scripts of `benches/`, without those in its `shared` folder, sorted.
fn known() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(repository::root().join("benches")).context("cannot read benches/")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".mjs").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}
