//! Reading the meters: what a check may ask about an incident, as a number.

use std::collections::{BTreeMap, BTreeSet};

use security::meters::{Disclosure, Recovery, Refused, Turns, exposure, harm, minutes, recovery};
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;
use training::lab::Meter;

use super::live::minutes_between;
use super::mended::mended;
use super::truth::{Truth, What};
use crate::access::Access;
use crate::platform::Platform;

/// The reading of a meter: nothing, where it cannot be read yet, and in any case a sentence.
pub(crate) fn measured(
    platform: &Platform,
    access: &Access,
    meter: Meter,
) -> Result<(Option<f64>, String), StoreError> {
    let Some(truth) = platform.truth(access.sandbox().id())? else {
        return Ok((None, "Nobody is at work in this hospital.".to_owned()));
    };
    Ok(match meter {
        Meter::Recall | Meter::Precision => detection(&truth, meter),
        Meter::MinutesToDetect | Meter::MinutesToContain => in_time(access, &truth, meter)?,
        Meter::Exposed => exposed(&truth),
        Meter::Harm => harmed(&truth, access.virtual_us()),
        Meter::WaysLeft => ways_left(access, &truth)?,
        Meter::Damaged => damaged(&truth),
        Meter::Restored | Meter::Lost if !truth.ground.orders.is_empty() => {
            let now_us = access.virtual_us();
            let (restored, lost, said) = access.sandbox().view(|view| mended(view, &truth, now_us))?;
            (Some(if meter == Meter::Restored { restored } else { lost }), said)
        }
        Meter::Restored | Meter::Lost => access.sandbox().view(|view| recovered(view, &truth, meter))?,
    })
}

fn detection(truth: &Truth, meter: Meter) -> (Option<f64>, String) {
    let Some(trial) = &truth.course.trial else {
        return (None, "No rules have been kept. On the page Rules, keep those that work.".to_owned());
    };
    let said = format!(
        "Tried on attacks of this kind elsewhere, among honest work: {:.0} percent of them raised an alert, and \
         {:.0} percent of {} alerts rested on one.",
        trial.recall * 100.0,
        trial.precision * 100.0,
        trial.alerts
    );
    // Without an alert nobody was called out for nothing, and nobody was told anything either.
    let value = match meter {
        Meter::Precision if trial.alerts == 0 => 0.0,
        Meter::Precision => trial.precision,
        _ => trial.recall,
    };
    (Some(value), said)
}

fn in_time(access: &Access, truth: &Truth, meter: Meter) -> Result<(Option<f64>, String), StoreError> {
    let course = &truth.course;
    let detected_us = course.trial.as_ref().filter(|trial| trial.finds_this).map(|trial| trial.at_us);
    let got = course.outcomes.iter().filter(|outcome| matches!(outcome.what, What::Got { .. }));
    let contained = match &course.declared {
        Some(declared) if declared.through == 0 => declared.still_holds(access)?,
        _ => false,
    };
    let last_us = got.map(|outcome| outcome.at_us).max().unwrap_or(truth.ground.now_us);
    let turns = Turns {
        began_us: truth.ground.now_us,
        detected_us,
        contained_us: contained.then_some(last_us),
        restored_us: None,
    };
    let minutes = minutes(&turns);
    let (value, what) = match meter {
        Meter::MinutesToDetect => (minutes.to_detect, "a rule of yours found the attack"),
        _ => (minutes.to_contain, "the attacker got anything for the last time"),
    };
    let said = match value {
        Some(value) => format!("After you came, {value:.0} minutes passed until {what}."),
        None => format!("It cannot be said yet when {what}."),
    };
    Ok((value, said))
}

fn exposed(truth: &Truth) -> (Option<f64>, String) {
    let got = truth.course.outcomes.iter().filter_map(|outcome| match &outcome.what {
        What::Got { patient, record, .. } => patient.as_ref().map(|patient| (patient, record.is_some())),
        What::Refused { .. } | What::Waited { .. } | What::Misled { .. } => None,
    });
    let disclosure = |(patient, is_record): (&String, bool)| Disclosure {
        patient: patient.clone(),
        categories: vec![if is_record { "clinical" } else { "identifiers" }.to_owned()],
    };
    let counts = exposure(&got.map(disclosure).collect::<Vec<_>>());
    let of = |category: &str| counts.get(category).copied().unwrap_or(0);
    let said = format!(
        "Since you came, records of {} patients reached the attacker ({} by what identifies them, {} clinical); before, of {}.",
        of(""),
        of("identifiers"),
        of("clinical"),
        truth.exposed.len()
    );
    (Some(as_number(of(""))), said)
}

