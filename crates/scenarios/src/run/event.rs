use serde::{Deserialize, Serialize};

/// Something that happened in a drill: what a page, a headset and the debrief are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
    /// Harm to care until then.
    pub care: f64,
    /// Harm to care in a minute, as it stood then.
    pub care_rate: f64,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// The drill began.
    Begun,
    /// Something came to people.
    Injected {
        /// Which inject.
        inject: String,
        /// The facilitator, if it came by hand.
        by: Option<String>,
        /// Whether it had come before, and is said no more.
        again: bool,
    },
    /// Somebody set to work.
    Given {
        /// Who.
        by: String,
        /// As whom.
        role: String,
        /// With what.
        command: String,
        /// Until when.
        until_us: i64,
    },
    /// Somebody was refused.
    Refused {
        /// Who.
        by: String,
        /// As whom.
        role: String,
        /// What they wanted.
        command: String,
        /// Why not.
        why: String,
    },
    /// Somebody's work is done.
    Done {
        /// Who did it.
        by: String,
        /// As whom.
        role: String,
        /// What.
        command: String,
        /// What came of it: the place of the outcome in the scenario.
        outcome: Option<usize>,
    },
    /// What must never come true did.
    Breached {
        /// Which.
        never: String,
    },
    /// Something was reached.
    Met {
        /// Which objective.
        objective: String,
    },
    /// The drill is over.
    Ended {
        /// Who ended it; nobody, when its time was over.
        by: Option<String>,
    },
}

impl What {
    /// The word for it in the journal: `drill.` and this.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Injected { .. } => "injected",
            Self::Given { .. } => "given",
            Self::Refused { .. } => "refused",
            Self::Done { .. } => "done",
            Self::Breached { .. } => "breached",
            Self::Met { .. } => "met",
            Self::Ended { .. } => "ended",
        }
    }
}
