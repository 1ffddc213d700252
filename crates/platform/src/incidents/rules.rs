//! Rules that the learner keeps, and how well they find an attack that nobody has seen.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use security::actors::records_of;
use security::casework::KeptRule;
use security::detection::{Alert, Rules, read};
use security::meters::{Incident, score};
use security::telemetry::{ABOUT_CARE, Signal};
use serde::{Deserialize, Serialize};

use super::truth::{Truth, What};
use crate::access::Access;
use crate::desk::{DeskError, kept_rules, raised, save_rule, signals, switch_rule};
use crate::platform::Platform;

/// The name of the rules that are kept without one.
pub const IN_FORCE: &str = "in-force";
/// Attacks elsewhere on which rules are tried.
const ATTACKS: u64 = 3;

/// A rule that was kept or turned on or off, and how all that are kept and on do now.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The rule.
    pub rule: KeptRule,
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

/// Keeps rules under a name as the next version, and tries all that are kept and on.
///
/// # Errors
/// [`DeskError::Rules`] when they cannot be run; a name that cannot be kept.
pub fn keep_rule(
    platform: &Platform,
    access: &Access,
    name: &str,
    text: &str,
    note: &str,
) -> Result<Kept, DeskError> {
    let rule = save_rule(access, name, text, note)?;
    Ok(Kept { rule, trial: try_kept(platform, access)? })
}

/// Turns a rule on or off, and tries all that are kept and on.
///
/// # Errors
/// [`DeskError::Missing`] if there is none of this name.
pub fn turn_rule(platform: &Platform, access: &Access, name: &str, on: bool) -> Result<Kept, DeskError> {
    let rule = switch_rule(access, name, on)?;
    Ok(Kept { rule, trial: try_kept(platform, access)? })
}

/// What the last trial said, where there was one.
pub fn last_trial(platform: &Platform, access: &Access) -> Result<Option<Trial>, DeskError> {
    Ok(platform.truth(access.sandbox().id())?.and_then(|truth| truth.course.trial))
}

fn try_kept(platform: &Platform, access: &Access) -> Result<Option<Trial>, DeskError> {
    let on = kept_rules(access)?.into_iter().filter(|rule| rule.on);
    let rules = on.map(|rule| read(rule.text())).collect::<Result<Vec<Rules>, _>>();
    let rules = rules.map_err(DeskError::Rules)?;
    let sandbox = access.sandbox().id();
    let _turn = platform.turns.take(&format!("actors {sandbox}"));
    let Some(mut truth) = platform.truth(sandbox)? else { return Ok(None) };
    let trial = attempt(access, &truth, &rules)?;
    truth.course.trial = Some(trial.clone());
    platform.keep_truth(sandbox, &truth)?;
    // The rules are in the journal since before their trial: whoever looked then found no figures yet.
    access.tell("desk.rule");
    Ok(Some(trial))
}

fn attempt(access: &Access, truth: &Truth, rules: &[Rules]) -> Result<Trial, DeskError> {
    let (mut alerts, mut incidents, mut taken) = (Vec::new(), Vec::new(), 0);
    for number in 1..=ATTACKS {
        let (signals, hostile) = elsewhere(truth, number, taken);
        taken += i64::try_from(signals.len()).unwrap_or(0);
        alerts.extend(raised_by(rules, &signals)?);
        incidents.push(Incident { name: format!("attack {number}"), seqs: hostile });
    }
    let found = score(&alerts, &incidents);
    let here = signals(access, rules.iter().any(|rules| rules.read_any(&ABOUT_CARE)))?;
    let own = Incident { name: "this".to_owned(), seqs: hostile_here(&here, truth) };
    let here = score(&raised_by(rules, &here)?, std::slice::from_ref(&own));
    Ok(Trial {
        at_us: access.virtual_us(),
        recall: found.recall,
        precision: found.precision,
        alerts: alerts.len(),
        finds_this: here.recall > 0.0,
    })
}

fn raised_by(rules: &[Rules], signals: &[Signal]) -> Result<Vec<Alert>, DeskError> {
    let alerts = rules.iter().map(|rules| raised(rules, signals)).collect::<Result<Vec<_>, _>>()?;
    Ok(alerts.concat())
}

/// What the journal would hold of an attack elsewhere, numbered from `after` on, and the entries that belong to it.
fn elsewhere(truth: &Truth, number: u64, after: i64) -> (Vec<Signal>, BTreeSet<i64>) {
    let (scene, seed) = (truth.scene.elsewhere(), truth.seed.wrapping_add(number.wrapping_mul(0x9e37_79b9)));
    let (hours, count) = scene.span();
    let now_us = truth.ground.now_us;
    let mut acts = scene.care(&truth.ground, seed, (now_us - hours * 3_600_000_000, now_us), count);
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
        What::Refused { .. } | What::Waited { .. } | What::Misled { .. } => None,
    }));
    here.iter().filter(|signal| times.contains(&signal.time_us)).map(|signal| signal.seq).collect()
}
