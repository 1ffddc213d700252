use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Case;
use crate::run::Run;

/// What only the facilitator sees.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Console {
    /// Their own notes, oldest first: when, on the hospital's clock, and what.
    pub notes: Vec<(i64, String)>,
    /// The master scenario events list, in the order of the file.
    pub events: Vec<ToBring>,
    /// What each role still keeps to itself.
    pub held: Vec<Held>,
    /// How many roles have answered the questions that are asked now.
    pub answered: usize,
    /// The phases, each with whether one can go back to it: slug, title.
    pub phases: Vec<(String, String, bool)>,
    /// Harm to care so far.
    pub care: f64,
    /// Who takes part without a role: ids, and what they are called.
    pub onlookers: Vec<(String, String)>,
}

/// An event of the case, with what is expected of people then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ToBring {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How it comes: by time, by state or by hand, in words.
    pub comes: String,
    /// What good people do then.
    pub expected: String,
    /// Whether it came.
    pub came: bool,
    /// Whether it comes by hand alone.
    pub by_hand: bool,
}

/// What a role keeps to itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Held {
    /// The role: its title.
    pub role: String,
    /// What a decision hangs on and is not on the table yet.
    pub facts: Vec<String>,
}

/// The console as it stands.
pub(super) fn console(case: &Case, run: &Run) -> Console {
    let asks = run.play.phase_of(case).and_then(|phase| phase.asks);
    Console {
        notes: run.notes.iter().map(|note| (note.at_us, note.text.clone())).collect(),
        events: case.injects.iter().map(|inject| to_bring(run, inject)).collect(),
        held: case.roles.iter().map(|role| held(case, run, role)).collect(),
        answered: asks
            .and_then(|moment| run.play.answers.get(&moment))
            .map_or(0, std::collections::BTreeMap::len),
        phases: case
            .phases
            .iter()
            .enumerate()
            .map(|(place, phase)| (phase.id.clone(), phase.title.clone(), run.marks.contains_key(&place)))
            .collect(),
        care: run.play.care,
        onlookers: run
            .members
            .iter()
            .filter(|(_, member)| member.role.is_none())
            .map(|(id, member)| (id.clone(), member.name.clone()))
            .collect(),
    }
}

fn to_bring(run: &Run, inject: &scenarios::model::Inject) -> ToBring {
    let when: Vec<String> = inject.when.iter().map(ToString::to_string).collect();
    let comes = match (inject.by_hand, when.is_empty()) {
        (true, _) => "by hand".to_owned(),
        (false, false) => format!("when {}", when.join(", ")),
        (false, true) => "by time".to_owned(),
    };
    ToBring {
        id: inject.id.clone(),
        title: inject.title.clone(),
        comes,
        expected: inject.expected.clone(),
        came: run.play.came.iter().any(|came| came.id == inject.id),
        by_hand: inject.by_hand,
    }
}

fn held(case: &Case, run: &Run, role: &crate::model::Role) -> Held {
    let kept = role
        .facts
        .iter()
        .filter(|fact| fact.critical && run.play.has_come(case, fact) && !run.play.on_table(&fact.id));
    Held { role: role.title.clone(), facts: kept.map(|fact| fact.says.clone()).collect() }
}
