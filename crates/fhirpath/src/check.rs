//! What can be said of an expression before it is evaluated (FHIRPath, section 11): in strict mode a
//! name that no possible type has is a mistake.

use std::collections::BTreeSet;

use standards::fhir::definitions::{Definitions, TypeDefinition, TypeRef};

use crate::problem::Problem;
use crate::syntax::{Binary, Expr, Kind, TypeName};
use crate::value::{Item, NodeKind, is_complex};

/// The types that items may have, by name; none where nothing is known of them.
pub(crate) type Types = Option<BTreeSet<&'static str>>;

/// Looks for names that cannot exist.
///
/// # Errors
/// A [`Problem`] at the first of them.
pub(crate) fn check(root: &Expr, context: &Item<'_>) -> Result<(), Problem> {
    let types = match context {
        Item::Node(node) => match node.kind {
            NodeKind::Complex(definition) => Some(BTreeSet::from([definition.name.as_str()])),
            NodeKind::Primitive(_) => Some(BTreeSet::from([node.type_name()])),
            NodeKind::Untyped => None,
        },
        Item::Plain(_) => None,
    };
    types_of(root, &types).map(|_| ())
}

/// The types of what an expression yields, given those of the items it starts from.
///
/// # Errors
/// A [`Problem`] at the first name that cannot exist.
pub(crate) fn types_of(root: &Expr, context: &Types) -> Result<Types, Problem> {
    of(root, context)
}

/// The types of what an expression yields, given those of `$this`.
fn of(expr: &Expr, this: &Types) -> Result<Types, Problem> {
    match &expr.kind {
        Kind::This => Ok(this.clone()),
        Kind::Member(name) => first(name, this, expr.at),
        Kind::Path(first, steps) => {
            steps.iter().try_fold(of(first, this)?, |types, step| after(step, types, this))
        }
        Kind::Call(..) | Kind::At(_) => after(expr, this.clone(), this),
        Kind::As(left, wanted) => {
            of(left, this)?;
            Ok(named(wanted))
        }
        Kind::Is(left, _) => of(left, this).map(|_| None),
        Kind::Binary(operator, left, right) => {
            let (left, right) = (of(left, this)?, of(right, this)?);
            Ok(match (operator, left, right) {
                (Binary::Union, Some(left), Some(right)) => Some(left.union(&right).copied().collect()),
                _ => None,
            })
        }
        Kind::Negative(inner) | Kind::Positive(inner) | Kind::Sorted { by: inner, .. } => {
            of(inner, this).map(|_| None)
        }
        _ => Ok(None),
    }
}

fn first(name: &str, this: &Types, at: usize) -> Result<Types, Problem> {
    let is_type = name.starts_with(|first: char| first.is_ascii_uppercase());
    match this {
        Some(types) if is_type && types.iter().any(|own| is_complex(own, name)) => Ok(this.clone()),
        _ => member(name, this, at),
    }
}

/// The types of an element, of which at least one possible type must know the name.
fn member(name: &str, of: &Types, at: usize) -> Result<Types, Problem> {
    let Some(of) = of else { return Ok(None) };
    let (mut types, mut known, mut open) = (BTreeSet::new(), false, false);
    for own in of {
        match Definitions::r4().find(own) {
            Some(definition) => known |= elements(definition, name, &mut types, &mut open),
            None => known |= matches!(name, "id" | "extension" | "value"),
        }
    }
    if !known && !of.is_empty() {
        let all: Vec<&str> = of.iter().copied().collect();
        return Err(Problem::meaning(at, format!("{} has no element {name}", all.join(" or "))));
    }
    Ok((!open && !types.is_empty()).then_some(types))
}

/// Adds the types of an element; whether there is one.
fn elements(
    definition: &'static TypeDefinition,
    name: &str,
    types: &mut BTreeSet<&'static str>,
    open: &mut bool,
) -> bool {
    let Some(element) = definition.elements.iter().find(|element| element.name == name) else { return false };
    for kind in &element.types {
        match Definitions::r4().follow(kind.reference) {
            Some(definition) => {
                types.insert(definition.name.as_str());
            }
            None if kind.reference == TypeRef::AnyResource => *open = true,
            None => {
                types.insert(kind.code.as_str());
            }
        }
    }
    true
}

/// The types after a step of a path.
fn after(step: &Expr, types: Types, this: &Types) -> Result<Types, Problem> {
    let (function, given) = match &step.kind {
        Kind::Member(name) => return member(name, &types, step.at),
        Kind::At(index) => return of(index, this).map(|_| types),
        Kind::Call(function, given) => (function.name, given),
        _ => return of(step, this),
    };
    let lambda = |types: &Types| given.iter().try_fold(None, |_, given| of(given, types));
    match function {
        "where" | "exists" | "all" => lambda(&types).map(|_| if function == "where" { types } else { None }),
        "select" => lambda(&types),
        "first" | "last" | "tail" | "single" | "distinct" | "skip" | "take" | "trace" => Ok(types),
        "ofType" | "as" => Ok(given.first().and_then(|given| match &given.kind {
            Kind::Type(wanted) => named(wanted),
            _ => None,
        })),
        "repeat" | "repeatAll" | "sort" | "aggregate" | "iif" | "defineVariable" | "resolve" | "children"
        | "descendants" | "getReferenceKey" => Ok(None),
        _ => given.iter().try_for_each(|given| of(given, this).map(|_| ())).map(|()| None),
    }
}

/// A type that was asked for by name.
fn named(wanted: &TypeName) -> Types {
    let definition = Definitions::r4().find(&wanted.name)?;
    (!definition.is_abstract).then(|| BTreeSet::from([definition.name.as_str()]))
}
