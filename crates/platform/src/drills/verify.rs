//! The proof of a scenario: each of its scripts is played in a hospital of its own, and comes to what it says.

use scenarios::model::{Scenario, Script};
use scenarios::record::{Score, score};
use scenarios::run::{Event, Given, MINUTE_US, Run, What};
use serde::Serialize;
use store::records::{Person, Role};

use super::error::DrillError;
use super::give::{Answered, give};
use super::ground::Ground;
use super::keep::{events_of, run_of};
use super::start::HowToStart;
use crate::entropy::SeededEntropy;
use crate::platform::Platform;
use crate::sandboxes::ClockChange;

/// Where the chance of proofs begins.
const SEED: u64 = 9;
/// How long somebody waits for a role that is at work.
const WAITS_MIN: i64 = 180;

/// What the proof of a scenario found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioReport {
    /// The scenario.
    pub id: String,
    /// What came of each script.
    pub scripts: Vec<ScriptReport>,
    /// What does not hold: each a sentence.
    pub findings: Vec<String>,
}

/// What came of a script.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScriptReport {
    /// The script.
    pub id: String,
    /// Points of a hundred.
    pub points: u32,
    /// Whether it passed.
    pub passed: bool,
    /// Harm to care, in whole numbers.
    pub care: i64,
}

/// Proves scenarios, one after the other.
///
/// # Errors
/// When the platform fails; what does not hold is a finding.
pub fn verify_scenarios(
    platform: &Platform,
    scenarios: &[&Scenario],
) -> Result<Vec<ScenarioReport>, DrillError> {
    let prover = platform
        .stand_in("scenario-prover", Role::Learner)
        .map_err(|error| DrillError::Refused(error.to_string()))?;
    scenarios.iter().map(|scenario| verify(platform, &prover, scenario)).collect()
}

fn verify(platform: &Platform, prover: &Person, scenario: &Scenario) -> Result<ScenarioReport, DrillError> {
    let (mut scripts, mut findings) = (Vec::new(), Vec::new());
    for script in &scenario.scripts {
        let (played, events) = play(platform, prover, scenario, script, &mut findings)?;
        compare(scenario, script, &played, &mut findings);
        #[allow(clippy::cast_possible_truncation, reason = "harm of a drill is some thousands")]
        let care = played.care.round() as i64;
        let (points, passed) = (played.points, played.passed);
        scripts.push(ScriptReport { id: script.id.clone(), points, passed, care });
        if script.passes {
            let (_, again) = play(platform, prover, scenario, script, &mut findings)?;
            if told(&again) != told(&events) {
                findings.push(format!("{}: played again from the same seed, it goes another way", script.id));
            }
        }
    }
    Ok(ScenarioReport { id: scenario.id.clone(), scripts, findings })
}

/// What happened, and in which minute.
fn told(events: &[Event]) -> Vec<(i64, String)> {
    let begun_us = events.first().map_or(0, |event| event.at_us);
    let what = |event: &Event| match &event.what {
        What::Given { command, .. } => command.clone(),
        What::Done { command, outcome, .. } => format!("{command} {outcome:?}"),
        What::Injected { inject, .. } => inject.clone(),
        What::Met { objective } => objective.clone(),
        What::Breached { never } => never.clone(),
        other => other.word().to_owned(),
    };
    events.iter().map(|event| ((event.at_us - begun_us) / MINUTE_US, what(event))).collect()
}

fn compare(scenario: &Scenario, script: &Script, score: &Score, findings: &mut Vec<String>) {
    let mut find = |what: String| findings.push(format!("{}: {what}", script.id));
    if score.passed != script.passes {
        find(format!(
            "it has {} points and {}",
            score.points,
            if score.passed { "passes" } else { "does not pass" }
        ));
    }
    for objective in &score.objectives {
        let is_named = script.misses.contains(&objective.id);
        if objective.in_time == is_named {
            let at = objective.minute.map_or("never".to_owned(), |minute| format!("in minute {minute}"));
            find(format!("objective '{}' is reached {at}, and that is not what it says", objective.id));
        }
    }
    for never in &scenario.nevers {
        let came = score.breached.contains(&never.id);
        if came != script.breaks.contains(&never.id) {
            find(format!(
                "'{}' {}, and that is not what it says",
                never.id,
                if came { "comes true" } else { "does not come true" }
            ));
        }
    }
}

/// Plays a script to the end of the drill, in a hospital that is thrown away.
fn play(
    platform: &Platform,
    prover: &Person,
    scenario: &Scenario,
    script: &Script,
    findings: &mut Vec<String>,
) -> Result<(Score, Vec<Event>), DrillError> {
    let how = HowToStart { seed: Some(SEED), ..HowToStart::default() };
    let drill = platform.start_drill_of(prover, scenario, how)?;
    let access = platform.access(drill.sandbox.as_str(), &prover.login, "drill")?;
    platform.change_clock(&access, ClockChange::Pause)?;
    let mut run = access.sandbox().view(run_of)?.ok_or(DrillError::Gone)?;
    let entropy = SeededEntropy::new(SEED);
    let begun_us = run.begun_us;
    let mut ground = Ground { platform, access: &access, scenario, entropy: &entropy, begun_us };
    let holds: Vec<String> = scenario.roles.iter().map(|role| role.id.clone()).collect();
    for (place, step) in script.steps.iter().enumerate() {
        if let Some(minute) = step.at_min {
            ground.advance(&mut run, begun_us + i64::from(minute) * MINUTE_US)?;
        }
        wait_for(&mut ground, &mut run, &step.command)?;
        let (key, by) = (format!("step {place}"), prover.login.clone());
        let (command, at_us) = (step.command.clone(), run.reached_us);
        let given = Given { key, by, holds: holds.clone(), command, at_us };
        if let Answered::Refused(why) = give(&mut ground, &mut run, &given)? {
            let minute = (at_us - begun_us) / MINUTE_US;
            findings.push(format!("{}: '{}' is refused in minute {minute}: {why}", script.id, step.command));
        }
    }
    ground.advance(&mut run, begun_us + i64::from(scenario.lasts_min) * MINUTE_US)?;
    let events = events_of(&access)?;
    platform.delete_sandbox(prover, drill.sandbox.as_str())?;
    Ok((score(scenario, &run), events))
}

/// Lets time pass until a role has time for its next command.
fn wait_for(ground: &mut Ground<'_>, run: &mut Run, command: &str) -> Result<(), DrillError> {
    let Some(command) = ground.scenario.command(command) else { return Ok(()) };
    for _ in 0..WAITS_MIN {
        let until_us = run.busy.iter().find(|busy| busy.role == command.role).map(|busy| busy.until_us);
        let Some(until_us) = until_us.filter(|_| run.ended_us.is_none()) else { break };
        ground.advance(run, until_us)?;
    }
    Ok(())
}
