use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::act::{Act, Deed, WARD_CHART};
use super::care::weight;
use super::chance::Chance;
use super::ground::{Account, Ground, Role};
use super::route::{Route, Step};

const MINUTE_US: i64 = 60_000_000;
/// Records locked before the learner comes, and in each round after.
const FIRST: usize = 8;
const ROUND: usize = 5;
/// Records that honest people change meanwhile; none of them is ever attacked.
const HONEST: usize = 4;

/// Records made unreadable (ATT&CK T1486), with two stolen accounts of which one is held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locking {
    /// The type of the records, such as `AllergyIntolerance`.
    pub(super) records: String,
    /// Seconds from one record to the next.
    pace_s: i64,
    /// Whether the attacker sits at a workstation of the house, whose address others share.
    #[serde(default)]
    inside: bool,
    /// Whether it is the attack on which rules are tried, from an address of its own.
    #[serde(default)]
    elsewhere: bool,
}

struct Cast<'a> {
    used: &'a Account,
    held_back: &'a Account,
    address: String,
}

impl Locking {
    pub(super) fn lacks(&self, ground: &Ground) -> Option<&'static str> {
        let technicians = ground.of_roles(&[Role::Technician]).len();
        match ground.records.len() < FIRST + 4 * ROUND + HONEST {
            true => Some("more records of that type"),
            false => (technicians < 2).then_some("two technicians"),
        }
    }

    fn cast<'a>(&self, ground: &'a Ground, seed: u64) -> Option<Cast<'a>> {
        let mut chance = Chance::new(seed, "locking");
        let technicians = ground.of_roles(&[Role::Technician]);
        let [used, held_back] = chance.some(&technicians, 2)[..] else { return None };
        let net = if self.elsewhere { "192.0.2" } else { "203.0.113" };
        let address = match chance.pick(&ground.of_roles(&[Role::Nurse])) {
            Some(colleague) if self.inside => colleague.address.clone(),
            _ => format!("{net}.{}", 10 + chance.below(200)),
        };
        Some(Cast { used, held_back, address })
    }

    /// The records in the order in which they are reached for; the last are left alone.
    fn targets<'a>(&self, ground: &'a Ground, seed: u64) -> Vec<&'a (String, String)> {
        Chance::new(seed, "targets").some(&ground.records, ground.records.len())
    }

    pub(super) fn past(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        let Some(cast) = self.cast(ground, seed) else { return Vec::new() };
        let targets = self.targets(ground, seed);
        let pace_us = self.pace_s * 1_000_000;
        let began_us = ground.now_us - pace_us * i64::try_from(FIRST).unwrap_or_default() - 4 * MINUTE_US;
        let step = |account, deed| step(account, &cast.address, deed);
        // Both accounts were tried out early: who looks where the first came from finds the second.
        let mut acts = vec![
            step(cast.held_back, Deed::SignIn { right: true }).at(began_us - 55 * MINUTE_US),
            step(cast.used, Deed::SignIn { right: true }).at(began_us - MINUTE_US),
        ];
        for (turn, (at, _)) in targets.iter().take(FIRST).enumerate() {
            let at_us = began_us + pace_us * i64::try_from(turn).unwrap_or_default();
            acts.push(step(cast.used, Deed::Lock { at: at.clone() }).at(at_us));
        }
        acts
    }

    pub(super) fn honest(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        let mut chance = Chance::new(seed, "honest");
        let carers = ground.of_roles(&[Role::Nurse, Role::Physician]);
        let span_us = self.pace_s * 1_000_000 * i64::try_from(FIRST).unwrap_or_default();
        let from_us = ground.now_us - span_us - 3 * MINUTE_US;
        let amend = |(at, _): &(String, String)| {
            let at_us = chance.between_us(from_us, ground.now_us - MINUTE_US);
            let account = chance.pick(&carers).copied()?;
            let step = step(account, &account.address, Deed::Amend { at: at.clone() });
            Some(Act { hostile: false, weight: weight(account.role), ..step.at(at_us) })
        };
        self.targets(ground, seed).into_iter().rev().take(HONEST).filter_map(amend).collect()
    }

    pub(super) fn routes(&self, ground: &Ground, seed: u64, round: usize) -> Vec<Route> {
        let Some(cast) = self.cast(ground, seed) else { return Vec::new() };
        let targets = self.targets(ground, seed);
        let last = targets.len().saturating_sub(HONEST);
        let first = (FIRST + round * ROUND).min(last.saturating_sub(ROUND));
        let elsewhere = format!("192.0.2.{}", 20 + seed % 200);
        let by = |account: &Account, address: &str| {
            let sign_in = std::iter::once(step(account, address, Deed::SignIn { right: true }));
            let locks = targets[first..(first + ROUND).min(last)].iter();
            sign_in
                .chain(locks.map(|(at, _)| step(account, address, Deed::Lock { at: at.clone() })))
                .collect()
        };
        vec![
            Route { name: "as it was", steps: by(cast.used, &cast.address) },
            Route { name: "with the account held back", steps: by(cast.held_back, &cast.address) },
            Route { name: "from another address", steps: by(cast.used, &elsewhere) },
            Route {
                name: "with the other account, from another address",
                steps: by(cast.held_back, &elsewhere),
            },
        ]
    }

    /// The two stolen logins.
    pub(super) fn accounts(&self, ground: &Ground, seed: u64) -> Vec<String> {
        let cast = self.cast(ground, seed);
        cast.map(|cast| vec![cast.used.login.clone(), cast.held_back.login.clone()]).unwrap_or_default()
    }

    pub(super) fn facts(&self, ground: &Ground, seed: u64) -> Value {
        let Some(cast) = self.cast(ground, seed) else { return Value::Null };
        let targets = self.targets(ground, seed);
        let ids = |items: &mut dyn Iterator<Item = &&(String, String)>| -> Vec<String> {
            items.map(|(at, _)| at.clone()).collect()
        };
        json!({
            "used": cast.used.login,
            "held_back": cast.held_back.login,
            "accounts": format!("{}, {}", cast.used.login, cast.held_back.login),
            "accounts_list": [cast.used.login, cast.held_back.login],
            "from": cast.address,
            "locked_list": ids(&mut targets.iter().take(FIRST)),
            "amended_list": ids(&mut targets.iter().rev().take(HONEST)),
        })
    }

    pub(super) fn elsewhere(&self) -> Self {
        Self { pace_s: self.pace_s * 3 / 2, elsewhere: true, inside: false, ..self.clone() }
    }
}

fn step(account: &Account, address: &str, deed: Deed) -> Step {
    Step { login: account.login.clone(), address: address.to_owned(), client: WARD_CHART.to_owned(), deed }
}
