use scenarios::model::Term;
use serde::{Deserialize, Serialize};

use super::act::Act;

/// A team that plays a project by script, and what must come of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its slug: the name of its file.
    #[serde(default, skip_deserializing)]
    pub id: String,
    /// How its people work.
    pub title: String,
    /// Which of the two it is.
    pub kind: Kind,
    /// What its members are called in the steps.
    pub members: Vec<String>,
    /// What its figures must be, such as `shared >= 80`; the names are those of [`super::Figures`].
    pub expects: Vec<Term>,
    /// What its people do, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// The teams by which a project is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Everybody works, and looks at what others did.
    Good,
    /// One does it all, and nobody looks.
    Alone,
}

/// One thing that somebody of a team does, or the panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Which member; `panel` for the panel, `*` for every member one after the other.
    pub by: String,
    /// On which day, counted from the first; the day of the step before, where it is left out.
    #[serde(default)]
    pub day: Option<u32>,
    /// What is done in the project.
    #[serde(default)]
    pub act: Option<Act>,
    /// What is done in the hospital: a file of `deeds`.
    #[serde(default)]
    pub deed: Option<String>,
    /// Whether the hospital is looked at.
    #[serde(default)]
    pub looks: bool,
    /// Whether it must be refused: a rule that the team runs into.
    #[serde(default)]
    pub refused: bool,
}
