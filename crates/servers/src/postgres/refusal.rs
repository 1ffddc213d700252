//! What is refused, as PostgreSQL says it: a code (appendix A), a message, a hint, and a place in the SQL.

use pgwire::error::{ErrorInfo, PgWireError};
use platform::lake::{Cause, LakeError};

/// An error that ends the connection.
pub(super) fn fatal(code: &str, message: &str) -> PgWireError {
    PgWireError::UserError(Box::new(ErrorInfo::new("FATAL".to_owned(), code.to_owned(), message.to_owned())))
}

/// An error that ends the statement.
pub(super) fn error(code: &str, message: impl Into<String>) -> PgWireError {
    PgWireError::UserError(Box::new(ErrorInfo::new("ERROR".to_owned(), code.to_owned(), message.into())))
}

/// A refusal of the lake; `sql` is what was asked, where it can have a place in it.
pub(super) fn refused(refusal: &LakeError, sql: Option<&str>) -> PgWireError {
    let code = match refusal {
        LakeError::Refused(_) | LakeError::Denied(_) => "42501",
        LakeError::NoSnapshot
        | LakeError::UnknownSnapshot(_)
        | LakeError::UnknownQuestion(_)
        | LakeError::NoEngine => "55000",
        LakeError::Busy(_) => "53300",
        LakeError::Trouble(trouble) => match trouble.cause {
            Cause::Question => "42601",
            Cause::Forbidden => "42501",
            Cause::Limit => "54000",
            Cause::Busy => "53300",
            Cause::Internal => "XX000",
        },
        LakeError::Reason(_) | LakeError::Question(_) | LakeError::Policy(_) | LakeError::View { .. } => {
            "22023"
        }
        LakeError::Store(error) => {
            tracing::error!(%error, "a question by the wire failed");
            "XX000"
        }
    };
    let LakeError::Trouble(trouble) = refusal else {
        let said = if code == "XX000" {
            "the server failed; its log says why".to_owned()
        } else {
            refusal.to_string()
        };
        return error(code, said);
    };
    let mut info = ErrorInfo::new("ERROR".to_owned(), code.to_owned(), trouble.what.clone());
    info.hint = Some(trouble.remedy.clone());
    let place = sql.zip(trouble.place).and_then(|(sql, (line, column))| position(sql, line, column));
    info.position = place.map(|place| place.to_string());
    PgWireError::UserError(Box::new(info))
}

/// The letter of a text, from 1, at a line and a letter in it.
fn position(sql: &str, line: u64, column: u64) -> Option<usize> {
    let before = usize::try_from(line).ok()?.checked_sub(1)?;
    let above: usize = sql.split('\n').take(before).map(|line| line.chars().count() + 1).sum();
    Some(above + usize::try_from(column).ok()?)
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn a_place_is_counted_in_letters_from_the_start() {
        assert_eq!(position("SELECT\n  é, x", 2, 6), Some(13));
        assert_eq!((position("a", 1, 1), position("a", 0, 1)), (Some(1), None));
    }
}
