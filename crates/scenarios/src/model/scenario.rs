use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::place::Place;
use super::term::{Compare, Quantity, Term};

/// A crisis to be lived through.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
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
    /// How many minutes of a person it takes.
    pub minutes: u32,
    /// After so many minutes of the hospital it is over.
    pub lasts_min: u32,
    /// How many minutes of the hospital pass in one of a person.
    pub rate: u32,
    /// The image it plays in.
    pub image: String,
    /// When it begins, on the hospital's clock.
    pub virtual_now: String,
    /// What it trains, with weights.
    #[serde(default)]
    pub competencies: BTreeMap<String, f64>,
    /// What it rests on.
    #[serde(default)]
    pub cites: Vec<Cite>,
    /// Points of a hundred from which it is passed.
    pub pass: u32,
    /// The accounts that play a part, known at the identity provider: login and name.
    #[serde(default)]
    pub accounts: BTreeMap<String, String>,
    /// Who takes part.
    #[serde(default, rename = "role")]
    pub roles: Vec<Role>,
    /// What may be done.
    #[serde(default, rename = "command")]
    pub commands: Vec<Command>,
    /// What happens.
    #[serde(default, rename = "inject")]
    pub injects: Vec<Inject>,
    /// What must never come true.
    #[serde(default, rename = "never")]
    pub nevers: Vec<Never>,
    /// What is to be reached.
    #[serde(default, rename = "objective")]
    pub objectives: Vec<Objective>,
    /// The moments by which its course is measured.
    #[serde(default)]
    pub milestones: Milestones,
    /// What is measured.
    #[serde(default, rename = "meter")]
    pub meters: Vec<Meter>,
    /// Questions for afterwards.
    #[serde(default)]
    pub debrief: Vec<String>,
    /// The briefing, in Markdown: what stands below the front matter.
    #[serde(default, skip_deserializing)]
    pub briefing: String,
    /// How it may be played, each with what must come of it.
    #[serde(default, skip_deserializing)]
    pub scripts: Vec<Script>,
}

/// What a scenario rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// Its name, with the section.
    pub name: String,
    /// When it was read.
    pub checked: String,
}

/// Who somebody is in a drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is there for, in a sentence.
    pub about: String,
}

/// Something that somebody may do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Its slug.
    pub id: String,
    /// What it is called: an order.
    pub title: String,
    /// What it means, in a sentence.
    pub about: String,
    /// Who may.
    pub role: String,
    /// Where it is given.
    #[serde(default)]
    pub place: Place,
    /// How long it takes whoever does it, in minutes of the hospital.
    pub takes_min: u32,
    /// What must hold.
    #[serde(default)]
    pub needs: Vec<Term>,
    /// What is said where that does not hold.
    #[serde(default)]
    pub refused: String,
    /// Whether it may be done again.
    #[serde(default)]
    pub again: bool,
    /// Whether the drill is over when it is done.
    #[serde(default)]
    pub ends: bool,
    /// What comes of it: the first whose conditions hold.
    #[serde(default, rename = "outcome")]
    pub outcomes: Vec<Outcome>,
}

/// What comes of a command.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Outcome {
    /// When this is what comes.
    pub when: Vec<Term>,
    /// What is seen and said.
    pub says: String,
    /// Flags that go up.
    pub sets: Vec<String>,
    /// Flags that go down.
    pub clears: Vec<String>,
    /// What it does to the hospital.
    pub effects: Vec<Effect>,
}

/// Something that happens to people.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Inject {
    /// Its slug.
    pub id: String,
    /// What it is called, on the list of events.
    pub title: String,
    /// From whom it comes.
    pub from: String,
    /// How it comes: telephone, page, screen, door.
    pub medium: String,
    /// What is said.
    pub says: String,
    /// When, in minutes after the beginning; between two of them, drawn. Without it, as soon as `when` holds.
    pub at_min: Option<Minutes>,
    /// What must hold too.
    pub when: Vec<Term>,
    /// Comes again every so many minutes while `when` holds, and says nothing then.
    pub every_min: Option<u32>,
    /// Only when the facilitator wants it.
    pub by_hand: bool,
    /// Flags that go up.
    pub sets: Vec<String>,
    /// What it does to the hospital.
    pub effects: Vec<Effect>,
    /// What good people do then: for the facilitator, and for the debrief.
    pub expected: String,
}

