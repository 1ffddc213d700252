//! Meters of an incident.

use super::Bounds;

/// A number the hospital can say of an incident in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meter {
    /// Of attacks elsewhere, the share that the learner's rules find.
    Recall,
    /// Of the alerts of these rules there, the share that rests on an attack.
    Precision,
    /// Minutes from the learner's coming until their rules find the attack here.
    MinutesToDetect,
    /// Minutes from the learner's coming until the attacker got something for the last time.
    MinutesToContain,
    /// Patients whose records have reached the attacker since the learner came.
    Exposed,
    /// Honest work refused since then, weighted by what it means for care.
    Harm,
    /// Ways in which the attack still works, when the learner has said that it is over.
    WaysLeft,
    /// Records damaged since the learner came.
    Damaged,
    /// Of the damaged fields, the share that hold again what they held.
    Restored,
    /// Of the fields that honest people changed meanwhile, the share that are gone.
    Lost,
}

impl Meter {
    /// All meters.
    pub const ALL: [Self; 10] = [
        Self::Recall,
        Self::Precision,
        Self::MinutesToDetect,
        Self::MinutesToContain,
        Self::Exposed,
        Self::Harm,
        Self::WaysLeft,
        Self::Damaged,
        Self::Restored,
        Self::Lost,
    ];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Recall => "recall",
            Self::Precision => "precision",
            Self::MinutesToDetect => "minutes-to-detect",
            Self::MinutesToContain => "minutes-to-contain",
            Self::Exposed => "exposed",
            Self::Harm => "harm",
            Self::WaysLeft => "ways-left",
            Self::Damaged => "damaged",
            Self::Restored => "restored",
            Self::Lost => "lost",
        }
    }
}

/// A meter, and what it must read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeterTest {
    /// Which.
    pub meter: Meter,
    /// What it must read.
    pub bounds: Bounds,
}
