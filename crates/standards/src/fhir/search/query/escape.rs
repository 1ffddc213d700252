//! The separators inside a value and how they are escaped (FHIR R4, 3.1.1.4.0.1).

/// The parts of `text` between separators that no backslash precedes; escapes stay in the parts.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if letter == separator && !escaped {
            parts.push(&text[start..at]);
            start = at + letter.len_utf8();
        }
        escaped = letter == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

/// Takes the backslash away from `\,` `\|` `\$` and `\\`; any other backslash means itself.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped = (letter == '\\')
            .then(|| letters.next_if(|next| matches!(next, ',' | '|' | '$' | '\\')))
            .flatten();
        plain.push(escaped.unwrap_or(letter));
    }
    plain
}
