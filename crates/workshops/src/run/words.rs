use super::refusal::Refusal;

/// A minute, in microseconds.
pub const MINUTE_US: i64 = 60_000_000;
/// The longest text that is taken, in characters.
const TEXT_MAX: usize = 2_000;

/// A text as it is kept: trimmed, with something in it, and not too long.
pub(super) fn text(what: &str, given: &str) -> Result<String, Refusal> {
    let given = optional(what, given)?;
    if given.is_empty() {
        return Err(Refusal::Invalid(format!("{what}: write something")));
    }
    Ok(given)
}

/// The same for what may be left empty.
pub(super) fn optional(what: &str, given: &str) -> Result<String, Refusal> {
    let given = given.trim();
    let count = given.chars().count();
    if count > TEXT_MAX {
        return Err(Refusal::Invalid(format!(
            "{what}: {count} characters are too many; {TEXT_MAX} are taken"
        )));
    }
    Ok(given.to_owned())
}

pub(super) fn unknown(kind: &'static str, id: &str) -> Refusal {
    // What came from outside is not repeated at any length.
    Refusal::Unknown { kind, id: id.chars().take(64).collect() }
}

pub(super) fn not_now<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::NotNow(why.to_owned()))
}
