//! Functions of PostgreSQL's system catalogue.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanArray, Int64Array, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::common::cast::{as_int64_array, as_string_array};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use super::oid::{OWNER_NAME, TYPES};

/// What a function gives for a row, by its first argument.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Gives {
    True,
    Null,
    Text(&'static str),
    /// The name of the type of this identifier.
    TypeName,
    /// The identifier of the table of this name.
    TableOf(BTreeMap<String, i64>),
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Function {
    name: &'static str,
    gives: Gives,
    signature: Signature,
}

/// The functions there are; `tables` are the identifiers of tables by name.
pub(super) fn functions(tables: BTreeMap<String, i64>) -> Vec<ScalarUDF> {
    let mut functions: Vec<(&'static str, Gives)> = vec![
        ("pg_table_is_visible", Gives::True),
        ("pg_type_is_visible", Gives::True),
        ("pg_function_is_visible", Gives::True),
        ("has_table_privilege", Gives::True),
        ("has_schema_privilege", Gives::True),
        ("has_database_privilege", Gives::True),
        ("has_column_privilege", Gives::True),
        ("pg_get_userbyid", Gives::Text(OWNER_NAME)),
        ("pg_encoding_to_char", Gives::Text("UTF8")),
        ("current_schema", Gives::Text("public")),
        ("current_user", Gives::Text(OWNER_NAME)),
        ("session_user", Gives::Text(OWNER_NAME)),
        ("version", Gives::Text("PostgreSQL 16.0 (Practicum: snapshots of a hospital, to be read)")),
        ("format_type", Gives::TypeName),
        ("to_regclass", Gives::TableOf(tables)),
    ];
    let without = [
        "pg_get_expr",
        "obj_description",
        "col_description",
        "shobj_description",
        "pg_get_constraintdef",
        "pg_get_indexdef",
        "pg_get_viewdef",
        "pg_get_partkeydef",
        "pg_total_relation_size",
        "pg_relation_size",
        "pg_table_size",
        "pg_size_pretty",
    ];
    functions.extend(without.map(|name| (name, Gives::Null)));
    let function = |(name, gives)| {
        let signature = Signature::variadic_any(Volatility::Stable);
        let signature = Signature::one_of(
            vec![signature.type_signature, Signature::nullary(Volatility::Stable).type_signature],
            Volatility::Stable,
        );
        ScalarUDF::from(Function { name, gives, signature })
    };
    functions.into_iter().map(function).collect()
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(match self.gives {
            Gives::True => DataType::Boolean,
            Gives::TableOf(_) => DataType::Int64,
            Gives::Null | Gives::Text(_) | Gives::TypeName => DataType::Utf8,
        })
    }

    fn invoke_with_args(&self, given: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = given.number_rows;
        let first = || -> Result<ArrayRef> {
            match given.args.first() {
                Some(value) => value.to_array(rows),
                None => datafusion::common::exec_err!("{} takes an identifier", self.name),
            }
        };
        let made: ArrayRef = match &self.gives {
            Gives::True => Arc::new(BooleanArray::from(vec![true; rows])),
            Gives::Null => Arc::new(StringArray::new_null(rows)),
            Gives::Text(text) => Arc::new(StringArray::from(vec![*text; rows])),
            Gives::TypeName => {
                let oids = cast(&first()?, &DataType::Int64)?;
                Arc::new(as_int64_array(&oids)?.iter().map(|oid| oid.map(type_name)).collect::<StringArray>())
            }
            Gives::TableOf(tables) => {
                let names = cast(&first()?, &DataType::Utf8)?;
                let oid = |name: &str| {
                    tables.get(name.rsplit('.').next().unwrap_or(name).trim_matches('"')).copied()
                };
                Arc::new(
                    as_string_array(&names)?.iter().map(|name| name.and_then(oid)).collect::<Int64Array>(),
                )
            }
        };
        Ok(ColumnarValue::Array(made))
    }
}

fn type_name(oid: i64) -> &'static str {
    TYPES.iter().find(|one| one.oid == oid).map_or("-", |one| one.display)
}
