use scenarios::model::Cite;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many levels each behaviour has. They are even, so that nobody can flee into the middle.
pub const LEVELS: usize = 4;

/// What two raters look for in a team: the file `rubric.toml` of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// By what it was inspired; its words are the case's own.
    #[serde(default)]
    pub cites: Vec<Cite>,
    /// What is looked for, in the order of the file.
    #[serde(default, rename = "behaviour")]
    pub behaviours: Vec<Behaviour>,
}

/// Something that a team does or leaves, and that can be seen and heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where to look, in a sentence.
    pub look: String,
    /// What a team does at each level, from 1.
    pub levels: [String; LEVELS],
}

impl Rubric {
    /// A behaviour by its slug.
    #[must_use]
    pub fn behaviour(&self, id: &str) -> Option<&Behaviour> {
        self.behaviours.iter().find(|one| one.id == id)
    }
}
