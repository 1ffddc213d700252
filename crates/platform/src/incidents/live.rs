//! Playing on: what is due of honest work and of the attack, as the hospital's clock goes.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use security::actors::{Act, Deed, Ground, Route};
use store::StoreError;

use super::truth::{Outcome, Truth, What};
use super::walk::{Done, Tokens, Walk};
use crate::access::Access;
use crate::labs::Hands;
use crate::live::Stepped;
use crate::platform::Platform;

const MINUTE_US: i64 = 60_000_000;
/// Honest work is planned in such stretches, so much in each.
const STRETCH_US: i64 = 10 * MINUTE_US;
const IN_STRETCH: usize = 6;
/// For so long after the learner came things go on; then the house is quiet.
const LASTS_US: i64 = 12 * 60 * MINUTE_US;
/// Of the honest people, one in so many is at work: each signs in once, which takes its time.
const AT_WORK_ONE_IN: usize = 3;
/// A treatment that nobody needed weighs as much as an emergency that was not seen to.
const MISLED_WEIGHT: u32 = 10;
/// Between two steps of an attacker.
const STEP_US: i64 = 3_000_000;

/// The tokens of people who are played, by sandbox. Whoever has none signs in.
#[derive(Debug, Default)]
pub struct Held(Mutex<HashMap<String, Tokens>>);

impl Held {
    fn take(&self, sandbox: &str) -> Tokens {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(sandbox).unwrap_or_default()
    }

    fn put(&self, sandbox: &str, tokens: Tokens) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(sandbox.to_owned(), tokens);
    }

    pub(super) fn forget(&self, sandbox: &str) {
        drop(self.take(sandbox));
    }
}

impl Platform {
    /// Lets people who are played in a hospital do what is due, through its doors. Returns when to look again.
    ///
    /// # Errors
    /// When the store fails.
    pub fn play_actors(&self, sandbox: &str, hands: &dyn Hands) -> Result<Stepped, StoreError> {
        if self.truth(sandbox)?.is_none() {
            return Ok(Stepped::Rest);
        }
        let _turn = self.turns.take(&format!("actors {sandbox}"));
        // What was known before the turn came may be out of date.
        let Some(mut truth) = self.truth(sandbox)? else { return Ok(Stepped::Rest) };
        let access = self.access(sandbox, "actors", "platform")?;
        let end_us = truth.ground.now_us + LASTS_US;
        let until_us = access.virtual_us().min(end_us);
        if until_us > truth.course.until_us {
            self.play_until(&access, &mut truth, until_us, hands)?;
        }
        let rate = i64::from(access.clock().rate);
        Ok(match rate {
            0 => Stepped::Rest,
            _ if until_us >= end_us => Stepped::Rest,
            rate => Stepped::In(MINUTE_US / rate),
        })
    }

    fn play_until(
        &self,
        access: &Access,
        truth: &mut Truth,
        until_us: i64,
        hands: &dyn Hands,
    ) -> Result<(), StoreError> {
        let sandbox = access.sandbox().id();
        let stolen = truth.scene.leaked(&truth.ground, truth.seed);
        let orders = truth.ground.orders.clone();
        let mut tokens = self.held.take(sandbox);
        let mut walk = Walk { hands, access, tokens: &mut tokens, stolen: &stolen, orders: &orders };
        ask_again(&mut walk, truth, until_us);
        let honest = honest_acts(truth, until_us);
        let mut turns = honest.iter().peekable();
        loop {
            let next_us = truth.ground.now_us
                + truth.scene.rest_us() * (i64::try_from(truth.course.round).unwrap_or(0) + 1);
            let round_due = next_us <= until_us;
            let mut walk = Walk { hands, access, tokens: &mut tokens, stolen: &stolen, orders: &orders };
            match turns.peek() {
                Some(act) if !round_due || act.at_us < next_us => {
                    work(&mut walk, truth, act);
                    turns.next();
                }
                _ if round_due => attack(&mut walk, truth, next_us),
                _ => break,
            }
        }
        truth.course.until_us = until_us;
        self.held.put(sandbox, tokens);
        self.keep_truth(sandbox, truth)
    }
}

/// What honest people do from where the course stands until a moment.
fn honest_acts(truth: &Truth, until_us: i64) -> Vec<Act> {
    let ground = at_work(&truth.honest_ground());
    let began_us = truth.ground.now_us;
    let first = (truth.course.until_us - began_us) / STRETCH_US;
    let last = (until_us - began_us) / STRETCH_US;
    let stretch = |number: i64| {
        let from_us = began_us + number * STRETCH_US;
        let seed = truth.seed ^ u64::try_from(number + 1).unwrap_or_default();
        truth.scene.care(&ground, seed, (from_us, from_us + STRETCH_US), IN_STRETCH)
    };
    let due = |act: &Act| {
        // Whoever has no token signs in before they work.
        !matches!(act.deed, Deed::SignIn { right: true })
            && (truth.course.until_us + 1..=until_us).contains(&act.at_us)
    };
    (first..=last).flat_map(stretch).filter(due).collect()
}

fn at_work(ground: &Ground) -> Ground {
    let some = |accounts: &[security::actors::Account]| {
        accounts.iter().step_by(AT_WORK_ONE_IN).cloned().collect::<Vec<_>>()
    };
    Ground { staff: some(&ground.staff), portal: some(&ground.portal), ..ground.clone() }
}

