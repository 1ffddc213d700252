//! What goes wrong in the engine, in words for whoever asked.

use datafusion::error::DataFusionError;
use lake::{Cause, Trouble};

/// The disk or a library failed: the log has it, and whoever asked is told no more than that.
pub(crate) fn failed(what: &str, error: &dyn std::error::Error) -> Trouble {
    tracing::error!(%error, "{what}");
    Trouble::internal()
}

/// An error of planning or running SQL.
pub(crate) fn told(error: &DataFusionError) -> Trouble {
    match error.find_root() {
        DataFusionError::SQL(parse, _) => unreadable(&parse.to_string()),
        DataFusionError::ResourcesExhausted(_) => Trouble::new(
            Cause::Limit,
            "sorting, grouping or joining takes more memory than a question may have",
            "ask for fewer rows or columns, or narrow the join with a condition",
        ),
        DataFusionError::ObjectStore(_) | DataFusionError::IoError(_) | DataFusionError::ParquetError(_) => {
            failed("a file of the lake cannot be read", error)
        }
        DataFusionError::Internal(_) | DataFusionError::ExecutionJoin(_) => {
            failed("the engine failed", error)
        }
        root => {
            let (what, place) = message(error, root);
            let remedy = remedy(&what);
            Trouble { place, ..Trouble::new(Cause::Question, what, remedy) }
        }
    }
}

/// What a parser says, and the place it names at the end.
fn unreadable(said: &str) -> Trouble {
    let said = said.trim_start_matches("sql parser error: ");
    let (what, place) = match said.rsplit_once(" at Line: ") {
        None => (said, None),
        Some((what, place)) => {
            let numbers = place.split_once(", Column: ");
            (what, numbers.and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?))))
        }
    };
    let what = format!("this is no SQL that can be read: {what}");
    Trouble { place, ..Trouble::new(Cause::Question, what, "look at what stands before that place") }
}

fn message(error: &DataFusionError, root: &DataFusionError) -> (String, Option<(u64, u64)>) {
    let span = error.diagnostic().and_then(|diagnostic| diagnostic.span);
    let place = span.map(|span| (span.start.line, span.start.column));
    let text = root.to_string();
    let text = PREFIXES.iter().fold(text.as_str(), |text, prefix| text.strip_prefix(prefix).unwrap_or(text));
    // Plans of many lines and hints to the makers of the engine help nobody who wrote the question.
    let first = text.lines().next().unwrap_or(text).trim().trim_end_matches('.');
    (first.to_owned(), place)
}

/// What the engine puts before its messages.
const PREFIXES: [&str; 7] = [
    "Error during planning: ",
    "Schema error: ",
    "Execution error: ",
    "Arrow error: ",
    "Optimizer rule 'simplify_expressions' failed",
    "This feature is not implemented: ",
    "Invalid argument error: ",
];

fn remedy(what: &str) -> &'static str {
    if what.contains("not found") && what.contains("table") {
        "the page and information_schema.tables list the tables there are"
    } else if what.contains("No field named") {
        "information_schema.columns lists the columns of each table"
    } else if what.contains("function") {
        "look for another name of the function; SHOW FUNCTIONS is not offered"
    } else {
        "change the SQL and ask again"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parser_names_line_and_character() {
        let trouble =
            unreadable("sql parser error: Expected: an expression, found: FROM at Line: 2, Column: 8");
        assert_eq!(trouble.place, Some((2, 8)));
        assert_eq!(trouble.what, "this is no SQL that can be read: Expected: an expression, found: FROM");
        assert_eq!(unreadable("odd").place, None);
    }
}
