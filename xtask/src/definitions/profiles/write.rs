//! Reducing the chosen definitions and writing the compressed file.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::base::Base;
use super::reduce::reduce;
use super::select::Selection;
use crate::definitions::package::text;
use crate::definitions::write::compress;
use crate::repository;

/// Where the profiles live in the repository.
const FILE: &str = "crates/standards/data/profiles.json.gz";
/// Largest acceptable size of the file; it is part of every build of the program.
const SIZE_BYTES_MAX: usize = 300_000;

/// Reads the package of FHIR R4 at `from` and that of US Core at `us_core`, and writes what their definitions ask for into
/// `standards`.
pub(crate) fn run(from: &Path, us_core: &Path) -> anyhow::Result<()> {
    let selection = Selection::read(from, us_core)?;
    let types: Vec<&Value> = selection.types.iter().collect();
    let base = Base::new(&types);
    let reduced: Vec<Value> =
        selection.types.iter().chain(&selection.profiles).map(|one| reduce(one, &base)).collect();
    let bytes = compress(lines(&selection.sources, &reduced)?.as_bytes())?;
    let size = bytes.len();
    ensure!(size <= SIZE_BYTES_MAX, "{size} bytes are more than the {SIZE_BYTES_MAX} allowed");
    let path = repository::root().join(FILE);
    fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{FILE}: {size} bytes, {} types, {} profiles", types.len(), selection.profiles.len());
    Ok(())
}

/// The table of contents on the first line, then one definition a line in the same order.
fn lines(sources: &[String], definitions: &[Value]) -> anyhow::Result<String> {
    let contents: Vec<Value> = definitions
        .iter()
        .map(|one| Ok(json!([text(one, "url")?, text(one, "type")?])))
        .collect::<anyhow::Result<_>>()?;
    let mut lines = json!({"sources": sources, "definitions": contents}).to_string();
    for definition in definitions {
        lines.push('\n');
        lines.push_str(&definition.to_string());
    }
    Ok(lines)
}
