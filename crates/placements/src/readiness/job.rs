use jiff::civil::Date;
use serde::Deserialize;

use crate::competencies::Level;
use crate::record::day;

/// A job, as far as it asks for competencies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// Its id, which is the name of its file.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What one does in it.
    pub about: String,
    /// When it was last looked over.
    #[serde(with = "day")]
    pub read: Date,
    /// Where public frameworks say something like it.
    #[serde(rename = "alignment")]
    pub alignments: Vec<Pointer>,
    /// What it asks for, the most important first.
    #[serde(rename = "ask")]
    pub asks: Vec<Ask>,
}

/// A place in a public framework.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointer {
    /// The framework.
    pub framework: String,
    /// The code in it.
    pub code: String,
    /// When it was last compared.
    #[serde(with = "day")]
    pub read: Date,
}

/// A competency that a job asks for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Its id.
    pub competency: String,
    /// At which level.
    pub level: Level,
    /// What it is needed for, in the job's own words.
    pub why: String,
}

impl Job {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}
