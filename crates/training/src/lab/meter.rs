//! Meters of an incident, and bounds on what they read.

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

/// A meter, and what it must read: `>= 0.8`, `<= 12` or `= 0`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeterTest {
    /// Which.
    pub meter: Meter,
    /// The least it may read.
    pub least: f64,
    /// The most it may read.
    pub most: f64,
}

impl MeterTest {
    /// Reads a bound as its least and most.
    #[must_use]
    pub fn bounds(text: &str) -> Option<(f64, f64)> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let text = text.trim();
        if let Some(rest) = text.strip_prefix(">=") {
            return Some((number(rest)?, f64::INFINITY));
        }
        if let Some(rest) = text.strip_prefix("<=") {
            return Some((f64::NEG_INFINITY, number(rest)?));
        }
        let exact = number(text.strip_prefix('=')?)?;
        Some((exact, exact))
    }

    /// Whether a reading is within the bounds.
    #[must_use]
    pub fn holds(&self, reading: f64) -> bool {
        (self.least..=self.most).contains(&reading)
    }
}
