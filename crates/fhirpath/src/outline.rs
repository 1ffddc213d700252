//! A parsed expression as JSON, in the form that fhirpath-lab draws: type, name, place and arguments of every node.

use serde_json::{Value, json};

use crate::syntax::{Binary, Expr, Kind, TypeName};

/// Draws a tree. Places are counted in bytes of the text.
pub(crate) fn outline(expr: &Expr) -> Value {
    match &expr.kind {
        Kind::Empty => leaf(expr, "ConstantExpression", "{}"),
        Kind::Literal(plain) => leaf(expr, "ConstantExpression", &plain.to_string()),
        Kind::Type(name) => leaf(expr, "ConstantExpression", &written(name)),
        Kind::Member(name) => leaf(expr, "ChildExpression", name),
        Kind::This => leaf(expr, "AxisExpression", "that"),
        Kind::Index => leaf(expr, "AxisExpression", "index"),
        Kind::Total => leaf(expr, "AxisExpression", "total"),
        Kind::Variable(name) => leaf(expr, "VariableRefExpression", name),
        Kind::Call(function, given) => node(
            expr,
            "FunctionCallExpression",
            function.name,
            &given.iter().map(outline).collect::<Vec<_>>(),
        ),
        Kind::Path(first, steps) => steps.iter().fold(outline(first), after),
        Kind::At(index) => node(expr, "IndexerExpression", "[]", &[outline(index)]),
        Kind::Negative(inner) => node(expr, "UnaryExpression", "-", &[outline(inner)]),
        Kind::Positive(inner) => node(expr, "UnaryExpression", "+", &[outline(inner)]),
        Kind::Sorted { by, .. } => outline(by),
        Kind::Is(left, name) => node(
            expr,
            "BinaryExpression",
            "is",
            &[outline(left), leaf(expr, "ConstantExpression", &written(name))],
        ),
        Kind::As(left, name) => node(
            expr,
            "BinaryExpression",
            "as",
            &[outline(left), leaf(expr, "ConstantExpression", &written(name))],
        ),
        Kind::Binary(..) => chain(expr),
    }
}

/// Operators in a row are drawn from the left without descending for each.
fn chain(expr: &Expr) -> Value {
    let mut waiting = Vec::new();
    let mut at = expr;
    while let Kind::Binary(operator, left, right) = &at.kind {
        waiting.push((at, sign(*operator), right.as_ref()));
        at = left;
    }
    let join = |left, (expr, sign, right): (&Expr, &str, &Expr)| {
        node(expr, "BinaryExpression", sign, &[left, outline(right)])
    };
    waiting.into_iter().rev().fold(outline(at), join)
}

/// A step has what it is applied to as its first argument.
fn after(focus: Value, step: &Expr) -> Value {
    let mut drawn = outline(step);
    if let Some(arguments) = drawn["Arguments"].as_array_mut() {
        arguments.insert(0, focus);
    } else {
        drawn["Arguments"] = json!([focus]);
    }
    drawn
}

fn leaf(expr: &Expr, kind: &str, name: &str) -> Value {
    json!({"ExpressionType": kind, "Name": name, "Position": expr.at})
}

fn node(expr: &Expr, kind: &str, name: &str, arguments: &[Value]) -> Value {
    json!({"ExpressionType": kind, "Name": name, "Position": expr.at, "Arguments": arguments})
}

fn written(name: &TypeName) -> String {
    name.namespace.iter().chain([&name.name]).map(String::as_str).collect::<Vec<_>>().join(".")
}

const fn sign(operator: Binary) -> &'static str {
    match operator {
        Binary::Times => "*",
        Binary::Divide => "/",
        Binary::Div => "div",
        Binary::Mod => "mod",
        Binary::Plus => "+",
        Binary::Minus => "-",
        Binary::Concatenate => "&",
        Binary::Union => "|",
        Binary::Less => "<",
        Binary::LessOrEqual => "<=",
        Binary::Greater => ">",
        Binary::GreaterOrEqual => ">=",
        Binary::Equal => "=",
        Binary::NotEqual => "!=",
        Binary::Equivalent => "~",
        Binary::NotEquivalent => "!~",
        Binary::In => "in",
        Binary::Contains => "contains",
        Binary::And => "and",
        Binary::Or => "or",
        Binary::Xor => "xor",
        Binary::Implies => "implies",
    }
}
