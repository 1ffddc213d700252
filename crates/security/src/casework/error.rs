/// Why something cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseworkError {
    /// A text is missing, too short or too long.
    #[error("{field}: write {min} to {max} characters")]
    Length {
        /// Which.
        field: &'static str,
        /// The fewest characters.
        min: usize,
        /// The most.
        max: usize,
    },
    /// The case is closed.
    #[error("the case is closed; reopen it with a reason, then go on")]
    Closed,
    /// The case is open already.
    #[error("the case is open already")]
    Open,
    /// The entry is evidence of this case already.
    #[error("entry {0} is pinned to this case already")]
    Pinned(i64),
    /// There is no more room.
    #[error("{0} is full: it holds {1}")]
    Full(&'static str, usize),
    /// A name that cannot stand in an address.
    #[error("{0}: use 1 to 60 small letters, digits and hyphens")]
    Name(&'static str),
}

/// A text with spaces at its ends taken off, if it is neither too short nor too long.
pub(super) fn text(field: &'static str, text: &str, min: usize, max: usize) -> Result<String, CaseworkError> {
    let text = text.trim();
    let length = text.chars().count();
    if (min..=max).contains(&length) {
        Ok(text.to_owned())
    } else {
        Err(CaseworkError::Length { field, min, max })
    }
}

/// A name as it stands in addresses.
pub(super) fn name(field: &'static str, name: &str) -> Result<String, CaseworkError> {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if (1..=60).contains(&name.len()) && name.chars().all(sound) {
        Ok(name.to_owned())
    } else {
        Err(CaseworkError::Name(field))
    }
}
