//! Answers as rows of the wire, in text or in binary as the client asked.

use std::sync::Arc;

use bytes::{BufMut, BytesMut};
use futures_util::stream;
use jiff::{Timestamp, civil};
use pgwire::api::Type;
use pgwire::api::portal::Format;
use pgwire::api::results::{FieldFormat, FieldInfo, QueryResponse};
use pgwire::messages::data::DataRow;
use platform::lake::{Cell, Column, Kind, Row};

/// Days from 1970 to 2000, from which PostgreSQL counts.
const DAYS_TO_2000: i32 = 10_957;
/// The same in microseconds.
const US_TO_2000: i64 = DAYS_TO_2000 as i64 * 86_400_000_000;

/// The columns of an answer as the wire describes them.
pub(super) fn fields(columns: &[Column], format: &Format) -> Vec<FieldInfo> {
    let field = |(at, column): (usize, &Column)| {
        FieldInfo::new(column.name.clone(), None, None, kind_of(column.kind), format.format_for(at))
    };
    columns.iter().enumerate().map(field).collect()
}

fn kind_of(kind: Kind) -> Type {
    match kind {
        Kind::Boolean => Type::BOOL,
        Kind::Integer => Type::INT8,
        Kind::Number => Type::FLOAT8,
        Kind::Text => Type::TEXT,
        Kind::Date => Type::DATE,
        Kind::Instant => Type::TIMESTAMPTZ,
        Kind::Texts => Type::TEXT_ARRAY,
    }
}

/// Rows to be sent.
pub(super) fn sent(columns: &[Column], rows: &[Row], format: &Format) -> QueryResponse {
    let fields = fields(columns, format);
    let formats: Vec<FieldFormat> = fields.iter().map(FieldInfo::format).collect();
    let kinds: Vec<Kind> = columns.iter().map(|column| column.kind).collect();
    let rows: Vec<_> = rows.iter().map(|row| Ok(written(row, &kinds, &formats))).collect();
    QueryResponse::new(Arc::new(fields), stream::iter(rows))
}

fn written(row: &Row, kinds: &[Kind], formats: &[FieldFormat]) -> DataRow {
    let mut data = BytesMut::new();
    for ((cell, kind), format) in row.iter().zip(kinds).zip(formats) {
        let value = match format {
            FieldFormat::Text => text(cell, *kind).map(String::into_bytes),
            FieldFormat::Binary => binary(cell, *kind),
        };
        match value {
            None => data.put_i32(-1),
            Some(value) => {
                data.put_i32(i32::try_from(value.len()).unwrap_or(i32::MAX));
                data.extend_from_slice(&value);
            }
        }
    }
    DataRow::new(data, i16::try_from(row.len()).unwrap_or(i16::MAX))
}

fn text(cell: &Cell, kind: Kind) -> Option<String> {
    Some(match cell {
        Cell::Null => return None,
        Cell::Boolean(value) => if *value { "t" } else { "f" }.to_owned(),
        Cell::Text(text) if kind == Kind::Instant => text.replacen('T', " ", 1).replacen('Z', "+00", 1),
        Cell::Number(value) if value.is_nan() => "NaN".to_owned(),
        Cell::Number(value) if value.is_infinite() => {
            if *value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
        }
        Cell::Texts(texts) => list(texts),
        other => other.to_text(),
    })
}

/// A list as PostgreSQL writes an array (8.15.6).
fn list(texts: &[Option<String>]) -> String {
    let element = |text: &Option<String>| match text {
        None => "NULL".to_owned(),
        Some(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    };
    format!("{{{}}}", texts.iter().map(element).collect::<Vec<_>>().join(","))
}

fn binary(cell: &Cell, kind: Kind) -> Option<Vec<u8>> {
    Some(match (cell, kind) {
        (Cell::Null, _) => return None,
        (Cell::Boolean(value), _) => vec![u8::from(*value)],
        (Cell::Integer(value), _) => value.to_be_bytes().to_vec(),
        (Cell::Number(value), _) => value.to_be_bytes().to_vec(),
        (Cell::Text(text), Kind::Date) => days_since_2000(text)?.to_be_bytes().to_vec(),
        (Cell::Text(text), Kind::Instant) => {
            let moment: Timestamp = text.parse().ok()?;
            (moment.as_microsecond() - US_TO_2000).to_be_bytes().to_vec()
        }
        (Cell::Text(text), _) => text.clone().into_bytes(),
        (Cell::Texts(texts), _) => array(texts),
    })
}

fn days_since_2000(text: &str) -> Option<i32> {
    let date: civil::Date = text.parse().ok()?;
    Some((date - civil::date(2000, 1, 1)).get_days())
}

/// A list as an array of one dimension: dimensions, whether there are nulls, the type, the length, the first index, and the
/// elements.
fn array(texts: &[Option<String>]) -> Vec<u8> {
    let mut data = BytesMut::new();
    data.put_i32(i32::from(!texts.is_empty()));
    data.put_i32(i32::from(texts.iter().any(Option::is_none)));
    data.put_u32(Type::TEXT.oid());
    if !texts.is_empty() {
        data.put_i32(i32::try_from(texts.len()).unwrap_or(i32::MAX));
        data.put_i32(1);
    }
    for text in texts {
        match text {
            None => data.put_i32(-1),
            Some(text) => {
                data.put_i32(i32::try_from(text.len()).unwrap_or(i32::MAX));
                data.extend_from_slice(text.as_bytes());
            }
        }
    }
    data.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_postgresql_writes_them() {
        let texts = Cell::Texts(vec![Some("a \"b\"".to_owned()), None]);
        for (cell, kind, expected) in [
            (Cell::Boolean(true), Kind::Boolean, "t"),
            (Cell::Number(f64::NAN), Kind::Number, "NaN"),
            (Cell::Number(2.0), Kind::Number, "2"),
            (Cell::Text("2026-03-01T09:30:00.5Z".to_owned()), Kind::Instant, "2026-03-01 09:30:00.5+00"),
            (Cell::Text("Take T and Z".to_owned()), Kind::Text, "Take T and Z"),
            (texts, Kind::Texts, r#"{"a \"b\"",NULL}"#),
        ] {
            assert_eq!(text(&cell, kind).as_deref(), Some(expected));
        }
        assert_eq!(text(&Cell::Null, Kind::Text), None);
    }

    #[test]
    fn days_and_moments_are_counted_from_2000() {
        let day = Cell::Text("2000-01-02".to_owned());
        assert_eq!(binary(&day, Kind::Date), Some(1_i32.to_be_bytes().to_vec()));
        let before = Cell::Text("1999-12-31T23:59:59Z".to_owned());
        assert_eq!(binary(&before, Kind::Instant), Some((-1_000_000_i64).to_be_bytes().to_vec()));
    }
}
