use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::act::{Act, Deed, PORTAL};
use super::chance::Chance;
use super::ground::{Account, Ground};
use super::route::{Route, Step};
use super::scene::listed;

/// Accounts tried before the learner comes, those of them whose password fits, and those kept for later.
const TRIED: usize = 10;
const TAKEN: usize = 3;
const FRESH: usize = 3;

/// Passwords that leaked elsewhere, tried at the portal (ATT&CK T1110.004).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stuffing {
    /// From how many addresses.
    addresses: usize,
    /// Seconds from one try to the next.
    pace_s: i64,
    /// Whether the tries come from a workstation of the house, whose address others share.
    #[serde(default)]
    inside: bool,
    /// Whether it is the attack on which rules are tried, from addresses of its own.
    #[serde(default)]
    elsewhere: bool,
}

struct Cast<'a> {
    tried: Vec<&'a Account>,
    taken: Vec<&'a Account>,
    fresh: Vec<&'a Account>,
    addresses: Vec<String>,
}

impl Stuffing {
    fn cast<'a>(&self, ground: &'a Ground, seed: u64) -> Cast<'a> {
        let mut chance = Chance::new(seed, "stuffing");
        let drawn = chance.some(&ground.portal, TRIED + FRESH);
        let (tried, fresh) = drawn.split_at(TRIED.min(drawn.len()));
        let taken = chance.some(tried, TAKEN).into_iter().copied().collect();
        // Networks kept for documentation (RFC 5737), so that no real address is ever accused.
        let net = if self.elsewhere { "192.0.2" } else { "203.0.113" };
        let outside = |_| format!("{net}.{}", 10 + chance.below(200));
        let addresses = match ground.staff.get(Chance::new(seed, "inside").below(ground.staff.len())) {
            Some(colleague) if self.inside => vec![colleague.address.clone()],
            _ => (0..self.addresses.max(1)).map(outside).collect(),
        };
        Cast { tried: tried.to_vec(), taken, fresh: fresh.to_vec(), addresses }
    }

    pub(super) fn past(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        let cast = self.cast(ground, seed);
        let pace_us = self.pace_s * 1_000_000;
        let span_us = pace_us * i64::try_from(TRIED).unwrap_or_default();
        let began_us = ground.now_us - span_us - 20 * 60_000_000;
        let mut acts = Vec::new();
        for (turn, account) in cast.tried.iter().enumerate() {
            let at_us = began_us + pace_us * i64::try_from(turn).unwrap_or_default();
            let address = &cast.addresses[turn % cast.addresses.len()];
            let right = cast.taken.contains(account);
            for (after, step) in entering(account, address, right).iter().enumerate() {
                acts.push(step.at(at_us + i64::try_from(after).unwrap_or_default() * 3_000_000));
            }
        }
        acts
    }

    pub(super) fn routes(&self, ground: &Ground, seed: u64) -> Vec<Route> {
        let cast = self.cast(ground, seed);
        let wrong = cast.tried.iter().filter(|account| !cast.taken.contains(account)).take(1);
        let again: Vec<&Account> = wrong.chain(&cast.taken).copied().collect();
        let from = |accounts: &[&Account], address: &dyn Fn(usize) -> String| {
            let of = |(turn, account): (usize, &&Account)| {
                let right = cast.taken.contains(account) || cast.fresh.contains(account);
                entering(account, &address(turn), right)
            };
            accounts.iter().enumerate().flat_map(of).collect()
        };
        let first = cast.addresses.first().cloned().unwrap_or_default();
        vec![
            Route { name: "as it was", steps: from(&again, &|_| first.clone()) },
            Route {
                name: "from another address",
                steps: from(&again, &|_| format!("192.0.2.{}", 20 + seed % 200)),
            },
            Route {
                name: "each try from an address of its own",
                steps: from(&again, &|turn| format!("203.0.113.{}", 211 + turn)),
            },
            Route {
                name: "with accounts not tried before",
                steps: from(&cast.fresh, &|turn| format!("203.0.113.{}", 231 + turn)),
            },
        ]
    }

    pub(super) fn leaked(&self, ground: &Ground, seed: u64) -> BTreeSet<String> {
        let cast = self.cast(ground, seed);
        cast.taken.iter().chain(&cast.fresh).map(|account| account.login.clone()).collect()
    }

    pub(super) fn facts(&self, ground: &Ground, seed: u64) -> Value {
        let cast = self.cast(ground, seed);
        json!({
            "taken": listed(cast.taken.iter().map(|account| &account.login)),
            "taken_list": cast.taken.iter().map(|account| account.login.as_str()).collect::<Vec<_>>(),
            "tried_only": cast.tried.iter().find(|account| !cast.taken.contains(account)).map(|own| own.login.as_str()),
            "from": listed(&cast.addresses),
            "from_list": cast.addresses,
        })
    }

    pub(super) fn elsewhere(&self) -> Self {
        Self { pace_s: self.pace_s * 3 / 2, elsewhere: true, ..self.clone() }
    }
}

/// A try, and what whoever gets in looks at.
fn entering(account: &Account, address: &str, right: bool) -> Vec<Step> {
    let step = |deed| Step {
        login: account.login.clone(),
        address: address.to_owned(),
        client: PORTAL.to_owned(),
        deed,
    };
    let mut steps = vec![step(Deed::SignIn { right })];
    if let Some(record) = account.record.as_ref().filter(|_| right) {
        steps.push(step(Deed::Read { at: record.clone() }));
    }
    steps
}
