use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::act::{ARCHIVE, Act, Deed};
use super::chance::Chance;
use super::ground::{Account, Ground, Role};
use super::route::{Route, Step};
use super::scene::listed;

const MINUTE_US: i64 = 60_000_000;
/// Patients searched for before the learner comes, and in each round after.
const FIRST: usize = 12;
const ROUND: usize = 5;
/// For so long the archive has been left in peace when the learner comes.
const QUIET_MIN: i64 = 8;

/// An archive searched for one patient after the other (ATT&CK T1119), under the title of a device that the hospital knows: a
/// title is all that most archives ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Harvest {
    /// Seconds from one patient to the next.
    pace_s: i64,
    /// Whether the title of a modality is borrowed, which never searches for studies; otherwise that of a reading station.
    #[serde(default)]
    modality: bool,
    /// Whether the attacker sits at a workstation of the house, whose address others share.
    #[serde(default)]
    inside: bool,
    /// Whether it is the attack on which rules are tried, from an address of its own.
    #[serde(default)]
    elsewhere: bool,
}

struct Cast<'a> {
    borrowed: &'a Account,
    other: &'a Account,
    address: String,
}

impl Harvest {
    pub(super) fn lacks(&self, ground: &Ground) -> Option<&'static str> {
        let of = |role| ground.devices.iter().filter(|device| device.role == role).count();
        (of(Role::Modality) < 2 || of(Role::Station) < 2).then_some("two modalities and two reading stations")
    }

    fn cast<'a>(&self, ground: &'a Ground, seed: u64) -> Option<Cast<'a>> {
        let mut chance = Chance::new(seed, "harvest");
        let role = if self.modality { Role::Modality } else { Role::Station };
        let titles: Vec<&Account> = ground.devices.iter().filter(|device| device.role == role).collect();
        let [borrowed, other] = chance.some(&titles, 2)[..] else { return None };
        let net = if self.elsewhere { "192.0.2" } else { "203.0.113" };
        let address = match chance.pick(&ground.of_roles(&[Role::Coder, Role::Registrar])) {
            Some(colleague) if self.inside => colleague.address.clone(),
            _ => format!("{net}.{}", 10 + chance.below(200)),
        };
        Some(Cast { borrowed, other, address })
    }

    /// Patients in the order in which they are searched for.
    fn targets<'a>(&self, ground: &'a Ground, seed: u64) -> Vec<&'a str> {
        let drawn = Chance::new(seed, "patients").some(&ground.charts, ground.charts.len());
        drawn.into_iter().map(|chart| chart.id.as_str()).collect()
    }

    pub(super) fn past(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        let Some(cast) = self.cast(ground, seed) else { return Vec::new() };
        let pace_us = self.pace_s * 1_000_000;
        let span_us = pace_us * i64::try_from(FIRST).unwrap_or_default();
        let began_us = ground.now_us - span_us - QUIET_MIN * MINUTE_US;
        let search = |(patient, turn): (&str, i64)| {
            step(&cast.borrowed.login, &cast.address, patient).at(began_us + pace_us * turn)
        };
        self.targets(ground, seed).into_iter().take(FIRST).zip(0..).map(search).collect()
    }

    pub(super) fn routes(&self, ground: &Ground, seed: u64, round: usize) -> Vec<Route> {
        let Some(cast) = self.cast(ground, seed) else { return Vec::new() };
        let targets = self.targets(ground, seed);
        let first = (FIRST + round * ROUND).min(targets.len().saturating_sub(ROUND));
        let elsewhere = format!("192.0.2.{}", 20 + seed % 200);
        let by = |title: &str, address: &str| {
            targets[first..].iter().take(ROUND).map(|patient| step(title, address, patient)).collect()
        };
        vec![
            Route { name: "as it was", steps: by(&cast.borrowed.login, &cast.address) },
            Route { name: "from another address", steps: by(&cast.borrowed.login, &elsewhere) },
            Route { name: "under the title of another device", steps: by(&cast.other.login, &cast.address) },
            Route { name: "under a title of its own", steps: by("FINDSCU", &elsewhere) },
        ]
    }

    pub(super) fn facts(&self, ground: &Ground, seed: u64) -> Value {
        let Some(cast) = self.cast(ground, seed) else { return Value::Null };
        let searched: Vec<String> =
            self.targets(ground, seed).iter().take(FIRST).map(|id| format!("Patient/{id}")).collect();
        let callers: Vec<Value> = ground
            .devices
            .iter()
            .map(|device| json!({"title": device.login, "address": device.address}))
            .collect();
        let others =
            ground.devices.iter().zip(&callers).filter(|(device, _)| device.role != cast.borrowed.role);
        let others: Vec<Value> = others.map(|(_, caller)| caller.clone()).collect();
        json!({
            "title": cast.borrowed.login,
            "from": cast.address,
            "own_address": cast.borrowed.address,
            "patients": listed(&searched),
            "patients_list": searched,
            "other_callers": others,
            "callers": callers,
        })
    }

    pub(super) fn elsewhere(&self) -> Self {
        Self { pace_s: self.pace_s * 3 / 2, elsewhere: true, inside: false, ..self.clone() }
    }
}

fn step(title: &str, address: &str, patient: &str) -> Step {
    Step {
        login: title.to_owned(),
        address: address.to_owned(),
        client: ARCHIVE.to_owned(),
        deed: Deed::Studies { patient: patient.to_owned() },
    }
}
