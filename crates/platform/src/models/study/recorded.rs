//! When what stands in the tables came to be known: what a fair feature may know of, and what a leak knows too much of.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::content;

/// The file that says it.
const FILE: &str = "models/recorded.toml";

/// When rows of a table, and some of their columns, came to be known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    /// The column that says whose row it is.
    person: String,
    /// An expression over the columns: when the row was recorded. A row without it is taken to have been there always.
    #[serde(default)]
    row: Option<String>,
    /// Columns that were filled later, each with an expression for when.
    #[serde(default)]
    later: BTreeMap<String, String>,
    /// Columns that change, and nothing says when.
    #[serde(default)]
    undated: Vec<String>,
    /// Every column, in order.
    columns: Vec<String>,
}

fn all() -> &'static BTreeMap<String, Recorded> {
    static ALL: OnceLock<BTreeMap<String, Recorded>> = OnceLock::new();
    ALL.get_or_init(|| {
        let files = content::files(None).unwrap_or_default();
        let found = files.into_iter().find(|file| file.path == FILE);
        found.and_then(|file| toml::from_str(&String::from_utf8_lossy(&file.bytes)).ok()).unwrap_or_default()
    })
}

/// Common table expressions that stand before the tables that `sql` names and show of each person only what was recorded until
/// their `cases.index_time`; `cases` must have one row for each person.
pub(super) fn cut(sql: &str) -> String {
    let mut text = String::new();
    for (table, recorded) in all().iter().filter(|(table, _)| sql.contains(table.as_str())) {
        let columns = recorded.columns.iter().map(|column| match recorded.later.get(column) {
            Some(when) => format!("CASE WHEN ({when}) <= known.at THEN \"{column}\" END AS \"{column}\""),
            None if recorded.undated.contains(column) => {
                format!("CASE WHEN known.at IS NULL THEN \"{column}\" END AS \"{column}\"")
            }
            None => format!("\"{column}\""),
        });
        let columns: Vec<String> = columns.collect();
        let row = recorded.row.as_ref();
        let until = row.map_or(String::new(), |row| format!(" WHERE ({row}) IS NULL OR ({row}) <= known.at"));
        // Writing to text does not fail.
        let _ = write!(
            text,
            ",\n{table} AS (SELECT {} FROM {table} JOIN (SELECT patient_id AS whose, index_time AS at FROM cases) AS known ON known.whose = {}{until})",
            columns.join(", "),
            recorded.person
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::views::ready_views;

    #[test]
    fn every_table_says_when_it_was_recorded_column_by_column() {
        for ready in ready_views() {
            let view: serde_json::Value = serde_json::from_str(&ready.text).unwrap();
            let view = views::View::read(&fhirpath::Engine::new(), &view).unwrap();
            let name = view.name.unwrap();
            let recorded =
                all().get(&name).unwrap_or_else(|| panic!("{name} is not in models/recorded.toml"));
            let columns: Vec<String> = view.columns.into_iter().map(|column| column.name).collect();
            assert_eq!(recorded.columns, columns, "{name}");
            for column in recorded.later.keys().chain(&recorded.undated).chain([&recorded.person]) {
                assert!(columns.contains(column), "{name}.{column}");
            }
        }
    }
}
