use std::time::Instant;

use anyhow::Context;
use platform::StoreError;
use platform::content::pathways;
use platform::images::{DEFAULT_IMAGE, Images, Recipe, generate_image};

use crate::config::Config;
use crate::progress::Progress;

/// Makes sure that the default image is there: builds it at the first start, with a progress bar.
pub(crate) fn ensure(images: &Images, config: &Config) -> anyhow::Result<()> {
    match images.get(DEFAULT_IMAGE) {
        Ok(_) => Ok(()),
        Err(StoreError::NotFound { .. }) => build(images, config),
        Err(error) => Err(error).context("the hospital image cannot be read"),
    }
}

fn build(images: &Images, config: &Config) -> anyhow::Result<()> {
    let began = Instant::now();
    let total = u64::from(config.patients);
    tracing::info!(patients = total, "building the hospital; this happens once");
    let bar = Progress::new("Building the hospital");
    let recipe = Recipe { patients: config.patients, seed: config.seed, ..Recipe::default() };
    let pathways = pathways(config.content.as_deref()).context("the pathways cannot be used")?;
    let info = generate_image(images, DEFAULT_IMAGE, "General hospital", &recipe, &pathways, &|done| {
        bar.set(u64::from(done), total);
    })
    .context("the hospital image could not be built")?;
    drop(bar);
    let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(resources = info.resources, duration_ms, "the hospital is built");
    Ok(())
}
