use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Int64Array, RecordBatch};
use datafusion::arrow::compute::{concat_batches, filter_record_batch};
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::catalog::memory::MemTable;
use datafusion::common::cast::as_int64_array;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, Result};
use datafusion::datasource::provider_as_source;
use datafusion::functions_aggregate::expr_fn::count_distinct;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, LogicalPlanBuilder};
use datafusion::prelude::SessionContext;
use futures_util::TryStreamExt;
use lake::{Cause, Table, Trouble};

use super::check::{Parts, parts};
use super::safe::without_errors;
use crate::run;
use crate::trouble::told;

/// Groups one question may make.
const GROUPS_MAX: usize = 100_000;

/// The same question over groups that were made, without those of fewer than `smallest` people; and the plan that made them.
pub(crate) async fn without_small(
    session: &SessionContext,
    plan: LogicalPlan,
    tables: &[Table],
    smallest: u32,
) -> Result<(LogicalPlan, LogicalPlan), Trouble> {
    let made = counted(&parts(&plan)?, tables).map_err(|error| told(&error))?;
    let limited = LogicalPlanBuilder::from(made.plan.clone()).limit(0, Some(GROUPS_MAX + 1));
    let limited = limited.and_then(LogicalPlanBuilder::build).map_err(|error| told(&error))?;
    let schema = Arc::new(limited.schema().as_arrow().clone());
    let rows = run::rows(session, &limited).await.map_err(|error| told(&error))?;
    let batches: Vec<RecordBatch> = rows.try_collect().await.map_err(|error| told(&error))?;
    let groups = concat_batches(&schema, &batches).map_err(|error| told(&error.into()))?;
    if groups.num_rows() > GROUPS_MAX {
        let what = format!("this makes more than {GROUPS_MAX} groups");
        return Err(Trouble::new(Cause::Limit, what, "group by less"));
    }
    let told_of = large_enough(&groups, made.people, smallest).map_err(|error| told(&error))?;
    let over = put_back(plan, &told_of).map_err(|error| told(&error))?;
    Ok((over, made.plan))
}

/// A plan of groups whose last columns count people.
struct Counted {
    plan: LogicalPlan,
    /// How many columns count people.
    people: usize,
}

/// The groups, with the number of different people of each table beside them.
fn counted(parts: &Parts<'_>, tables: &[Table]) -> Result<Counted> {
    let person = |name: &str| tables.iter().find(|table| table.name == name)?.person.clone();
    let people: Vec<Expr> = parts
        .scans
        .iter()
        .zip(&parts.called)
        .filter_map(|(scan, called)| {
            let person = person(scan.table_name.table())?;
            let people = count_distinct(Expr::Column(Column::new(Some(called.clone()), person)));
            // A name of its own: the question may count the same people.
            Some(people.alias(format!("people of {called}")))
        })
        .collect();
    let Aggregate { input, group_expr, aggr_expr, .. } = parts.aggregate;
    let input = input.as_ref().clone().transform_up(|node| {
        let expressions = node.expressions().into_iter().map(without_errors).collect::<Result<Vec<_>>>()?;
        let inputs = node.inputs().into_iter().cloned().collect();
        match &node {
            LogicalPlan::Filter(_) => {
                let bare = expressions.into_iter().map(Expr::unalias).collect();
                Ok(Transformed::yes(node.with_new_exprs(bare, inputs)?))
            }
            _ => Ok(Transformed::no(node)),
        }
    })?;
    let groups = group_expr.iter().cloned().map(without_errors).collect::<Result<Vec<_>>>()?;
    let functions = aggr_expr.iter().cloned().map(without_errors).collect::<Result<Vec<_>>>()?;
    let count = people.len();
    let plan = LogicalPlanBuilder::from(input.data).aggregate(groups, functions.into_iter().chain(people))?;
    Ok(Counted { plan: plan.build()?, people: count })
}

/// The groups of enough people of every table. Where one alone was too small, a reader could subtract the others from a
/// total: the next smallest goes too (secondary suppression).
fn large_enough(groups: &RecordBatch, people: usize, smallest: u32) -> Result<RecordBatch> {
    let own = groups.num_columns() - people;
    let mut fewest: Vec<i64> = vec![i64::MAX; groups.num_rows()];
    for column in &groups.columns()[own..] {
        let counts: &Int64Array = as_int64_array(column)?;
        fewest.iter_mut().zip(counts.values()).for_each(|(fewest, count)| *fewest = (*fewest).min(*count));
    }
    let is_small = |count: i64| count < i64::from(smallest);
    let mut is_told: Vec<bool> = fewest.iter().map(|count| !is_small(*count)).collect();
    if is_told.iter().filter(|told| !**told).count() == 1 {
        let next = (0..fewest.len()).filter(|at| is_told[*at]).min_by_key(|at| fewest[*at]);
        next.into_iter().for_each(|at| is_told[at] = false);
    }
    let told = filter_record_batch(groups, &BooleanArray::from(is_told))?;
    let columns: Vec<ArrayRef> = told.columns()[..own].to_vec();
    let numbered = |(column, at): (&ArrayRef, usize)| Field::new(place(at), column.data_type().clone(), true);
    let fields: Vec<Field> = columns.iter().zip(0..).map(numbered).collect();
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

/// What a column of the groups is called on its way back, since two may have one name.
fn place(at: usize) -> String {
    format!("c{at}")
}

/// The question with the groups that may be told in place of those it would make.
fn put_back(plan: LogicalPlan, groups: &RecordBatch) -> Result<LogicalPlan> {
    let table = MemTable::try_new(groups.schema(), vec![vec![groups.clone()]])?;
    let table = LogicalPlanBuilder::scan("groups", provider_as_source(Arc::new(table)), None)?.build()?;
    let put = plan.transform_up(|node| {
        let LogicalPlan::Aggregate(aggregate) = &node else { return Ok(Transformed::no(node)) };
        let columns = aggregate.schema.iter().zip(0..).map(|((relation, field), at)| {
            Expr::Column(Column::new_unqualified(place(at))).alias_qualified(relation.cloned(), field.name())
        });
        let named = LogicalPlanBuilder::from(table.clone()).project(columns)?.build()?;
        Ok(Transformed::yes(named))
    })?;
    put.data.recompute_schema()
}
