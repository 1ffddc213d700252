//! Reading the two packages and writing the compressed file.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::imports;
use super::reduce::reduce;
use super::select::select;
use crate::definitions::package::{self, Package, text};
use crate::definitions::write::compress;
use crate::repository;

/// Where the reduced terminology lives in the repository.
const FILE: &str = "crates/standards/data/terminology.json.gz";
/// Largest acceptable size of the file; it is part of every build of the program.
const SIZE_BYTES_MAX: usize = 600_000;

/// Reads the package of FHIR R4 at `from` and that of US Core at `us_core`, and writes the terminology they bind to
/// into `standards`.
pub(crate) fn run(from: &Path, us_core: &Path) -> anyhow::Result<()> {
    let r4 = Package::read(from)?;
    let about = package::read_json(&us_core.join("package.json"))?;
    let (mut structures, mut resources) = (r4.structures, r4.terminology);
    resources.extend(package::concept_maps(from)?);
    structures.extend(package::files(us_core, "StructureDefinition-")?);
    resources.extend(package::files(us_core, "CodeSystem-")?);
    resources.extend(package::files(us_core, "ValueSet-")?);
    resources.extend(imports::value_sets());
    let reduced = reduce(&select(&structures, &resources));
    let sources = [r4.source, format!("{} {}", text(&about, "name")?, text(&about, "version")?)];
    let bytes = compress(lines(&sources, &reduced)?.as_bytes())?;
    let size = bytes.len();
    ensure!(size <= SIZE_BYTES_MAX, "{size} bytes are more than the {SIZE_BYTES_MAX} allowed");
    let path = repository::root().join(FILE);
    fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{FILE}: {size} bytes, {}", counted(&reduced));
    Ok(())
}

/// The table of contents on the first line, then one resource a line in the same order.
fn lines(sources: &[String], resources: &[Value]) -> anyhow::Result<String> {
    let contents: Vec<Value> = resources
        .iter()
        .map(|one| Ok(json!([text(one, "resourceType")?, text(one, "url")?])))
        .collect::<anyhow::Result<_>>()?;
    let mut lines = json!({"sources": sources, "resources": contents}).to_string();
    for resource in resources {
        lines.push('\n');
        lines.push_str(&resource.to_string());
    }
    Ok(lines)
}

fn counted(resources: &[Value]) -> String {
    let count = |kind: &str| resources.iter().filter(|one| one["resourceType"] == kind).count();
    format!(
        "{} value sets, {} code systems, {} concept maps",
        count("ValueSet"),
        count("CodeSystem"),
        count("ConceptMap")
    )
}
