use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::catalog::SchemaProvider;
use datafusion::catalog::memory::{MemTable, MemorySchemaProvider};
use datafusion::common::{DataFusionError, Result};
use datafusion::prelude::SessionContext;
use lake::{Column, Question};

use super::functions::functions;
use super::oid;
use super::rewrite::SCHEMA;
use crate::session::{CATALOG, SCHEMA as PUBLIC};

/// The tables of the system catalogue that hold something.
const FILLED: [&str; 9] = [
    "pg_am",
    "pg_attribute",
    "pg_class",
    "pg_database",
    "pg_namespace",
    "pg_roles",
    "pg_tables",
    "pg_type",
    "pg_user",
];

/// Whether a table of the system catalogue holds something.
pub(super) fn is_filled(name: &str) -> bool {
    FILLED.contains(&name)
}

/// A table of the lake as the grant shows it.
struct Shown<'q> {
    oid: i64,
    name: &'q str,
    columns: Vec<&'q Column>,
}

/// Puts the system catalogue and its functions into a session.
pub(crate) fn furnish(session: &SessionContext, question: &Question<'_>) -> Result<()> {
    let shown: Vec<Shown<'_>> = question
        .tables
        .iter()
        .filter_map(|table| Some((table, question.grant.tables.get(&table.name)?)))
        .enumerate()
        .map(|(place, (table, granted))| {
            let columns = table.columns.iter().filter(|column| granted.columns.contains_key(&column.name));
            Shown { oid: oid::of_table(place), name: &table.name, columns: columns.collect() }
        })
        .collect();
    let schema = Arc::new(MemorySchemaProvider::new());
    for (name, table) in [
        ("pg_am", am()),
        ("pg_attribute", attributes(&shown)),
        ("pg_class", classes(&shown)),
        ("pg_database", database()),
        ("pg_namespace", namespaces()),
        ("pg_roles", roles("rolname")),
        ("pg_tables", tables(&shown)),
        ("pg_type", types()),
        ("pg_user", roles("usename")),
    ] {
        schema.register_table(name.to_owned(), Arc::new(table.finish()?))?;
    }
    let catalog =
        session.catalog(CATALOG).ok_or_else(|| DataFusionError::Internal("no catalogue".to_owned()))?;
    catalog.register_schema(SCHEMA, schema)?;
    let identifiers: BTreeMap<String, i64> =
        shown.iter().map(|table| (table.name.to_owned(), table.oid)).collect();
    functions(identifiers).into_iter().for_each(|function| session.register_udf(function));
    Ok(())
}

/// A table that is put together column by column.
#[derive(Default)]
struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    fn of(rows: usize) -> Rows {
        Rows { rows, columns: Self::default() }
    }

    fn add(&mut self, name: &str, array: ArrayRef) {
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
    }
}

struct Rows {
    rows: usize,
    columns: Columns,
}

impl Rows {
    fn texts(mut self, name: &str, texts: Vec<String>) -> Self {
        self.columns.add(name, Arc::new(StringArray::from(texts)));
        self
    }

    fn numbers(mut self, name: &str, numbers: Vec<i64>) -> Self {
        self.columns.add(name, Arc::new(Int64Array::from(numbers)));
        self
    }

    /// Columns that hold the same text in every row.
    fn all_texts(mut self, all: &[(&str, &str)]) -> Self {
        for (name, text) in all {
            self.columns.add(name, Arc::new(StringArray::from(vec![*text; self.rows])));
        }
        self
    }

    /// Columns that hold the same number in every row.
    fn all_numbers(mut self, all: &[(&str, i64)]) -> Self {
        for (name, number) in all {
            self.columns.add(name, Arc::new(Int64Array::from(vec![*number; self.rows])));
        }
        self
    }

    /// Columns that are false in every row.
    fn all_false(mut self, all: &[&str]) -> Self {
        for name in all {
            self.columns.add(name, Arc::new(BooleanArray::from(vec![false; self.rows])));
        }
        self
    }

    /// Columns that are true in every row.
    fn all_true(mut self, all: &[&str]) -> Self {
        for name in all {
            self.columns.add(name, Arc::new(BooleanArray::from(vec![true; self.rows])));
        }
        self
    }

    /// Columns in which nothing stands.
    fn all_null(mut self, all: &[&str]) -> Self {
        for name in all {
            self.columns.add(name, Arc::new(StringArray::new_null(self.rows)));
        }
        self
    }

