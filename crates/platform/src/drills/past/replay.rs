use scenarios::model::{Command, Scenario};
use scenarios::run::{Event, Readings, Run, care_at};
use store::records::Person;

use super::wires::wires_then;
use crate::drills::error::DrillError;
use crate::drills::keep::{events_of, run_of};
use crate::drills::view::DrillView;
use crate::platform::Platform;

const SECOND_US: i64 = 1_000_000;
/// Why nothing can be done in the past.
const PAST: &str = "This is how it was. Nothing can be done about it any more.";

/// A drill that is over, as it stood at a moment of it.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The drill, as if nothing had happened after that moment.
    pub view: DrillView,
    /// The moment, in seconds of the hospital since the drill began.
    pub second: u32,
    /// How many seconds it lasted.
    pub seconds: u32,
    /// Harm to care until then.
    pub care: f64,
}

impl Platform {
    /// A drill that is over, as it stood so many seconds of the hospital after it began. A moment after its end is its end.
    ///
    /// # Errors
    /// When they take no part, or it still goes on.
    pub fn replay_drill(&self, person: &Person, drill: &str, second: u32) -> Result<Replay, DrillError> {
        let part = self.part(person, drill)?;
        let access = self.access(part.drill.sandbox.as_str(), &person.login, "drill")?;
        let last = access.sandbox().view(run_of)?.ok_or(DrillError::Gone)?;
        let Some(ended_us) = last.ended_us.filter(|_| part.drill.ended.is_some()) else {
            let why = "this drill still goes on; it can be seen again when it is over";
            return Err(DrillError::Refused(why.to_owned()));
        };
        let scenario = part.scenario;
        // What happened within a second has happened when it is over.
        let seconds = u32::try_from((ended_us - last.begun_us + SECOND_US - 1) / SECOND_US).unwrap_or(0);
        let second = second.min(seconds);
        let at_us = (last.begun_us + i64::from(second) * SECOND_US).min(ended_us);
        let all = events_of(&access)?;
        let care = care_at(&all, at_us);
        let run = Run::retold(scenario, last.seed, &all, at_us);
        let events: Vec<Event> = all.into_iter().take_while(|event| event.at_us <= at_us).collect();
        let wires = wires_then(&access, at_us)?;
        let view = DrillView {
            offers: offers_then(scenario, &run),
            players: self.players(&part.drill.id)?,
            wall: wires.wall(),
            network: wires.network(),
            roles: part.roles,
            facilitates: false,
            to_bring: Vec::new(),
            now_us: at_us,
            rate: 0,
            readings: Readings::new(),
            drill: part.drill,
            scenario,
            events,
            run,
        };
        Ok(Replay { view, second, seconds, care })
    }
}

type Offered = (&'static Command, Option<String>, bool, bool);

/// Every command, none of which can be given.
fn offers_then(scenario: &'static Scenario, run: &Run) -> Vec<Offered> {
    let offer = |command: &'static Command| {
        let at_work = run.busy.iter().any(|busy| busy.command == command.id);
        (command, Some(PAST.to_owned()), at_work, run.done.contains(&command.id))
    };
    scenario.commands.iter().map(offer).collect()
}
