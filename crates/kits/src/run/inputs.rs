use std::collections::BTreeMap;
use std::fmt;

use crate::model::Kit;

/// What a secret is shown as.
const MASK: &str = "(secret)";

/// Why a run cannot start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputProblem {
    /// Nothing was given.
    Missing(&'static str, &'static str),
    /// There is no such input; with those there are.
    Unknown(String, String),
}

impl fmt::Display for InputProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputProblem::Missing(name, about) => write!(formatter, "the input `{name}` is missing: {about}"),
            InputProblem::Unknown(name, known) => {
                write!(formatter, "there is no input `{name}`; this kit has {known}")
            }
        }
    }
}

/// The inputs of a run: what was given, and defaults for the rest.
///
/// # Errors
/// Every problem.
pub(super) fn checked(
    kit: &Kit,
    given: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Vec<InputProblem>> {
    let known: Vec<&str> = kit.inputs.iter().map(|input| input.name).collect();
    let mut problems: Vec<InputProblem> = given
        .keys()
        .filter(|name| !known.contains(&name.as_str()))
        .map(|name| InputProblem::Unknown(name.clone(), known.join(", ")))
        .collect();
    let mut inputs = BTreeMap::new();
    for input in &kit.inputs {
        let value = given.get(input.name).map(|value| value.trim()).filter(|value| !value.is_empty());
        match value.unwrap_or(input.default) {
            "" if !input.optional => problems.push(InputProblem::Missing(input.name, input.about)),
            value => drop(inputs.insert(input.name.to_owned(), value.to_owned())),
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(problems) }
}

/// The same inputs as they may be shown.
pub(super) fn shown(kit: &Kit, inputs: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let is_secret = |name: &str| kit.input(name).is_some_and(|input| input.secret);
    let mask = |name: &str, value: &String| match is_secret(name) && !value.is_empty() {
        true => MASK.to_owned(),
        false => value.clone(),
    };
    inputs.iter().map(|(name, value)| (name.clone(), mask(name, value))).collect()
}
