use std::str::FromStr;

/// Whether something must stand in a message (HL7 v2.5.1, 2.B.7.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// `R`: always.
    Required,
    /// `RE`: if the sender knows it.
    IfKnown,
    /// `O`: as one likes.
    Optional,
    /// `X`: never.
    NotUsed,
    /// `C(a/b)`: as the condition says.
    Conditional {
        /// What decides.
        when: When,
        /// If it is true.
        then: Box<Usage>,
        /// If not.
        otherwise: Box<Usage>,
    },
}

/// A test of another field of the segment, or component of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The number of what is tested.
    pub number: u16,
    /// The values that make it true; none for any value.
    pub values: Vec<String>,
}

impl Usage {
    /// Reads `R`, `RE`, `O`, `X` or `C(R/O)` with its condition.
    pub(super) fn read(text: &str, when: Option<&str>) -> Result<Self, String> {
        match (text, when) {
            ("R", None) => Ok(Self::Required),
            ("RE", None) => Ok(Self::IfKnown),
            ("O", None) => Ok(Self::Optional),
            ("X", None) => Ok(Self::NotUsed),
            (_, Some(when)) => {
                let inner = text.strip_prefix("C(").and_then(|rest| rest.strip_suffix(')'));
                let (then, otherwise) = inner
                    .and_then(|inner| inner.split_once('/'))
                    .ok_or("`when` goes with a usage like C(R/O)")?;
                Ok(Self::Conditional {
                    when: when.parse()?,
                    then: Box::new(Self::read(then, None)?),
                    otherwise: Box::new(Self::read(otherwise, None)?),
                })
            }
            _ => Err(format!("{text:?} is no usage; use R, RE, O, X, or C(R/O) with `when`")),
        }
    }

    /// The usage that holds, given what stands at a number.
    pub(super) fn settled(&self, value: impl Fn(u16) -> String) -> &Self {
        match self {
            Self::Conditional { when, then, otherwise } => {
                let value = value(when.number);
                let holds =
                    if when.values.is_empty() { !value.is_empty() } else { when.values.contains(&value) };
                if holds { then } else { otherwise }
            }
            settled => settled,
        }
    }
}

impl FromStr for When {
    type Err = String;

    /// Reads `2 is I`, `11 is X, D` or `5 is valued`.
    fn from_str(text: &str) -> Result<Self, String> {
        let unclear = || format!("{text:?} is no condition; write it like `2 is I, E` or `5 is valued`");
        let (number, values) = text.split_once(" is ").ok_or_else(unclear)?;
        let values: Vec<String> = match values {
            "valued" => Vec::new(),
            list => list.split(',').map(|value| value.trim().to_owned()).collect(),
        };
        Ok(Self { number: number.parse().map_err(|_| unclear())?, values })
    }
}
