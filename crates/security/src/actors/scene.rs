use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::act::Act;
use super::archive::Harvest;
use super::care::care;
use super::forging::{Forging, REST_MIN};
use super::ground::{Ground, Order};
use super::guessing::Guessing;
use super::locking::Locking;
use super::route::Route;
use super::snooping::Snooping;
use super::stuffing::Stuffing;

/// What an attacker is after, and how they go about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Scene {
    /// Passwords that leaked elsewhere are tried at the portal.
    CredentialStuffing(Stuffing),
    /// People of the house look at a chart that is none of their business.
    ChartSnooping(Snooping),
    /// Records are made unreadable.
    RecordLocking(Locking),
    /// The archive is searched for one patient after the other, under the title of a device.
    ArchiveHarvest(Harvest),
    /// Patients ask an app for the records of others.
    ObjectGuessing(Guessing),
    /// Results that no laboratory has found are sent to the chart.
    FalseResults(Forging),
}

/// A scene that cannot be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SceneError {
    /// The table is not one of a scene.
    #[error("the scene cannot be read: {0}")]
    Shape(String),
    /// The hospital has not what it takes.
    #[error("the scene needs {0}")]
    Ground(&'static str),
}

impl Scene {
    /// Reads a fault's table.
    ///
    /// # Errors
    /// [`SceneError::Shape`].
    pub fn read(table: &Value) -> Result<Self, SceneError> {
        let mut table = table.clone();
        if let Some(members) = table.as_object_mut() {
            ["at", "layer"].iter().for_each(|name| drop(members.remove(*name)));
        }
        serde_json::from_value(table).map_err(|error| SceneError::Shape(error.to_string()))
    }

    /// Whether the hospital has what the scene takes.
    ///
    /// # Errors
    /// [`SceneError::Ground`] with what is missing.
    pub fn fits(&self, ground: &Ground) -> Result<(), SceneError> {
        let missing = match self {
            _ if ground.staff.len() < 20 || ground.charts.len() < 20 => {
                Some("twenty people at work and twenty patients")
            }
            Self::CredentialStuffing(_) | Self::ObjectGuessing(_) if ground.portal.len() < 30 => {
                Some("thirty accounts at the portal")
            }
            Self::ChartSnooping(scene) => scene.lacks(ground),
            Self::RecordLocking(scene) => scene.lacks(ground),
            Self::ArchiveHarvest(scene) => scene.lacks(ground),
            Self::FalseResults(scene) => scene.lacks(ground),
            _ => None,
        };
        missing.map_or(Ok(()), |what| Err(SceneError::Ground(what)))
    }

    /// The type of record it needs to know of, if any.
    #[must_use]
    pub fn records(&self) -> Option<&str> {
        match self {
            Self::RecordLocking(scene) => Some(&scene.records),
            _ => None,
        }
    }

    /// Whether the imaging network has a part in it.
    #[must_use]
    pub fn wants_devices(&self) -> bool {
        matches!(self, Self::ArchiveHarvest(_))
    }

    /// How many potassium orders it needs.
    #[must_use]
    pub fn orders(&self) -> usize {
        match self {
            Self::FalseResults(scene) => scene.orders(),
            _ => 0,
        }
    }

    /// Of the potassium order of this number: what the laboratory finds, in tenths of mmol/L, and when it says so.
    #[must_use]
    pub fn due(&self, now_us: i64, seed: u64, number: usize) -> (u32, i64) {
        Forging::due(now_us, seed, number)
    }

