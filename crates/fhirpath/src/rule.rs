//! Rules: expressions that are true or not at one place in a resource (FHIR R4, 2.25.0.5, `constraint`).

use serde_json::Value;
use standards::fhir::definitions::{Definitions, Primitive};
use standards::fhir::profile::Place;

use crate::ask::{Question, Surroundings};
use crate::engine::Engine;
use crate::problem::Problem;
use crate::value::{Item, Node, NodeKind, Plain};

/// A rule, and where it is to hold.
#[derive(Clone, Copy)]
pub struct Rule<'a> {
    /// The expression.
    pub expression: &'a str,
    /// The resource, which `%resource` means.
    pub resource: &'a Value,
    /// The value in it that the rule is about.
    pub focus: &'a Value,
    /// Of a primitive value: the companion that holds its id and extensions.
    pub beside: Option<&'a Value>,
    /// The type of the value, such as `HumanName`, `code` or `Patient.contact`.
    pub type_name: &'a str,
    /// What `now()` means, in microseconds since 1970 UTC.
    pub now_us: i64,
    /// Where `resolve()` and `conformsTo()` look.
    pub surroundings: Option<&'a dyn Surroundings>,
}

impl<'a> Rule<'a> {
    /// A rule at a place that a profile names, at no known time and with nothing around.
    pub fn at(expression: &'a str, place: &Place<'a>) -> Self {
        let Place { resource, focus, beside, type_name } = *place;
        Self { expression, resource, focus, beside, type_name, now_us: 0, surroundings: None }
    }
}

impl Engine {
    /// Whether a rule holds: its result is not empty, and not false.
    ///
    /// # Errors
    /// A [`Problem`] with its place in the expression.
    pub fn holds(&self, rule: &Rule<'_>) -> Result<bool, Problem> {
        let question = Question {
            expression: rule.expression,
            context: None,
            input: rule.resource,
            variables: &[],
            now_us: rule.now_us,
            strict: false,
            surroundings: rule.surroundings,
        };
        self.with_items(&question, focus(rule), |items| match items {
            [] => false,
            [only] => only.plain() != Some(Plain::Boolean(false)),
            _ => true,
        })
    }
}

/// The place as the engine sees it.
fn focus<'a>(rule: &Rule<'a>) -> Item<'a> {
    let kind = match (Primitive::from_name(rule.type_name), Definitions::r4().find(rule.type_name)) {
        (Some(primitive), _) => NodeKind::Primitive(primitive),
        (None, Some(definition)) => NodeKind::Complex(definition),
        (None, None) => NodeKind::Untyped,
    };
    Item::Node(Node { json: rule.focus, beside: rule.beside, kind })
}
