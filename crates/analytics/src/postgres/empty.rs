//! Tables of the system catalogue that are always empty here.

use datafusion::sql::sqlparser::ast::{
    Expr, JoinOperator, ObjectName, Query, Select, SelectItem, SetExpr, TableFactor, TableWithJoins,
};

/// Their names.
const EMPTY: [&str; 34] = [
    "pg_aggregate",
    "pg_attrdef",
    "pg_collation",
    "pg_constraint",
    "pg_depend",
    "pg_description",
    "pg_enum",
    "pg_event_trigger",
    "pg_extension",
    "pg_foreign_data_wrapper",
    "pg_foreign_server",
    "pg_foreign_table",
    "pg_index",
    "pg_indexes",
    "pg_inherits",
    "pg_language",
    "pg_matviews",
    "pg_opclass",
    "pg_partitioned_table",
    "pg_policy",
    "pg_policies",
    "pg_proc",
    "pg_publication",
    "pg_publication_namespace",
    "pg_publication_rel",
    "pg_range",
    "pg_rewrite",
    "pg_sequence",
    "pg_sequences",
    "pg_shdescription",
    "pg_statistic_ext",
    "pg_stat_activity",
    "pg_trigger",
    "pg_locks",
];

/// The names of the columns of a question that has no rows, whatever else it says: each part of it is joined with a table
/// that is empty. `None` if it may have some.
pub(super) fn columns_of_nothing(query: &Query) -> Option<Vec<String>> {
    of_set(&query.body)
}

fn of_set(set: &SetExpr) -> Option<Vec<String>> {
    match set {
        SetExpr::Select(select) if is_of_nothing(select) => {
            Some(select.projection.iter().map(name).collect())
        }
        SetExpr::SetOperation { left, right, .. } => of_set(right).and_then(|_| of_set(left)),
        SetExpr::Query(query) => of_set(&query.body),
        _ => None,
    }
}

fn is_of_nothing(select: &Select) -> bool {
    // A group is there even of no rows, if nothing says what to group by.
    let counts = select.projection.iter().any(|item| item.to_string().to_lowercase().starts_with("count("));
    !counts && select.from.iter().any(is_nothing)
}

fn is_nothing(from: &TableWithJoins) -> bool {
    let inner = from.joins.iter().filter(|join| {
        matches!(
            join.join_operator,
            JoinOperator::Inner(_) | JoinOperator::Join(_) | JoinOperator::CrossJoin(_)
        )
    });
    is_empty(&from.relation) || inner.into_iter().any(|join| is_empty(&join.relation))
}

fn is_empty(factor: &TableFactor) -> bool {
    matches!(factor, TableFactor::Table { name, .. } if is_named_empty(name))
}

fn is_named_empty(name: &ObjectName) -> bool {
    let last = name.0.last().and_then(|part| part.as_ident()).map(|ident| ident.value.to_lowercase());
    last.is_some_and(|last| EMPTY.contains(&last.as_str()))
}

fn name(item: &SelectItem) -> String {
    match item {
        SelectItem::ExprWithAlias { alias, .. } => alias.value.clone(),
        SelectItem::UnnamedExpr(Expr::Identifier(ident)) => ident.value.clone(),
        SelectItem::UnnamedExpr(Expr::CompoundIdentifier(idents)) => {
            idents.last().map(|ident| ident.value.clone()).unwrap_or_default()
        }
        SelectItem::UnnamedExpr(Expr::Function(called)) => {
            called.name.0.last().map(ToString::to_string).unwrap_or_default()
        }
        SelectItem::UnnamedExpr(Expr::Cast { expr, .. }) => name(&SelectItem::UnnamedExpr((**expr).clone())),
        // PostgreSQL's own name for what has none.
        _ => "?column?".to_owned(),
    }
}