/// What waits still is harm in proportion to how long it has waited until `now_us`.
fn harmed(truth: &Truth, now_us: i64) -> (Option<f64>, String) {
    let refused = |weight: u32, delayed_min| Refused { weight: f64::from(weight), delayed_min };
    let mut all: Vec<(&String, Refused)> = truth
        .course
        .outcomes
        .iter()
        .filter_map(|outcome| match &outcome.what {
            What::Refused { login, weight } | What::Misled { login, weight } => {
                Some((login, refused(*weight, None)))
            }
            What::Waited { login, weight, minutes } => Some((login, refused(*weight, Some(*minutes)))),
            What::Got { .. } => None,
        })
        .collect();
    all.extend(truth.course.waiting.iter().map(|act| {
        let minutes = minutes_between(act.at_us, now_us);
        (&act.login, refused(act.weight, Some(minutes)))
    }));
    let people: BTreeSet<&String> = all.iter().map(|(login, _)| *login).collect();
    let (people, all): (_, Vec<Refused>) = (people.len(), all.into_iter().map(|(_, one)| one).collect());
    let misled = truth.course.outcomes.iter().filter(|one| matches!(one.what, What::Misled { .. })).count();
    let waited = all.iter().filter(|one| one.delayed_min.is_some()).count();
    let total = harm(&all);
    let said = match all.len() {
        count if misled > 0 => format!(
            "{misled} people were given something for a result that was false, and {} pieces of honest work were refused or              waited; together they weigh {total:.0}, where an emergency weighs 10.",
            count - misled
        ),
        0 => "Nobody who had honest work to do was refused.".to_owned(),
        count => format!(
            "{count} pieces of honest work were refused, of {people} people or devices, weighing {total:.0}: an emergency \
             weighs 10, an office 1. {waited} of them were done later, or wait: after an hour that is as bad as never."
        ),
    };
    (Some(total), said)
}

fn ways_left(access: &Access, truth: &Truth) -> Result<(Option<f64>, String), StoreError> {
    let Some(declared) = &truth.course.declared else {
        return Ok((None, "You have not said yet that it is over.".to_owned()));
    };
    if !declared.still_holds(access)? {
        let said = "Since you said that it was over, something that stood against the attack was lifted. Say it again.";
        return Ok((None, said.to_owned()));
    }
    let said = format!(
        "When you said that it was over, the attack came again in {} ways; {} of them worked.",
        declared.ways, declared.through
    );
    Ok((Some(as_number(declared.through)), said))
}

fn damaged(truth: &Truth) -> (Option<f64>, String) {
    let all = truth.all_damaged().len();
    let since = all - truth.damaged.len();
    let said = format!("{} records were damaged before you came, {since} since.", truth.damaged.len());
    (Some(as_number(since)), said)
}

/// Compares, member by member, what was damaged with what it was before, and what honest people wrote with what stands there.
fn recovered(view: View<'_>, truth: &Truth, meter: Meter) -> Result<(Option<f64>, String), StoreError> {
    let mut fields = Fields::default();
    let damaged = fields.changed(view, &truth.all_damaged(), 0)?;
    let before: BTreeMap<String, u64> =
        truth.amended.iter().map(|(at, version)| (at.clone(), version.saturating_sub(1))).collect();
    let honest = fields.changed(view, &before, 1)?;
    let Recovery { restored, lost } = recovery(
        &fields.truth,
        damaged.iter().map(String::as_str),
        honest.iter().map(String::as_str),
        &fields.now,
    );
    let said = format!(
        "Of {} damaged fields, {:.0} percent hold again what they held; of {} that honest people changed meanwhile, \
         {:.0} percent are gone.",
        damaged.len(),
        restored * 100.0,
        honest.len(),
        lost * 100.0
    );
    Ok((Some(if meter == Meter::Restored { restored } else { lost }), said))
}

#[derive(Default)]
struct Fields {
    truth: BTreeMap<String, String>,
    now: BTreeMap<String, String>,
}

impl Fields {
    /// The members that the version after `before` changed. What is true is what stood there before (`keep` 0), or what that
    /// version wrote (`keep` 1).
    fn changed(
        &mut self,
        view: View<'_>,
        before: &BTreeMap<String, u64>,
        keep: u64,
    ) -> Result<Vec<String>, StoreError> {
        let mut changed = Vec::new();
        for (at, version) in before {
            let (kind, id) = at.split_once('/').unwrap_or((at, ""));
            let members = |found: Option<store::sandbox::Stored>| -> BTreeMap<String, String> {
                let value = found.and_then(|stored| serde_json::from_slice::<Value>(&stored.body).ok());
                let members = value.as_ref().and_then(Value::as_object).into_iter().flatten();
                let own = members.filter(|(name, _)| *name != "meta");
                own.map(|(name, value)| (format!("{at}.{name}"), value.to_string())).collect()
            };
            let [old, new] = [*version, version + 1].map(|number| view.version(kind, id, number));
            let (old, new) = (members(old?), members(new?));
            let differ = |name: &&String| old.get(*name) != new.get(*name);
            changed.extend(old.keys().chain(new.keys()).filter(differ).cloned());
            self.truth.extend(if keep == 0 { old } else { new });
            self.now.extend(members(view.get(kind, id)?));
        }
        changed.sort();
        changed.dedup();
        Ok(changed)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of a lab are small")]
fn as_number(count: usize) -> f64 {
    count as f64
}
