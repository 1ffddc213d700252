//! The longest files and functions: shown at every run, forbidden by none. A reader compares and decides.

use crate::tidy::source::Source;

const SHOWN: usize = 10;

/// Prints the ten longest Rust and TypeScript files, and the ten longest Rust functions, in lines.
pub(crate) fn print(sources: &[Source]) {
    let code = |source: &&Source| source.path.ends_with(".rs") || source.path.ends_with(".ts");
    let files = sources
        .iter()
        .filter(code)
        .map(|source| (source.text.lines().count(), source.path.clone()))
        .collect();
    print_longest("files", files);
    let functions =
        sources.iter().filter(|source| source.path.ends_with(".rs")).flat_map(functions).collect();
    print_longest("functions", functions);
}

fn print_longest(what: &str, mut rows: Vec<(usize, String)>) {
    rows.sort_by(|left, right| right.cmp(left));
    println!("\nlongest {what} (lines)");
    for (lines, name) in rows.iter().take(SHOWN) {
        println!("{lines:>6}  {name}");
    }
}

/// Every function with its length. Relies on rustfmt: a function ends at the brace with the indentation it began with.
pub(crate) fn functions(source: &Source) -> Vec<(usize, String)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indentation = &line[..line.len() - line.trim_start().len()];
        let closing = format!("{indentation}}}");
        let one_line = line.trim_end().ends_with(['}', ';']);
        let length = if one_line {
            Some(1)
        } else {
            lines[start..].iter().position(|line| *line == closing).map(|end| end + 1)
        };
        if let Some(length) = length {
            found.push((length, format!("{}:{} {name}", source.path, start + 1)));
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (before, after) = line.split_once("fn ")?;
    let words_before = before.split_whitespace();
    let only_qualifiers = words_before.into_iter().all(|word| {
        word.starts_with("pub")
            || matches!(word, "const" | "async" | "unsafe" | "extern" | "in" | "crate)" | "super)")
    });
    let name = after.split(['(', '<']).next()?;
    (only_qualifiers && !name.is_empty()).then_some(name)
}
