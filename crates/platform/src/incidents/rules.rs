//! Rules that the learner keeps, and how well they find an attack that nobody has seen.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use security::actors::{care, records_of};
use security::detection::{Alert, Alerts, Detector, Rules, read};
use security::meters::{Incident, score};
use security::telemetry::{ABOUT_CARE, Signal};
use serde::{Deserialize, Serialize};

use super::truth::{Truth, What};
use crate::access::Access;
use crate::desk::{DeskError, QUIET_US, RuleProblem, kept_rules as kept_rules_of, save_rule, signals};
use crate::platform::Platform;

/// The name under which the desk keeps the rules that are tried.
const KEPT: &str = "in-force";
/// Attacks elsewhere on which rules are tried.
const ATTACKS: u64 = 3;

/// Rules in force, and what their trial said.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRules {
    /// Their text.
    pub text: String,
    /// How they did, where there is an attack to find.
    pub trial: Option<Trial>,
}

/// How rules did on attacks of the same kind elsewhere: other people, other addresses, another pace, among honest work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trial {
    /// When they were kept, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
    /// The share of the attacks that raised an alert.
    pub recall: f64,
    /// The share of the alerts that rest on an attack.
    pub precision: f64,
    /// How many alerts there were.
    pub alerts: usize,
    /// Whether they find the attack in this hospital.
    pub finds_this: bool,
}

/// Keeps rules in force, in place of those before.
///
/// # Errors
/// [`DeskError::Rules`] when they cannot be run.
pub fn keep_rules(platform: &Platform, access: &Access, text: &str) -> Result<KeptRules, DeskError> {
    let rules = read(text).map_err(DeskError::Rules)?;
    save_rule(access, KEPT, text, "")?;
    let sandbox = access.sandbox().id();
    let trial = {
        let _turn = platform.turns.take(&format!("actors {sandbox}"));
        match platform.truth(sandbox)? {
            Some(mut truth) => {
                let trial = attempt(access, &truth, &rules)?;
                truth.course.trial = Some(trial.clone());
                platform.keep_truth(sandbox, &truth)?;
                Some(trial)
            }
            None => None,
        }
    };
    Ok(KeptRules { text: text.to_owned(), trial })
}

/// The rules in force, if any were kept.
pub fn kept_rules(platform: &Platform, access: &Access) -> Result<Option<KeptRules>, DeskError> {
    let all = kept_rules_of(access)?;
    let Some(rule) = all.iter().find(|rule| rule.name == KEPT) else { return Ok(None) };
    let truth = platform.truth(access.sandbox().id())?;
    Ok(Some(KeptRules { text: rule.text().to_owned(), trial: truth.and_then(|truth| truth.course.trial) }))
}

fn attempt(access: &Access, truth: &Truth, rules: &Rules) -> Result<Trial, DeskError> {
    let (mut alerts, mut incidents, mut taken) = (Vec::new(), Vec::new(), 0);
    for number in 1..=ATTACKS {
        let (signals, hostile) = elsewhere(truth, number, taken);
        taken += i64::try_from(signals.len()).unwrap_or(0);
        alerts.extend(raised(rules, &signals)?);
        incidents.push(Incident { name: format!("attack {number}"), seqs: hostile });
    }
    let found = score(&alerts, &incidents);
    let here = signals(access, rules.read_any(&ABOUT_CARE))?;
    let own = Incident { name: "this".to_owned(), seqs: hostile_here(&here, truth) };
    let here = score(&raised(rules, &here)?, std::slice::from_ref(&own));
    Ok(Trial {
        at_us: access.virtual_us(),
        recall: found.recall,
        precision: found.precision,
        alerts: alerts.len(),
        finds_this: here.recall > 0.0,
    })
}

/// What the journal would hold of an attack elsewhere, numbered from `after` on, and the entries that belong to it.
fn elsewhere(truth: &Truth, number: u64, after: i64) -> (Vec<Signal>, BTreeSet<i64>) {
    let (scene, seed) = (truth.scene.elsewhere(), truth.seed.wrapping_add(number.wrapping_mul(0x9e37_79b9)));
    let (hours, count) = scene.span();
    let now_us = truth.ground.now_us;
    let mut acts = care(&truth.ground, seed, (now_us - hours * 3_600_000_000, now_us), count);
    acts.extend(scene.past(&truth.ground, seed));
    acts.extend(scene.honest(&truth.ground, seed));
    acts.sort_by_key(|act| act.at_us);
    let mut records = records_of(&acts);
    records.iter_mut().for_each(|record| record.seq += after);
    let hostile = acts.iter().zip(&records).filter(|(act, _)| act.hostile).map(|(_, record)| record.seq);
    let hostile = hostile.collect();
    (records.iter().map(Signal::of).collect(), hostile)
}

/// The entries of this hospital's journal that belong to the attack, by time and account.
fn hostile_here(here: &[Signal], truth: &Truth) -> BTreeSet<i64> {
    let past = truth.scene.past(&truth.ground, truth.seed).into_iter().filter(|act| act.hostile);
    let mut times: BTreeSet<i64> = past.map(|act| act.at_us).collect();
    times.extend(truth.course.outcomes.iter().filter_map(|outcome| match outcome.what {
        What::Got { .. } => Some(outcome.at_us),
        What::Refused { .. } | What::Waited { .. } => None,
    }));
    here.iter().filter(|signal| times.contains(&signal.time_us)).map(|signal| signal.seq).collect()
}

fn raised(rules: &Rules, signals: &[Signal]) -> Result<Vec<Alert>, DeskError> {
    let mut detector = Detector::new(rules).map_err(|what| {
        let (fix, line, column) = ("compare with the rules of the pack".to_owned(), 1, 1);
        DeskError::Rules(vec![RuleProblem { line, column, what, fix }])
    })?;
    let mut alerts = Alerts::new(QUIET_US);
    for hit in signals.iter().flat_map(|signal| detector.feed(signal)) {
        alerts.take(hit);
    }
    Ok(alerts.raised().to_vec())
}
