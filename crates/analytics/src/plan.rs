//! From SQL to a plan that may be run.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{ParamValues, Result, ScalarValue};
use datafusion::execution::context::SQLOptions;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::SessionContext;
use datafusion::sql::parser::Statement;
use lake::{Cause, Question, Table, Trouble};

use crate::session::is_of_lake;
use crate::size::check_statement;
use crate::trouble::told;

/// Plans one statement that reads.
pub(crate) async fn plan(session: &SessionContext, sql: &str) -> Result<LogicalPlan, Trouble> {
    let statement = statement(session, sql)?;
    let plan = session.state().statement_to_plan(statement).await.map_err(|error| told(&error))?;
    reads_only(&plan)?;
    Ok(plan)
}

fn statement(session: &SessionContext, sql: &str) -> Result<Statement, Trouble> {
    let asked = sql.trim().trim_end_matches(';').trim_end();
    if asked.is_empty() {
        return Err(Trouble::new(
            Cause::Question,
            "there is no SQL",
            "write a SELECT, such as SELECT * FROM patients",
        ));
    }
    let state = session.state();
    let dialect = state.config_options().sql_parser.dialect;
    let statement = state.sql_to_statement(asked, &dialect).map_err(|error| told(&error))?;
    if let Statement::Statement(read) = &statement {
        check_statement(read)?;
    }
    Ok(statement)
}

/// Refuses what changes something, or would.
fn reads_only(plan: &LogicalPlan) -> Result<(), Trouble> {
    let options = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    options.verify_plan(plan).map_err(|_| {
        Trouble::new(
            Cause::Forbidden,
            "a snapshot never changes, and this is no question",
            "ask with SELECT, WITH, VALUES, EXPLAIN or SHOW",
        )
    })
}

/// The plan with the values of a question in place of `$1`, `$2` and so on.
pub(crate) fn with_values(plan: LogicalPlan, question: &Question<'_>) -> Result<LogicalPlan, Trouble> {
    let wanted = count_values(&plan)?;
    if wanted != question.values.len() {
        let what = format!("this takes {wanted} values, and {} were given", question.values.len());
        return Err(Trouble::new(Cause::Question, what, "give one for each of $1, $2 and so on"));
    }
    if wanted == 0 {
        return Ok(plan);
    }
    let kinds = plan.get_parameter_types().map_err(|error| told(&error))?;
    let value = |(value, number): (&Option<String>, usize)| {
        let text = ScalarValue::Utf8(value.clone());
        match kinds.get(&format!("${number}")) {
            Some(Some(kind)) => text.cast_to(kind),
            _ => Ok(text),
        }
    };
    let values = question.values.iter().zip(1..).map(value).collect::<Result<Vec<_>>>();
    let values = values.map_err(|error| told(&error))?;
    plan.with_param_values(ParamValues::from(values)).map_err(|error| told(&error))
}

/// How many values a plan takes.
pub(crate) fn count_values(plan: &LogicalPlan) -> Result<usize, Trouble> {
    let names = plan.get_parameter_names().map_err(|error| told(&error))?;
    Ok(names.iter().filter_map(|name| name.trim_start_matches('$').parse().ok()).max().unwrap_or(0))
}

/// What a plan reads of the lake: tables, and of each the columns. Plans that were optimized read no more than they need.
pub(crate) fn read(plan: &LogicalPlan, tables: &[Table]) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut read: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    plan.apply_with_subqueries(|node| {
        if let LogicalPlan::TableScan(scan) = node
            && is_of_lake(tables, scan.table_name.table())
        {
            let columns = read.entry(scan.table_name.table().to_owned()).or_default();
            columns.extend(scan.projected_schema.fields().iter().map(|field| field.name().clone()));
            let looked = scan.filters.iter().flat_map(|filter| filter.column_refs().into_iter());
            columns.extend(looked.map(|column| column.name.clone()));
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(read)
}