    /// Orders whose results the laboratory had sent before the learner came.
    #[must_use]
    pub fn genuine<'a>(&self, ground: &'a Ground) -> &'a [Order] {
        match self {
            Self::FalseResults(scene) => scene.genuine(ground),
            _ => &[],
        }
    }

    /// Whether it was left to the app that patients use to check whose records it shows.
    #[must_use]
    pub fn portal_checks_itself(&self) -> bool {
        matches!(self, Self::ObjectGuessing(_))
    }

    /// Hours of the hospital's life before the learner comes, and how many honest things happen in them.
    #[must_use]
    pub fn span(&self) -> (i64, usize) {
        match self {
            Self::CredentialStuffing(_) => (4, 2_700),
            Self::ChartSnooping(scene) => (scene.hours, 1_900),
            Self::RecordLocking(_) => (3, 2_100),
            Self::ArchiveHarvest(_) => (4, 2_700),
            Self::ObjectGuessing(_) => (4, 3_200),
            Self::FalseResults(_) => (3, 1_300),
        }
    }

    /// What honest people do from one moment to before another, in order: `count` things, and their sign-ins.
    #[must_use]
    pub fn care(&self, ground: &Ground, seed: u64, span_us: (i64, i64), count: usize) -> Vec<Act> {
        let acts = care(ground, seed, span_us, count);
        match self {
            Self::ChartSnooping(scene) => scene.explained(ground, acts),
            Self::ObjectGuessing(scene) => scene.in_every_form(ground, seed, acts),
            Self::FalseResults(_) => {
                let mut acts = acts;
                acts.extend(Forging::results(ground, span_us));
                acts.sort_by_key(|act| act.at_us);
                acts
            }
            _ => acts,
        }
    }

    /// What the attacker did before the learner came.
    #[must_use]
    pub fn past(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        match self {
            Self::CredentialStuffing(scene) => scene.past(ground, seed),
            Self::ChartSnooping(scene) => scene.past(ground, seed),
            Self::RecordLocking(scene) => scene.past(ground, seed),
            Self::ArchiveHarvest(scene) => scene.past(ground, seed),
            Self::ObjectGuessing(scene) => scene.past(ground, seed),
            Self::FalseResults(scene) => scene.past(ground, seed),
        }
    }

    /// The ways the attacker goes in this round, the first one first. Later rounds reach for other records.
    #[must_use]
    pub fn routes(&self, ground: &Ground, seed: u64, round: usize) -> Vec<Route> {
        match self {
            Self::CredentialStuffing(scene) => scene.routes(ground, seed),
            Self::ChartSnooping(scene) => scene.routes(ground, seed),
            Self::RecordLocking(scene) => scene.routes(ground, seed, round),
            Self::ArchiveHarvest(scene) => scene.routes(ground, seed, round),
            Self::ObjectGuessing(scene) => scene.routes(ground, seed, round),
            Self::FalseResults(scene) => scene.routes(ground, seed, round),
        }
    }

    /// How long the attacker rests between rounds, microseconds.
    #[must_use]
    pub fn rest_us(&self) -> i64 {
        const MINUTE_US: i64 = 60_000_000;
        match self {
            Self::CredentialStuffing(_) => 30 * MINUTE_US,
            Self::ChartSnooping(_) => 45 * MINUTE_US,
            Self::RecordLocking(_) => 10 * MINUTE_US,
            Self::ArchiveHarvest(_) => 15 * MINUTE_US,
            Self::ObjectGuessing(_) => 25 * MINUTE_US,
            Self::FalseResults(_) => REST_MIN * MINUTE_US,
        }
    }

    /// The logins with which the attack is made, or could be.
    #[must_use]
    pub fn suspects(&self, ground: &Ground, seed: u64) -> BTreeSet<String> {
        match self {
            Self::CredentialStuffing(scene) => scene.leaked(ground, seed),
            Self::ChartSnooping(scene) => scene.curious(ground, seed).into_iter().collect(),
            Self::RecordLocking(scene) => scene.accounts(ground, seed).into_iter().collect(),
            Self::ObjectGuessing(scene) => scene.accounts(ground, seed).into_iter().collect(),
            // The titles are honest; who borrows one has nothing else of the device.
            Self::ArchiveHarvest(_) | Self::FalseResults(_) => BTreeSet::new(),
        }
    }

    /// Those of them whose passwords are known to others than their owners.
    #[must_use]
    pub fn leaked(&self, ground: &Ground, seed: u64) -> BTreeSet<String> {
        match self {
            Self::ChartSnooping(_) | Self::ObjectGuessing(_) => BTreeSet::new(),
            _ => self.suspects(ground, seed),
        }
    }

    /// What honest people changed, after the attack had begun, among the records that an attacker may reach.
    #[must_use]
    pub fn honest(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        match self {
            Self::RecordLocking(scene) => scene.honest(ground, seed),
            _ => Vec::new(),
        }
    }

    /// What a lab may say and ask about: names for placeholders.
    #[must_use]
    pub fn facts(&self, ground: &Ground, seed: u64) -> Value {
        match self {
            Self::CredentialStuffing(scene) => scene.facts(ground, seed),
            Self::ChartSnooping(scene) => scene.facts(ground, seed),
            Self::RecordLocking(scene) => scene.facts(ground, seed),
            Self::ArchiveHarvest(scene) => scene.facts(ground, seed),
            Self::ObjectGuessing(scene) => scene.facts(ground, seed),
            Self::FalseResults(scene) => scene.facts(ground, seed),
        }
    }

    /// The same attack somewhere else: on the same ground, from other addresses, at another pace. With another seed it
    /// meets other people too.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        match self {
            Self::CredentialStuffing(scene) => Self::CredentialStuffing(scene.elsewhere()),
            Self::ChartSnooping(scene) => Self::ChartSnooping(scene.clone()),
            Self::RecordLocking(scene) => Self::RecordLocking(scene.elsewhere()),
            Self::ArchiveHarvest(scene) => Self::ArchiveHarvest(scene.elsewhere()),
            Self::ObjectGuessing(scene) => Self::ObjectGuessing(scene.elsewhere()),
            Self::FalseResults(scene) => Self::FalseResults(scene.elsewhere()),
        }
    }
}

/// Words with commas, as answers have them.
pub(super) fn listed<'a>(items: impl IntoIterator<Item = &'a String>) -> Value {
    json!(items.into_iter().cloned().collect::<Vec<_>>().join(", "))
}
