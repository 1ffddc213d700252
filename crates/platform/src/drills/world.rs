//! Drills beneath something else: nobody takes part in one by itself, and whoever keeps it says what happens.

use scenarios::model::Scenario;
use scenarios::run::{Event, Given, Readings, World as _};
use store::records::{Drill, Person, SandboxId};

use super::error::DrillError;
use super::give::give;
use super::keep::{events_of, run_of};
use super::start::HowToStart;
use crate::access::Access;
use crate::platform::Platform;
use crate::sandboxes::ClockChange;

/// A drill beneath something else, in its hospital.
pub(crate) struct World<'a> {
    platform: &'a Platform,
    drill: Drill,
    scenario: &'a Scenario,
    /// Who its commands are given for.
    role: &'static str,
    actor: String,
}

/// What a drill has come to.
pub(crate) struct News {
    /// Its events after those that were known, in order.
    pub(crate) events: Vec<Event>,
    /// Harm to care so far.
    pub(crate) care: f64,
}

/// The scenario of a drill: one of its own, or one beneath a workshop.
pub(super) fn scenario_of(id: &str) -> Option<&'static Scenario> {
    super::shelf::scenario(id).or_else(|| crate::workshops::world(id))
}

impl<'a> World<'a> {
    /// Begins a drill in a new hospital of somebody's, whose clock stands still.
    pub(crate) fn begin(
        platform: &'a Platform,
        person: &Person,
        scenario: &'a Scenario,
        role: &'static str,
        seed: Option<u64>,
    ) -> Result<Self, DrillError> {
        let how = HowToStart { assessed: false, team: true, seed };
        let drill = platform.open_drill(person, scenario, how)?;
        let world = Self { platform, drill, scenario, role, actor: person.login.clone() };
        world.let_run(false)?;
        Ok(world)
    }

    /// The drill that goes on in a hospital.
    pub(crate) fn of(
        platform: &'a Platform,
        sandbox: &SandboxId,
        scenario: &'a Scenario,
        role: &'static str,
        actor: &str,
    ) -> Result<Self, DrillError> {
        let drill = platform.records.drill_in(sandbox)?.ok_or(DrillError::Gone)?;
        Ok(Self { platform, drill, scenario, role, actor: actor.to_owned() })
    }

    pub(crate) fn sandbox(&self) -> &SandboxId {
        &self.drill.sandbox
    }

    /// The hospital's time, microseconds since 1970 UTC.
    pub(crate) fn now_us(&self) -> Result<i64, DrillError> {
        Ok(self.access()?.virtual_us())
    }

    /// Gives a command; under the same key it counts once. What takes no time is done at once.
    pub(crate) fn give(&self, key: &str, command: &str) -> Result<(), DrillError> {
        self.platform.in_drill(&self.drill, self.scenario, &self.actor, |ground, run| {
            let at_us = ground.access.virtual_us().max(run.reached_us);
            let (key, by, command) = (key.to_owned(), self.role.to_owned(), command.to_owned());
            let holds = vec![self.role.to_owned()];
            give(ground, run, &Given { key, by, holds, command, at_us })?;
            ground.advance(run, at_us)?;
            Ok(())
        })
    }

    /// Lets an inject come by hand.
    pub(crate) fn inject(&self, inject: &str) -> Result<(), DrillError> {
        self.platform.in_drill(&self.drill, self.scenario, &self.actor, |ground, run| {
            let at_us = ground.access.virtual_us().max(run.reached_us);
            let event = run.inject(ground.scenario, inject, self.role, at_us).map_err(DrillError::Refused)?;
            ground.keep(at_us, run, &[event])
        })
    }

    /// Lets the clock run as fast as the scenario says, or stops it.
    pub(crate) fn let_run(&self, runs: bool) -> Result<(), DrillError> {
        let change = if runs { ClockChange::Rate(self.scenario.rate) } else { ClockChange::Pause };
        self.platform.change_clock(&self.access()?, change)?;
        Ok(())
    }

    /// Lets minutes of the hospital pass at once.
    pub(crate) fn pass(&self, minutes: u32) -> Result<(), DrillError> {
        self.platform.change_clock(&self.access()?, ClockChange::AdvanceSeconds(minutes * 60))?;
        self.catch_up()
    }

    /// Lets the drill come to the hospital's time.
    pub(crate) fn catch_up(&self) -> Result<(), DrillError> {
        self.platform.in_drill(&self.drill, self.scenario, &self.actor, |_, _| Ok(()))
    }

    /// Ends the drill.
    pub(crate) fn end(&self) -> Result<(), DrillError> {
        self.platform.in_drill(&self.drill, self.scenario, &self.actor, |ground, run| {
            if run.ended_us.is_some() {
                return Ok(());
            }
            let at_us = ground.access.virtual_us().max(run.reached_us);
            let readings: Readings = ground.read(at_us)?;
            let events =
                run.end(ground.scenario, self.role, at_us, &readings).map_err(DrillError::Refused)?;
            ground.keep(at_us, run, &events)
        })
    }

    /// Keeps the hospital and the drill as they are under a name, to go back to. The clock must stand still: a snapshot of one that
    /// runs would have run on when it is returned to.
    pub(crate) fn mark(&self, name: &str) -> Result<(), DrillError> {
        let _turn = self.platform.drill_turn(self.drill.sandbox.as_str());
        Ok(self.platform.take_snapshot(&self.access()?, name)?)
    }

    /// Makes hospital and drill what they were under a name.
    pub(crate) fn return_to(&self, name: &str) -> Result<(), DrillError> {
        let _turn = self.platform.drill_turn(self.drill.sandbox.as_str());
        Ok(self.platform.return_to_snapshot(&self.access()?, name)?)
    }

    /// What the drill has come to after an event's number.
    pub(crate) fn news(&self, after: u64) -> Result<News, DrillError> {
        let access = self.access()?;
        let run = access.sandbox().view(run_of)?.ok_or(DrillError::Gone)?;
        let mut events = events_of(&access)?;
        events.retain(|event| event.seq > after);
        Ok(News { events, care: run.care(self.scenario) })
    }

    fn access(&self) -> Result<Access, DrillError> {
        Ok(self.platform.access(self.drill.sandbox.as_str(), &self.actor, "workshop")?)
    }
}
