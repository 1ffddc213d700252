use std::sync::MutexGuard;

use scenarios::model::Scenario;
use scenarios::record::{Course, score};
use scenarios::run::{Event, Given, MINUTE_US, Run, Taken, What, World};
use store::records::{Drill, DrillResult, Person, SandboxId};

use super::error::DrillError;
use super::ground::Ground;
use super::keep::{keep, run_of};
use super::members::Part;
use crate::access::Access;
use crate::live::Stepped;
use crate::platform::Platform;
use crate::sandboxes::ClockChange;

/// Minutes that pass at a time at most.
const PASS_MIN_MAX: u32 = 30;

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// Somebody sets to work, until this moment of the hospital.
    Begun(i64),
    /// It was refused; the words say why.
    Refused(String),
    /// It had come before: the number of the event that answered.
    Before(u64),
}

impl Platform {
    /// Takes a command from somebody who takes part. `key` tells it from others: given again, it counts once.
    ///
    /// # Errors
    /// When they take no part, or there is no such command.
    pub fn give_in_drill(
        &self,
        person: &Person,
        drill: &str,
        key: &str,
        command: &str,
    ) -> Result<Answered, DrillError> {
        let part = self.part(person, drill)?;
        let (by, holds) = (person.login.clone(), part.roles.clone());
        self.in_drill(&part.drill, part.scenario, &person.login, |ground, run| {
            let at_us = ground.access.virtual_us().max(run.reached_us);
            let (key, command) = (key.to_owned(), command.to_owned());
            let given = Given { key, by, holds, command, at_us };
            let answered = give(ground, run, &given)?;
            // What takes no time is done at once.
            ground.advance(run, at_us)?;
            Ok(answered)
        })
    }

    /// Lets an inject come by hand.
    ///
    /// # Errors
    /// When they do not facilitate, or it cannot come.
    pub fn inject_in_drill(&self, person: &Person, drill: &str, inject: &str) -> Result<(), DrillError> {
        let part = self.facilitating(person, drill)?;
        self.in_drill(&part.drill, part.scenario, &person.login, |ground, run| {
            let at_us = ground.access.virtual_us().max(run.reached_us);
            let event =
                run.inject(ground.scenario, inject, &person.login, at_us).map_err(DrillError::Refused)?;
            ground.keep(at_us, run, &[event])
        })
    }

    /// Ends a drill before its time.
    ///
    /// # Errors
    /// When they do not facilitate, or it is over.
    pub fn end_drill(&self, person: &Person, drill: &str) -> Result<(), DrillError> {
        let part = self.facilitating(person, drill)?;
        self.in_drill(&part.drill, part.scenario, &person.login, |ground, run| {
            let at_us = ground.access.virtual_us().max(run.reached_us);
            let readings = ground.read(at_us)?;
            let events =
                run.end(ground.scenario, &person.login, at_us, &readings).map_err(DrillError::Refused)?;
            ground.keep(at_us, run, &events)
        })
    }

    /// Lets so many minutes of the hospital pass at once.
    ///
    /// # Errors
    /// When they take no part, or want too many.
    pub fn pass_in_drill(&self, person: &Person, drill: &str, minutes: u32) -> Result<(), DrillError> {
        let part = self.part(person, drill)?;
        if !(1..=PASS_MIN_MAX).contains(&minutes) {
            return Err(DrillError::Refused(format!("let 1 to {PASS_MIN_MAX} minutes pass at a time")));
        }
        if part.drill.ended.is_some() {
            return Err(DrillError::Refused("the drill is over".to_owned()));
        }
        let access = self.access(part.drill.sandbox.as_str(), &person.login, "drill")?;
        self.change_clock(&access, ClockChange::AdvanceSeconds(minutes * 60))?;
        self.in_drill(&part.drill, part.scenario, &person.login, |_, _| Ok(()))
    }

    /// Lets the clock of a drill run, or stand still.
    ///
    /// # Errors
    /// When they do not facilitate; the clock of a drill that counts is nobody's but a teacher's to stop.
    pub fn run_drill(&self, person: &Person, drill: &str, runs: bool) -> Result<(), DrillError> {
        let part = self.facilitating(person, drill)?;
        if part.drill.ended.is_some() {
            return Err(DrillError::Refused("the drill is over".to_owned()));
        }
        let access = self.access(part.drill.sandbox.as_str(), &person.login, "drill")?;
        let change = if runs { ClockChange::Rate(part.scenario.rate) } else { ClockChange::Pause };
        self.change_clock(&access, change)?;
        Ok(())
    }

