//! The department as it is shipped.

use std::sync::OnceLock;

use ::flow::roster::Pattern;
use ::flow::simulate::{LEVELS, Law, Level};
use serde::Deserialize;

use super::FlowTrouble;
use crate::content;

/// The file.
const FILE: &str = "flow/department.toml";

/// What is the same in every hospital.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shipped {
    pub(super) hours: [f64; 24],
    pub(super) days: [f64; 7],
    pub(super) rooms_per_visit: f64,
    pub(super) beds_per_visit: f64,
    pub(super) test_places_per_visit: f64,
    pub(super) triage: Law,
    pub(super) test: Law,
    pub(super) disposition: Law,
    pub(super) bed_stay: Law,
    #[serde(rename = "level")]
    pub(super) levels: [Level; LEVELS],
    #[serde(rename = "shift")]
    pub(super) patterns: Vec<Pattern>,
}

/// The department that is shipped.
pub(super) fn shipped() -> Result<&'static Shipped, FlowTrouble> {
    static READ: OnceLock<Result<Shipped, String>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let files = content::files(None).map_err(|error| error.to_string())?;
        let file = files.into_iter().find(|file| file.path == FILE);
        let bytes = file.ok_or_else(|| format!("{FILE} is missing"))?.bytes;
        toml::from_str(&String::from_utf8_lossy(&bytes)).map_err(|error| format!("{FILE}: {error}"))
    });
    read.as_ref().map_err(|what| FlowTrouble::Records(what.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_can_be_read() {
        let shipped = shipped().unwrap();
        assert_eq!(shipped.patterns.len(), 5);
        assert!((shipped.days.iter().sum::<f64>() - 7.0).abs() < 1e-9);
    }
}
