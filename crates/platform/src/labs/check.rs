use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;
use store::records::{AttemptId, AttemptState, Judgement, Person, Verdict};
use training::attempt::{CheckState, Clock, Progress, progress, settle};
use training::check;
use training::lab::{Check, Modifier, Variant};

use super::case::Case;
use super::error::LabError;
use super::gather::Scene;
use super::hands::Hands;
use super::past::begin_steps;
use super::states::{States, kept};
use crate::access::outcome;
use crate::platform::Platform;

/// What a look at the checks came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Whether any verdict is another than before.
    pub changed: bool,
    /// Whether the attempt is finished.
    pub finished: bool,
    /// After so many microseconds another look is worth while, even if nothing happens: a check has to hold for longer.
    #[serde(skip)]
    pub again_in_us: Option<i64>,
}

impl Platform {
    /// Judges every check of a person's attempt because they asked for it.
    pub fn check_attempt(
        &self,
        person: &Person,
        attempt: &AttemptId,
        hands: &dyn Hands,
    ) -> Result<Checked, LabError> {
        let case = self.case_of(person, attempt)?;
        self.judge(&case, hands, true, &|_| true)
    }

    /// Judges some checks of an attempt and keeps what was found: new evidence, traps stepped into, steps begun, the lab
    /// finished. Tells those who watch.
    pub(super) fn judge(
        &self,
        case: &Case,
        hands: &dyn Hands,
        asked: bool,
        wanted: &dyn Fn(&Check) -> bool,
    ) -> Result<Checked, LabError> {
        let _turn = self.turns.take(case.id().as_str());
        let now = self.records.attempt(case.id())?.map(|attempt| attempt.state);
        if now != Some(AttemptState::Started) {
            return Ok(Checked { finished: now == Some(AttemptState::Finished), ..Checked::default() });
        }
        let scene = Scene::open(self, case, hands)?;
        let (before, changed_us) = self.states(case.id())?;
        let mut run = Run::new(case, &scene, before, asked);
        case.variant().checks().filter(|check| wanted(check)).for_each(|check| run.judge(check));

        let progress = progress(case.variant(), &run.states);
        let moved = run.moved();
        let finished_us = progress.finished.then(|| self.clock.now_us());
        if run.is_news() || progress.finished {
            let changed_us = changed_us.filter(|_| !moved).unwrap_or_else(|| self.clock.now_us());
            self.records.judgement_add(
                case.id(),
                &Judgement {
                    verdicts: run.evidence.clone(),
                    tripped: progress.tripped.clone(),
                    states: kept(&run.states, changed_us),
                    finished_us,
                },
            )?;
        }
        let checked = Checked {
            changed: !run.evidence.is_empty(),
            finished: progress.finished,
            again_in_us: run.again_in_us(),
        };
        if checked.changed || asked {
            self.watch.tell(scene.access().sandbox().id(), "verdicts");
        }
        self.after(case, &progress)?;
        Ok(checked)
    }

    /// What follows from how far the attempt is: steps begin, or the lab is over.
    fn after(&self, case: &Case, progress: &Progress) -> Result<(), LabError> {
        let access = self.own_access(case)?;
        if progress.finished {
            let detail = json!({"lab": case.lab().id, "score": progress.score});
            return Ok(access.note(access.event("lab.finished", None, outcome::OK, detail))?);
        }
        begin_steps(&access, case.variant(), progress)
    }
}

/// One run of checks: states and evidence as they come.
struct Run<'a> {
    scene: &'a Scene<'a>,
    variant: &'a Variant,
    clock: Clock,
    wall_us: i64,
    asked: bool,
    before: States,
    states: States,
    evidence: Vec<Verdict>,
}

impl<'a> Run<'a> {
    fn new(case: &'a Case, scene: &'a Scene<'a>, before: States, asked: bool) -> Self {
        let access = scene.access();
        Self {
            scene,
            variant: case.variant(),
            clock: Clock { started_us: case.lab().virtual_now_us, now_us: access.virtual_us() },
            wall_us: access.wall_us(),
            asked,
            states: before.clone(),
            before,
            evidence: Vec::new(),
        }
    }

    fn judge(&mut self, check: &Check) {
        let verdict = self.scene.judge(check).verdict;
        let before = self.before.get(&check.id).cloned().unwrap_or_default();
        if !same(before.verdict.as_ref(), &verdict) || (self.asked && !verdict.passed) {
            self.evidence.push(Verdict {
                check: check.id.clone(),
                at_us: self.wall_us,
                asked: self.asked,
                passed: verdict.passed,
                expected: verdict.expected.clone(),
                observed: verdict.observed.clone(),
                location: verdict.location.clone().unwrap_or_default(),
            });
        }
        let state = settle(check, &before, verdict, self.clock, self.asked);
        self.states.insert(check.id.clone(), state);
    }

    /// Whether there is anything to keep.
    fn is_news(&self) -> bool {
        !self.evidence.is_empty() || self.states != self.before
    }

    /// Whether a check came to pass, or ceased to.
    fn moved(&self) -> bool {
        let holds = |states: &States| -> BTreeSet<String> {
            let passed = |state: &CheckState| state.verdict.as_ref().is_some_and(|verdict| verdict.passed);
            let holding = states.iter().filter(|(_, state)| passed(state) || state.green);
            holding.map(|(id, state)| format!("{id} {}", state.green)).collect()
        };
        holds(&self.before) != holds(&self.states)
    }

    /// How long until the first check that holds has held for long enough, by the machine's time.
    fn again_in_us(&self) -> Option<i64> {
        let rate = i64::from(self.scene.access().clock().rate);
        let waiting = self.variant.checks().filter(|check| check.modifier != Modifier::Never);
        let left = waiting.filter_map(|check| {
            let state = self.states.get(&check.id).filter(|state| !state.green)?;
            let left_us = state.passed_since_us? + check.stable_for?.us - self.clock.now_us;
            (left_us > 0).then_some(left_us)
        });
        left.min().and_then(|left_us| left_us.checked_div(rate)).map(|left_us| left_us + 1)
    }
}

/// Whether a verdict says what the one before said; how it was reached may differ.
fn same(before: Option<&check::Verdict>, now: &check::Verdict) -> bool {
    before.is_some_and(|before| {
        (before.passed, &before.expected, &before.observed, &before.location)
            == (now.passed, &now.expected, &now.observed, &now.location)
    })
}