    fn finish(self) -> Result<MemTable> {
        let schema = Arc::new(Schema::new(self.columns.fields));
        let batch = RecordBatch::try_new(Arc::clone(&schema), self.columns.arrays)?;
        MemTable::try_new(schema, vec![vec![batch]])
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn am() -> Rows {
    Columns::of(1).numbers("oid", vec![oid::HEAP]).all_texts(&[("amname", "heap"), ("amtype", "t")])
}

fn namespaces() -> Rows {
    Columns::of(3)
        .numbers("oid", vec![oid::PG_CATALOG, oid::PUBLIC, oid::INFORMATION_SCHEMA])
        .texts("nspname", owned(&[SCHEMA, PUBLIC, "information_schema"]))
        .all_numbers(&[("nspowner", oid::OWNER)])
        .all_null(&["nspacl"])
}

fn database() -> Rows {
    Columns::of(1)
        .numbers("oid", vec![5])
        .all_texts(&[("datname", CATALOG), ("datcollate", "C"), ("datctype", "C"), ("datlocprovider", "c")])
        .all_numbers(&[("datdba", oid::OWNER), ("encoding", 6), ("datconnlimit", -1)])
        .all_true(&["datallowconn"])
        .all_false(&["datistemplate"])
        .all_null(&["datacl", "daticulocale", "daticurules"])
}

fn roles(name: &str) -> Rows {
    Columns::of(1)
        .numbers(if name == "usename" { "usesysid" } else { "oid" }, vec![oid::OWNER])
        .all_texts(&[(name, oid::OWNER_NAME)])
        .all_false(&[
            "rolsuper",
            "rolcreaterole",
            "rolcreatedb",
            "rolreplication",
            "rolbypassrls",
            "usesuper",
            "usecreatedb",
        ])
        .all_true(&["rolinherit", "rolcanlogin"])
        .all_numbers(&[("rolconnlimit", -1)])
        .all_null(&["rolvaliduntil", "rolconfig"])
}

fn tables(shown: &[Shown<'_>]) -> Rows {
    Columns::of(shown.len())
        .texts("tablename", shown.iter().map(|table| table.name.to_owned()).collect())
        .all_texts(&[("schemaname", PUBLIC), ("tableowner", oid::OWNER_NAME)])
        .all_null(&["tablespace"])
        .all_false(&["hasindexes", "hasrules", "hastriggers", "rowsecurity"])
}

fn classes(shown: &[Shown<'_>]) -> Rows {
    let width = |table: &Shown<'_>| i64::try_from(table.columns.len()).unwrap_or_default();
    let mut rows = Columns::of(shown.len())
        .numbers("oid", shown.iter().map(|table| table.oid).collect())
        .texts("relname", shown.iter().map(|table| table.name.to_owned()).collect())
        .numbers("relnatts", shown.iter().map(width).collect())
        .all_numbers(&[
            ("relnamespace", oid::PUBLIC),
            ("reltype", 0),
            ("reloftype", 0),
            ("relowner", oid::OWNER),
            ("relam", oid::HEAP),
            ("reltablespace", 0),
            ("reltoastrelid", 0),
            ("relpages", 0),
            ("relchecks", 0),
        ])
        .all_texts(&[("relkind", "r"), ("relpersistence", "p"), ("relreplident", "d")])
        .all_false(&[
            "relhasindex",
            "relisshared",
            "relhasrules",
            "relhastriggers",
            "relhassubclass",
            "relrowsecurity",
            "relforcerowsecurity",
            "relispartition",
            "relhasoids",
        ])
        .all_null(&["relacl", "reloptions", "relpartbound"]);
    // How many rows there are is told by nobody but the tables themselves.
    let unknown = Float64Array::from(vec![-1.0; shown.len()]);
    rows.columns.add("reltuples", Arc::new(unknown));
    rows
}

fn attributes(shown: &[Shown<'_>]) -> Rows {
    let columns: Vec<(i64, i64, &Column)> = shown
        .iter()
        .flat_map(|table| table.columns.iter().zip(1..).map(|(column, number)| (table.oid, number, *column)))
        .collect();
    let kind = |(.., column): &(i64, i64, &Column)| oid::of_kind(column.kind);
    let collation = |one: &(i64, i64, &Column)| if kind(one) == 25 { oid::COLLATION } else { 0 };
    Columns::of(columns.len())
        .numbers("attrelid", columns.iter().map(|(table, ..)| *table).collect())
        .numbers("attnum", columns.iter().map(|(_, number, _)| *number).collect())
        .texts("attname", columns.iter().map(|(.., column)| column.name.clone()).collect())
        .numbers("atttypid", columns.iter().map(kind).collect())
        .numbers("attcollation", columns.iter().map(collation).collect())
        .all_numbers(&[
            ("atttypmod", -1),
            ("attlen", -1),
            ("attndims", 0),
            ("attstattarget", -1),
            ("attinhcount", 0),
        ])
        .all_false(&["attnotnull", "atthasdef", "attisdropped", "attislocal", "atthasmissing"])
        .all_texts(&[("attidentity", ""), ("attgenerated", ""), ("attstorage", "p"), ("attcompression", "")])
        .all_null(&["attacl", "attoptions", "attfdwoptions"])
}

fn types() -> Rows {
    let all = &oid::TYPES;
    let collation = |one: &oid::Type| if one.category == "S" { oid::COLLATION } else { 0 };
    Columns::of(all.len())
        .numbers("oid", all.iter().map(|one| one.oid).collect())
        .texts("typname", all.iter().map(|one| one.name.to_owned()).collect())
        .numbers("typlen", all.iter().map(|one| one.length).collect())
        .numbers("typelem", all.iter().map(|one| one.element).collect())
        .numbers("typcollation", all.iter().map(collation).collect())
        .texts("typcategory", all.iter().map(|one| one.category.to_owned()).collect())
        .all_numbers(&[
            ("typnamespace", oid::PG_CATALOG),
            ("typowner", oid::OWNER),
            ("typrelid", 0),
            ("typarray", 0),
            ("typbasetype", 0),
            ("typtypmod", -1),
            ("typndims", 0),
        ])
        .all_texts(&[
            ("typtype", "b"),
            ("typdelim", ","),
            ("typstorage", "p"),
            ("typinput", "-"),
            ("typreceive", "-"),
        ])
        .all_true(&["typisdefined"])
        .all_false(&["typnotnull", "typbyval", "typispreferred"])
        .all_null(&["typdefault"])
}
