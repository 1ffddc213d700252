use super::state::{Readings, Run};
use crate::model::{Command, Scenario};

/// A command, as somebody with certain roles meets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer<'a> {
    /// The command.
    pub command: &'a Command,
    /// Why they cannot give it now; `None` where they can.
    pub why_not: Option<String>,
    /// Whether it is being done.
    pub at_work: bool,
    /// Whether it has been done.
    pub done: bool,
}

/// The commands of the roles that somebody has, in the order of the file. Whether something is the right thing to do is
/// not said.
#[must_use]
pub fn offers<'a>(
    scenario: &'a Scenario,
    run: &Run,
    holds: &[String],
    at_us: i64,
    readings: &Readings,
) -> Vec<Offer<'a>> {
    let mine = scenario.commands.iter().filter(|command| holds.contains(&command.role));
    let offer = |command: &'a Command| Offer {
        command,
        why_not: run.why_not(scenario, command, holds, at_us, readings),
        at_work: run.busy.iter().any(|busy| busy.command == command.id),
        done: run.done.contains(&command.id),
    };
    mine.map(offer).collect()
}
