//! Labs, variants, steps and faults.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Check, Param};
use crate::problem::Place;
use crate::script::Script;

/// How far along a learner should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// First steps: no experience needed.
    Foundation,
    /// Daily work, on one's own.
    Practitioner,
    /// Hard cases and their consequences.
    Expert,
}

impl Level {
    /// All levels, easiest first.
    pub const ALL: [Self; 3] = [Self::Foundation, Self::Practitioner, Self::Expert];

    /// The word used in files and pages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Foundation => "foundation",
            Self::Practitioner => "practitioner",
            Self::Expert => "expert",
        }
    }
}

/// A law, regulation or standard the lab teaches to, with the day its text was last compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its name and section, such as `45 CFR 164.526`.
    pub name: String,
    /// The day the lab was compared with it, `YYYY-MM-DD`.
    pub checked: String,
}

/// A role of the hospital's matrix that a lab starts in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRole {
    /// Its code, such as `nurse`. Whether the hospital has it shows when the lab is started.
    pub code: String,
    /// Where the lab says so.
    pub place: Place,
}

/// One exercise.
#[derive(Debug, Clone)]
pub struct Lab {
    /// The slug: its folder's name, and its place in every URL.
    pub id: String,
    /// Version of the lab, `major.minor.patch`.
    pub version: String,
    /// Title on every page.
    pub title: String,
    /// One sentence for lists.
    pub summary: String,
    /// How far along a learner should be.
    pub level: Level,
    /// Minutes a learner of that level needs.
    pub minutes: u32,
    /// Competencies it gives evidence for, with weights that sum to 1.
    pub competencies: BTreeMap<String, f64>,
    /// Standards and regulations it teaches to.
    pub citations: Vec<Citation>,
    /// Techniques of MITRE ATT&CK and countermeasures of MITRE D3FEND that it is about, such as `T1110.004` and `D3-ANET`.
    pub techniques: Vec<String>,
    /// Name of the hospital image it starts from.
    pub image: String,
    /// The hospital's time at the start, microseconds since 1970 UTC.
    pub virtual_now_us: i64,
    /// The role a learner works as when the lab starts; whoever does everything, where the lab says nothing.
    pub role: Option<StartRole>,
    /// The brief: Markdown with placeholders.
    pub brief: String,
    /// Line of `lab.md` on which the brief begins.
    pub brief_line: u32,
    /// Questions for the debrief, after the checks are green.
    pub debrief: Vec<String>,
    /// The variants, sorted by id; at least one.
    pub variants: Vec<Variant>,
    /// Scripts that pass every check.
    pub solutions: Vec<Script>,
    /// Scripts that each fail the checks they name.
    pub wrongs: Vec<Script>,
    /// Where the lab's front matter is.
    pub place: Place,
}

impl Lab {
    /// The variant with this id.
    #[must_use]
    pub fn variant(&self, id: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.id == id)
    }
}

/// One of several different problems behind the same lab, complete in itself.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its file's name without ending.
    pub id: String,
    /// What makes it different, for instructors; a learner never sees it before the debrief.
    pub title: String,
    /// Fixed values by name, used like params; their texts may hold placeholders of params.
    pub values: BTreeMap<String, Value>,
    /// Params in the order they can be made: each uses only earlier ones.
    pub params: Vec<Param>,
    /// Problems placed in the hospital.
    pub faults: Vec<Fault>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Where its file is.
    pub place: Place,
}

impl Variant {
    /// All checks of all steps, in order.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.steps.iter().flat_map(|step| &step.checks)
    }

    /// The check with this id.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks().find(|check| check.id == id)
    }
}

/// A part of a lab.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its id, unique in the lab.
    pub id: String,
    /// Title on the page.
    pub title: String,
    /// What shows that it is done.
    pub checks: Vec<Check>,
    /// Where it is declared.
    pub place: Place,
}

/// When a fault is placed in the hospital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultTime {
    /// Before the learner arrives.
    Start,
    /// So many microseconds after the start, by the hospital's clock.
    AfterUs(i64),
}

/// A declared problem placed in a hospital.
///
/// The lab says which fault and with what settings; what it does is the simulated hospital's business, so the settings
/// pass through as they stand, with their placeholders filled. What it did comes back as facts, reachable as
/// `{fault.NAME}`.
#[derive(Debug, Clone)]
pub struct Fault {
    /// When it happens.
    pub at: FaultTime,
    /// Which fault, in the hospital's words.
    pub does: String,
    /// Its whole table as JSON, without `at`.
    pub with: Value,
    /// Where it is declared.
    pub place: Place,
}
