use anyhow::Context;
use platform::{Limits, Platform};

use crate::Surroundings;
use crate::config::Config;

/// Opens the platform on the data folder, with the labs that the configuration names.
pub(crate) fn open(config: &Config, surroundings: Surroundings) -> anyhow::Result<Platform> {
    let catalogue = platform::content::load(config.content.as_deref())?;
    let limits = Limits { sandboxes_per_person: config.sandboxes_per_learner, ..Limits::default() };
    let Surroundings { clock, entropy } = surroundings;
    Platform::open(&config.data, catalogue, limits, clock, entropy)
        .with_context(|| format!("the data folder {} cannot be opened", config.data.display()))
}
