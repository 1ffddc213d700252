//! Statements that are no questions: what clients say before and between them.

/// A statement that is no question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aside {
    /// A transaction begins; nothing can be written in it.
    Begin,
    /// A transaction ends, with this word.
    End(&'static str),
    /// A setting: its name and its value.
    Set(String, String),
    /// A setting is asked for.
    Show(String),
    /// Something that changes nothing here, with the word that answers it.
    Nothing(&'static str),
}

/// Settings that clients ask for, and what they are here.
const SETTINGS: [(&str, &str); 12] = [
    ("application_name", ""),
    ("client_encoding", "UTF8"),
    ("datestyle", "ISO, MDY"),
    ("default_transaction_read_only", "on"),
    ("integer_datetimes", "on"),
    ("search_path", "public"),
    ("server_encoding", "UTF8"),
    ("server_version", VERSION),
    ("standard_conforming_strings", "on"),
    ("timezone", "UTC"),
    ("transaction_isolation", "read committed"),
    ("transaction_read_only", "on"),
];

/// The version of PostgreSQL whose ways are followed.
pub(super) const VERSION: &str = "16.0";

/// What a setting is.
pub(super) fn setting(name: &str) -> Option<&'static str> {
    let name = if name == "transaction isolation level" { "transaction_isolation" } else { name };
    SETTINGS.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Reads a statement that is no question; `None` if it is one.
pub(super) fn aside(sql: &str) -> Option<Aside> {
    let sql = sql.trim().trim_end_matches(';').trim_end();
    let lower = sql.to_ascii_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next()?;
    Some(match first {
        "begin" | "start" => Aside::Begin,
        "commit" | "end" => Aside::End("COMMIT"),
        "rollback" | "abort" if words.next() != Some("to") => Aside::End("ROLLBACK"),
        "set" => set(sql.get(3..)?)?,
        "show" => {
            let name = words.collect::<Vec<_>>().join(" ");
            if matches!(name.as_str(), "tables" | "all") || name.starts_with("columns") {
                return None;
            }
            Aside::Show(name)
        }
        "reset" => Aside::Nothing("RESET"),
        "discard" => Aside::Nothing("DISCARD ALL"),
        "deallocate" => Aside::Nothing("DEALLOCATE"),
        "savepoint" => Aside::Nothing("SAVEPOINT"),
        "release" => Aside::Nothing("RELEASE"),
        "rollback" => Aside::Nothing("ROLLBACK"),
        "unlisten" => Aside::Nothing("UNLISTEN"),
        _ => return None,
    })
}

fn set(rest: &str) -> Option<Aside> {
    let rest = rest.trim_start();
    let lower = rest.to_ascii_lowercase();
    let skipped =
        ["session ", "local "].iter().find(|word| lower.starts_with(*word)).map_or(0, |word| word.len());
    let rest = &rest[skipped..];
    let lower = rest.to_ascii_lowercase();
    let at = lower.find('=').map(|at| (at, 1)).or_else(|| lower.find(" to ").map(|at| (at, 4)));
    let Some((at, length)) = at else { return Some(Aside::Nothing("SET")) };
    let name = lower[..at].trim().trim_start_matches("practicum.").to_owned();
    let value = rest[at + length..].trim().trim_matches(|mark| mark == '\'' || mark == '"').to_owned();
    Some(Aside::Set(name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_question_is_told_from_what_is() {
        let set = |name: &str, value: &str| Some(Aside::Set(name.to_owned(), value.to_owned()));
        for (sql, expected) in [
            ("BEGIN READ ONLY", Some(Aside::Begin)),
            ("commit;", Some(Aside::End("COMMIT"))),
            ("ROLLBACK", Some(Aside::End("ROLLBACK"))),
            ("rollback to a", Some(Aside::Nothing("ROLLBACK"))),
            ("SET purpose = 'HRESCH';", set("purpose", "HRESCH")),
            ("set practicum.purpose to TREAT", set("purpose", "TREAT")),
            ("SET SESSION extra_float_digits = 3", set("extra_float_digits", "3")),
            ("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", Some(Aside::Nothing("SET"))),
            ("SHOW transaction isolation level", Some(Aside::Show("transaction isolation level".to_owned()))),
            ("SHOW TABLES", None),
            ("SELECT 'begin'", None),
            ("  ", None),
        ] {
            assert_eq!(aside(sql), expected, "{sql}");
        }
        assert_eq!(setting("transaction isolation level"), Some("read committed"));
    }
}
