use jiff::civil::Date;
use serde::Deserialize;

use super::day;

/// What law and house ask of a record, as a dated file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is called.
    pub title: String,
    /// Where the law stands.
    pub cites: String,
    /// When its public text was last compared.
    #[serde(with = "day")]
    pub read: Date,
    /// The term, where hours alone measure it.
    pub term: Term,
    /// The ways to measure a term.
    pub approaches: Section,
    /// Related instruction.
    pub instruction: Instruction,
    /// Wages.
    pub wages: Section,
    /// Evaluation, and the records of it.
    pub evaluation: Section,
    /// What the house asks beyond the law.
    pub house: House,
}

/// A section without numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its number.
    pub section: String,
}

/// The least term.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The section.
    pub section: String,
    /// Hours on the job.
    pub hours_min: u32,
}

/// Related instruction.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instruction {
    /// The section.
    pub section: String,
    /// Hours recommended for each year.
    pub hours_recommended_year: u32,
}

/// What the house asks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// A day can be logged so many days later.
    pub log_days: i32,
    /// No day holds more minutes.
    pub day_minutes_max: u32,
    /// Days that a week waits for its signature.
    pub sign_days: i32,
    /// Days without a line after which the apprentice is reminded.
    pub quiet_days: i32,
    /// Who begins within so many days stands on the board.
    pub board_days: i32,
    /// From this level on a competency counts as entrusted.
    pub entrusted_level: u8,
}

impl Rules {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}
