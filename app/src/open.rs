use std::sync::Arc;

use analytics::Lake;
use anyhow::Context;
use platform::{Limits, Platform};

use crate::Surroundings;
use crate::config::Config;

/// Cores that questions use at most; the hospitals need the others.
const CORES_MAX: usize = 4;

/// Opens the platform on the data folder, with the labs that the configuration names.
pub(crate) fn open(config: &Config, surroundings: Surroundings) -> anyhow::Result<Platform> {
    let catalogue = platform::content::load(config.content.as_deref())?;
    let limits = Limits { sandboxes_per_person: config.sandboxes_per_learner, ..Limits::default() };
    let Surroundings { clock, entropy } = surroundings;
    let platform = Platform::open(&config.data, catalogue, limits, clock, entropy)
        .with_context(|| format!("the data folder {} cannot be opened", config.data.display()))?;
    with_engine(platform)
}

/// The same platform with the engine of the data lake, in its own folder.
pub(crate) fn with_engine(platform: Platform) -> anyhow::Result<Platform> {
    let folder = Platform::lake_folder(platform.data());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let engine = Lake::new(&folder, cores.min(CORES_MAX))
        .with_context(|| format!("the data lake in {} cannot be opened", folder.display()))?;
    Ok(platform.with_engine(Arc::new(engine)))
}
