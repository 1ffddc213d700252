//! Batches of columns as an answer.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Float64Type, Int64Type, SchemaRef, TimeUnit, TimestampMicrosecondType,
};
use datafusion::arrow::ipc::writer::StreamWriter;
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use datafusion::parquet::arrow::ArrowWriter;
use lake::{Body, Cell, Column, Form, Kind, Row};

use crate::types::columns;
use crate::writer::properties;

/// Batches in the form that was asked for.
pub(crate) fn written(
    schema: &SchemaRef,
    batches: &[RecordBatch],
    form: Form,
) -> Result<(Vec<Column>, Body)> {
    let columns = columns(schema);
    let body = match form {
        Form::Cells => Body::Cells(cells(&columns, batches)?),
        Form::Arrow => Body::Bytes(arrow(schema, batches)?),
        Form::Parquet => Body::Bytes(parquet(schema, batches)?),
    };
    Ok((columns, body))
}

fn arrow(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<Vec<u8>> {
    let mut writer = StreamWriter::try_new(Vec::new(), schema)?;
    batches.iter().try_for_each(|batch| writer.write(batch))?;
    Ok(writer.into_inner()?)
}

fn parquet(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<Vec<u8>> {
    let wrong = |error: datafusion::parquet::errors::ParquetError| DataFusionError::from(error);
    let mut writer =
        ArrowWriter::try_new(Vec::new(), Arc::clone(schema), Some(properties())).map_err(wrong)?;
    for batch in batches {
        writer.write(batch).map_err(wrong)?;
    }
    writer.into_inner().map_err(wrong)
}

fn cells(columns: &[Column], batches: &[RecordBatch]) -> Result<Vec<Row>> {
    let mut rows = Vec::with_capacity(batches.iter().map(RecordBatch::num_rows).sum());
    for batch in batches {
        let cells =
            batch.columns().iter().zip(columns).map(|(array, column)| column_cells(array, column.kind));
        let cells = cells.collect::<Result<Vec<_>>>()?;
        let mut cells: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
        rows.extend(
            (0..batch.num_rows()).map(|_| cells.iter_mut().filter_map(Iterator::next).collect::<Row>()),
        );
    }
    Ok(rows)
}

fn column_cells(array: &ArrayRef, kind: Kind) -> Result<Vec<Cell>> {
    let or_null = |value: Option<Cell>| value.unwrap_or(Cell::Null);
    Ok(match kind {
        Kind::Boolean => array.as_boolean().iter().map(|value| or_null(value.map(Cell::Boolean))).collect(),
        Kind::Integer if *array.data_type() == DataType::UInt64 => {
            // Counts beyond i64 are no counts; as text they stay exact.
            texts(array)?
        }
        Kind::Integer => {
            let whole = cast(array, &DataType::Int64)?;
            whole.as_primitive::<Int64Type>().iter().map(|value| or_null(value.map(Cell::Integer))).collect()
        }
        Kind::Number => {
            let numbers = cast(array, &DataType::Float64)?;
            numbers
                .as_primitive::<Float64Type>()
                .iter()
                .map(|value| or_null(value.map(Cell::Number)))
                .collect()
        }
        Kind::Date => {
            let days = cast(array, &DataType::Date32)?;
            days.as_primitive::<Date32Type>().iter().map(|days| or_null(days.and_then(day))).collect()
        }
        Kind::Instant => {
            let moments = cast(array, &DataType::Timestamp(TimeUnit::Microsecond, None))?;
            let moments = moments.as_primitive::<TimestampMicrosecondType>();
            moments.iter().map(|us| or_null(us.and_then(moment))).collect()
        }
        Kind::Texts if matches!(array.data_type(), DataType::List(_)) => array
            .as_list::<i32>()
            .iter()
            .map(|values| match values {
                None => Ok(Cell::Null),
                Some(values) => Ok(Cell::Texts(
                    texts(&values)?
                        .into_iter()
                        .map(|cell| match cell {
                            Cell::Text(text) => Some(text),
                            _ => None,
                        })
                        .collect(),
                )),
            })
            .collect::<Result<_>>()?,
        Kind::Texts | Kind::Text => texts(array)?,
    })
}

fn texts(array: &ArrayRef) -> Result<Vec<Cell>> {
    let texts = cast(array, &DataType::Utf8)?;
    Ok(texts
        .as_string::<i32>()
        .iter()
        .map(|text| text.map_or(Cell::Null, |text| Cell::Text(text.to_owned())))
        .collect())
}

fn day(days: i32) -> Option<Cell> {
    let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some(Cell::Text(date.to_string()))
}

fn moment(us: i64) -> Option<Cell> {
    Some(Cell::Text(jiff::Timestamp::from_microsecond(us).ok()?.to_string()))
}