/// A minute, or a span to draw one from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Minutes {
    /// This minute.
    At(u32),
    /// One of these, both included.
    Between([u32; 2]),
}

/// What must never come true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it has come true.
    pub when: Vec<Term>,
    /// What it meant for somebody.
    pub says: String,
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it is reached.
    pub when: Vec<Term>,
    /// Of a hundred.
    pub points: u32,
    /// Until which minute.
    #[serde(default)]
    pub within_min: Option<u32>,
    /// Whether it must still hold at the end, and is judged then.
    #[serde(default)]
    pub at_end: bool,
    /// Whether nobody passes without it.
    #[serde(default)]
    pub must: bool,
}

/// The moments by which the course of a crisis is measured, each with when it is reached; one that is not named is never reached.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Milestones {
    /// Somebody knows what it is.
    pub detected: Vec<Term>,
    /// It does no more harm than it has done.
    pub contained: Vec<Term>,
    /// All is as it was before.
    pub restored: Vec<Term>,
}

/// What is measured while it lasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// In what it counts.
    pub unit: String,
    /// When it grows.
    #[serde(default)]
    pub when: Vec<Term>,
    /// By how much in a minute.
    pub grows: Grows,
    /// How much one of it weighs as harm to care; 0 for what only informs.
    #[serde(default)]
    pub weighs: f64,
}

/// By how much a meter grows in a minute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Grows {
    /// By this much.
    By(f64),
    /// By what this reading is.
    Reading(String),
}

/// A way to play it, and what must come of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Script {
    /// Its slug: the name of its file.
    #[serde(skip_deserializing)]
    pub id: String,
    /// What somebody thinks who plays so.
    pub title: String,
    /// Whether it passes.
    pub passes: bool,
    /// The objectives that it misses.
    pub misses: Vec<String>,
    /// What comes true that must never.
    pub breaks: Vec<String>,
    /// What is done, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One thing that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// In which minute; where it is left out, as soon as the role has time.
    #[serde(default)]
    pub at_min: Option<u32>,
    /// The command.
    pub command: String,
}

impl Scenario {
    /// A command by its slug.
    #[must_use]
    pub fn command(&self, id: &str) -> Option<&Command> {
        self.commands.iter().find(|one| one.id == id)
    }

    /// An inject by its slug.
    #[must_use]
    pub fn inject(&self, id: &str) -> Option<&Inject> {
        self.injects.iter().find(|one| one.id == id)
    }

    /// A role by its slug.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|one| one.id == id)
    }

    /// Everything that has conditions, with what it is called in the file.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = (&str, &[Term])> {
        let commands = self.commands.iter().flat_map(|one| {
            let outcomes = one.outcomes.iter().map(|outcome| (one.id.as_str(), outcome.when.as_slice()));
            outcomes.chain(std::iter::once((one.id.as_str(), one.needs.as_slice())))
        });
        let injects = self.injects.iter().map(|one| (one.id.as_str(), one.when.as_slice()));
        let nevers = self.nevers.iter().map(|one| (one.id.as_str(), one.when.as_slice()));
        let objectives = self.objectives.iter().map(|one| (one.id.as_str(), one.when.as_slice()));
        let meters = self.meters.iter().map(|one| (one.id.as_str(), one.when.as_slice()));
        let Milestones { detected, contained, restored } = &self.milestones;
        let milestones = [("detected", detected), ("contained", contained), ("restored", restored)];
        let milestones = milestones.map(|(name, terms)| (name, terms.as_slice()));
        commands.chain(injects).chain(nevers).chain(objectives).chain(meters).chain(milestones)
    }

    /// Everything that is to be read from the hospital.
    #[must_use]
    pub fn readings(&self) -> BTreeSet<&str> {
        let terms = self.conditions().flat_map(|(_, terms)| terms);
        let compared = terms.filter_map(|term| match term {
            Term::Compare(Compare { of: Quantity::Reading(name), .. }) => Some(name.as_str()),
            _ => None,
        });
        let grown = self.meters.iter().filter_map(|meter| match &meter.grows {
            Grows::Reading(name) => Some(name.as_str()),
            Grows::By(_) => None,
        });
        compared.chain(grown).collect()
    }
}
