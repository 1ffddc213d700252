use super::event::{Event, What};
use crate::model::{Command, Effect, Outcome, Scenario};

/// What an event does to the hospital.
#[must_use]
pub fn effects_of<'a>(scenario: &'a Scenario, event: &Event) -> &'a [Effect] {
    match &event.what {
        What::Injected { inject, .. } => {
            scenario.inject(inject).map_or(&[], |inject| inject.effects.as_slice())
        }
        What::Done { command, outcome, .. } => {
            outcome_of(scenario.command(command), *outcome).map_or(&[], |outcome| outcome.effects.as_slice())
        }
        _ => &[],
    }
}

/// What is said when an event happens: by whom it comes to people, or by what came of their work.
#[must_use]
pub fn said_of<'a>(scenario: &'a Scenario, event: &Event) -> &'a str {
    match &event.what {
        What::Injected { inject, .. } => scenario.inject(inject).map_or("", |inject| inject.says.as_str()),
        What::Done { command, outcome, .. } => {
            outcome_of(scenario.command(command), *outcome).map_or("", |outcome| outcome.says.as_str())
        }
        What::Breached { never } => {
            scenario.nevers.iter().find(|one| one.id == *never).map_or("", |one| one.says.as_str())
        }
        _ => "",
    }
}

fn outcome_of(command: Option<&Command>, place: Option<usize>) -> Option<&Outcome> {
    command?.outcomes.get(place?)
}
