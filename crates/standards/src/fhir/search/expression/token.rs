//! Cuts an expression into words.

/// A word of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// An element, type, function or keyword.
    Name(String),
    /// A quoted text, without its quotes.
    Text(String),
    /// Any of `. ( ) | =`, or `!` for `!=`.
    Sign(char),
}

/// The words of `text`, or what was met that is none.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, length) = match first {
            '\'' => quoted(rest)?,
            '!' if rest.starts_with("!=") => (Token::Sign('!'), 2),
            '.' | '(' | ')' | '|' | '=' => (Token::Sign(first), 1),
            _ => name(rest)?,
        };
        words.push(word);
        rest = rest[length..].trim_start();
    }
    Ok(words)
}

fn quoted(rest: &str) -> Result<(Token, usize), String> {
    let inner = rest[1..].split_once('\'').ok_or_else(|| format!("the text {rest} does not end"))?.0;
    Ok((Token::Text(inner.to_owned()), inner.len() + 2))
}

fn name(rest: &str) -> Result<(Token, usize), String> {
    let length = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
    if length == 0 {
        return Err(format!("`{rest}` is not understood"));
    }
    Ok((Token::Name(rest[..length].to_owned()), length))
}
