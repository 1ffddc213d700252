//! An expression that has been read.

use std::collections::BTreeSet;

use rh_fhirpath::{FhirPathExpression, FhirPathParser};
use serde_json::Value;
use standards::fhir::path::PathError;

use crate::decimal::round_compared;

/// Longer ones are mistakes: the longest invariant of R4 has about 1,100 characters.
const CHARACTERS_MAX: usize = 8_192;

/// The parser descends into every bracket, and its time grows steeply with their depth.
const DEPTH_MAX: usize = 24;

/// What FHIR itself defines (R4, 2.9.2), beside the value sets and extensions by name.
const DEFINED: [&str; 6] = ["context", "resource", "rootResource", "ucum", "sct", "loinc"];

/// What stands for the whole input, which the evaluator copies for every item it looks at.
const WHOLE: [&str; 2] = ["resource", "rootResource"];

/// A parsed expression and the variables it needs.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) tree: FhirPathExpression,
    /// Those that a caller must give, sorted.
    pub(crate) variables: BTreeSet<String>,
    /// Whether the expression asks for the whole input from inside.
    pub(crate) asks_for_whole: bool,
}

/// Reads an expression.
pub(crate) fn parse(text: &str) -> Result<Parsed, PathError> {
    limit(text)?;
    let syntax = |reason: String| PathError::Syntax { expression: text.to_owned(), reason };
    let tree = FhirPathParser::new().parse(text).map_err(|error| syntax(error.to_string()))?;
    let mut shape = serde_json::to_value(&tree).map_err(|error| syntax(error.to_string()))?;
    round_compared(&mut shape);
    let mut variables = BTreeSet::new();
    collect(&shape, &mut variables);
    let asks_for_whole = WHOLE.iter().any(|name| variables.contains(*name));
    variables.retain(|name| !is_defined(name));
    let tree = serde_json::from_value(shape).map_err(|error| syntax(error.to_string()))?;
    Ok(Parsed { tree, variables, asks_for_whole })
}

fn limit(text: &str) -> Result<(), PathError> {
    let too_large = |limit| PathError::TooLarge { what: "expression", limit };
    if text.len() > CHARACTERS_MAX {
        return Err(too_large(format!("{CHARACTERS_MAX} characters")));
    }
    if depth(text) > DEPTH_MAX {
        return Err(too_large(format!("{DEPTH_MAX} nested brackets")));
    }
    Ok(())
}

/// The deepest nesting of brackets, counting those in quoted text too: an estimate that errs high.
fn depth(text: &str) -> usize {
    let mut open: usize = 0;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// Walks the tree in its serialised form, which has one shape for every kind of node.
fn collect(node: &Value, variables: &mut BTreeSet<String>) {
    match node {
        Value::Array(nodes) => nodes.iter().for_each(|node| collect(node, variables)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(variable) if name == "ExternalConstant" => {
                        variables.insert(variable.clone());
                    }
                    _ => collect(member, variables),
                }
            }
        }
        _ => {}
    }
}

fn is_defined(variable: &str) -> bool {
    DEFINED.contains(&variable) || variable.starts_with("vs-") || variable.starts_with("ext-")
}
