use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::act::{Act, Deed, Form, PORTAL};
use super::chance::Chance;
use super::ground::{Account, Ground, Role};
use super::route::{Route, Step};
use super::scene::listed;

const MINUTE_US: i64 = 60_000_000;
/// Patients asked for before the learner comes, and on each way after.
const FIRST: usize = 12;
const ROUND: usize = 5;
/// Accounts that the attackers have beside those they used.
const HELD_BACK: usize = 1;
/// For so long nobody was asked for when the learner comes.
const QUIET_MIN: i64 = 12;
/// Of what honest patients do, one thing in so many is not opening their record but asking in another form.
const OTHER_FORM_ONE_IN: usize = 3;

/// Patients who write the ids of others into the requests of an app, and get what they ask for (broken object level
/// authorization: OWASP API Security Top 10 2023, API1). Their accounts are their own, and so are their passwords.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guessing {
    /// Seconds from one patient to the next.
    pace_s: i64,
    /// How they ask.
    form: Form,
    /// With how many accounts, one after the other.
    accounts: usize,
    /// Whether they sit at a workstation of the house, whose address others share.
    #[serde(default)]
    inside: bool,
    /// Whether it is the attack on which rules are tried, from an address of its own.
    #[serde(default)]
    elsewhere: bool,
}

struct Cast<'a> {
    used: Vec<&'a Account>,
    held_back: &'a Account,
    address: String,
}

impl Guessing {
    fn cast<'a>(&self, ground: &'a Ground, seed: u64) -> Option<Cast<'a>> {
        let mut chance = Chance::new(seed, "guessing");
        let drawn = chance.some(&ground.portal, self.accounts.max(1) + HELD_BACK);
        let (held_back, used) = drawn.split_last()?;
        let net = if self.elsewhere { "192.0.2" } else { "203.0.113" };
        let address = match chance.pick(&ground.of_roles(&[Role::Registrar])) {
            Some(colleague) if self.inside => colleague.address.clone(),
            _ => format!("{net}.{}", 10 + chance.below(200)),
        };
        Some(Cast { used: used.to_vec(), held_back, address })
    }

    /// Patients in the order in which they are asked for: none whose account takes part.
    fn targets<'a>(&self, ground: &'a Ground, seed: u64) -> Vec<&'a str> {
        let own: BTreeSet<String> = self
            .accounts(ground, seed)
            .iter()
            .filter_map(|login| ground.account(login)?.record.clone())
            .collect();
        let drawn = Chance::new(seed, "patients").some(&ground.charts, ground.charts.len());
        let ids = drawn.into_iter().map(|chart| chart.id.as_str());
        ids.filter(|id| !own.contains(&format!("Patient/{id}"))).collect()
    }

    pub(super) fn past(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        let Some(cast) = self.cast(ground, seed) else { return Vec::new() };
        let pace_us = self.pace_s * 1_000_000;
        let began_us =
            ground.now_us - pace_us * i64::try_from(FIRST).unwrap_or_default() - QUIET_MIN * MINUTE_US;
        let mut acts = Vec::new();
        // Each account has its share of them, one after the other.
        let targets = self.targets(ground, seed);
        let share = FIRST.div_ceil(cast.used.len().max(1));
        let mut at_us = began_us;
        for (account, patients) in cast.used.iter().zip(targets[..FIRST.min(targets.len())].chunks(share)) {
            let step = |deed| step(account, &cast.address, deed);
            acts.push(step(Deed::SignIn { right: true }).at(at_us - 16_000_000));
            acts.push(Act { hostile: false, ..step(own(account)).at(at_us - 9_000_000) });
            for patient in patients {
                acts.push(step(ask(self.form, patient)).at(at_us));
                at_us += pace_us;
            }
        }
        acts
    }

    pub(super) fn routes(&self, ground: &Ground, seed: u64, round: usize) -> Vec<Route> {
        let Some(cast) = self.cast(ground, seed) else { return Vec::new() };
        let targets = self.targets(ground, seed);
        let first = (FIRST + round * ROUND).min(targets.len().saturating_sub(ROUND));
        let away = format!("192.0.2.{}", 20 + seed % 200);
        let by = |name, account: &Account, address: &str, form| {
            let patients = targets[first..].iter().take(ROUND);
            let steps = patients.map(|patient| step(account, address, ask(form, patient))).collect();
            Route { name, steps }
        };
        let Some(used) = cast.used.first() else { return Vec::new() };
        let form = |name, form| by(name, used, &cast.address, form);
        vec![
            by("as it was", used, &cast.address, self.form),
            by("from another address", used, &away, self.form),
            by("with another account", cast.held_back, &away, self.form),
            form("by opening the record", Form::Record),
            form("by searching for results", Form::Results),
            form("by everything at once", Form::Everything),
            form("by what a visit includes", Form::Included),
            form("by the versions of the record", Form::Versions),
        ]
    }

    /// What honest people do: patients ask for their own records in every form that there is.
    pub(super) fn in_every_form(&self, ground: &Ground, seed: u64, mut acts: Vec<Act>) -> Vec<Act> {
        let mut chance = Chance::new(seed, "forms");
        for act in acts.iter_mut().filter(|act| act.client == PORTAL) {
            let record = ground.account(&act.login).and_then(|account| account.record.as_deref());
            let id = record.and_then(|record| record.strip_prefix("Patient/"));
            if let (Deed::Read { .. }, Some(id), 0) = (&act.deed, id, chance.below(OTHER_FORM_ONE_IN)) {
                let form = chance.pick(&Form::ALL).copied().unwrap_or(Form::Record);
                act.deed = ask(form, id);
            }
        }
        acts
    }

    /// The logins with which it is done, or could be.
    pub(super) fn accounts(&self, ground: &Ground, seed: u64) -> Vec<String> {
        let Some(cast) = self.cast(ground, seed) else { return Vec::new() };
        cast.used.iter().chain([&cast.held_back]).map(|account| account.login.clone()).collect()
    }

    pub(super) fn facts(&self, ground: &Ground, seed: u64) -> Value {
        let Some(cast) = self.cast(ground, seed) else { return Value::Null };
        let logins: Vec<String> = cast.used.iter().map(|account| account.login.clone()).collect();
        let patients: Vec<String> =
            self.targets(ground, seed).iter().take(FIRST).map(|id| format!("Patient/{id}")).collect();
        let own: Vec<&str> = cast.used.iter().filter_map(|account| account.record.as_deref()).collect();
        json!({
            "accounts": listed(&logins),
            "accounts_list": logins,
            "own": own.first(),
            "from": cast.address,
            "patients": listed(&patients),
            "patients_list": patients,
        })
    }

    pub(super) fn elsewhere(&self) -> Self {
        Self { pace_s: self.pace_s * 3 / 2, elsewhere: true, inside: false, ..self.clone() }
    }
}

fn ask(form: Form, patient: &str) -> Deed {
    Deed::Ask { form, patient: patient.to_owned() }
}

fn own(account: &Account) -> Deed {
    Deed::Read { at: account.record.clone().unwrap_or_default() }
}

fn step(account: &Account, address: &str, deed: Deed) -> Step {
    Step { login: account.login.clone(), address: address.to_owned(), client: PORTAL.to_owned(), deed }
}
