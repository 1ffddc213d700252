//! Starting over, at four grains.

use data_encoding::HEXLOWER;
use serde_json::json;
use store::StoreError;
use store::journal::NewEntry;
use store::records::{Answer, Attempt, AttemptId, AttemptState, Person, Reset, ResetGrain};
use training::attempt::{Grain, ResetPlan, Restore, reset};

use super::case::Case;
use super::error::LabError;
use super::past::{START, begun_steps};
use super::seed::seed_of;
use super::setup::set_up;
use super::start::Start;
use super::states::kept;
use crate::access::outcome;
use crate::incidents::turn_back;
use crate::platform::Platform;
use crate::sandboxes::starting_at;

impl Platform {
    /// Lets a learner start over: a step, the lab, the sandbox with all its snapshots, or every lab of the track. Returns
    /// the attempt to go on with, which is another one after a track. Evidence, hints taken and traps stepped into stay
    /// on record; answers are cleared with the step or lab they belong to, and kept when only the sandbox starts over.
    ///
    /// # Errors
    /// When the lab has no such step, or the step has not begun.
    pub fn reset_attempt(
        &self,
        person: &Person,
        attempt: &AttemptId,
        grain: &Grain,
    ) -> Result<Attempt, LabError> {
        let case = self.case_of(person, attempt)?;
        let no_step = || match grain {
            Grain::Step(id) => case.no_such("step", id),
            _ => case.no_such("part", "this"),
        };
        let plan = reset(case.variant(), grain).ok_or_else(no_step)?;
        if plan.next_attempt {
            return self.reset_track(person, &case);
        }
        if case.attempt.state == AttemptState::Abandoned {
            return Err(LabError::Over(case.attempt.state.word()));
        }
        let _turn = self.turns.take(case.id().as_str());
        match &plan.restore {
            Restore::Snapshot(name) => self.restore_step(person, &case, grain, name)?,
            Restore::Start => self.restore_start(person, &case)?,
            Restore::Fresh => self.restore_fresh(person, &case)?,
        }
        self.forget(&case, &plan, grain)?;
        self.record_reset(person, &case, grain)?;
        let attempt = self.records.attempt(case.id())?;
        attempt.ok_or_else(|| LabError::NotYours(case.id().clone()))
    }

    fn restore_step(&self, person: &Person, case: &Case, grain: &Grain, name: &str) -> Result<(), LabError> {
        let access = self.enter(person, case.sandbox()?.as_str(), "lab")?;
        let Grain::Step(step) = grain else { return Ok(()) };
        let begun = begun_steps(access.sandbox())?;
        let virtual_us = *begun.get(step).ok_or_else(|| LabError::NotBegun(step.clone()))?;
        self.return_to_snapshot(&access, name)?;
        self.set_clock(&self.own_access(case)?, virtual_us)?;
        Ok(turn_back(self, access.sandbox().id(), virtual_us)?)
    }

    fn restore_start(&self, person: &Person, case: &Case) -> Result<(), LabError> {
        let access = self.enter(person, case.sandbox()?.as_str(), "lab")?;
        self.return_to_snapshot(&access, START)?;
        self.set_clock(&self.own_access(case)?, case.lab().virtual_now_us)?;
        Ok(turn_back(self, access.sandbox().id(), case.lab().virtual_now_us)?)
    }

    /// Makes the sandbox anew under its own id: no snapshot stays, and the new journal begins with where the old one
    /// ended. A file that is missing already, after a crash half way, is no reason to stop.
    fn restore_fresh(&self, person: &Person, case: &Case) -> Result<(), LabError> {
        let id = case.sandbox()?.as_str();
        let now_us = self.clock.now_us();
        let ended = match self.sandboxes.open(id, now_us) {
            Ok(sandbox) => sandbox.journal_head().map(|(seq, hash)| (seq, HEXLOWER.encode(&hash)))?,
            Err(_) => (0, String::new()),
        };
        self.exports.forget(id);
        match self.sandboxes.delete(id) {
            Err(StoreError::NotFound { .. }) | Ok(()) => {}
            Err(error) => return Err(error.into()),
        }
        let lab = case.lab();
        let started = NewEntry {
            virtual_us: lab.virtual_now_us,
            wall_us: now_us,
            actor: person.login.clone(),
            source: "lab".to_owned(),
            target: "sandbox".to_owned(),
            kind: "sandbox.reset".to_owned(),
            subject: None,
            outcome: outcome::OK.to_owned(),
            detail: json!({"image": lab.image, "journal_ended": {"seq": ended.0, "hash": ended.1}}),
        };
        let clock = starting_at(lab.virtual_now_us, now_us);
        self.sandboxes.create(id, &lab.image, &[("clock", &clock)], &started, now_us)?;
        let access = self.access_at(id, now_us)?;
        set_up(self, &access, (lab, case.variant()), &seed_of(case.attempt.seed), &mut case.values.clone())
    }

    /// Forgets verdicts and, unless only the sandbox starts over, answers; an attempt that was finished is open again.
    fn forget(&self, case: &Case, plan: &ResetPlan, grain: &Grain) -> Result<(), LabError> {
        let now_us = self.clock.now_us();
        let (mut states, _) = self.states(case.id())?;
        for (check, state) in &mut states {
            if plan.forget.contains(check) {
                *state = state.forgotten();
            }
        }
        self.records.check_states_set(case.id(), &kept(&states, now_us))?;
        if *grain != Grain::Sandbox {
            let answers = self.records.answer_latest(case.id())?;
            for Answer { check, value, .. } in answers {
                if plan.forget.contains(&check) && !value.is_empty() {
                    let cleared = Answer { check, value: String::new(), at_us: now_us };
                    self.records.answer_add(case.id(), &cleared)?;
                }
            }
        }
        if case.attempt.state == AttemptState::Finished {
            self.records.attempt_set_state(case.id(), AttemptState::Started, None)?;
        }
        Ok(())
    }

    fn record_reset(&self, person: &Person, case: &Case, grain: &Grain) -> Result<(), LabError> {
        let (word, step) = match grain {
            Grain::Step(step) => (ResetGrain::Step, Some(step)),
            Grain::Lab => (ResetGrain::Lab, None),
            Grain::Sandbox => (ResetGrain::Sandbox, None),
            Grain::Track => (ResetGrain::Track, None),
        };
        self.records.reset_add(case.id(), Reset { grain: word, at_us: self.clock.now_us() })?;
        let access = self.enter(person, case.sandbox()?.as_str(), "lab")?;
        let detail = json!({"grain": word.word(), "step": step});
        access.note(access.event("lab.reset", None, outcome::OK, detail))?;
        access.tell("sandbox.reset");
        Ok(())
    }

    /// Begins every lab of the track anew that the person has begun. Attempts that were finished stay finished.
    fn reset_track(&self, person: &Person, case: &Case) -> Result<Attempt, LabError> {
        let catalogue = self.catalogue();
        let track = catalogue.tracks_of(&case.lab().id).first().and_then(|id| catalogue.track(id));
        let labs = track.map_or_else(|| vec![case.lab().id.clone()], |track| track.labs.clone());
        let mut next = None;
        for lab in labs {
            let Some(latest) = self.records.attempt_latest(&person.id, &lab)? else { continue };
            let reset = Reset { grain: ResetGrain::Track, at_us: self.clock.now_us() };
            self.records.reset_add(&latest.id, reset)?;
            let begun = self.start_attempt(person, &lab, &Start { anew: true, ..Start::default() })?;
            if lab == case.lab().id {
                next = Some(begun);
            }
        }
        next.ok_or_else(|| LabError::NotYours(case.id().clone()))
    }
}
