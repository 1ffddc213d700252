use std::collections::BTreeMap;

use security::actors::{Account, Act, Ground, Order, Role, Scene};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::records::SandboxId;

use super::declare::Declared;
use super::rules::Trial;
use crate::platform::Platform;

/// What only the platform knows of a hospital in which actors are at work.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Truth {
    pub(super) scene: Scene,
    pub(super) seed: u64,
    pub(super) ground: Ground,
    /// The password of everybody honest, and the one that is known to others too.
    pub(super) passwords: (String, String),
    /// When the attacker first did something.
    pub(super) began_us: i64,
    /// Patients whose records had reached the attacker before the learner came.
    pub(super) exposed: Vec<String>,
    /// Records damaged before the learner came, each with its last good version.
    pub(super) damaged: BTreeMap<String, u64>,
    /// Records that honest people changed after the attack began, each with the version they wrote.
    pub(super) amended: BTreeMap<String, u64>,
    pub(super) course: Course,
}

/// What happened since the learner came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Course {
    /// Until when everything that was to happen has happened.
    pub(super) until_us: i64,
    /// Which way the attacker goes now, and how often they came.
    pub(super) route: usize,
    pub(super) round: usize,
    pub(super) outcomes: Vec<Outcome>,
    /// Work of devices that was refused: a device asks again until it is let in.
    #[serde(default)]
    pub(super) waiting: Vec<Act>,
    pub(super) declared: Option<Declared>,
    pub(super) trial: Option<Trial>,
}

/// Something that matters to a meter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Outcome {
    pub(super) at_us: i64,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum What {
    /// Honest work that was refused.
    Refused { login: String, weight: u32 },
    /// Honest work that had to wait, and was done in the end.
    Waited { login: String, weight: u32, minutes: f64 },
    /// Somebody was given something for a result that was false.
    Misled { login: String, weight: u32 },
    /// Something the attacker got or did: a patient's record, or a record made unreadable with its last good version.
    Got { patient: Option<String>, record: Option<String>, version: u64 },
}

impl Truth {
    /// The password that an account has.
    pub(super) fn password_of(&self, login: &str) -> &str {
        let (honest, leaked) = &self.passwords;
        if self.scene.leaked(&self.ground, self.seed).contains(login) { leaked } else { honest }
    }

    /// The order of this id.
    pub(super) fn order(&self, id: &str) -> Result<&Order, String> {
        self.ground
            .orders
            .iter()
            .find(|order| order.id == id)
            .ok_or_else(|| format!("there is no order {id}"))
    }

    /// The ground without those who take part in the attack: whose work, when refused, is harm.
    pub(super) fn honest_ground(&self) -> Ground {
        let suspects = self.scene.suspects(&self.ground, self.seed);
        let innocent = |accounts: &[Account]| -> Vec<Account> {
            accounts.iter().filter(|account| !suspects.contains(&account.login)).cloned().collect()
        };
        // Technicians come and go; that one of them cannot work is nobody's harm for an hour.
        let mut staff = innocent(&self.ground.staff);
        staff.retain(|account| account.role != Role::Technician);
        Ground { staff, portal: innocent(&self.ground.portal), ..self.ground.clone() }
    }

    /// Every record that was damaged, with its last good version.
    pub(super) fn all_damaged(&self) -> BTreeMap<String, u64> {
        let mut damaged = self.damaged.clone();
        for outcome in &self.course.outcomes {
            if let What::Got { record: Some(record), version, .. } = &outcome.what {
                damaged.entry(record.clone()).or_insert(*version);
            }
        }
        damaged
    }
}

impl Platform {
    pub(super) fn truth(&self, sandbox: &str) -> Result<Option<Truth>, StoreError> {
        let Some(text) = self.records.incident(&SandboxId::from(sandbox))? else { return Ok(None) };
        let damaged = |error: serde_json::Error| StoreError::Damaged {
            what: format!("what is known of the actors in sandbox '{sandbox}': {error}"),
        };
        serde_json::from_str(&text).map(Some).map_err(damaged)
    }

    pub(super) fn keep_truth(&self, sandbox: &str, truth: &Truth) -> Result<(), StoreError> {
        let text = serde_json::to_string(truth).map_err(|error| StoreError::Damaged {
            what: format!("what is to be known of the actors in sandbox '{sandbox}': {error}"),
        })?;
        self.records.incident_set(&SandboxId::from(sandbox), &text)
    }
}

/// Forgets what happened after a moment, because the hospital went back to it.
pub(crate) fn turn_back(platform: &Platform, sandbox: &str, virtual_us: i64) -> Result<(), StoreError> {
    let Some(mut truth) = platform.truth(sandbox)? else { return Ok(()) };
    let mut outcomes = std::mem::take(&mut truth.course.outcomes);
    outcomes.retain(|outcome| outcome.at_us <= virtual_us);
    let mut waiting = std::mem::take(&mut truth.course.waiting);
    waiting.retain(|act| act.at_us <= virtual_us);
    let trial = truth.course.trial.take().filter(|trial| trial.at_us <= virtual_us);
    let round = usize::try_from((virtual_us - truth.ground.now_us) / truth.scene.rest_us()).unwrap_or(0);
    truth.course = Course { until_us: virtual_us, round, outcomes, waiting, trial, ..Course::default() };
    platform.held.forget(sandbox);
    platform.paces.forget(sandbox);
    platform.keep_truth(sandbox, &truth)
}
