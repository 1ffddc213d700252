//! The formats of primitive values (FHIR R4, 2.24.0.1), checked by hand for speed and held against
//! the published regular expressions by a test.

use serde_json::Value;

use crate::fhir::calendar::{scan_date, scan_time, scan_zone};
use crate::fhir::definitions::Primitive;
use crate::fhir::instant;
use crate::fhir::resource::is_id;

/// The greatest length of a string, in characters.
const STRING_CHARACTERS_MAX: usize = 1024 * 1024;

/// Checks a value; an error says what was expected instead.
pub(super) fn check(kind: Primitive, value: &Value) -> Result<(), &'static str> {
    let (fits, expected) = match kind {
        Primitive::Boolean => (value.is_boolean(), "true or false, without quotes"),
        Primitive::Decimal => (value.is_number(), "a number, without quotes"),
        Primitive::Integer => (in_range(value, i32::MIN), "a whole number of 32 bits, without quotes"),
        Primitive::UnsignedInt => (in_range(value, 0), "a whole number from 0 to 2147483647, without quotes"),
        Primitive::PositiveInt => (in_range(value, 1), "a whole number from 1 to 2147483647, without quotes"),
        _ => match value.as_str() {
            Some(text) => (text_fits(kind, text), text_expected(kind)),
            None => (false, "a string"),
        },
    };
    if fits { Ok(()) } else { Err(expected) }
}

fn in_range(value: &Value, least: i32) -> bool {
    value.as_i64().is_some_and(|number| (i64::from(least)..=i64::from(i32::MAX)).contains(&number))
}

pub(super) fn text_fits(kind: Primitive, text: &str) -> bool {
    match kind {
        Primitive::Base64Binary => is_base64(text),
        Primitive::Code => is_code(text),
        Primitive::Date => scan_date(text).is_some_and(|(_, rest)| rest.is_empty()),
        Primitive::DateTime => is_date_time(text),
        Primitive::Id => is_id(text),
        Primitive::Instant => instant::parse(text).is_some(),
        Primitive::Oid => is_oid(text),
        Primitive::Time => scan_time(text).is_some_and(|(_, rest)| rest.is_empty()),
        Primitive::Canonical | Primitive::Uri | Primitive::Url => {
            !text.is_empty() && !text.contains(is_space)
        }
        Primitive::Uuid => is_uuid(text),
        Primitive::Xhtml => text.trim_start().starts_with("<div") && text.trim_end().ends_with('>'),
        Primitive::Markdown | Primitive::String => is_string(text),
        Primitive::Boolean
        | Primitive::Decimal
        | Primitive::Integer
        | Primitive::PositiveInt
        | Primitive::UnsignedInt => false,
    }
}

fn text_expected(kind: Primitive) -> &'static str {
    match kind {
        Primitive::Base64Binary => "base64, in groups of four characters",
        Primitive::Code => "a code: text without spaces at the ends or two in a row",
        Primitive::Date => "a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD",
        Primitive::DateTime => {
            "a date that exists, as YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with time zone"
        }
        Primitive::Id => "an id of 1 to 64 letters, digits, '-' and '.'",
        Primitive::Instant => "an instant, as YYYY-MM-DDThh:mm:ss with time zone",
        Primitive::Oid => "an OID, as urn:oid:1.2.3",
        Primitive::Time => "a time, as hh:mm:ss",
        Primitive::Canonical | Primitive::Uri | Primitive::Url => "a URI: not empty, without spaces",
        Primitive::Uuid => "a UUID in lower case, as urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
        Primitive::Xhtml => "XHTML in one <div>",
        _ => "text: not empty, at most 1048576 characters, no control characters but tab and line ends",
    }
}

/// White space as regular expressions know it.
fn is_space(character: char) -> bool {
    character.is_whitespace()
}

fn is_string(text: &str) -> bool {
    !text.is_empty()
        && !text.bytes().any(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'))
        && (text.len() <= STRING_CHARACTERS_MAX || text.chars().count() <= STRING_CHARACTERS_MAX)
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.split(is_space).all(|word| !word.is_empty())
}

fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = scan_date(text) else { return false };
    let Some(time) = rest.strip_prefix('T') else { return rest.is_empty() };
    let zoned = scan_time(time).and_then(|(_, zone)| scan_zone(zone));
    date.day.is_some() && zoned.is_some_and(|(_, rest)| rest.is_empty())
}

fn is_oid(text: &str) -> bool {
    let Some(dotted) = text.strip_prefix("urn:oid:") else { return false };
    let mut arcs = dotted.split('.');
    let root = arcs.next().is_some_and(|arc| matches!(arc, "0" | "1" | "2"));
    let number = |arc: &str| {
        !arc.is_empty()
            && arc.bytes().all(|byte| byte.is_ascii_digit())
            && (arc == "0" || !arc.starts_with('0'))
    };
    root && dotted.contains('.') && arcs.all(number)
}

fn is_uuid(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else { return false };
    let groups = uuid.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && uuid.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

fn is_base64(text: &str) -> bool {
    let (mut length, mut padding) = (0usize, 0usize);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        match byte {
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => {}
            _ => return false,
        }
        length += 1;
    }
    length > 0 && length.is_multiple_of(4) && padding <= 2
}