    /// Lets the drill in a hospital, if one goes on there, come to the hospital's time. Returns when to look again.
    pub(super) fn play_drill(&self, sandbox: &str) -> Result<Stepped, DrillError> {
        let id = SandboxId::from(sandbox);
        let Some(drill) = self.records.drill_in(&id)?.filter(|drill| drill.ended.is_none()) else {
            return Ok(Stepped::Rest);
        };
        let Some(scenario) = super::world::scenario_of(&drill.scenario) else { return Ok(Stepped::Rest) };
        let mut next_us = None;
        self.in_drill(&drill, scenario, "drill", |_, run| {
            next_us = run.next_us();
            Ok(())
        })?;
        let access = self.access(sandbox, "drill", "drill")?;
        Ok(match (next_us, i64::from(access.clock().rate)) {
            (None, _) | (_, 0) => Stepped::Rest,
            (Some(next_us), rate) => Stepped::In((next_us - access.virtual_us()).max(0) / rate + 1),
        })
    }

    fn facilitating(&self, person: &Person, drill: &str) -> Result<Part, DrillError> {
        let part = self.part(person, drill)?;
        let refused = || DrillError::Refused("that is for whoever facilitates this drill".to_owned());
        if part.facilitates { Ok(part) } else { Err(refused()) }
    }

    /// Lets a drill come to the hospital's time, and then does something in it; nobody else does meanwhile.
    pub(super) fn in_drill<T>(
        &self,
        drill: &Drill,
        scenario: &Scenario,
        actor: &str,
        work: impl FnOnce(&mut Ground<'_>, &mut Run) -> Result<T, DrillError>,
    ) -> Result<T, DrillError> {
        let sandbox = drill.sandbox.as_str();
        let _turn = self.drill_turn(sandbox);
        let access = self.access(sandbox, actor, "drill")?;
        let mut run = access.sandbox().view(run_of)?.ok_or(DrillError::Gone)?;
        let begun_us = run.begun_us;
        let entropy = self.entropy();
        let mut ground = Ground { platform: self, access: &access, scenario, entropy, begun_us };
        ground.advance(&mut run, access.virtual_us())?;
        let done = work(&mut ground, &mut run)?;
        self.close(drill, scenario, &access, &run)?;
        Ok(done)
    }

    /// Waits until nobody else does anything in the drill of a hospital.
    pub(super) fn drill_turn(&self, sandbox: &str) -> MutexGuard<'_, ()> {
        self.turns.take(&format!("drill {sandbox}"))
    }

    /// When a drill is over, its clock stands still, and what came of it is noted.
    fn close(
        &self,
        drill: &Drill,
        scenario: &Scenario,
        access: &Access,
        run: &Run,
    ) -> Result<(), DrillError> {
        if run.ended_us.is_none() || drill.ended.is_some() {
            return Ok(());
        }
        let score = score(scenario, run);
        let Course { detected_min, contained_min, restored_min } = score.course;
        let members = self.records.drill_members(&drill.id)?;
        self.records.drill_end(&DrillResult {
            drill: drill.id.clone(),
            scenario: drill.scenario.clone(),
            version: scenario.version.clone(),
            crew: members.iter().filter(|(_, roles)| !roles.is_empty()).count(),
            ended_us: self.clock().now_us(),
            points: score.points,
            passed: score.passed,
            detected_min,
            contained_min,
            restored_min,
        })?;
        self.change_clock(access, ClockChange::Pause)?;
        access.tell("drill.closed");
        Ok(())
    }
}

/// Gives a command, and keeps what became of it.
pub(super) fn give(ground: &mut Ground<'_>, run: &mut Run, given: &Given) -> Result<Answered, DrillError> {
    let readings = ground.read(given.at_us)?;
    match run.give(ground.scenario, given, &readings) {
        Taken::Now(event) => {
            keep(&ground.access.at(given.at_us), run, std::slice::from_ref(&event))?;
            Ok(answered(event))
        }
        Taken::Before(seq) => Ok(Answered::Before(seq)),
        Taken::Away(refusal) => Err(DrillError::Refused(refusal.to_string())),
    }
}

fn answered(event: Event) -> Answered {
    match event.what {
        What::Given { until_us, .. } => Answered::Begun(until_us),
        What::Refused { why, .. } => Answered::Refused(why),
        _ => Answered::Begun(event.at_us + MINUTE_US),
    }
}
