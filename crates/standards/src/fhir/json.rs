//! JSON bodies (FHIR R4, 2.6.2): from bytes to a value, or to the one thing that is wrong and where.
//!
//! Stricter than JSON itself where FHIR or safety asks for it: the top must be an object, a name may
//! occur once in an object (FHIR R4, 2.6.2.2), and nesting is limited. Whatever passes here can be
//! read again by any JSON parser with default settings. The size of a body is the caller's business.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer, Map, Value};

use super::outcome::{Issue, IssueCode};

/// What a body may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The greatest nesting of objects and arrays; the outermost object counts as one.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { depth: 64 }
    }
}

/// Reads a JSON object.
///
/// # Errors
///
/// Like [`parse_any`], and when it is not an object.
pub fn parse(source: &[u8], limits: &Limits) -> Result<Value, Issue> {
    match parse_any(source, limits)? {
        value @ Value::Object(_) => Ok(value),
        _ => Err(Issue::error(IssueCode::Structure, "the body is not a JSON object; a FHIR resource is one")),
    }
}

/// Reads any JSON value.
///
/// # Errors
///
/// One issue with line and column (in bytes, from 1) when the bytes are not UTF-8, not JSON, nested
/// too deeply, when a name occurs twice in an object, a number exceeds the range of a double, or
/// anything but white space follows.
pub fn parse_any(source: &[u8], limits: &Limits) -> Result<Value, Issue> {
    let text = std::str::from_utf8(source).map_err(|error| {
        let (line, column) = position(source, error.valid_up_to());
        problem(IssueCode::Structure, "the body is not UTF-8", line, column)
    })?;
    if text.starts_with('\u{feff}') {
        return Err(problem(IssueCode::Structure, "the body starts with a byte order mark; remove it", 1, 1));
    }
    let fault = Cell::new(None);
    let mut deserializer = Deserializer::from_str(text);
    Nested { left: limits.depth.min(DEPTH_MAX), fault: &fault }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| explain(&error, fault.get()))
}

/// Beyond this nesting the underlying parser gives up with a message of its own.
const DEPTH_MAX: usize = 126;

/// Faults that JSON itself does not know.
#[derive(Clone, Copy)]
enum Fault {
    Depth,
    Duplicate,
}

fn explain(error: &serde_json::Error, fault: Option<Fault>) -> Issue {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    let (code, message) = match fault {
        Some(Fault::Depth) => (IssueCode::TooLong, message.to_owned()),
        Some(Fault::Duplicate) => (IssueCode::Structure, message.to_owned()),
        None => (IssueCode::Structure, format!("the body is not JSON: {message}")),
    };
    problem(code, &message, error.line(), error.column())
}

fn problem(code: IssueCode, message: &str, line: usize, column: usize) -> Issue {
    Issue::error(code, format!("{message} (line {line}, column {column})"))
}

fn position(source: &[u8], offset: usize) -> (usize, usize) {
    let before = source.get(..offset).unwrap_or(source);
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    (before.iter().filter(|&&byte| byte == b'\n').count() + 1, before.len() - line_start + 1)
}

/// Reads one value with `left` levels of nesting still allowed.
#[derive(Clone, Copy)]
struct Nested<'a> {
    left: usize,
    fault: &'a Cell<Option<Fault>>,
}

impl Nested<'_> {
    fn inner<E: de::Error>(self) -> Result<Self, E> {
        match self.left.checked_sub(1) {
            Some(left) => Ok(Nested { left, ..self }),
            None => Err(self.fail(Fault::Depth, "the body is nested too deeply")),
        }
    }

    fn fail<E: de::Error>(self, fault: Fault, message: impl fmt::Display) -> E {
        self.fault.set(Some(fault));
        E::custom(message)
    }
}

impl<'de> DeserializeSeed<'de> for Nested<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(self.fail(Fault::Duplicate, format!("`{name}` occurs twice in the same object")));
            }
            object.insert(name, members.next_value_seed(inner)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fails(source: &[u8], code: IssueCode, message: &str) {
        let issue = parse(source, &Limits::default()).unwrap_err();
        assert_eq!((issue.code, issue.diagnostics.as_str()), (code, message));
    }

    #[test]
    fn problems_are_located() {
        let structure = IssueCode::Structure;
        fails(b"", structure, "the body is not JSON: EOF while parsing a value (line 1, column 0)");
        fails(b"{\"a\":1,}", structure, "the body is not JSON: trailing comma (line 1, column 8)");
        fails(b"{\n \"a\": tru\n}", structure, "the body is not JSON: expected ident (line 3, column 0)");
        fails(b"{} {}", structure, "the body is not JSON: trailing characters (line 1, column 4)");
        fails(b"{\n\"a\":\"\xff\"}", structure, "the body is not UTF-8 (line 2, column 6)");
        fails(
            b"\xef\xbb\xbf{}",
            structure,
            "the body starts with a byte order mark; remove it (line 1, column 1)",
        );
        fails(b"[1]", structure, "the body is not a JSON object; a FHIR resource is one");
        fails(b"{\"a\":1e999}", structure, "the body is not JSON: number out of range (line 1, column 10)");
        fails(
            b"{\"a\":{\"b\":1,\n\"\\u0062\":2}}",
            structure,
            "`b` occurs twice in the same object (line 2, column 8)",
        );
    }

    #[test]
    fn nesting_is_limited() {
        let nested = |depth: usize| [r#"{"a":"#.repeat(depth), "1".to_owned(), "}".repeat(depth)].concat();
        assert!(parse(nested(64).as_bytes(), &Limits::default()).is_ok());
        let issue = parse(nested(65).as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(issue.code, IssueCode::TooLong);
        let issue = parse(nested(100_000).as_bytes(), &Limits { depth: usize::MAX }).unwrap_err();
        assert_eq!(issue.code, IssueCode::TooLong);
    }

    /// Any JSON value with distinct names.
    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 64, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_prints(value in prop::collection::btree_map(any::<String>(), any_json(), 0..6)) {
            let value = Value::Object(value.into_iter().collect());
            for printed in [serde_json::to_vec(&value).unwrap(), serde_json::to_vec_pretty(&value).unwrap()] {
                prop_assert_eq!(parse(&printed, &Limits::default()), Ok(value.clone()));
            }
        }

        #[test]
        fn never_panics_and_agrees_with_serde_json(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = parse(&bytes, &Limits::default()) {
                prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
            }
        }
    }
}
