use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::act::{Act, Deed, WARD_CHART};
use super::care::weight;
use super::chance::Chance;
use super::ground::{Account, Ground, Role};
use super::route::{Route, Step};
use super::scene::listed;

const MINUTE_US: i64 = 60_000_000;
/// How long the patient lay in the emergency department.
const EMERGENCY_MIN: i64 = 90;

/// People of the house who look at a chart that is none of their business (ATT&CK T1213, by insiders).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snooping {
    /// The patient's id.
    vip: String,
    /// Hours since the patient came.
    pub(super) hours: i64,
    /// What the curious are; one person for each.
    among: Vec<Role>,
    /// How often each of them looks.
    looks: usize,
    /// Whether they look at results instead of opening the chart.
    #[serde(default)]
    results: bool,
}

struct Cast<'a> {
    unit: String,
    team: Vec<&'a Account>,
    emergency: Vec<&'a Account>,
    coder: Option<&'a Account>,
    curious: Vec<&'a Account>,
}

impl Snooping {
    fn cast<'a>(&self, ground: &'a Ground, seed: u64) -> Cast<'a> {
        let mut chance = Chance::new(seed, "snooping");
        let (unit, team) = self.team(ground);
        let emergency = chance.some(&ground.of_roles(&[Role::Emergency]), 2).into_iter().copied().collect();
        let coder = chance.pick(&ground.of_roles(&[Role::Coder])).copied();
        let mut cast = Cast { unit, team, emergency, coder, curious: Vec::new() };
        for role in &self.among {
            let free = |account: &&Account| {
                let has_part = cast.team.contains(account)
                    || cast.emergency.contains(account)
                    || cast.coder == Some(*account)
                    || cast.curious.contains(account);
                account.role == *role && !has_part
            };
            let free: Vec<&Account> = ground.staff.iter().filter(free).collect();
            cast.curious.extend(chance.pick(&free).copied());
        }
        cast
    }

    /// The patient's ward, and who takes care of them there.
    fn team<'a>(&self, ground: &'a Ground) -> (String, Vec<&'a Account>) {
        let chart = ground.charts.iter().find(|chart| chart.id == self.vip);
        let unit = chart.map(|chart| chart.unit.clone()).unwrap_or_default();
        let on_ward = |account: &&Account| {
            account.unit == unit && matches!(account.role, Role::Nurse | Role::Physician)
        };
        let team = ground.staff.iter().filter(on_ward).collect();
        (unit, team)
    }

    /// Of what honest people do in the house, that which can be explained: nobody but the team happens upon this chart.
    pub(super) fn explained(&self, ground: &Ground, mut acts: Vec<Act>) -> Vec<Act> {
        let (_, team) = self.team(ground);
        acts.retain(|act| {
            !act.deed.looks_at(&self.vip) || team.iter().any(|account| account.login == act.login)
        });
        acts
    }

    /// What the hospital has not that this takes: without a team on the patient's ward everybody there would be curious.
    pub(super) fn lacks(&self, ground: &Ground) -> Option<&'static str> {
        self.cast(ground, 0)
            .team
            .is_empty()
            .then_some("a patient in a bed, and nurses or physicians on that ward")
    }

    fn look(&self) -> Deed {
        match self.results {
            true => Deed::Look { kind: "Observation".to_owned(), patient: self.vip.clone() },
            false => Deed::Read { at: format!("Patient/{}", self.vip) },
        }
    }

    pub(super) fn past(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        let cast = self.cast(ground, seed);
        let mut chance = Chance::new(seed, "looks");
        let came_us = ground.now_us - self.hours * 60 * MINUTE_US;
        let moved_us = came_us + EMERGENCY_MIN * MINUTE_US;
        let mut acts = Vec::new();
        let mut looks = |account: &Account, count: usize, (from_us, until_us): (i64, i64), hostile: bool| {
            for _ in 0..count {
                let at_us = chance.between_us(from_us, until_us);
                // The right people open the chart and look at results; the curious do one of the two.
                let deed = match (hostile, chance.below(2)) {
                    (false, 0) => Deed::Look { kind: "Observation".to_owned(), patient: self.vip.clone() },
                    (false, _) => Deed::Read { at: format!("Patient/{}", self.vip) },
                    (true, _) => self.look(),
                };
                let step = step(account, &account.address, deed);
                acts.push(Act { hostile, weight: weight(account.role), ..step.at(at_us) });
            }
        };
        for account in &cast.emergency {
            looks(account, 4, (came_us + MINUTE_US, moved_us), false);
        }
        for account in &cast.team {
            looks(account, 6, (moved_us, ground.now_us - MINUTE_US), false);
        }
        if let Some(coder) = cast.coder {
            looks(coder, 2, (ground.now_us - 80 * MINUTE_US, ground.now_us - 10 * MINUTE_US), false);
        }
        for account in &cast.curious {
            looks(account, self.looks, (moved_us + 10 * MINUTE_US, ground.now_us - 5 * MINUTE_US), true);
        }
        acts.sort_by_key(|act| act.at_us);
        acts
    }

    pub(super) fn routes(&self, ground: &Ground, seed: u64) -> Vec<Route> {
        let cast = self.cast(ground, seed);
        let other = ground.staff.iter().find(|account| account.unit != cast.unit);
        let other = other.map(|account| account.address.clone()).unwrap_or_default();
        let by = |address: &dyn Fn(&Account) -> String| {
            let of = |account: &&Account| {
                let address = address(account);
                [step(account, &address, Deed::SignIn { right: true }), step(account, &address, self.look())]
            };
            cast.curious.iter().flat_map(of).collect()
        };
        vec![
            Route { name: "as it was", steps: by(&|account| account.address.clone()) },
            Route { name: "from another workstation", steps: by(&|_| other.clone()) },
            Route { name: "from home", steps: by(&|_| format!("198.51.100.{}", 3 + seed % 90)) },
        ]
    }

    pub(super) fn facts(&self, ground: &Ground, seed: u64) -> Value {
        let cast = self.cast(ground, seed);
        let names = |accounts: &[&Account]| -> Vec<String> {
            accounts.iter().map(|account| format!("{} ({})", account.name, account.login)).collect()
        };
        let moved_us = ground.now_us - (self.hours * 60 - EMERGENCY_MIN) * MINUTE_US;
        let clock = |at_us: i64| {
            let minutes = at_us.div_euclid(MINUTE_US).rem_euclid(24 * 60);
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        };
        json!({
            "curious": listed(&cast.curious.iter().map(|account| account.login.clone()).collect::<Vec<_>>()),
            "curious_list": cast.curious.iter().map(|account| account.login.as_str()).collect::<Vec<_>>(),
            "unit": cast.unit,
            "team": names(&cast.team).join(", "),
            "team_list": cast.team.iter().map(|account| account.login.as_str()).collect::<Vec<_>>(),
            "emergency": names(&cast.emergency).join(" and "),
            "emergency_list": cast.emergency.iter().map(|account| account.login.as_str()).collect::<Vec<_>>(),
            "coder": cast.coder.map(|coder| format!("{} ({})", coder.name, coder.login)),
            "came": clock(ground.now_us - self.hours * 60 * MINUTE_US),
            "moved": clock(moved_us),
        })
    }

    /// The logins of the curious.
    pub(super) fn curious(&self, ground: &Ground, seed: u64) -> Vec<String> {
        self.cast(ground, seed).curious.iter().map(|account| account.login.clone()).collect()
    }
}

fn step(account: &Account, address: &str, deed: Deed) -> Step {
    Step { login: account.login.clone(), address: address.to_owned(), client: WARD_CHART.to_owned(), deed }
}
