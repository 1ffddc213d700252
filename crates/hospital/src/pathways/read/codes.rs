//! Codes, which are looked up in the tables of this crate.
//!
//! A pathway writes a code, and behind it as much of its name as a reader wants: `"I50.9 Heart failure"`. A name that
//! is not the beginning of the code's own is a mistake, so a wrong code does not slip through.

use super::table::{Reader, Table};
use crate::codes::Code;
use crate::population::{Panel, Test, lab_test, panels};

/// A code of a table.
pub(super) fn code(
    table: &mut Table<'_>,
    key: &'static str,
    codes: &'static [Code],
) -> Option<&'static Code> {
    table.need(key, "write a code and the beginning of its name");
    let (line, text) = table.text(key)?;
    find(table.reader, line, &text, codes)
}

/// The code that a text means.
pub(super) fn find(
    reader: &Reader<'_>,
    line: usize,
    text: &str,
    codes: &'static [Code],
) -> Option<&'static Code> {
    let (word, name) = text.split_once(' ').unwrap_or((text, ""));
    let Some(code) = codes.iter().find(|code| code.code == word) else {
        let near = codes.iter().find(|code| code.code.starts_with(word.get(..3).unwrap_or(word)));
        let advice = match near {
            Some(code) => format!("did you mean \"{} {}\"?", code.code, code.display),
            None => {
                "use a code of `crates/hospital/src/codes.rs`, or add it there from its source".to_owned()
            }
        };
        reader.say(line, format!("{word:?} is no code that the hospital uses here"), advice);
        return None;
    };
    let name = name.trim().to_lowercase();
    if !code.display.to_lowercase().starts_with(&name) {
        reader.say(line, format!("{word} is not {name:?}"), format!("its name is {:?}", code.display));
    }
    Some(code)
}

/// A test of our laboratory.
pub(super) fn test(table: &mut Table<'_>, key: &'static str) -> Option<&'static Test> {
    lab_test(code(table, key, crate::codes::test::ALL)?.code).or_else(|| {
        table.reader.say(
            table.line,
            "our laboratory gives no number for this test",
            "use `do = \"find\"` for words",
        );
        None
    })
}

/// A panel of our laboratory.
pub(super) fn panel(reader: &Reader<'_>, line: usize, text: &str) -> Option<&'static Panel> {
    let code = find(reader, line, text, crate::codes::report::ALL)?;
    let panel = panels::ALL.iter().copied().find(|panel| panel.code.code == code.code);
    if panel.is_none() {
        reader.say(
            line,
            format!("{} is no panel of our laboratory", code.code),
            "use `do = \"study\"` for a study",
        );
    }
    panel
}
