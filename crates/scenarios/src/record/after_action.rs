use serde::{Deserialize, Serialize};

use super::score::{Score, score};
use crate::model::Scenario;
use crate::run::{Event, MINUTE_US, Run, What, said_of};

/// What is told of a drill afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AfterAction {
    /// The score.
    pub score: Score,
    /// How many minutes it lasted.
    pub minutes: i64,
    /// What happened, in order; what came again and again, once.
    pub timeline: Vec<Row>,
    /// What was decided, and what waiting for it and doing it cost.
    pub decisions: Vec<Decision>,
    /// What to do about it, drafted from what was missed: each a sentence.
    pub improvements: Vec<String>,
}

/// One line of what happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The number of its event.
    pub seq: u64,
    /// In which minute.
    pub minute: i64,
    /// The kind of event, as in the journal.
    pub kind: String,
    /// Who: a person, or from whom it came.
    pub who: String,
    /// What it is called.
    pub title: String,
    /// What was said.
    pub says: String,
    /// Harm to care until then.
    pub care: f64,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What was done.
    pub title: String,
    /// Who did it.
    pub by: String,
    /// In which minute it was decided.
    pub decided_min: i64,
    /// In which minute it was done.
    pub done_min: i64,
    /// Harm to care that had come together when it was decided.
    pub care_before: f64,
    /// Harm to care that came while it was carried out.
    pub care_meanwhile: f64,
    /// Harm to care in a minute, when it was decided.
    pub rate_before: f64,
    /// The same some minutes after it was done.
    pub rate_after: f64,
}

/// After so many minutes, what was done shows.
const SHOWS_AFTER_MIN: i64 = 2;

/// Makes the report from the events of a drill.
#[must_use]
pub fn after_action(scenario: &Scenario, run: &Run, events: &[Event]) -> AfterAction {
    let minute = |at_us: i64| (at_us - run.begun_us) / MINUTE_US;
    let score = score(scenario, run);
    let timeline = events
        .iter()
        .filter(|event| !matches!(event.what, What::Injected { again: true, .. }))
        .map(|event| row(scenario, event, minute(event.at_us)))
        .collect();
    let improvements = improvements(scenario, &score);
    let minutes = minute(run.ended_us.unwrap_or(run.reached_us));
    AfterAction { score, minutes, timeline, decisions: decisions(scenario, run, events), improvements }
}

fn row(scenario: &Scenario, event: &Event, minute: i64) -> Row {
    let command = |id: &str| scenario.command(id).map_or_else(|| id.to_owned(), |one| one.title.clone());
    let says = said_of(scenario, event).to_owned();
    let (who, title, says) = match &event.what {
        What::Begun => (String::new(), "The drill began".to_owned(), says),
        What::Injected { inject, .. } => {
            scenario.inject(inject).map_or((String::new(), inject.clone(), String::new()), |one| {
                (one.from.clone(), one.title.clone(), says)
            })
        }
        What::Given { by, command: id, .. } => (by.clone(), command(id), String::new()),
        What::Refused { by, command: id, why, .. } => (by.clone(), command(id), why.clone()),
        What::Done { by, command: id, .. } => (by.clone(), command(id), says),
        What::Breached { never } => {
            let title = scenario.nevers.iter().find(|one| one.id == *never).map(|one| one.title.clone());
            (String::new(), title.unwrap_or_else(|| never.clone()), says)
        }
        What::Met { objective } => {
            let title = scenario.objectives.iter().find(|one| one.id == *objective);
            (String::new(), title.map_or_else(|| objective.clone(), |one| one.title.clone()), String::new())
        }
        What::Ended { by } => (by.clone().unwrap_or_default(), "The drill ended".to_owned(), String::new()),
    };
    Row { seq: event.seq, minute, kind: event.what.word().to_owned(), who, title, says, care: event.care }
}

fn decisions(scenario: &Scenario, run: &Run, events: &[Event]) -> Vec<Decision> {
    let minute = |at_us: i64| (at_us - run.begun_us) / MINUTE_US;
    let decision = |(place, given): (usize, &Event)| {
        let What::Given { by, command, .. } = &given.what else { return None };
        let is_its_end = |event: &&Event| matches!(&event.what, What::Done { by: doer, command: done, .. } if doer == by && done == command);
        let done = events.get(place + 1..)?.iter().find(is_its_end)?;
        let shows_us = done.at_us + SHOWS_AFTER_MIN * MINUTE_US;
        let after = events.iter().find(|event| event.at_us >= shows_us);
        Some(Decision {
            title: scenario.command(command)?.title.clone(),
            by: by.clone(),
            decided_min: minute(given.at_us),
            done_min: minute(done.at_us),
            care_before: given.care,
            care_meanwhile: done.care - given.care,
            rate_before: given.care_rate,
            rate_after: after.map_or_else(|| run.care_rate(scenario), |event| event.care_rate),
        })
    };
    events.iter().enumerate().filter_map(decision).collect()
}

fn improvements(scenario: &Scenario, score: &Score) -> Vec<String> {
    let nevers = scenario.nevers.iter().filter(|never| score.breached.contains(&never.id));
    let nevers = nevers
        .map(|never| format!("{}: decide who watches for it next time, and how they are told.", never.title));
    let missed = score.objectives.iter().filter(|one| !one.in_time).filter_map(|one| {
        let objective = scenario.objectives.iter().find(|known| known.id == one.id)?;
        Some(match (one.minute, objective.within_min) {
            (Some(at), Some(within)) => {
                format!(
                    "{}: it took {at} minutes, and {within} were there. Find what it waited for.",
                    objective.title
                )
            }
            _ => format!(
                "{}: it was not reached. Name an owner and a date for practising it.",
                objective.title
            ),
        })
    });
    nevers.chain(missed).collect()
}
