//! Playing a lab and comparing what happened with what must.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::broken::Broken;
use super::text::leaks;
use super::{Finding, Judged, Play, Player, Proof, Started, plan};
use crate::lab::{CheckKind, Fault, Lab, Modifier, Variant};
use crate::problem::{Place, Problem};
use crate::script::{Script, run};
use crate::text::{BUILT_IN, Values};

/// Longest start of a lab, in microseconds.
const START_US_MAX: u64 = 1_000_000;
/// Longest start of a lab that begins with a snapshot of the data lake, or with hours that people are played, in microseconds.
const PREPARED_START_US_MAX: u64 = 10_000_000;
/// Longest judging of a check, in microseconds.
const CHECK_US_MAX: u64 = 200_000;
/// Longest judging of a check that asks the data lake, in microseconds.
const ROWS_US_MAX: u64 = 3_000_000;
/// How often something slow is done before it is called slow: a machine that was busy for a moment is no mistake of a lab.
const TRIES: usize = 4;

/// Whether [`Proof::FastEnough`] is proven with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// Starts and checks are timed: for a machine that does nothing else meanwhile.
    Timed,
    /// Nothing is timed, since what else the machine does would decide.
    Untimed,
}

/// Proves a lab in every variant, and reports everything that does not hold.
///
/// The files themselves ([`Proof::WellFormed`]) are proven by [`crate::content::load`].
pub fn prove(lab: &Lab, player: &mut dyn Player, speed: Speed) -> Vec<Finding> {
    let mut findings: Vec<Finding> = lab
        .variants
        .iter()
        .flat_map(|variant| {
            let mut trial = Trial { lab, variant, player, speed, findings: Vec::new() };
            for play in plan(lab, variant) {
                trial.play(&play);
            }
            trial.findings
        })
        .collect();
    findings.sort();
    findings.dedup();
    findings
}

struct Trial<'a> {
    lab: &'a Lab,
    variant: &'a Variant,
    player: &'a mut dyn Player,
    speed: Speed,
    findings: Vec<Finding>,
}

