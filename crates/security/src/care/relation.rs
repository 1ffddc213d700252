use serde::{Deserialize, Serialize};

/// How somebody stands to a patient at a moment; the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They take part in a visit, are in the care team, or are the patient's own practitioner.
    Treating,
    /// They work in the unit in which the patient lies.
    #[serde(rename = "unit")]
    SameUnit,
    /// They gave a reason for opening this chart, not long before.
    BreakGlass,
    /// None of these: what remains to be explained.
    None,
}

impl Relation {
    /// The word in rules and queries.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Treating => "treating",
            Self::SameUnit => "unit",
            Self::BreakGlass => "break-glass",
            Self::None => "none",
        }
    }
}
