//! Canonical URLs, perhaps with a version (FHIR R4, 2.24.0.2).

use std::fmt;

/// A canonical URL as written in a reference: `url` or `url|version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Canonical<'a> {
    /// The URL without version.
    pub url: &'a str,
    /// The version after `|`, where there is one.
    pub version: Option<&'a str>,
}

impl<'a> Canonical<'a> {
    /// Splits at the first `|`. An empty version is none.
    pub fn new(text: &'a str) -> Self {
        match text.split_once('|') {
            Some((url, version)) => Canonical { url, version: Some(version).filter(|text| !text.is_empty()) },
            None => Canonical { url: text, version: None },
        }
    }
}

impl fmt::Display for Canonical<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Some(version) => write!(formatter, "{}|{version}", self.url),
            None => formatter.write_str(self.url),
        }
    }
}
