use std::fmt;

use serde::{Deserialize, Serialize};

/// One of the things that must hold together, as a line of a file.
///
/// Such as `declared`, `not declared`, `minutes >= 20`,
/// `since:declared > 10`, `meter:unseen > 200`, or a reading of the hospital such as `waiting:results-* = 0`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Term {
    /// A flag is up, or is not.
    Flag {
        /// Its name.
        name: String,
        /// Whether it is to be up.
        up: bool,
    },
    /// A quantity compares with a number.
    Compare(Compare),
}

/// A comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// What is compared.
    pub of: Quantity,
    /// How.
    pub op: Op,
    /// With what.
    pub number: f64,
}

/// Something with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// Minutes since the drill began.
    Minutes,
    /// Minutes since a flag went up; nothing compares with that while it is down.
    Since(String),
    /// A meter.
    Meter(String),
    /// What is read from the hospital, such as `waiting:results-*`.
    Reading(String),
}

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

const OPS: [(&str, Op); 5] =
    [("<=", Op::AtMost), (">=", Op::AtLeast), ("<", Op::Less), (">", Op::More), ("=", Op::Equal)];

impl Op {
    /// Whether `left` stands so to `right`.
    #[must_use]
    pub fn holds(self, left: f64, right: f64) -> bool {
        // What is read are counts and whole minutes; half a unit tells them apart.
        let same = (left - right).abs() < 1e-9;
        match self {
            Self::Less => left < right && !same,
            Self::AtMost => left < right || same,
            Self::Equal => same,
            Self::AtLeast => left > right || same,
            Self::More => left > right && !same,
        }
    }
}

/// Whether all terms hold, where `flag` knows since when a flag is up, in minutes, and `quantity` what a quantity is.
pub fn all_hold(
    terms: &[Term],
    flag: impl Fn(&str) -> bool,
    quantity: impl Fn(&Quantity) -> Option<f64>,
) -> bool {
    terms.iter().all(|term| match term {
        Term::Flag { name, up } => flag(name) == *up,
        Term::Compare(Compare { of, op, number }) => {
            quantity(of).is_some_and(|value| op.holds(value, *number))
        }
    })
}

impl TryFrom<String> for Term {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = |what: &str| format!("`{text}` is no condition: {what}");
        let found = OPS.iter().find_map(|(sign, op)| text.split_once(sign).map(|parts| (parts, *op)));
        let Some(((left, right), op)) = found else {
            let (name, up) = match text.trim().strip_prefix("not ") {
                Some(name) => (name.trim(), false),
                None => (text.trim(), true),
            };
            let good = !name.is_empty() && name.chars().all(is_of_a_name);
            return match good {
                true => Ok(Self::Flag { name: name.to_owned(), up }),
                false => Err(wrong(
                    "write a flag, `not` and a flag, or a quantity, <, <=, =, >= or >, and a number",
                )),
            };
        };
        let number = right.trim().parse().map_err(|_| wrong("there is no number on its right"))?;
        let of = match left.trim().split_once(':') {
            None if left.trim() == "minutes" => Quantity::Minutes,
            Some(("since", flag)) => Quantity::Since(flag.to_owned()),
            Some(("meter", meter)) => Quantity::Meter(meter.to_owned()),
            _ => Quantity::Reading(left.trim().to_owned()),
        };
        Ok(Self::Compare(Compare { of, op, number }))
    }
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.to_string()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag { name, up } => write!(f, "{}{name}", if *up { "" } else { "not " }),
            Self::Compare(Compare { of, op, number }) => {
                let sign = OPS.iter().find(|(_, known)| known == op).map_or("=", |(sign, _)| sign);
                match of {
                    Quantity::Minutes => write!(f, "minutes {sign} {number}"),
                    Quantity::Since(flag) => write!(f, "since:{flag} {sign} {number}"),
                    Quantity::Meter(meter) => write!(f, "meter:{meter} {sign} {number}"),
                    Quantity::Reading(name) => write!(f, "{name} {sign} {number}"),
                }
            }
        }
    }
}
