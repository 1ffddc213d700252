//! A `mod.rs` is a door: an essay, modules and `use` lines. Logic lives in named files.

use crate::tidy::Problem;
use crate::tidy::source::Source;

const ALLOWED: &[&str] = &["mod ", "use "];

/// The first statement of a `mod.rs` that is neither a module nor a use.
pub(crate) fn check(source: &Source) -> Option<Problem> {
    if !source.path.ends_with("/mod.rs") {
        return None;
    }
    let mut inside_statement = false;
    for (number, line) in source.text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with("//") || line.starts_with('#') {
            continue;
        }
        if !inside_statement && !ALLOWED.iter().any(|start| without_visibility(line).starts_with(start)) {
            let what =
                "a mod.rs holds only docs, `mod` and `use`; move this into a file named for what it is";
            return Some(Problem::new(&source.path, number + 1, what));
        }
        inside_statement = !line.ends_with(';');
    }
    None
}

fn without_visibility(line: &str) -> &str {
    let Some(rest) = line.strip_prefix("pub") else { return line };
    match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.trim_start(),
        None => rest.trim_start(),
    }
}
