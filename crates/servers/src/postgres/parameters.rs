//! Values that come with a statement, as text.

use bytes::Bytes;
use pgwire::api::Type;
use pgwire::api::portal::Portal;
use pgwire::api::results::FieldFormat;
use pgwire::error::{PgWireError, PgWireResult};

use super::refusal::error;

/// The values of a portal, as text; none is NULL.
pub(super) fn values<S: Clone>(portal: &Portal<S>) -> PgWireResult<Vec<Option<String>>> {
    let types = &portal.statement.parameter_types;
    let value = |(at, bytes): (usize, &Option<Bytes>)| {
        let Some(bytes) = bytes else { return Ok(None) };
        let kind = types.get(at).and_then(Option::as_ref).unwrap_or(&Type::UNKNOWN);
        let text = match portal.parameter_format.format_for(at) {
            FieldFormat::Text => std::str::from_utf8(bytes).ok().map(str::to_owned),
            FieldFormat::Binary => decoded(bytes, kind),
        };
        text.map(Some).ok_or_else(|| unreadable(at, kind))
    };
    portal.parameters.iter().enumerate().map(value).collect()
}

fn unreadable(at: usize, kind: &Type) -> PgWireError {
    let what = format!("value ${} of type {kind} cannot be read; send it as text", at + 1);
    error("22P03", what)
}

fn decoded(bytes: &[u8], kind: &Type) -> Option<String> {
    Some(match *kind {
        Type::BOOL => (*bytes.first()? != 0).to_string(),
        Type::INT2 => i16::from_be_bytes(bytes.try_into().ok()?).to_string(),
        Type::INT4 => i32::from_be_bytes(bytes.try_into().ok()?).to_string(),
        Type::INT8 => i64::from_be_bytes(bytes.try_into().ok()?).to_string(),
        Type::FLOAT4 => f32::from_be_bytes(bytes.try_into().ok()?).to_string(),
        Type::FLOAT8 => f64::from_be_bytes(bytes.try_into().ok()?).to_string(),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
            std::str::from_utf8(bytes).ok()?.to_owned()
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_what_is_odd_is_not() {
        assert_eq!(decoded(&7_i16.to_be_bytes(), &Type::INT2).as_deref(), Some("7"));
        assert_eq!(decoded(&(-1.5_f64).to_be_bytes(), &Type::FLOAT8).as_deref(), Some("-1.5"));
        assert_eq!(decoded(&[1, 2, 3], &Type::INT4), None);
        assert_eq!(decoded(&[0xff], &Type::TEXT), None);
    }
}
