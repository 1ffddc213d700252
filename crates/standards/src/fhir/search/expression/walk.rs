//! A compiled expression and the walk along it.

use serde_json::Value;

use crate::fhir::search::reference;

/// What a search parameter reads from a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// The values at the end of any of these paths.
    Values(Vec<Vec<Step>>),
    /// A single boolean: whether all of these hold.
    Holds(Vec<Test>),
}

/// One step from a value to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// The member of this name; a choice type that was named is one too (`valueQuantity`).
    Field(String),
    /// The member of this name with any type after it (`value` finds `valueQuantity`).
    Choice(String),
    /// Stay, if this member equals this text.
    Where {
        /// The member looked at.
        field: String,
        /// What it must equal.
        equals: String,
    },
    /// Stay, if this is a reference to this resource type.
    ReferenceTo(String),
}

/// One condition of an [`Expression::Holds`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// The path finds something.
    Exists(Vec<Step>),
    /// The path does not find just this boolean.
    Differs(Vec<Step>, bool),
}

impl Expression {
    /// Calls `found` with every value, in document order path by path; lists are taken apart.
    pub(crate) fn visit(&self, resource: &Value, found: &mut dyn FnMut(&Value)) {
        match self {
            Self::Values(paths) => {
                for path in paths {
                    walk(path, resource, found);
                }
            }
            Self::Holds(tests) => {
                let holds = tests.iter().all(|test| test.holds(resource));
                found(&Value::Bool(holds));
            }
        }
    }
}

impl Test {
    fn holds(&self, resource: &Value) -> bool {
        let mut holds = false;
        match self {
            Self::Exists(path) => walk(path, resource, &mut |_| holds = true),
            Self::Differs(path, not) => {
                walk(path, resource, &mut |value| {
                    holds |= value != &Value::Bool(*not);
                });
            }
        }
        holds
    }
}

fn walk(steps: &[Step], value: &Value, found: &mut dyn FnMut(&Value)) {
    if let Value::Array(items) = value {
        return items.iter().for_each(|item| walk(steps, item, found));
    }
    match steps.split_first() {
        None if value.is_null() => {}
        None => found(value),
        Some((step, rest)) => step.follow(value, &mut |next| walk(rest, next, found)),
    }
}

impl Step {
    fn follow(&self, value: &Value, next: &mut dyn FnMut(&Value)) {
        match self {
            Self::Field(name) => value.get(name).into_iter().for_each(next),
            Self::Choice(name) => choice(name, value).into_iter().for_each(next),
            Self::Where { field, equals } => {
                if value.get(field).and_then(Value::as_str) == Some(equals) {
                    next(value);
                }
            }
            Self::ReferenceTo(resource_type) => {
                if refers_to(value, resource_type) {
                    next(value);
                }
            }
        }
    }
}

fn choice<'a>(name: &str, value: &'a Value) -> Option<&'a Value> {
    let members = value.as_object()?;
    members.get(name).or_else(|| {
        members.iter().find_map(|(member, value)| {
            let type_name = member.strip_prefix(name)?;
            type_name.starts_with(|first: char| first.is_ascii_uppercase()).then_some(value)
        })
    })
}

/// `resolve() is X` without fetching anything: the reference itself says what it points to.
fn refers_to(value: &Value, resource_type: &str) -> bool {
    let address = value.get("reference").and_then(Value::as_str);
    let named = address.and_then(reference::target).and_then(reference::type_of);
    let stated = value.get("type").and_then(Value::as_str);
    named.or(stated) == Some(resource_type)
}
