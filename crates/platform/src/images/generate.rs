use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use hospital::pathways::Library;
use hospital::population::{Recipe, Resource, World};
use rayon::prelude::*;
use serde_json::json;
use store::StoreError;
use store::image::{ImageInfo, Images};

use super::prepare::Prepared;

/// The image every sandbox lies over unless its lab names another.
pub const DEFAULT_IMAGE: &str = "general-hospital";

/// Patients that one thread makes at a time.
const PATIENTS_TOGETHER: u32 = 20;
/// Parts that are made while the parts before them are written.
const PARTS_AHEAD: u32 = 4;

/// How a population is written outside an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One file for each resource type, one resource a line.
    Ndjson,
    /// One transaction Bundle for each patient, and one for the hospital they share.
    Bundle,
}

/// What the default image is made by.
pub fn default_recipe() -> Recipe {
    Recipe { patients: 1000, ..Recipe::default() }
}

/// Builds image `name` from a recipe and the pathways its patients move on. `progress` hears how many patients are written.
///
/// # Errors
/// When the file cannot be written; no image appears then.
pub fn generate_image(
    images: &Images,
    name: &str,
    title: &str,
    recipe: &Recipe,
    pathways: &Arc<Library>,
    progress: &(dyn Fn(u32) + Sync),
) -> Result<ImageInfo, StoreError> {
    let mut writer = images.create(name)?;
    make_parts(recipe, pathways, &prepare, |part, patients| {
        for resource in part {
            let Prepared { kind, id, updated_us, body, index } = resource;
            writer.add(&kind, &id, updated_us, &body, &index)?;
        }
        progress(patients);
        Ok(())
    })?;
    writer.finish(title, &json!({"generated": recipe, "as_of_us": recipe.as_of_us}))
}

/// Writes a population into `folder`. Returns the number of resources of each type.
///
/// # Errors
/// When a file cannot be written.
pub fn generate_files(
    recipe: &Recipe,
    pathways: &Arc<Library>,
    format: Format,
    folder: &Path,
    progress: &(dyn Fn(u32) + Sync),
) -> Result<BTreeMap<String, u64>, StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
    let mut counts = BTreeMap::new();
    let mut count = |kind: &str| *counts.entry(kind.to_owned()).or_default() += 1;
    let raw = |resource: Resource<'_>| (resource.kind, resource.id.to_owned(), resource.body.to_vec());
    match format {
        Format::Ndjson => {
            let mut files: BTreeMap<&'static str, BufWriter<File>> = BTreeMap::new();
            make_parts(recipe, pathways, &raw, |part, patients| {
                for (kind, _, body) in part {
                    let path = folder.join(format!("{kind}.ndjson"));
                    let file = match files.entry(kind) {
                        std::collections::btree_map::Entry::Occupied(open) => open.into_mut(),
                        std::collections::btree_map::Entry::Vacant(new) => {
                            let file = File::create(&path).map_err(StoreError::io(&path))?;
                            new.insert(BufWriter::with_capacity(1 << 16, file))
                        }
                    };
                    file.write_all(&body)
                        .and_then(|()| file.write_all(b"\n"))
                        .map_err(StoreError::io(&path))?;
                    count(kind);
                }
                progress(patients);
                Ok(())
            })?;
            files.values_mut().try_for_each(|file| file.flush().map_err(StoreError::io(folder)))?;
        }
        Format::Bundle => {
            let mut write = |name: &str, resources: &[(&'static str, String, Vec<u8>)]| {
                resources.iter().for_each(|(kind, ..)| count(kind));
                let path = folder.join(format!("{name}.json"));
                fs::write(&path, transaction(resources)).map_err(StoreError::io(&path))
            };
            let world = World::new(recipe, pathways);
            let mut resources = Vec::new();
            world.shared(&mut |resource| resources.push(raw(resource)));
            write("hospital", &resources)?;
            for index in 0..recipe.patients {
                resources.clear();
                world.patient(index, &mut |resource| resources.push(raw(resource)));
                write(&format!("patient-{index:06}"), &resources)?;
                progress(index + 1);
            }
        }
    }
    Ok(counts)
}

fn prepare(resource: Resource<'_>) -> Prepared {
    let value = serde_json::from_slice(resource.body).unwrap_or_default();
    Prepared::new(resource.kind, resource.id, resource.body.to_vec(), &value)
}

/// Makes a population on all cores and hands it over in order, part by part, while the next parts are made. Each part
/// comes with the number of patients done by then.
fn make_parts<T: Send>(
    recipe: &Recipe,
    pathways: &Arc<Library>,
    each: &(impl Fn(Resource<'_>) -> T + Sync),
    mut take: impl FnMut(Vec<T>, u32) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let world = World::new(recipe, pathways);
    let mut shared = Vec::new();
    world.shared(&mut |resource| shared.push(each(resource)));
    take(shared, 0)?;
    let starts: Vec<u32> = (0..recipe.patients).step_by(PATIENTS_TOGETHER as usize).collect();
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(2);
        let world = &world;
        scope.spawn(move || {
            for ahead in starts.chunks(PARTS_AHEAD as usize) {
                let made: Vec<(Vec<T>, u32)> = ahead
                    .par_iter()
                    .map(|start| {
                        let end = (start + PATIENTS_TOGETHER).min(recipe.patients);
                        let mut part = Vec::new();
                        for index in *start..end {
                            world.patient(index, &mut |resource| part.push(each(resource)));
                        }
                        (part, end)
                    })
                    .collect();
                for part in made {
                    if send.send(part).is_err() {
                        return;
                    }
                }
            }
        });
        receive.into_iter().try_for_each(|(part, patients)| take(part, patients))
    })
}

/// Resources as a transaction that puts each under its own id.
fn transaction(resources: &[(&'static str, String, Vec<u8>)]) -> Vec<u8> {
    let mut text = b"{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[".to_vec();
    for (at, (kind, id, body)) in resources.iter().enumerate() {
        if at > 0 {
            text.push(b',');
        }
        text.extend_from_slice(b"\n{\"resource\":");
        text.extend_from_slice(body);
        text.extend_from_slice(
            format!(",\"request\":{{\"method\":\"PUT\",\"url\":\"{kind}/{id}\"}}}}").as_bytes(),
        );
    }
    text.extend_from_slice(b"]}\n");
    text
}
