use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, RecordBatch,
    StringBuilder, TimestampMicrosecondBuilder,
};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use jiff::civil;
use lake::{Column, Kind, TableWriter, Trouble, Written};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::trouble::failed;
use crate::types::schema;

/// Rows turned into columns at a time.
const BATCH_ROWS: usize = 8_192;
/// Rows of a row group: what a reader can skip as a whole.
const GROUP_ROWS: usize = 131_072;
/// Bytes read at a time to take a hash.
const HASHED_BYTES: usize = 1 << 20;

/// Writes one Parquet file, row by row.
pub(crate) struct ParquetFile {
    path: PathBuf,
    schema: SchemaRef,
    cells: Vec<Cells>,
    waiting: usize,
    rows: u64,
    writer: ArrowWriter<File>,
}

impl ParquetFile {
    /// Begins a file that must not exist.
    pub(crate) fn create(path: &Path, columns: &[Column]) -> Result<Self, Trouble> {
        let schema = schema(columns);
        let file = File::create_new(path).map_err(|error| failed("a table cannot be written", &error))?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties()))
            .map_err(|error| failed("a table cannot be written", &error))?;
        let cells = columns.iter().map(|column| Cells::of(column.kind)).collect();
        Ok(Self { path: path.to_owned(), schema, cells, waiting: 0, rows: 0, writer })
    }

    fn write_waiting(&mut self) -> Result<(), Trouble> {
        if self.waiting == 0 {
            return Ok(());
        }
        let columns = self.cells.iter_mut().map(Cells::finish).collect();
        self.waiting = 0;
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|error| failed("rows cannot be put into columns", &error))
            .and_then(|batch| {
                self.writer.write(&batch).map_err(|error| failed("a table cannot be written", &error))
            })
    }
}

/// What every file has in common. The same rows give the same bytes.
pub(crate) fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .build()
}

impl TableWriter for ParquetFile {
    fn add(&mut self, row: &[Value]) -> Result<(), Trouble> {
        for (cells, value) in self.cells.iter_mut().zip(row) {
            cells.add(value);
        }
        self.waiting += 1;
        self.rows += 1;
        if self.waiting == BATCH_ROWS { self.write_waiting() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<Written, Trouble> {
        self.write_waiting()?;
        let Self { path, rows, writer, .. } = *self;
        let mut file = writer.into_inner().map_err(|error| failed("a table cannot be written", &error))?;
        let on_disk = file.flush().and_then(|()| file.sync_data()).and_then(|()| hashed(&path));
        let (bytes, sha256) = on_disk.map_err(|error| failed("a table cannot be written", &error))?;
        Ok(Written { rows, bytes, sha256 })
    }
}

fn hashed(path: &Path) -> std::io::Result<(u64, String)> {
    let (mut file, mut digest, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut buffer = vec![0; HASHED_BYTES];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex(&digest.finalize())));
        }
        bytes += read as u64;
        digest.update(&buffer[..read]);
    }
}

/// Bytes as lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The cells of one column that wait to be written.
enum Cells {
    Boolean(BooleanBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Text(StringBuilder),
    Date(Date32Builder),
    Instant(TimestampMicrosecondBuilder),
    Texts(ListBuilder<StringBuilder>),
}

impl Cells {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Boolean => Self::Boolean(BooleanBuilder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Date => Self::Date(Date32Builder::new()),
            Kind::Instant => Self::Instant(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
            Kind::Texts => Self::Texts(ListBuilder::new(StringBuilder::new())),
        }
    }

    fn add(&mut self, value: &Value) {
        match self {
            Self::Boolean(cells) => cells.append_option(value.as_bool()),
            Self::Integer(cells) => cells.append_option(value.as_i64()),
            Self::Number(cells) => cells.append_option(value.as_f64()),
            Self::Text(cells) => cells.append_option(text(value)),
            Self::Date(cells) => cells.append_option(value.as_str().and_then(day)),
            Self::Instant(cells) => cells.append_option(value.as_str().and_then(moment_us)),
            Self::Texts(cells) => match value.as_array() {
                None => cells.append_null(),
                Some(values) => {
                    values.iter().for_each(|value| cells.values().append_option(text(value)));
                    cells.append(true);
                }
            },
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Boolean(cells) => Arc::new(cells.finish()),
            Self::Integer(cells) => Arc::new(cells.finish()),
            Self::Number(cells) => Arc::new(cells.finish()),
            Self::Text(cells) => Arc::new(cells.finish()),
            Self::Date(cells) => Arc::new(cells.finish()),
            Self::Instant(cells) => Arc::new(cells.finish()),
            Self::Texts(cells) => Arc::new(cells.finish()),
        }
    }
}

fn text(value: &Value) -> Option<std::borrow::Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.into()),
        other => Some(other.to_string().into()),
    }
}

/// A whole date as days since 1970; one without month or day is none.
fn day(text: &str) -> Option<i32> {
    let date: civil::Date = text.get(..10).filter(|_| text.len() == 10)?.parse().ok()?;
    (date - civil::date(1970, 1, 1)).get_days().into()
}

/// A moment in microseconds since 1970 UTC; a date is its first moment in UTC, and one without month or day is none.
fn moment_us(text: &str) -> Option<i64> {
    if let Some(day) = day(text) {
        return Some(i64::from(day) * 86_400_000_000);
    }
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_microsecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_and_what_is_partial_is_none() {
        assert_eq!(
            (day("1970-01-02"), day("1969-12-31"), day("2024-02-29")),
            (Some(1), Some(-1), Some(19_782))
        );
        assert_eq!(
            (day("1970"), day("1970-01"), day("1970-02-30"), day("1970-01-01T00:00:00Z")),
            (None, None, None, None)
        );
        assert_eq!(moment_us("1970-01-01T01:00:00.5+01:00"), Some(500_000));
        assert_eq!(
            (moment_us("1970-01-02"), moment_us("1970-01"), moment_us("soon")),
            (Some(86_400_000_000), None, None)
        );
    }
}