impl Trial<'_> {
    fn play(&mut self, play: &Play<'_>) {
        let (proof, place) = match play {
            Play::Untouched => (Proof::UntouchedFails, self.variant.place.clone()),
            Play::Solution(script) => (Proof::SolutionPasses, script.place.clone()),
            Play::Wrong(script) => (Proof::WrongFailsAsNamed, script.place.clone()),
        };
        let played = match play {
            Play::Untouched => self.untouched(),
            Play::Solution(script) | Play::Wrong(script) => self.script(script, proof),
        };
        if let Err(problem) = played {
            let problem =
                problem.unwrap_or_else(|what| place.problem(what, "read the server's log beside the proof"));
            self.find(proof, problem);
        }
    }

    fn find(&mut self, proof: Proof, problem: Problem) {
        self.findings.push(Finding { proof, variant: Some(self.variant.id.clone()), problem });
    }

    /// Proofs 1 and 4 to 8: everything that needs no script.
    fn untouched(&mut self) -> Result<(), Broken> {
        let first = self.start("a learner")?;
        let before = self.player.state_hash()?;
        let judged = self.player.verdicts()?;
        self.compare(Proof::UntouchedFails, &self.variant.place.clone(), &judged, |modifier, _| {
            modifier == Modifier::Never
        });
        self.judged_fast(&judged)?;
        self.unchanged(Proof::ChecksChangeNothing, &before, "the checks changed the hospital")?;
        self.hidden(&first.values, &judged);
        self.player.reset()?;
        self.unchanged(Proof::ResetRestores, &before, "after a reset the hospital is not as it began")?;
        self.seeds(&first.values, &judged, &before)
    }

    fn script(&mut self, script: &Script, proof: Proof) -> Result<(), Broken> {
        let started =
            self.started_fast(|player, lab, variant| player.start_again(lab, variant, "a learner"))?;
        let before = self.player.state_hash()?;
        let Self { lab, player, .. } = self;
        run(script, &lab.solutions, &started.values, &mut |call| player.play(call))
            .map_err(|error| Broken::At(error.problem()))?;
        let judged = self.player.verdicts()?;
        self.compare(proof, &script.place, &judged, |_, id| !script.fails.iter().any(|fails| fails == id));
        self.judged_fast(&judged)?;
        if proof == Proof::SolutionPasses {
            self.player.reset()?;
            self.unchanged(
                Proof::ResetRestores,
                &before,
                "after the solution, a reset does not restore the start",
            )?;
        }
        Ok(())
    }

    fn start(&mut self, learner: &str) -> Result<Started, Broken> {
        self.started_fast(|player, lab, variant| player.start(lab, variant, learner))
    }

    /// A start, the quickest of some that are all alike where the first is slow.
    fn started_fast(
        &mut self,
        mut start: impl FnMut(&mut dyn Player, &Lab, &Variant) -> Result<Started, String>,
    ) -> Result<Started, Broken> {
        let mut started = start(self.player, self.lab, self.variant)?;
        if self.speed == Speed::Untimed {
            return Ok(started);
        }
        let mut took_us = started.took_us;
        let prepares = |fault: &Fault| fault.with["layer"] == "lake" || fault.with["layer"] == "actors";
        let is_prepared = self.variant.faults.iter().any(prepares);
        let allowed_us = if is_prepared { PREPARED_START_US_MAX } else { START_US_MAX };
        for _ in 1..TRIES {
            if took_us <= allowed_us {
                return Ok(started);
            }
            started = start(self.player, self.lab, self.variant)?;
            took_us = took_us.min(started.took_us);
        }
        if took_us > allowed_us {
            let what = format!("the start took {} ms", took_us / 1000);
            let problem = self.variant.place.problem(what, "search for less in `params`");
            self.find(Proof::FastEnough, problem);
        }
        Ok(started)
    }

    fn judged_fast(&mut self, judged: &[Judged]) -> Result<(), Broken> {
        if self.speed == Speed::Untimed {
            return Ok(());
        }
        let mut slow = self.slow_of(judged);
        for _ in 1..TRIES {
            if slow.is_empty() {
                return Ok(());
            }
            let judged = self.player.verdicts()?;
            let again = self.slow_of(&judged);
            slow.retain(|check, took_us| {
                again.get(check).is_some_and(|again_us| {
                    *took_us = *again_us.min(took_us);
                    true
                })
            });
        }
        for (check, took_us) in slow {
            let what = format!("`{check}` took {} ms to judge", took_us / 1000);
            let problem = self.place_of(&check).problem(what, "search for less");
            self.find(Proof::FastEnough, problem);
        }
        Ok(())
    }

    /// The checks that took too long, with how long. How long somebody else's program takes is not the check's doing; it has a
    /// deadline of its own.
    fn slow_of(&self, judged: &[Judged]) -> BTreeMap<String, u64> {
        let allowed_us = |id: &str| match self.variant.check(id).map(|check| &check.kind) {
            Some(CheckKind::Service(_)) => u64::MAX,
            Some(CheckKind::Rows(_) | CheckKind::Release(_)) => ROWS_US_MAX,
            _ => CHECK_US_MAX,
        };
        let slow = judged.iter().filter(|one| one.took_us > allowed_us(&one.check));
        slow.map(|one| (one.check.clone(), one.took_us)).collect()
    }

    fn place_of(&self, check: &str) -> Place {
        self.variant.check(check).map_or_else(|| self.variant.place.clone(), |check| check.place.clone())
    }

    /// Compares every verdict with what it should be after this play.
    fn compare(
        &mut self,
        proof: Proof,
        at: &Place,
        judged: &[Judged],
        should: impl Fn(Modifier, &str) -> bool,
    ) {
        let seen: BTreeSet<&str> = judged.iter().map(|judged| judged.check.as_str()).collect();
        for check in self.variant.checks().filter(|check| !seen.contains(check.id.as_str())) {
            let what = format!("`{}` was not judged", check.id);
            let problem = check.place.problem(what, "look for the check's error in the server's log");
            self.findings.push(Finding { proof, variant: Some(self.variant.id.clone()), problem });
        }
        for one in judged {
            let Some(check) = self.variant.check(&one.check) else { continue };
            let wanted = should(check.modifier, &check.id);
            if one.verdict.passed == wanted {
                continue;
            }
            let outcome = if wanted { "fails" } else { "passes" };
            let verdict = &one.verdict;
            let what =
                format!("`{}` {outcome} and should not: {} {}", check.id, verdict.observed, verdict.detail);
            let problem = at.problem(what, format!("compare with {}:{}", check.place.file, check.place.line));
            self.find(proof, problem);
        }
    }

    fn unchanged(&mut self, proof: Proof, before: &str, what: &str) -> Result<(), Broken> {
        if self.player.state_hash()? != before {
            let problem =
                self.variant.place.problem(what, "compare the sandbox's resources before and after");
            self.find(proof, problem);
        }
        Ok(())
    }

    fn hidden(&mut self, values: &Values, judged: &[Judged]) {
        for (check, place) in leaks(self.lab, self.variant, values, judged) {
            let what = format!("these words hold the answer to `{check}`");
            self.find(
                Proof::NothingLeaks,
                place.problem(what, "describe it instead: a learner has to find it"),
            );
        }
    }

    /// One seed gives the same values and state, another learner meets others.
    fn seeds(&mut self, first: &Values, judged: &[Judged], state: &str) -> Result<(), Broken> {
        let again = self.start("a learner")?;
        let same = own(&again.values) == own(first) && self.player.state_hash()? == state;
        if !same {
            let problem = self
                .variant
                .place
                .problem("the same seed gives another lab", "look for chance outside the seed");
            self.find(Proof::SeedsDiffer, problem);
        }
        let mut others = Vec::new();
        for learner in ["another learner", "a third learner", "a fourth learner"] {
            let started = self.start(learner)?;
            others.push((own(&started.values), self.player.verdicts()?));
        }
        if others.iter().all(|(values, _)| *values == own(first)) {
            let problem =
                self.variant.place.problem("other seeds give the same values", "add params that differ");
            self.find(Proof::SeedsDiffer, problem);
        }
        // A question with few possible answers may meet the same one twice; four times is no longer chance we accept.
        for question in judged.iter().filter(|judged| !judged.truth.is_empty()) {
            let same = |others: &[Judged]| {
                others.iter().any(|o| o.check == question.check && o.truth == question.truth)
            };
            if others.iter().all(|(_, judged)| same(judged)) {
                let what = format!("`{}` has the same answer for everyone", question.check);
                let problem =
                    self.place_of(&question.check).problem(what, "ask for something that a param decides");
                self.find(Proof::SeedsDiffer, problem);
            }
        }
        Ok(())
    }
}

/// The values of an attempt without those that name the sandbox, and without its name in those that speak of it.
fn own(values: &Values) -> Values {
    let sandbox = values.get("sandbox").and_then(Value::as_str).unwrap_or_default();
    values
        .iter()
        .filter(|(name, _)| !BUILT_IN.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), without_name(value, sandbox)))
        .collect()
}

fn without_name(value: &Value, sandbox: &str) -> Value {
    match value {
        Value::String(text) if !sandbox.is_empty() => text.replace(sandbox, "{sandbox}").into(),
        Value::Array(items) => items.iter().map(|item| without_name(item, sandbox)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| (name.clone(), without_name(field, sandbox))).collect()
        }
        other => other.clone(),
    }
}
