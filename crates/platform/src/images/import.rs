//! Resources from elsewhere: FHIR Bundles, single resources, NDJSON, in a file, a folder or a package.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::json::{self, Limits};
use standards::fhir::outcome::Severity;
use standards::fhir::resource::{Stamp, stamp};
use standards::fhir::validation::validate;
use store::StoreError;
use store::image::{ImageInfo, Images};

use super::prepare::Prepared;
use crate::fhir::replace_strings;

/// What an import brought in and what it did not.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Imported {
    /// Resources taken, by type.
    pub taken: BTreeMap<String, u64>,
    /// Resources refused: file, place in it, and why.
    pub refused: Vec<String>,
}

/// Builds image `name` from everything FHIR under `source`. Refused resources are listed and left out.
///
/// # Errors
/// When the source cannot be read, holds no sound resource, or the image cannot be written.
pub fn import_image(
    images: &Images,
    name: &str,
    title: &str,
    source: &Path,
    now_us: i64,
) -> Result<(ImageInfo, Imported), StoreError> {
    let mut writer = images.create(name)?;
    let mut imported = Imported::default();
    each_file(source, &mut |file, bytes| {
        let Ok(text) = String::from_utf8(bytes) else {
            imported.refused.push(format!("{file}: it is not UTF-8 text"));
            return Ok(());
        };
        for (place, found) in resources_in(&file, &text) {
            let kept = found
                .and_then(|(source, replacements)| prepare(&replace_strings(source, &replacements), now_us));
            let added = kept.and_then(|resource| {
                let Prepared { kind, id, updated_us, body, index } = resource;
                writer
                    .add(&kind, &id, updated_us, &body, &index)
                    .map(|()| kind)
                    .map_err(|error| error.to_string())
            });
            match added {
                Ok(kind) => *imported.taken.entry(kind).or_default() += 1,
                Err(why) => imported.refused.push(format!("{file}{place}: {why}")),
            }
        }
        Ok(())
    })?;
    if writer.is_empty() {
        let first =
            imported.refused.first().map(|why| format!(" (first refusal: {why})")).unwrap_or_default();
        let what = format!("a sound FHIR resource under {}{first}", source.display());
        return Err(StoreError::NotFound { what });
    }
    let origin = json!({"imported": source.file_name().map(|name| name.to_string_lossy())});
    Ok((writer.finish(title, &origin)?, imported))
}

type Replacements = BTreeMap<String, String>;

/// A resource's own text with the references to write out in it, or why it cannot be read.
type Found<'a> = Result<(&'a str, Replacements), String>;

/// The resources of a file, with the place of each.
fn resources_in<'a>(file: &str, text: &'a str) -> Vec<(String, Found<'a>)> {
    if file.ends_with(".ndjson") {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        return lines.map(|(at, line)| (format!(":{}", at + 1), Ok((line, Replacements::new())))).collect();
    }
    match json::parse(text.as_bytes(), &Limits::default()) {
        Err(issue) => vec![(String::new(), Err(issue.diagnostics))],
        Ok(value) => match (value["resourceType"].as_str(), value["entry"].as_array()) {
            (Some("Bundle"), Some(entries)) => entries_of(text, entries),
            (Some(_), _) => vec![(String::new(), Ok((text, Replacements::new())))],
            (None, _) => Vec::new(),
        },
    }
}

/// The resources of a Bundle, where addresses that only hold inside it are written out.
fn entries_of<'a>(text: &'a str, entries: &[Value]) -> Vec<(String, Found<'a>)> {
    #[derive(serde::Deserialize)]
    struct Shape<'a> {
        #[serde(borrow)]
        entry: Vec<EntryShape<'a>>,
    }
    #[derive(serde::Deserialize)]
    struct EntryShape<'a> {
        #[serde(borrow)]
        resource: Option<&'a RawValue>,
    }
    let replacements: Replacements = entries
        .iter()
        .filter_map(|entry| {
            let full_url = entry["fullUrl"].as_str()?;
            let (kind, id) = (entry["resource"]["resourceType"].as_str()?, entry["resource"]["id"].as_str()?);
            Some((full_url.to_owned(), format!("{kind}/{id}")))
        })
        .collect();
    match serde_json::from_str::<Shape<'a>>(text) {
        Err(error) => vec![(String::new(), Err(error.to_string()))],
        Ok(shape) => shape
            .entry
            .into_iter()
            .enumerate()
            .filter_map(|(at, entry)| Some((at, entry.resource?)))
            .map(|(at, resource)| (format!(" entry {at}"), Ok((resource.get(), replacements.clone()))))
            .collect(),
    }
}

fn prepare(source: &str, now_us: i64) -> Result<Prepared, String> {
    let value = json::parse(source.as_bytes(), &Limits::default()).map_err(|issue| issue.diagnostics)?;
    let errors: Vec<String> = validate(Definitions::r4(), &value)
        .into_iter()
        .filter(|issue| issue.severity <= Severity::Error)
        .map(|issue| format!("{}: {}", issue.expression.unwrap_or_default(), issue.diagnostics))
        .collect();
    if !errors.is_empty() {
        return Err(errors.join("; "));
    }
    let kind = value["resourceType"].as_str().unwrap_or_default();
    let id = value["id"].as_str().ok_or_else(|| format!("this {kind} has no id"))?;
    let last_updated_us = value
        .pointer("/meta/lastUpdated")
        .and_then(Value::as_str)
        .and_then(standards::fhir::instant::parse)
        .unwrap_or(now_us);
    let body = stamp(source.trim().as_bytes(), &Stamp { id, version: 1, last_updated_us })
        .map_err(|issue| issue.diagnostics)?;
    let stamped = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
    Ok(Prepared::new(kind, id, body, &stamped))
}

/// Hands every JSON and NDJSON file under `source` to `each`, in the order of their names.
fn each_file(
    source: &Path,
    each: &mut dyn FnMut(String, Vec<u8>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let name = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if source.is_dir() {
        let mut inside: Vec<_> = fs::read_dir(source)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(StoreError::io(source))?
            .into_iter()
            .map(|entry| entry.path())
            .collect();
        inside.sort();
        return inside.iter().try_for_each(|path| each_file(path, each));
    }
    if name.ends_with(".tgz") || name.ends_with(".tar.gz") {
        return each_member(source, each);
    }
    if name.ends_with(".json") || name.ends_with(".ndjson") {
        return each(name, fs::read(source).map_err(StoreError::io(source))?);
    }
    Ok(())
}

/// The same for a FHIR package: the members of a gzipped tar file, of which only the examples are patients' data.
fn each_member(
    source: &Path,
    each: &mut dyn FnMut(String, Vec<u8>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let file = File::open(source).map_err(StoreError::io(source))?;
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    let mut members = BTreeMap::new();
    for member in archive.entries().map_err(StoreError::io(source))? {
        let mut member = member.map_err(StoreError::io(source))?;
        let name = member.path().map_err(StoreError::io(source))?.to_string_lossy().into_owned();
        let is_example = !name.starts_with("package/") || name.starts_with("package/example/");
        let is_resource = name.ends_with(".json") && !name.ends_with("package.json") && !name.contains("/.");
        if is_example && (is_resource || name.ends_with(".ndjson")) {
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).map_err(StoreError::io(source))?;
            members.insert(name, bytes);
        }
    }
    members.into_iter().try_for_each(|(name, bytes)| each(name, bytes))
}
