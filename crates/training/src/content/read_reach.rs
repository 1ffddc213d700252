//! Checks of kind `reach`.

use super::fields::Fields;
use crate::lab::{ReachTest, Tried};

/// Reads the app, what is tried with its token, and whether it must be open.
pub(super) fn reach(fields: &Fields<'_>) -> ReachTest {
    let tried = fields.one_of(&["get", "may"]).and_then(|(word, field)| {
        let text = fields.as_text(&field.node, word)?;
        Some(if word == "get" { Tried::Get(text) } else { Tried::May(text) })
    });
    fields.need("expect");
    ReachTest {
        app: fields.need_text("app"),
        tried: tried.unwrap_or_else(|| Tried::Get(String::new())),
        open: fields.parsed("expect", "open or shut", open).unwrap_or(true),
        for_each: fields.text("for_each"),
    }
}

fn open(text: &str) -> Option<bool> {
    match text {
        "open" => Some(true),
        "shut" => Some(false),
        _ => None,
    }
}
