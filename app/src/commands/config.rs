use super::Terminal;
use super::settings::Settings;
use crate::config::{to_json, to_toml};

/// `practicum config`: prints the effective configuration with its origins.
pub(super) fn show(settings: &Settings, json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let origin = |key| settings.origin(key);
    terminal.show(json, &to_json(&settings.config, origin), || to_toml(&settings.config, origin))
}
