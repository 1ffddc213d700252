use super::likeness;
use super::traits::Traits;

/// How sure it is that two records are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// They are not.
    CertainlyNot,
    /// They may be; someone has to look.
    Possible,
    /// They are, most likely.
    Probable,
    /// They are.
    Certain,
}

impl Grade {
    /// The code of the value set `match-grade`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CertainlyNot => "certainly-not",
            Self::Possible => "possible",
            Self::Probable => "probable",
            Self::Certain => "certain",
        }
    }
}

/// The outcome of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// From 0 to 1.
    pub value: f64,
    /// What the value means.
    pub grade: Grade,
}

/// What was compared must weigh so much to count in full.
const ENOUGH: f64 = 8.0;
/// And so much for a certain match.
const PLENTY: f64 = 10.0;

/// Compares two records. The order does not matter.
#[must_use]
pub fn score(one: &Traits, other: &Traits) -> Score {
    let (family, given) = likeness::names(one, other);
    // Likeness, weight if alike, weight if not.
    let compared = [
        (likeness::identifier(one, other), 8.0, 0.0),
        (family, 3.0, 3.0),
        (given, 2.0, 2.0),
        (likeness::birth_date(one, other), 3.0, 3.0),
        (likeness::sex(one, other), 1.0, 2.0),
        (likeness::phone(one, other), 2.0, 0.5),
        (likeness::address(one, other), 1.5, 0.5),
    ];
    let (mut agreed, mut weighed) = (0.0, 0.0);
    for (likeness, alike, different) in compared {
        let Some(likeness) = likeness else { continue };
        agreed += likeness * alike;
        weighed += if likeness > 0.0 { alike } else { different };
    }
    let mean = if weighed > 0.0 { agreed / weighed } else { 0.0 };
    let value = mean * (weighed / ENOUGH).min(1.0);
    Score { value, grade: grade(value, weighed) }
}

fn grade(value: f64, weighed: f64) -> Grade {
    match value {
        value if value >= 0.95 && weighed >= PLENTY => Grade::Certain,
        value if value >= 0.85 => Grade::Probable,
        value if value >= 0.65 => Grade::Possible,
        _ => Grade::CertainlyNot,
    }
}
