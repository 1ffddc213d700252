use datafusion::common::Result;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::functions::expr_fn::nullif;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, TryCast, lit};

/// Functions that have a value for every row, whatever stands in it.
const WITHOUT_ERRORS: [&str; 22] = [
    "abs",
    "btrim",
    "ceil",
    "coalesce",
    "concat",
    "character_length",
    "date_part",
    "date_trunc",
    "floor",
    "left",
    "lower",
    "ltrim",
    "nullif",
    "octet_length",
    "right",
    "round",
    "rtrim",
    "starts_with",
    "strpos",
    "substr",
    "trunc",
    "upper",
];

/// Operators that compare, and have a value for every two.
const COMPARES: [Operator; 8] = [
    Operator::Eq,
    Operator::NotEq,
    Operator::Lt,
    Operator::LtEq,
    Operator::Gt,
    Operator::GtEq,
    Operator::IsDistinctFrom,
    Operator::IsNotDistinctFrom,
];

/// The first part of an expression that could fail on some row, or look into other tables.
pub(super) fn unsafe_part(expression: &Expr) -> Result<Option<String>> {
    let mut found = None;
    expression.apply(|part| {
        use datafusion::common::tree_node::TreeNodeRecursion::{Continue, Stop};
        if is_safe(part) {
            return Ok(Continue);
        }
        found = Some(part.to_string());
        Ok(Stop)
    })?;
    Ok(found)
}

fn is_safe(part: &Expr) -> bool {
    match part {
        Expr::Alias(_)
        | Expr::Column(_)
        | Expr::Literal(..)
        | Expr::Like(_)
        | Expr::Not(_)
        | Expr::IsNotNull(_)
        | Expr::IsNull(_)
        | Expr::IsTrue(_)
        | Expr::IsFalse(_)
        | Expr::IsUnknown(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNotFalse(_)
        | Expr::IsNotUnknown(_)
        | Expr::Negative(_)
        | Expr::Between(_)
        | Expr::Case(_)
        | Expr::Cast(_)
        | Expr::TryCast(_)
        | Expr::InList(_) => true,
        Expr::BinaryExpr(BinaryExpr { op, .. }) => {
            COMPARES.contains(op)
                || op.is_logic_operator()
                || op.is_numerical_operators()
                || *op == Operator::StringConcat
        }
        Expr::ScalarFunction(called) => WITHOUT_ERRORS.contains(&called.name()),
        _ => false,
    }
}

/// Whether an expression that is safe has a part that [`without_errors`] would have to change.
pub(super) fn can_fail(expression: &Expr) -> Result<bool> {
    expression.exists(|part| Ok(is_fallible(part)))
}

fn is_fallible(part: &Expr) -> bool {
    match part {
        Expr::Cast(_) => true,
        Expr::BinaryExpr(BinaryExpr { op, .. }) => matches!(op, Operator::Divide | Operator::Modulo),
        _ => false,
    }
}

/// The same expression, without a value where it would have failed: a cast that does not succeed, a division by zero.
pub(super) fn without_errors(expression: Expr) -> Result<Expr> {
    let name = expression.schema_name().to_string();
    let changed = expression.transform_up(|part| {
        Ok(match part {
            Expr::Cast(cast) => {
                Transformed::yes(Expr::TryCast(TryCast::new_from_field(cast.expr, cast.field)))
            }
            Expr::BinaryExpr(BinaryExpr { left, op, right })
                if matches!(op, Operator::Divide | Operator::Modulo) =>
            {
                let right = Box::new(nullif(*right, lit(0_i64)));
                Transformed::yes(Expr::BinaryExpr(BinaryExpr { left, op, right }))
            }
            other => Transformed::no(other),
        })
    })?;
    Ok(if changed.transformed { changed.data.alias(name) } else { changed.data })
}
