use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, CastKind, DataType, Expr, Ident, ObjectName, ObjectNamePart, Statement, Value, VisitMut,
    VisitorMut,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use lake::{Cause, Trouble};

use super::catalogue::is_filled;
use super::empty::columns_of_nothing;
use crate::trouble::told;

/// The schema of the system catalogue.
pub(super) const SCHEMA: &str = "pg_catalog";

/// A question as the engine reads it.
pub(crate) fn rewritten(sql: &str) -> Result<String, Trouble> {
    let mut statements =
        Parser::parse_sql(&PostgreSqlDialect {}, sql).map_err(|error| told(&error.into()))?;
    let [statement] = statements.as_mut_slice() else {
        let what = format!("one question at a time, and here are {}", statements.len());
        return Err(Trouble::new(Cause::Question, what, "send them one after the other"));
    };
    if let Statement::Query(query) = statement
        && let Some(columns) = columns_of_nothing(query)
    {
        return Ok(nothing(&columns));
    }
    let was = statement.to_string();
    let _ = VisitMut::visit(statement, &mut Rewriting);
    let now = statement.to_string();
    // Where nothing had to be changed, mistakes keep the place at which they were written.
    Ok(if now == was { sql.to_owned() } else { now })
}

fn nothing(columns: &[String]) -> String {
    let named = columns.iter().zip(1..).map(|(name, number)| {
        let name = if name.is_empty() { format!("column{number}") } else { name.replace('"', "\"\"") };
        format!("CAST(NULL AS TEXT) AS \"{name}\"")
    });
    let mut names: Vec<String> = named.collect();
    if names.iter().collect::<std::collections::BTreeSet<_>>().len() < names.len() {
        names = (1..=columns.len()).map(|number| format!("CAST(NULL AS TEXT) AS column{number}")).collect();
    }
    format!("SELECT {} WHERE false", names.join(", "))
}

struct Rewriting;

impl VisitorMut for Rewriting {
    type Break = ();

    fn post_visit_relation(&mut self, relation: &mut ObjectName) -> ControlFlow<()> {
        if let [ObjectNamePart::Identifier(table)] = relation.0.as_slice()
            && is_filled(&table.value)
        {
            relation.0.insert(0, ObjectNamePart::Identifier(Ident::new(SCHEMA)));
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        let taken = std::mem::replace(expression, null());
        *expression = changed(taken);
        ControlFlow::Continue(())
    }
}

fn null() -> Expr {
    Expr::value(Value::Null)
}

fn changed(expression: Expr) -> Expr {
    match expression {
        Expr::Collate { expr, .. } => *expr,
        Expr::BinaryOp { left, op, right } => Expr::BinaryOp { left, op: operator(op), right },
        Expr::Function(mut called) => {
            if called.name.0.len() > 1 && called.name.0[0].to_string() == SCHEMA {
                called.name.0.remove(0);
                // Clients write out lists of the catalogue's, such as options, which nothing has here.
                if called.name.to_string() == "array_to_string" {
                    return null();
                }
            }
            Expr::Function(called)
        }
        Expr::AnyOp { left, compare_op: BinaryOperator::Eq, right, is_some } => match *right {
            Expr::Array(list) => Expr::InList { expr: left, list: list.elem, negated: false },
            right => Expr::AnyOp { left, compare_op: BinaryOperator::Eq, right: Box::new(right), is_some },
        },
        Expr::Subquery(query) if columns_of_nothing(&query).is_some() => null(),
        Expr::Exists { subquery, negated } if columns_of_nothing(&subquery).is_some() => {
            Expr::value(Value::Boolean(negated))
        }
        Expr::Cast { expr, data_type: DataType::Custom(name, arguments), kind, array, format } => {
            let data_type = DataType::Custom(name, arguments);
            cast(expr, data_type, kind, array, format)
        }
        Expr::Cast { expr, data_type: DataType::Regclass, .. } => class(expr),
        other => other,
    }
}

/// `OPERATOR(pg_catalog.~)` is `~`, and so on.
fn operator(op: BinaryOperator) -> BinaryOperator {
    let BinaryOperator::PGCustomBinaryOperator(parts) = &op else { return op };
    match parts.last().map(String::as_str) {
        Some("~") => BinaryOperator::PGRegexMatch,
        Some("!~") => BinaryOperator::PGRegexNotMatch,
        Some("~*") => BinaryOperator::PGRegexIMatch,
        Some("=") => BinaryOperator::Eq,
        Some("<>") => BinaryOperator::NotEq,
        _ => op,
    }
}

/// A cast to a type of the system catalogue, which the engine does not have.
fn cast(
    expr: Box<Expr>,
    data_type: DataType,
    kind: CastKind,
    array: bool,
    format: Option<datafusion::sql::sqlparser::ast::CastFormat>,
) -> Expr {
    let DataType::Custom(name, _) = &data_type else { return *expr };
    let last =
        name.0.last().map(|part| part.to_string().trim_matches('"').to_lowercase()).unwrap_or_default();
    let instead = match last.as_str() {
        "regclass" => return class(expr),
        "text" | "name" | "char" | "regtype" | "regproc" | "regrole" | "regnamespace" => DataType::Text,
        "oid" | "int8" | "int4" | "xid" => DataType::BigInt(None),
        "bool" => DataType::Boolean,
        _ => data_type,
    };
    Expr::Cast { kind, expr, data_type: instead, array, format }
}

/// What a name of a table is as an identifier, and an identifier as a name.
fn class(expr: Box<Expr>) -> Expr {
    let is_text =
        matches!(expr.as_ref(), Expr::Value(value) if matches!(value.value, Value::SingleQuotedString(_)));
    if !is_text {
        return Expr::Cast {
            kind: CastKind::DoubleColon,
            expr,
            data_type: DataType::Text,
            array: false,
            format: None,
        };
    }
    let called = format!("to_regclass({expr})");
    Parser::new(&PostgreSqlDialect {})
        .try_with_sql(&called)
        .and_then(|mut parser| parser.parse_expr())
        .unwrap_or(*expr)
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn ways_of_postgresql_become_those_of_the_engine() {
        for (sql, expected) in [
            ("SELECT relname FROM pg_class", "SELECT relname FROM pg_catalog.pg_class"),
            (
                "SELECT 1 FROM pg_catalog.pg_class c WHERE c.relname OPERATOR(pg_catalog.~) '^(a)$' COLLATE pg_catalog.default",
                "SELECT 1 FROM pg_catalog.pg_class c WHERE c.relname ~ '^(a)$'",
            ),
            ("SELECT pg_catalog.format_type(25, -1)", "SELECT format_type(25, -1)"),
            ("SELECT (SELECT a.b FROM pg_attrdef a) FROM x", "SELECT NULL FROM x"),
            (
                "SELECT p.polname, count FROM pg_catalog.pg_policy p",
                "SELECT CAST(NULL AS TEXT) AS \"polname\", CAST(NULL AS TEXT) AS \"count\" WHERE false",
            ),
            (
                "SELECT pg_catalog.array_to_string(c.reloptions || array(SELECT 1), ', ') FROM x c",
                "SELECT NULL FROM x c",
            ),
            ("SELECT 'a'::regclass", "SELECT to_regclass('a')"),
            ("SELECT a = ANY (ARRAY['b', 'c'])", "SELECT a IN ('b', 'c')"),
            ("SELECT  untouched  FROM  patients", "SELECT  untouched  FROM  patients"),
        ] {
            assert_eq!(rewritten(sql).unwrap(), expected);
        }
        assert!(rewritten("SELECT 1; SELECT 2").unwrap_err().what.contains("one question"));
    }
}
