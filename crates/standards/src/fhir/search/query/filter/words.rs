//! Cuts a filter into words.

/// The longest filter that is read, in bytes.
pub const FILTER_BYTES_MAX: usize = 4000;

/// A word of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    Open,
    Close,
    /// A path, an operator, or a value without quotes.
    Plain(String),
    /// A value in double quotes, without them.
    Quoted(String),
}

/// The words of `text`, or what cannot be one.
pub(super) fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, length) = match first {
            '(' => (Word::Open, 1),
            ')' => (Word::Close, 1),
            '"' => quoted(rest)?,
            _ => plain(rest),
        };
        found.push(word);
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

fn plain(rest: &str) -> (Word, usize) {
    let ends = |letter: char| letter.is_whitespace() || ['(', ')', '"'].contains(&letter);
    let length = rest.find(ends).unwrap_or(rest.len());
    (Word::Plain(rest[..length].to_owned()), length)
}

/// A text as JSON writes it.
fn quoted(rest: &str) -> Result<(Word, usize), String> {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if letter == '"' && !escaped {
            let text = serde_json::from_str(&rest[..=at]);
            let text = text.map_err(|_| format!("{} is not a text as JSON writes it", &rest[..=at]))?;
            return Ok((Word::Quoted(text), at + 1));
        }
        escaped = letter == '\\' && !escaped;
    }
    Err(format!("the text {rest} does not end"))
}
