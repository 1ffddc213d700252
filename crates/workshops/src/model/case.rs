use std::collections::BTreeMap;

use scenarios::model::{Cite, Inject, Meter, Never};
use serde::{Deserialize, Serialize};

use super::choice::{Decision, HandOff, Question};
use super::phase::Phase;
use super::role::{Fact, Role};
use super::rubric::Rubric;
use super::team::Team;

/// A case that people of several professions work through together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
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
    /// The accounts that play a part in the hospital: login and name.
    #[serde(default)]
    pub accounts: BTreeMap<String, String>,
    /// What the exercise is to show.
    #[serde(default, rename = "objective")]
    pub objectives: Vec<Objective>,
    /// Who takes part.
    #[serde(default, rename = "role")]
    pub roles: Vec<Role>,
    /// In which parts it goes on.
    #[serde(default, rename = "phase")]
    pub phases: Vec<Phase>,
    /// What happens: the master scenario events list.
    #[serde(default, rename = "inject")]
    pub injects: Vec<Inject>,
    /// Events that reach these roles alone; all others reach everybody.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    /// What everybody is asked privately at each of the three moments.
    #[serde(default, rename = "question")]
    pub questions: Vec<Question>,
    /// What is to be decided.
    #[serde(default, rename = "decision")]
    pub decisions: Vec<Decision>,
    /// What must be handed over from one role to another.
    #[serde(default, rename = "hand-off")]
    pub hand_offs: Vec<HandOff>,
    /// What must never come true.
    #[serde(default, rename = "never")]
    pub nevers: Vec<Never>,
    /// What is measured in the hospital.
    #[serde(default, rename = "meter")]
    pub meters: Vec<Meter>,
    /// Questions for the debrief.
    #[serde(default)]
    pub debrief: Vec<String>,
    /// The briefing for everybody, in Markdown: what stands below the front matter.
    #[serde(default, skip_deserializing)]
    pub briefing: String,
    /// The facilitator's guide, in Markdown: the file `facilitator.md`.
    #[serde(default, skip_deserializing)]
    pub guide: String,
    /// What two raters look for: the file `rubric.toml`.
    #[serde(default, skip_deserializing)]
    pub rubric: Rubric,
    /// Teams that prove the case, each with what must come of it.
    #[serde(default, skip_deserializing)]
    pub teams: Vec<Team>,
}

/// What the exercise is to show, in the terms of an after-action report (HSEEP doctrine, January 2020, chapter 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its slug.
    pub id: String,
    /// What is to be shown, in a sentence.
    pub title: String,
    /// The capability it belongs to, as the organisation names it.
    pub capability: String,
}

impl Case {
    /// A role by its slug.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|one| one.id == id)
    }

    /// What a role is called; its slug, where there is no such role.
    #[must_use]
    pub fn role_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.role(id).map_or(id, |role| role.title.as_str())
    }

    /// A fact by its slug, with the role that knows it.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<(&Role, &Fact)> {
        let facts = self.roles.iter().flat_map(|role| role.facts.iter().map(move |fact| (role, fact)));
        facts.into_iter().find(|(_, fact)| fact.id == id)
    }

    /// A decision by its slug.
    #[must_use]
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions.iter().find(|one| one.id == id)
    }

    /// An inject by its slug.
    #[must_use]
    pub fn inject(&self, id: &str) -> Option<&Inject> {
        self.injects.iter().find(|one| one.id == id)
    }

    /// The place of a phase in the order of the file.
    #[must_use]
    pub fn phase_place(&self, id: &str) -> Option<usize> {
        self.phases.iter().position(|one| one.id == id)
    }

    /// How many minutes of a person the whole of it takes.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.phases.iter().map(|phase| phase.minutes).sum()
    }
}