/// Devices that were refused ask again: who waits for their picture waits in the meantime, and no longer.
fn ask_again(walk: &mut Walk<'_>, truth: &mut Truth, now_us: i64) {
    for act in std::mem::take(&mut truth.course.waiting) {
        let again = Act { at_us: now_us, ..act.clone() };
        if !matches!(walk.act(&again, ""), Ok(Done::Granted { .. })) {
            truth.course.waiting.push(act);
            continue;
        }
        let minutes = minutes_between(act.at_us, now_us);
        let what = What::Waited { login: act.login, weight: act.weight, minutes };
        truth.course.outcomes.push(Outcome { at_us: now_us, what });
    }
}

#[allow(clippy::cast_precision_loss, reason = "a lab lasts hours")]
pub(super) fn minutes_between(from_us: i64, until_us: i64) -> f64 {
    (until_us - from_us).max(0) as f64 / MINUTE_US as f64
}

fn work(walk: &mut Walk<'_>, truth: &mut Truth, act: &Act) {
    let password = truth.password_of(&act.login).to_owned();
    match walk.act(act, &password) {
        Ok(Done::Refused(_))
            if matches!(act.deed, Deed::Worklist | Deed::Studies { .. } | Deed::Report { .. }) =>
        {
            truth.course.waiting.push(act.clone());
        }
        Ok(Done::Refused(_)) if !matches!(act.deed, Deed::SignIn { .. }) => {
            let what = What::Refused { login: act.login.clone(), weight: act.weight };
            truth.course.outcomes.push(Outcome { at_us: act.at_us, what });
        }
        Ok(Done::Granted { before }) => misled(truth, act, before),
        Ok(Done::Refused(_)) => {}
        Err(error) => {
            tracing::warn!(sandbox.id = walk.access.sandbox().id(), error, "an act could not be played");
        }
    }
}

/// Notes that somebody was given something for a value, in tenths, that the laboratory has not found.
fn misled(truth: &mut Truth, act: &Act, tenths: u64) {
    let Deed::Heed { order, .. } = &act.deed else { return };
    let is_true = truth.order(order).is_ok_and(|order| u64::from(order.tenths) == tenths);
    if tenths > 0 && !is_true {
        let what = What::Misled { login: act.login.clone(), weight: MISLED_WEIGHT };
        truth.course.outcomes.push(Outcome { at_us: act.at_us, what });
    }
}

/// One round of the attack: the way that worked last, or those after it.
fn attack(walk: &mut Walk<'_>, truth: &mut Truth, at_us: i64) {
    let routes = truth.scene.routes(&truth.ground, truth.seed, truth.course.round);
    truth.course.round += 1;
    while let Some(route) = routes.get(truth.course.route) {
        if follow(walk, truth, route, at_us) > 0 {
            return;
        }
        truth.course.route += 1;
    }
}

/// Follows a way to its end, with nothing in hand. Returns in how many of its steps something was got.
pub(super) fn follow(walk: &mut Walk<'_>, truth: &mut Truth, route: &Route, at_us: i64) -> usize {
    let logins: BTreeSet<&str> = route.steps.iter().map(|step| step.login.as_str()).collect();
    walk.tokens.retain(|(login, ..), _| !logins.contains(login.as_str()));
    let mut got = 0;
    // Doors that did not open: nobody tries the same key on one again, and each try would cost a password's hash.
    let mut shut = BTreeSet::new();
    for (step, turn) in route.steps.iter().zip(0_i64..) {
        let act = step.at(at_us + turn * STEP_US);
        let door = (act.login.clone(), act.client.clone(), act.address.clone());
        if shut.contains(&door) {
            continue;
        }
        let password = truth.password_of(&act.login).to_owned();
        let done = walk.act(&act, &password).unwrap_or_else(|error| {
            tracing::warn!(
                sandbox.id = walk.access.sandbox().id(),
                error,
                "a step of an attack could not be played"
            );
            Done::Refused(0)
        });
        let Done::Granted { before } = done else {
            let guessed = matches!(act.deed, Deed::SignIn { right: false });
            let needs_token =
                !matches!(act.deed, Deed::Studies { .. } | Deed::Worklist | Deed::Report { .. });
            if !guessed && needs_token && !walk.tokens.contains_key(&door) {
                shut.insert(door);
            }
            continue;
        };
        let (patient, record) = match &act.deed {
            Deed::SignIn { .. } => {
                got += 1;
                continue;
            }
            Deed::Read { at } => (at.strip_prefix("Patient/").map(str::to_owned), None),
            Deed::Look { patient, .. } | Deed::Ask { patient, .. } | Deed::Studies { patient } => {
                (Some(patient.clone()), None)
            }
            Deed::Worklist => (None, None),
            Deed::Heed { patient, .. } => (Some(patient.clone()), None),
            Deed::Report { order, .. } => (None, Some(format!("ServiceRequest/{order}"))),
            Deed::Amend { at } | Deed::Lock { at } => {
                let about = truth.ground.records.iter().find(|(record, _)| record == at);
                (about.map(|(_, patient)| patient.clone()), Some(at.clone()))
            }
        };
        got += 1;
        let what = What::Got { patient, record, version: before };
        truth.course.outcomes.push(Outcome { at_us: act.at_us, what });
    }
    got
}
