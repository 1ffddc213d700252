//! Putting the parts together and writing the compressed file.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, ensure};
use flate2::{Compression, GzBuilder};
use serde_json::{Value, json};

use super::codes::Terminology;
use super::package::{Package, list};
use super::search;
use super::types::Types;
use crate::repository;

/// Where the reduced definitions live in the repository.
const FILE: &str = "crates/standards/data/fhir-r4.json.gz";
/// Largest acceptable size of the file; it is part of every build of the program.
const SIZE_BYTES_MAX: usize = 700_000;
/// The code system that lists the resource types of R4.
const RESOURCE_TYPES: &str = "http://hl7.org/fhir/resource-types";

/// Reads the package at `from` and writes the reduced definitions into `standards`.
pub(crate) fn run(from: &Path) -> anyhow::Result<()> {
    let document = reduce(&Package::read(from)?)?;
    let bytes = compress(&serde_json::to_vec(&document)?)?;
    ensure!(
        bytes.len() <= SIZE_BYTES_MAX,
        "{} bytes are more than the {SIZE_BYTES_MAX} allowed",
        bytes.len()
    );
    let path = repository::root().join(FILE);
    fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let count = |part: &str| list(&document, part).count();
    println!(
        "{FILE}: {} bytes, {} types, {} value sets, {} search rows",
        bytes.len(),
        count("types"),
        count("codes"),
        count("search")
    );
    Ok(())
}

fn reduce(package: &Package) -> anyhow::Result<Value> {
    let terminology = Terminology::new(&package.terminology);
    let types = Types::new(&package.structures, &resource_types(&package.terminology))?;
    let codes: Vec<Value> = types.bindings.iter().filter_map(|url| terminology.expand(url)).collect();
    Ok(json!({
        "fhirVersion": package.fhir_version,
        "source": package.source,
        "primitives": types.primitives.into_values().collect::<Vec<_>>(),
        "types": types.complex.into_values().collect::<Vec<_>>(),
        "codes": codes,
        "search": search::rows(&package.parameters)?,
    }))
}

fn resource_types(terminology: &[Value]) -> BTreeSet<&str> {
    terminology
        .iter()
        .filter(|resource| resource["resourceType"] == "CodeSystem" && resource["url"] == RESOURCE_TYPES)
        .flat_map(|resource| list(resource, "concept"))
        .filter_map(|concept| concept["code"].as_str())
        .collect()
}

/// gzip without file name or time, so that the same input gives the same bytes.
pub(super) fn compress(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
