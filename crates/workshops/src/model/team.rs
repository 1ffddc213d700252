use scenarios::model::Term;
use serde::{Deserialize, Serialize};

use crate::run::Act;

/// A team that plays a case by script, and what must come of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its slug: the name of its file.
    #[serde(default, skip_deserializing)]
    pub id: String,
    /// What its people think who play so.
    pub title: String,
    /// Which of the three it is.
    pub kind: Kind,
    /// What its measures must be, such as `facts >= 80`; the names are those of [`crate::measure::Measures::figures`].
    pub expects: Vec<Term>,
    /// What its people do, in order.
    pub steps: Vec<Step>,
}

/// The teams by which a case is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It shares, and decides with what it knows.
    Good,
    /// Everybody keeps what they know.
    Hoards,
    /// It decides before it knows.
    Hasty,
}

/// One thing that a team does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Which role does it; `facilitator` for the facilitator, `*` for every role one after the other.
    pub by: String,
    /// After how many minutes of the hospital.
    #[serde(default)]
    pub after_min: u32,
    /// What.
    pub act: Act,
}
