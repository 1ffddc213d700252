use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Agreement, Side, day};

/// Something that is added to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "kebab-case")]
pub enum Deed {
    /// The office puts the agreement down; the first entry of every record.
    Agreed(Agreement),
    /// The apprentice accepts it.
    Accepted,
    /// The apprentice logs work, or instruction, of a day.
    Logged {
        /// The day.
        #[serde(with = "day")]
        day: Date,
        /// The process or course.
        at: String,
        /// How long.
        minutes: u32,
        /// What was done.
        what: String,
    },
    /// The apprentice takes back a line that nobody has signed.
    Withdrawn {
        /// The line, by the number of its entry.
        line: u64,
    },
    /// The supervisor stands by lines of a week.
    Signed {
        /// The week's Monday.
        #[serde(with = "day")]
        week: Date,
        /// The lines.
        lines: Vec<u64>,
        /// What the supervisor says of the week.
        words: String,
    },
    /// The supervisor gives a line back.
    Returned {
        /// The line.
        line: u64,
        /// Why.
        why: String,
    },
    /// The apprentice mends a signed line; the new one waits for its own signature.
    Corrected {
        /// The line that was wrong.
        line: u64,
        /// The process or course.
        at: String,
        /// How long.
        minutes: u32,
        /// What was done.
        what: String,
        /// Why the line was wrong.
        why: String,
    },
    /// The supervisor says how far a competency is entrusted.
    Entrusted(Entrusted),
    /// The supervisor evaluates half of the term.
    Evaluated(Evaluation),
    /// Something happened that somebody has to know of.
    Incident(Incident),
    /// The office has put a wage step into the pay.
    Paid {
        /// Which step, from 0.
        step: usize,
        /// From which day.
        #[serde(with = "day")]
        from: Date,
    },
    /// The office reports how long it took until the apprentice worked without somebody beside them.
    Onboarded(Onboarding),
    /// The office has looked at the sealed particulars.
    Looked,
    /// The office declares the apprenticeship complete.
    Completed,
    /// The office ends it before that.
    Ended {
        /// Why.
        why: String,
    },
}

impl Deed {
    /// Who writes it; none if everybody may who has to do with the apprenticeship.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        match self {
            Self::Accepted | Self::Logged { .. } | Self::Withdrawn { .. } | Self::Corrected { .. } => {
                Some(Side::Apprentice)
            }
            Self::Signed { .. } | Self::Returned { .. } | Self::Entrusted(_) | Self::Evaluated(_) => {
                Some(Side::Supervisor)
            }
            Self::Agreed(_)
            | Self::Paid { .. }
            | Self::Onboarded(_)
            | Self::Looked
            | Self::Completed
            | Self::Ended { .. } => Some(Side::Office),
            Self::Incident(_) => None,
        }
    }
}

/// How far a competency is entrusted, and on what grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrusted {
    /// The competency, by id.
    pub competency: String,
    /// 1 observes, 2 with somebody beside them, 3 with somebody at hand, 4 without supervision, 5 supervises others.
    pub level: u8,
    /// How often the supervisor saw it done.
    pub seen: u32,
    /// What was seen.
    pub words: String,
}

/// Which half of the term an evaluation closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// The first.
    Mid,
    /// The second.
    End,
}

/// What a supervisor says at the middle and at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// When in the term.
    pub half: Half,
    /// What goes well.
    pub well: String,
    /// What is next.
    pub next: String,
}

/// How long an employer needed until somebody worked without anybody beside them, beside how long it needs with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onboarding {
    /// Days from the first day.
    pub days: u32,
    /// Days that this employer usually needs with somebody new in such a job: its own baseline.
    pub usual_days: u32,
}

/// Something that happened: an accident, an absence, a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// When.
    #[serde(with = "day")]
    pub day: Date,
    /// What, without names of patients.
    pub what: String,
}
