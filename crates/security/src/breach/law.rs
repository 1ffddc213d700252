use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

/// The numbers and sections of the rule, as a dated file has them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The file's own name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub cites: String,
    /// When its public text was last compared.
    #[serde(deserialize_with = "day")]
    pub read: Date,
    /// Notice to the people concerned.
    pub individuals: Term,
    /// What counts as discovery.
    pub discovery: Section,
    /// What a notice has to say.
    pub content: Section,
    /// Notice to the Secretary of Health and Human Services.
    pub secretary: Secretary,
    /// Notice to the media.
    pub media: Media,
    /// Notice by a business associate.
    pub associate: Term,
    /// A delay asked for by law enforcement.
    pub police: Police,
    /// Presumption, factors and exceptions.
    pub assessment: Section,
    /// When information counts as secured.
    pub encryption: Section,
    /// Notice to people whose address is not known.
    pub substitute: Substitute,
    /// Burden of proof and keeping of papers.
    pub records: Records,
}

/// A day as `2031-03-04`.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
}

/// A section without numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its number.
    pub section: String,
}

/// A section with a latest day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its number.
    pub section: String,
    /// Calendar days after discovery.
    pub days: i32,
}

/// When the Secretary is told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secretary {
    /// The section.
    pub section: String,
    /// From so many individuals on, together with the notice to them.
    pub at_once_from: usize,
    /// Fewer: so many days after the calendar year of discovery ends.
    pub log_days_after_year: i32,
}

/// When the media are told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// The section.
    pub section: String,
    /// If more residents of one state than this are concerned.
    pub residents_more_than: usize,
    /// Calendar days after discovery.
    pub days: i32,
}

/// How long law enforcement may hold a notice back by word of mouth.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Police {
    /// The section.
    pub section: String,
    /// Days from the statement.
    pub oral_days: i32,
}

/// Notice in another form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substitute {
    /// The section.
    pub section: String,
    /// From so many people without a good address, in public.
    pub public_from: usize,
    /// For so many days.
    pub public_days: i32,
}

/// How long papers are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// The sections.
    pub section: String,
    /// Years.
    pub years: i16,
}

/// A rule file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LawError(String);

impl Law {
    /// Reads a rule file.
    ///
    /// # Errors
    /// [`LawError`] with the place in the file.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let law: Self = toml::from_str(text).map_err(|error| LawError(error.to_string()))?;
        let days = [
            law.individuals.days,
            law.media.days,
            law.associate.days,
            law.police.oral_days,
            law.secretary.log_days_after_year,
        ];
        if days.iter().any(|days| !(1..=366).contains(days)) {
            return Err(LawError(
                "a number of days is not between 1 and 366; compare it with its section".to_owned(),
            ));
        }
        Ok(law)
    }
}
