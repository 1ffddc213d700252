//! Expressions read once and evaluated at many places of many resources, as a table over resources needs it.

use std::sync::Arc;

use serde_json::Value;
use standards::fhir::definitions::Primitive;

use crate::ask::Question;
use crate::check::{Types, types_of};
use crate::engine::{Engine, new_run};
use crate::problem::Problem;
use crate::run::{Arena, Frame, Run, is_defined};
use crate::syntax::Parsed;
use crate::value::{Item, Node, NodeKind, Plain};

/// An expression that was read.
#[derive(Debug, Clone)]
pub struct Expression {
    text: String,
    parsed: Arc<Parsed>,
}

/// What may be known of items before there are any: the types they may have.
#[derive(Debug, Clone)]
pub struct Shape(Types);

/// A value that expressions know as `%name`, with the type FHIR gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// Its name, without the `%`.
    pub name: String,
    /// Its type: text alone does not tell a date from a word.
    pub kind: Primitive,
    /// The value as FHIR writes it.
    pub value: Value,
}

/// One resource being looked at. Its expressions share one bound on their work.
pub struct Reading<'a> {
    run: Run<'a>,
}

/// A place in the resource, or a value that was computed from it.
#[derive(Debug, Clone)]
pub struct Spot<'a>(Item<'a>);

impl Engine {
    /// Reads an expression. The only variables it may have are those of FHIR and of the names given.
    ///
    /// # Errors
    /// A [`Problem`] with its place in the expression.
    pub fn compile(&self, text: &str, variables: &[&str]) -> Result<Expression, Problem> {
        let compile = || {
            let parsed = self.parsed(text)?;
            let unknown = |(name, _): &&(String, usize)| !is_defined(name) && !variables.contains(&&**name);
            match parsed.variables.iter().find(unknown) {
                None => Ok(Expression { text: text.to_owned(), parsed }),
                Some((name, at)) => Err(Problem::meaning(*at, format!("the variable %{name} is not given"))),
            }
        };
        compile().map_err(|problem: Problem| problem.in_characters(text))
    }
}

impl Expression {
    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What its result may be, evaluated where items are of this shape.
    ///
    /// # Errors
    /// A [`Problem`] at a name that no possible type has, so that the result is always empty.
    pub fn shape(&self, of: &Shape) -> Result<Shape, Problem> {
        types_of(&self.parsed.root, &of.0).map(Shape).map_err(|problem| problem.in_characters(&self.text))
    }
}

impl Shape {
    /// Items of one type.
    #[must_use]
    pub fn of(type_name: &'static str) -> Self {
        Self(Some([type_name].into()))
    }

    /// Items of which nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self(None)
    }

    /// The names of the types; empty where nothing is known.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().flatten().copied()
    }
}

impl<'a> Reading<'a> {
    /// Looks at a resource. `now_us` is what `now()` means, in microseconds since 1970 UTC.
    pub fn with<T>(
        resource: &Value,
        constants: &[Constant],
        now_us: i64,
        look: impl for<'r> FnOnce(&Reading<'r>) -> T,
    ) -> T {
        let arena = Arena::default();
        let question = Question {
            expression: "",
            context: None,
            input: resource,
            variables: &[],
            now_us,
            strict: false,
            surroundings: None,
        };
        let mut run = new_run(&question, &arena);
        run.variables =
            constants.iter().map(|constant| (constant.name.clone(), vec![constant.item()])).collect();
        look(&Reading { run })
    }

    /// The resource itself.
    #[must_use]
    pub fn root(&self) -> Spot<'a> {
        Spot(Item::Node(self.run.resource))
    }

    /// What an expression yields at a place.
    ///
    /// # Errors
    /// A [`Problem`] with its place in the expression.
    pub fn evaluate(&self, expression: &Expression, at: &Spot<'a>) -> Result<Vec<Spot<'a>>, Problem> {
        let this = std::slice::from_ref(&at.0);
        let frame = Frame { this, index: None, total: None, scope: None };
        let items = self.run.evaluate(&expression.parsed.root, &frame).and_then(|items| {
            self.run.meter.items(items.len(), 0)?;
            Ok(items)
        });
        let items = items.map_err(|problem| problem.in_characters(&expression.text))?;
        Ok(items.into_iter().map(Spot).collect())
    }
}

impl Spot<'_> {
    /// As JSON: an object where it is no single value, and `Null` where only extensions are known.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.0.to_json()
    }

    /// Whether it has parts rather than a value.
    #[must_use]
    pub fn is_complex(&self) -> bool {
        match &self.0 {
            Item::Node(node) => node.json.is_object() || node.json.is_array(),
            Item::Plain(plain) => matches!(plain, Plain::Quantity(_) | Plain::Type { .. }),
        }
    }

    /// Its truth, where it is a boolean.
    #[must_use]
    pub fn boolean(&self) -> Option<bool> {
        match self.0.plain() {
            Some(Plain::Boolean(boolean)) => Some(boolean),
            _ => None,
        }
    }

    /// The name of its type, such as `HumanName`, `code` or `Boolean`.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.0.type_name()
    }
}

impl Constant {
    fn item(&self) -> Item<'_> {
        Item::Node(Node { json: &self.value, beside: None, kind: NodeKind::Primitive(self.kind) })
    }
}
