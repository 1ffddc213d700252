use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::catalog::memory::MemTable;
use datafusion::common::{Column, DFSchema, DataFusionError, Result, TableReference};
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::Operator;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, binary_expr, cast, col, in_list, lit};
use datafusion::prelude::SessionContext;
use lake::{Detail, Grant, Sight, Table, TableGrant};

use super::people::{pseudonym, shift};
use super::wall::Wall;
use crate::session::address;
use crate::types::schema;

/// Puts the tables of a grant into a session, and nothing else.
pub(crate) fn register(session: &SessionContext, root: &Path, tables: &[Table], grant: &Grant) -> Result<()> {
    for table in tables {
        let Some(granted) = grant.tables.get(&table.name) else { continue };
        let kept = kept(root, table)?;
        let is_whole = grant.detail == Detail::Rows && shows_all(table, granted, grant);
        let seen =
            if is_whole { kept } else { Arc::new(Wall::new(seen(session, table, kept, granted, grant)?)) };
        session.register_table(TableReference::bare(table.name.as_str()), seen)?;
    }
    Ok(())
}

/// A table as its files have it.
fn kept(root: &Path, table: &Table) -> Result<Arc<dyn TableProvider>> {
    let schema = schema(&table.columns);
    if table.files.is_empty() {
        return Ok(Arc::new(MemTable::try_new(schema, vec![Vec::new()])?));
    }
    let address = |file| ListingTableUrl::parse(address(root, file)?);
    let files = table.files.iter().map(|file| address(file)).collect::<Result<Vec<_>>>()?;
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config =
        ListingTableConfig::new_with_multi_paths(files).with_listing_options(options).with_schema(schema);
    Ok(Arc::new(ListingTable::try_new(config)?))
}

/// Whether nothing of a table is hidden or changed.
fn shows_all(table: &Table, granted: &TableGrant, grant: &Grant) -> bool {
    let is_shown = |name: &String| granted.columns.get(name) == Some(&Sight::Shown);
    let hides_people = table.person.is_some() && !grant.hidden_people.is_empty();
    granted.rows.is_none() && !hides_people && table.columns.iter().all(|column| is_shown(&column.name))
}

/// What of a table is behind its wall: the rows of the grant, with its columns.
fn seen(
    session: &SessionContext,
    table: &Table,
    kept: Arc<dyn TableProvider>,
    granted: &TableGrant,
    grant: &Grant,
) -> Result<datafusion::logical_expr::LogicalPlan> {
    let schema = kept.schema();
    let mut plan = LogicalPlanBuilder::scan(table.name.as_str(), provider_as_source(kept), None)?;
    if let Some(condition) = &granted.rows {
        plan = plan.filter(condition_over(session, &schema, condition)?)?;
    }
    if let (Some(person), false) = (&table.person, grant.hidden_people.is_empty()) {
        let hidden = grant.hidden_people.iter().map(|one| lit(one.as_str())).collect();
        let person = named(person);
        plan = plan.filter(person.clone().is_null().or(in_list(person, hidden, true)))?;
    }
    let columns = table.columns.iter().filter_map(|column| {
        let sight = granted.columns.get(&column.name)?;
        let looked = look(session, &schema, table, &column.name, sight, grant);
        Some(looked.map(|looked| looked.alias(&column.name)))
    });
    plan.project(columns.collect::<Result<Vec<_>>>()?)?.build()
}

/// A column as it is seen.
fn look(
    session: &SessionContext,
    schema: &SchemaRef,
    table: &Table,
    name: &str,
    sight: &Sight,
    grant: &Grant,
) -> Result<Expr> {
    let column = named(name);
    match sight {
        Sight::Shown => Ok(column),
        Sight::Pseudonym => Ok(pseudonym(grant.key).call(vec![column])),
        Sight::Instead(sql) => expression(session, schema, sql),
        Sight::Shifted => {
            let Some(person) = &table.person else {
                return Err(DataFusionError::Plan(format!("nobody's dates are in '{}'", table.name)));
            };
            let days = shift(grant.key).call(vec![named(person)]);
            Ok(moved_back(schema, name, column, days))
        }
    }
}

/// A date or moment some days earlier.
fn moved_back(schema: &SchemaRef, name: &str, column: Expr, days: Expr) -> Expr {
    let kind =
        schema.field_with_name(name).map(|field| field.data_type().clone()).unwrap_or(DataType::Date32);
    let (whole, unit) = match kind {
        DataType::Date32 => (DataType::Int32, 1_i64),
        _ => (DataType::Int64, 86_400_000_000),
    };
    let number = cast(cast(column, whole), DataType::Int64);
    let earlier = binary_expr(number, Operator::Minus, binary_expr(days, Operator::Multiply, lit(unit)));
    match kind {
        DataType::Date32 => cast(cast(earlier, DataType::Int32), kind),
        _ => cast(earlier, kind),
    }
}

fn named(column: &str) -> Expr {
    col(Column::new_unqualified(column))
}

/// A condition that a policy states over the columns of a table.
pub(crate) fn condition_over(session: &SessionContext, schema: &SchemaRef, condition: &str) -> Result<Expr> {
    let expression = expression(session, schema, condition)?;
    let is_condition = {
        use datafusion::logical_expr::ExprSchemable;
        expression.get_type(&DFSchema::try_from(Arc::clone(schema))?)? == DataType::Boolean
    };
    if is_condition {
        Ok(expression)
    } else {
        datafusion::common::plan_err!("'{condition}' is neither true nor false")
    }
}

fn expression(session: &SessionContext, schema: &SchemaRef, sql: &str) -> Result<Expr> {
    session.parse_sql_expr(sql, &DFSchema::try_from(Arc::clone(schema))?)
}
