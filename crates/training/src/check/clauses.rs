//! Taking a condition apart at its top-level `and`s, so that a verdict can say which part is not so.

/// The clauses of a `FHIRPath` condition; the whole of it where it is not a plain conjunction.
pub(super) fn clauses(expression: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (offset, word) in top_level_words(expression) {
        match word {
            "and" => {
                clauses.push(expression[start..offset].trim());
                start = offset + word.len();
            }
            // These bind more loosely than `and`; taking the text apart would change its meaning.
            "or" | "xor" | "implies" => return vec![expression.trim()],
            _ => {}
        }
    }
    clauses.push(expression[start..].trim());
    clauses
}

/// Words outside brackets and quotes, with their offsets.
fn top_level_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let (mut depth, mut quoted, mut escaped, mut word) = (0_i32, None, false, None);
    for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let in_word = quoted.is_none() && depth == 0 && (c.is_alphanumeric() || c == '_');
        match (in_word, word) {
            (true, None) => word = Some(offset),
            (false, Some(start)) => {
                words.push((start, &text[start..offset]));
                word = None;
            }
            _ => {}
        }
        match (quoted, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(quote), c) if c == quote => quoted = None,
            (None, '\'' | '`') => quoted = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    words
}
