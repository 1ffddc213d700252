//! Kinds of columns as Arrow has them, and back.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use lake::{Column, Kind};

/// Moments are kept in UTC.
const UTC: &str = "UTC";

/// The schema of a table's files.
pub(crate) fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| Field::new(&column.name, data_type(column.kind), true);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Boolean => DataType::Boolean,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Text => DataType::Utf8,
        Kind::Date => DataType::Date32,
        Kind::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into())),
        Kind::Texts => DataType::new_list(DataType::Utf8, true),
    }
}

/// The columns of an answer. What has no kind of its own is told as text.
pub(crate) fn columns(schema: &Schema) -> Vec<Column> {
    let column = |field: &Arc<Field>| Column {
        name: field.name().clone(),
        kind: kind(field.data_type()),
        about: None,
    };
    schema.fields().iter().map(column).collect()
}

fn kind(data_type: &DataType) -> Kind {
    match data_type {
        DataType::Boolean => Kind::Boolean,
        DataType::Date32 | DataType::Date64 => Kind::Date,
        DataType::Timestamp(..) => Kind::Instant,
        DataType::List(_) | DataType::LargeList(_) => Kind::Texts,
        whole if whole.is_integer() => Kind::Integer,
        number
            if number.is_floating()
                || matches!(number, DataType::Decimal128(..) | DataType::Decimal256(..)) =>
        {
            Kind::Number
        }
        _ => Kind::Text,
    }
}
