use serde_json::value::RawValue;

use super::error::{Failed, PatchError, Reason, malformed};
use super::pointer::Pointer;
use super::tree::Members;
use crate::fhir::json::{Limits, parse_any};

/// Operations in one patch at most.
const OPERATIONS_MAX: usize = 1000;

/// One operation of a patch (RFC 6902, section 4); values are their own text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operation<'a> {
    Add { path: Pointer, value: &'a str },
    Remove { path: Pointer },
    Replace { path: Pointer, value: &'a str },
    Move { from: Pointer, path: Pointer },
    Copy { from: Pointer, path: Pointer },
    Test { path: Pointer, value: &'a str },
}

/// Reads a patch.
pub(super) fn read<'a>(patch: &'a [u8], limits: &Limits) -> Result<Vec<Operation<'a>>, PatchError> {
    let whole = |reason, what: String| PatchError { reason, operation: None, what };
    let value = parse_any(patch, limits).map_err(|issue| whole(Reason::Malformed, issue.diagnostics))?;
    let text = std::str::from_utf8(patch).unwrap_or_default();
    let list: Vec<&'a RawValue> = match value.is_array() {
        true => serde_json::from_str(text).map_err(|error| whole(Reason::Malformed, error.to_string()))?,
        false => {
            let what =
                "a JSON Patch is a list of operations, such as [{\"op\": \"remove\", \"path\": \"/active\"}]";
            return Err(whole(Reason::Malformed, what.to_owned()));
        }
    };
    if list.len() > OPERATIONS_MAX {
        let what = format!("the patch has more than {OPERATIONS_MAX} operations; send it in parts");
        return Err(whole(Reason::TooLarge, what));
    }
    let each = list.into_iter().enumerate();
    each.map(|(at, raw)| {
        operation(raw.get()).map_err(|(reason, what)| PatchError { reason, operation: Some(at), what })
    })
    .collect()
}

fn operation(text: &str) -> Result<Operation<'_>, Failed> {
    let Ok(Members(members)) = serde_json::from_str(text) else {
        return Err(malformed("an operation is an object with 'op' and 'path'"));
    };
    let member = |wanted: &str| members.iter().find(|(name, _)| name == wanted).map(|(_, raw)| raw.get());
    let word = |name: &str| {
        let found = member(name).and_then(|raw| serde_json::from_str::<String>(raw).ok());
        found.ok_or_else(|| malformed(format!("'{name}' is missing or not a text")))
    };
    let pointer = |name: &str| Pointer::parse(&word(name)?);
    let value = || member("value").ok_or_else(|| malformed("'value' is missing"));
    let path = pointer("path");
    match word("op")?.as_str() {
        "add" => Ok(Operation::Add { path: path?, value: value()? }),
        "remove" => Ok(Operation::Remove { path: path? }),
        "replace" => Ok(Operation::Replace { path: path?, value: value()? }),
        "move" => Ok(Operation::Move { from: pointer("from")?, path: path? }),
        "copy" => Ok(Operation::Copy { from: pointer("from")?, path: path? }),
        "test" => Ok(Operation::Test { path: path?, value: value()? }),
        other => Err(malformed(format!(
            "'{other}' is no operation; there are add, remove, replace, move, copy, test"
        ))),
    }
}
