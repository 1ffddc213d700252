use crate::column::Kind;

/// How the values of a column are made coarser, a step at a time.
///
/// Step 0 leaves them as they are, and on the last step all are the same (Sweeney, "Achieving k-anonymity privacy protection
/// using generalization and suppression", 2002, section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ladder {
    /// A day: its month, its year, five years, ten years.
    Day,
    /// A postal code: its first three digits.
    PostalCode,
    /// A number: fives, tens, twenties.
    Number,
    /// A word, which has nothing between itself and nothing.
    Word,
}

/// What stands for a value that is not told.
const UNTOLD: &str = "*";

impl Ladder {
    /// The ladder of a column, by what it holds.
    #[must_use]
    pub fn of(name: &str, kind: Kind) -> Self {
        match kind {
            Kind::Date | Kind::Instant => Self::Day,
            Kind::Integer | Kind::Number => Self::Number,
            _ if name == "zip" || name == "postal_code" => Self::PostalCode,
            _ => Self::Word,
        }
    }

    /// The number of its last step.
    #[must_use]
    pub const fn last(self) -> usize {
        match self {
            Self::Day => 5,
            Self::PostalCode => 2,
            Self::Number => 4,
            Self::Word => 1,
        }
    }

    /// What a step leaves of a value, in words.
    #[must_use]
    pub const fn told(self, step: usize) -> &'static str {
        match (self, step) {
            (_, 0) => "as it is",
            (Self::Day, 1) => "the month",
            (Self::Day, 2) => "the year",
            (Self::Day, 3) | (Self::Number, 1) => "in fives",
            (Self::Day, 4) | (Self::Number, 2) => "in tens",
            (Self::Number, 3) => "in twenties",
            (Self::PostalCode, 1) => "three digits",
            _ => "nothing",
        }
    }

    /// A value on a step. What is no day or no number stays a word.
    #[must_use]
    pub fn step(self, value: &str, step: usize) -> String {
        if step >= self.last() {
            return UNTOLD.to_owned();
        }
        let coarse = match (self, step) {
            (_, 0) => None,
            (Self::Day, 1) => value.get(..7).map(str::to_owned),
            (Self::Day, 2) => value.get(..4).map(str::to_owned),
            (Self::Day, 3) => value.get(..4).and_then(|year| band(year, 5)),
            (Self::Day, _) => value.get(..4).and_then(|year| band(year, 10)),
            (Self::PostalCode, _) => value.get(..3).map(str::to_owned),
            (Self::Number, 1) => band(value, 5),
            (Self::Number, 2) => band(value, 10),
            (Self::Number, _) => band(value, 20),
            (Self::Word, _) => None,
        };
        coarse.unwrap_or_else(|| value.to_owned())
    }
}

/// The band of a number, such as `40-49`.
fn band(value: &str, width: i64) -> Option<String> {
    let number: f64 = value.trim().parse().ok().filter(|number: &f64| number.abs() < 1e15)?;
    let from = (number.floor() as i64).div_euclid(width) * width;
    Some(format!("{from}-{}", from + width - 1))
}
