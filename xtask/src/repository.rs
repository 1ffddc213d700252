//! Where the checkout is, which files belong to it, and how to call programs in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

/// The root of the checkout this tool was compiled from.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Every file git tracks or would track, relative to the root, sorted.
pub(crate) fn files() -> anyhow::Result<Vec<String>> {
    let listed = output("git", &["ls-files", "--cached", "--others", "--exclude-standard"])?;
    let mut files: Vec<String> =
        listed.lines().map(str::to_owned).filter(|file| root().join(file).is_file()).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// What `cargo metadata` says, with dependencies resolved.
pub(crate) fn cargo_metadata() -> anyhow::Result<serde_json::Value> {
    let text = output("cargo", &["metadata", "--format-version", "1", "--locked"])?;
    serde_json::from_str(&text).context("cargo metadata did not print JSON")
}

/// What a program prints when run at the root; an error with its complaint when it fails.
pub(crate) fn output(program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let run = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .output()
        .with_context(|| format!("cannot start `{program}`; is it installed and on the PATH?"))?;
    if !run.status.success() {
        bail!("`{program} {}` failed: {}", arguments.join(" "), String::from_utf8_lossy(&run.stderr).trim());
    }
    String::from_utf8(run.stdout).with_context(|| format!("`{program}` printed bytes that are not UTF-8"))
}
