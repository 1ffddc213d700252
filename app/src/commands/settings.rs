use crate::config::{Config, ConfigError, Key, Origin, Raw};

/// A checked configuration and where each part of it came from.
pub(super) struct Settings {
    pub(super) config: Config,
    origins: Vec<(Key, Origin)>,
}

impl Settings {
    /// Checks what was gathered, and keeps where it came from.
    pub(super) fn check(mut raw: Raw) -> Result<Self, ConfigError> {
        let origins = Key::ALL.into_iter().map(|key| (key, raw.origin(key))).collect();
        Ok(Self { config: Config::check(&mut raw)?, origins })
    }

    pub(super) fn origin(&self, wanted: Key) -> Origin {
        let found = self.origins.iter().find(|(key, _)| *key == wanted);
        found.map_or(Origin::Default, |(_, origin)| origin.clone())
    }
}
