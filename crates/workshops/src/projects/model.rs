use std::collections::BTreeMap;

use scenarios::model::Cite;
use serde::{Deserialize, Serialize};

use super::team::Team;

/// A project that a team works on over weeks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its slug.
    pub id: String,
    /// Its version, as of software.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// What it is about, in two sentences.
    pub summary: String,
    /// `foundation`, `practitioner` or `expert`.
    pub level: String,
    /// The image of the team's hospital.
    pub image: String,
    /// When the hospital begins, on its own clock.
    pub virtual_now: String,
    /// How many people a team has.
    pub team: TeamSize,
    /// What it trains, with weights.
    #[serde(default)]
    pub competencies: BTreeMap<String, f64>,
    /// What it rests on.
    #[serde(default)]
    pub cites: Vec<Cite>,
    /// What somebody can have contributed to.
    #[serde(default, rename = "contribution")]
    pub contributions: Vec<Contribution>,
    /// What is handed in, in the order of their due days.
    #[serde(default, rename = "milestone")]
    pub milestones: Vec<Milestone>,
    /// What the panel looks for in the defence.
    #[serde(default, rename = "defence")]
    pub defence: Vec<Behaviour>,
    /// What everybody reads first, in Markdown: the file `brief.md`.
    #[serde(default, skip_deserializing)]
    pub brief: String,
    /// The instructor's guide, in Markdown: the file `instructor.md`.
    #[serde(default, skip_deserializing)]
    pub guide: String,
    /// Teams that prove the project, each with what must come of it.
    #[serde(default, skip_deserializing)]
    pub teams: Vec<Team>,
}

/// How many people a team has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamSize {
    /// At least.
    pub least: usize,
    /// At most.
    pub most: usize,
}

/// A kind of contribution, after the example of `CRediT` (ANSI/NISO Z39.104-2022) and in the words of this work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What counts as it.
    pub means: String,
}

/// A part of the work with a day by which it is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Its slug; its brief is `briefs/SLUG.md`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// By which day it is handed in, counted from the day on which the project begins.
    pub due_day: u32,
    /// What is handed in.
    pub artefact: String,
    /// By what it is reviewed.
    #[serde(rename = "behaviour")]
    pub behaviours: Vec<Behaviour>,
    /// What is to be done, in Markdown.
    #[serde(default, skip_deserializing)]
    pub brief: String,
    /// What must be true of the team's hospital, by the slugs of its checks; they come from outside.
    #[serde(default, skip_deserializing)]
    pub checks: Vec<String>,
}

/// Something that can be seen in a piece of work, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// Its slug.
    pub id: String,
    /// What is seen when it is shown.
    pub says: String,
}

impl Project {
    /// A milestone by its slug.
    #[must_use]
    pub fn milestone(&self, id: &str) -> Option<&Milestone> {
        self.milestones.iter().find(|one| one.id == id)
    }

    /// In how many weeks it is over.
    #[must_use]
    pub fn weeks(&self) -> u32 {
        self.milestones.iter().map(|one| one.due_day).max().unwrap_or(0).div_ceil(7)
    }
}
