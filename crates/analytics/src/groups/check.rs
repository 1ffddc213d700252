use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DataFusionError, Result, TableReference};
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, TableScan};
use lake::{Cause, Trouble};

use super::safe::{can_fail, unsafe_part};
use crate::trouble::told;

/// Functions over a group that tell of all of it, and not of one person in it.
const OF_ALL: [&str; 9] =
    ["avg", "count", "median", "stddev", "stddev_pop", "stddev_samp", "sum", "var", "var_pop"];

/// What a checked question consists of.
pub(super) struct Parts<'p> {
    /// The groups it makes.
    pub(super) aggregate: &'p Aggregate,
    /// The tables below, each once for each time it is named.
    pub(super) scans: Vec<&'p TableScan>,
    /// What those below are called in the question, in the same order.
    pub(super) called: Vec<TableReference>,
}

/// Takes a question apart, if it asks for groups only.
pub(super) fn parts(plan: &LogicalPlan) -> Result<Parts<'_>, Trouble> {
    let aggregate = aggregate(plan)?;
    let mut parts = Parts { aggregate, scans: Vec::new(), called: Vec::new() };
    below(&aggregate.input, None, &mut parts)?;
    for expression in &aggregate.group_expr {
        if let Expr::GroupingSet(_) = expression {
            return Err(refused(
                "ROLLUP, CUBE and GROUPING SETS tell totals beside their parts",
                "ask for each level by itself",
            ));
        }
        check_safe(expression)?;
    }
    aggregate.aggr_expr.iter().try_for_each(check_function)?;
    Ok(parts)
}

/// The groups of a question: below them are tables, above them only what orders, narrows and names them.
fn aggregate(plan: &LogicalPlan) -> Result<&Aggregate, Trouble> {
    check_no_inner(plan)?;
    match plan {
        LogicalPlan::Aggregate(aggregate) => Ok(aggregate),
        LogicalPlan::Projection(above) => aggregate_of(&above.input),
        LogicalPlan::Filter(above) => aggregate_of(&above.input),
        LogicalPlan::Sort(above) => aggregate_of(&above.input),
        LogicalPlan::Limit(above) => aggregate_of(&above.input),
        LogicalPlan::Window(above) => aggregate_of(&above.input),
        LogicalPlan::SubqueryAlias(above) => aggregate_of(&above.input),
        _ => Err(not_grouped()),
    }
}

fn aggregate_of(plan: &LogicalPlan) -> Result<&Aggregate, Trouble> {
    match plan {
        LogicalPlan::TableScan(_) | LogicalPlan::Join(_) => Err(not_grouped()),
        plan => aggregate(plan),
    }
}

fn not_grouped() -> Trouble {
    refused(
        "for this purpose only groups of people may be asked for, and this asks for rows",
        "count, sum or average them with one GROUP BY, as in SELECT gender, count(*) FROM patients GROUP BY gender",
    )
}

fn refused(what: &str, remedy: &str) -> Trouble {
    Trouble::new(Cause::Forbidden, what, remedy)
}

/// A question inside a question would be answered for single people.
fn check_no_inner(plan: &LogicalPlan) -> Result<(), Trouble> {
    match asks_inside(plan).map_err(|error| told(&error))? {
        false => Ok(()),
        true => Err(refused(
            "a question inside a question would be answered for single people",
            "join the tables, and group once",
        )),
    }
}

/// Whether an expression of this one node asks for another plan.
fn asks_inside(plan: &LogicalPlan) -> Result<bool, DataFusionError> {
    let mut found = false;
    plan.apply_expressions(|expression| {
        expression.apply(|part| {
            found |= matches!(
                part,
                Expr::Exists(_) | Expr::InSubquery(_) | Expr::ScalarSubquery(_) | Expr::SetComparison(_)
            );
            Ok(if found { TreeNodeRecursion::Stop } else { TreeNodeRecursion::Continue })
        })
    })?;
    Ok(found)
}

/// Tables, joined and narrowed.
fn below<'p>(
    plan: &'p LogicalPlan,
    called: Option<&TableReference>,
    parts: &mut Parts<'p>,
) -> Result<(), Trouble> {
    check_no_inner(plan)?;
    match plan {
        LogicalPlan::TableScan(scan) => {
            parts.scans.push(scan);
            parts.called.push(called.unwrap_or(&scan.table_name).clone());
            Ok(())
        }
        LogicalPlan::SubqueryAlias(named) => match named.input.as_ref() {
            table @ LogicalPlan::TableScan(_) => below(table, Some(&named.alias), parts),
            _ => Err(refused(
                "a question inside FROM hides what its groups are made of",
                "name tables in FROM, and join them",
            )),
        },
        LogicalPlan::Filter(filter) => {
            check_safe(&filter.predicate)?;
            below(&filter.input, None, parts)
        }
        LogicalPlan::Join(join) => {
            let on = join.on.iter().flat_map(|(left, right)| [left, right]);
            on.chain(&join.filter).try_for_each(check_joins)?;
            below(&join.left, None, parts)?;
            below(&join.right, None, parts)
        }
        _ => Err(refused(
            "groups can be made here of tables that are joined and narrowed by WHERE",
            "leave anything else below GROUP BY away",
        )),
    }
}

/// What joins is compared as it is: what is computed could fail, and is not mended there as it is in WHERE.
fn check_joins(expression: &Expr) -> Result<(), Trouble> {
    check_safe(expression)?;
    match can_fail(expression).map_err(|error| told(&error))? {
        false => Ok(()),
        true => Err(refused(
            "a join that computes could fail on one person's row",
            "compute in WHERE instead of ON",
        )),
    }
}

fn check_safe(expression: &Expr) -> Result<(), Trouble> {
    match unsafe_part(expression).map_err(|error| told(&error))? {
        None => Ok(()),
        Some(part) => Err(refused(
            &format!("'{part}' could fail on one person's row, and the failure would tell"),
            "compare columns, or use functions such as date_trunc, coalesce and lower",
        )),
    }
}

/// A function over a group takes columns as they are: what is computed first could be of one person alone.
fn check_function(expression: &Expr) -> Result<(), Trouble> {
    match expression {
        Expr::Alias(named) => check_function(&named.expr),
        Expr::AggregateFunction(called) => {
            let name = called.func.name();
            let given = &called.params;
            if !OF_ALL.contains(&name) {
                let what = format!("{name} tells the value of one person");
                return Err(refused(&what, &format!("take one of {}", OF_ALL.join(", "))));
            }
            let is_plain = |one: &Expr| match one {
                Expr::Column(_) | Expr::Literal(..) => true,
                Expr::Cast(cast) => matches!(cast.expr.as_ref(), Expr::Column(_)),
                _ => false,
            };
            if given.filter.is_some() || !given.order_by.is_empty() || !given.args.iter().all(is_plain) {
                let what = format!("{name} is asked of something other than a column as it is");
                return Err(refused(&what, "narrow with WHERE, and group by what tells the cases apart"));
            }
            Ok(())
        }
        _ => Err(not_grouped()),
    }
}
