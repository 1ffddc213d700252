use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::decided::{Decided, decided};
use super::facts::{Facts, facts};
use super::situation::{Situation, percent, situations};
use crate::model::{Case, HandOff};
use crate::run::Run;

/// What a workshop was worth.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Measures {
    /// What the roles held to be so, at each moment.
    pub situations: Vec<Situation>,
    /// What became of critical facts.
    pub facts: Facts,
    /// What was handed over.
    pub hand_offs: HandOffs,
    /// What was decided, against the key.
    pub decided: Decided,
    /// What must never be and came true.
    pub nevers: Vec<Never>,
    /// Harm to care in the hospital.
    pub care: f64,
}

/// What was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HandOffs {
    /// How many were sent.
    pub sent: usize,
    /// Of these, how many were read back, found right, and so closed.
    pub closed: usize,
    /// Of those that the case wants, how many were closed, in percent.
    pub wanted: u32,
    /// Those that the case wants and that were not, in words.
    pub missing: Vec<String>,
}

/// Something that must never be and came true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Never {
    /// What it is called.
    pub title: String,
    /// What it meant for somebody.
    pub says: String,
}

/// Measures a workshop, as far as it has come.
#[must_use]
pub fn measure(case: &Case, run: &Run) -> Measures {
    let nevers = run.play.breached.iter().filter_map(|came| {
        let never = case.nevers.iter().find(|never| never.id == came.id)?;
        Some(Never { title: never.title.clone(), says: never.says.clone() })
    });
    Measures {
        situations: situations(case, run),
        facts: facts(case, run),
        hand_offs: handed_over(case, run),
        decided: decided(case, run),
        nevers: nevers.collect(),
        care: run.play.care,
    }
}

impl Measures {
    /// How much of what its case asks for the team did, 0 to 1: the mean of its decisions against the key, the facts that reached a
    /// decision, and the hand-offs that were closed. It says what doing the work showed, and is no mark.
    #[must_use]
    pub fn share(&self) -> f64 {
        let all = [self.decided.points, self.facts.reached, self.hand_offs.wanted];
        all.map(|percent| f64::from(percent) / 300.0).iter().sum()
    }

    /// The measures as numbers with names, to be compared: `agreement-t0` to `agreement-t2` and `correct-t0` to `correct-t2`, `on-table`,
    /// `facts` (that reached a decision), `hand-offs`, `decisions`, `informed`, `nevers`, `harm`.
    #[must_use]
    pub fn figures(&self) -> BTreeMap<String, f64> {
        let mut figures = BTreeMap::from([
            ("on-table".to_owned(), f64::from(self.facts.on_table)),
            ("facts".to_owned(), f64::from(self.facts.reached)),
            ("hand-offs".to_owned(), f64::from(self.hand_offs.wanted)),
            ("decisions".to_owned(), f64::from(self.decided.points)),
            ("informed".to_owned(), f64::from(self.decided.informed)),
            ("nevers".to_owned(), f64::from(u32::try_from(self.nevers.len()).unwrap_or(u32::MAX))),
            ("harm".to_owned(), self.care),
        ]);
        for one in &self.situations {
            figures.insert(format!("agreement-{}", one.moment.word()), f64::from(one.agreement));
            figures.insert(format!("correct-{}", one.moment.word()), f64::from(one.correct));
        }
        figures
    }
}

fn handed_over(case: &Case, run: &Run) -> HandOffs {
    let sent = &run.play.hand_offs;
    let due = |one: &&HandOff| {
        case.phase_place(&one.phase).zip(run.play.phase).is_some_and(|(place, now)| place <= now)
    };
    let is_closed = |wanted: &HandOff| {
        sent.iter().any(|one| one.from == wanted.from && one.to == wanted.to && one.closed_us.is_some())
    };
    let wanted: Vec<&HandOff> = case.hand_offs.iter().filter(due).collect();
    let missing: Vec<String> =
        wanted.iter().filter(|one| !is_closed(one)).map(|one| one.title.clone()).collect();
    HandOffs {
        sent: sent.len(),
        closed: sent.iter().filter(|one| one.closed_us.is_some()).count(),
        wanted: percent(wanted.len() - missing.len(), wanted.len()),
        missing,
    }
}
