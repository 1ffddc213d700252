use std::fmt;

use super::error::{Failed, malformed, not_there};

/// Steps that a pointer may have. No resource is nested more deeply.
const STEPS_MAX: usize = 64;

/// A JSON Pointer (RFC 6901): the way from the whole to a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    pub(super) steps: Vec<String>,
}

impl Pointer {
    pub(super) fn parse(text: &str) -> Result<Self, Failed> {
        if text.is_empty() {
            return Ok(Self { steps: Vec::new() });
        }
        let Some(rest) = text.strip_prefix('/') else {
            return Err(malformed(format!(
                "'{text}' is not a JSON Pointer: it starts with '/', or is empty"
            )));
        };
        let steps: Vec<String> = rest.split('/').map(unescape).collect::<Result<_, _>>()?;
        if steps.len() > STEPS_MAX {
            return Err(malformed(format!("a pointer has more than {STEPS_MAX} steps")));
        }
        Ok(Self { steps })
    }

    /// The way to what holds the part, and the last step to it; `None` for the whole.
    pub(super) fn split(&self) -> Option<(&[String], &str)> {
        self.steps.split_last().map(|(last, way)| (way, last.as_str()))
    }

    /// Whether the other one leads into what this one leads to.
    pub(super) fn is_above(&self, other: &Self) -> bool {
        other.steps.len() > self.steps.len() && other.steps.starts_with(&self.steps)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.steps.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1")));
        formatter.write_str(&steps.collect::<String>())
    }
}

/// `~1` stands for `/` and `~0` for `~`; a `~` before anything else is a mistake.
fn unescape(step: &str) -> Result<String, Failed> {
    let mut parts = step.split('~');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (letter, rest) = match part.as_bytes().first() {
            Some(b'0') => ('~', &part[1..]),
            Some(b'1') => ('/', &part[1..]),
            _ => return Err(malformed(format!("'{step}' has a '~' that is neither '~0' nor '~1'"))),
        };
        text.push(letter);
        text += rest;
    }
    Ok(text)
}

/// A step as a place in an array: digits without a leading zero (RFC 6901, section 4).
pub(super) fn index(step: &str) -> Result<usize, Failed> {
    let digits = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits && (step == "0" || !step.starts_with('0'));
    let number = if plain { step.parse().ok() } else { None };
    number
        .ok_or_else(|| not_there(format!("'{step}' is not a place in a list: places are 0, 1, 2 and so on")))
}
