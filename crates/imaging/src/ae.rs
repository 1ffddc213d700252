//! Application entity titles (PS3.5, 6.2, value representation AE).

/// The longest title.
const BYTES_MAX: usize = 16;

/// A title without the spaces that do not count, or what is wrong with it.
///
/// # Errors
/// A sentence for whoever chose the title.
pub fn checked(title: &str) -> Result<&str, String> {
    let bare = title.trim_matches(' ');
    if bare.is_empty() || bare.len() > BYTES_MAX {
        return Err(format!(
            "an AE title has 1 to {BYTES_MAX} characters; '{bare}' has {}",
            bare.chars().count()
        ));
    }
    match bare.chars().find(|letter| !(' '..='~').contains(letter) || *letter == '\\') {
        Some(letter) => {
            Err(format!("an AE title has letters, digits and signs of ASCII, no backslash; found {letter:?}"))
        }
        None => Ok(bare),
    }
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn titles_are_bare_short_and_plain() {
        assert_eq!(checked(" CT01 "), Ok("CT01"));
        for wrong in ["", "   ", "ABCDEFGHIJKLMNOPQ", "A\\B", "CÄSAR", "A\nB"] {
            assert!(checked(wrong).is_err(), "{wrong:?}");
        }
    }
}
