use crate::problem::Problem;
use crate::syntax::read::{moment, number, quoted};
use crate::syntax::word::{Placed, Word};

const SIGNS: [&str; 22] = [
    "<=", ">=", "!=", "!~", "(", ")", "[", "]", "{", "}", ".", ",", "+", "-", "*", "/", "&", "|", "<", ">",
    "=", "~",
];

/// Splits a text into words; the last is [`Word::End`].
pub(super) fn words(text: &str) -> Result<Vec<Placed>, Problem> {
    let mut words = Vec::new();
    let mut at = skip(text, 0)?;
    while at < text.len() {
        let (word, end) = word(text, at)?;
        words.push(Placed { word, at });
        at = skip(text, end)?;
    }
    words.push(Placed { word: Word::End, at: text.len() });
    Ok(words)
}

/// The end of spaces and comments that begin here.
fn skip(text: &str, mut at: usize) -> Result<usize, Problem> {
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if let Some(comment) = trimmed.strip_prefix("//") {
            at += 2 + comment.find(['\n', '\r']).unwrap_or(comment.len());
        } else if let Some(comment) = trimmed.strip_prefix("/*") {
            let open = || Problem::syntax(at, "this comment does not end; close it with */");
            at += 4 + comment.find("*/").ok_or_else(open)?;
        } else {
            return Ok(at);
        }
    }
}

fn word(text: &str, at: usize) -> Result<(Word, usize), Problem> {
    let rest = &text[at..];
    let first = rest.chars().next().unwrap_or_default();
    let shifted = |(word, length): (Word, usize)| (word, at + length);
    match first {
        '\'' | '"' => quoted(rest, at).map(|(text, length)| shifted((Word::Text(text), length))),
        '`' => quoted(rest, at).map(|(text, length)| shifted((Word::Delimited(text), length))),
        '@' => moment(rest, at).map(|(moment, length)| shifted((Word::Moment(moment), length))),
        '$' => name(&rest[1..])
            .map(|name| (Word::Dollar(name.to_owned()), at + 1 + name.len()))
            .ok_or_else(|| Problem::syntax(at, "after $ stands this, index or total")),
        '%' => variable(rest, at).map(shifted),
        '0'..='9' => Ok(shifted(number(rest))),
        _ => match name(rest) {
            Some(name) => Ok((Word::Name(name.to_owned()), at + name.len())),
            None => sign(rest)
                .map(|sign| (Word::Sign(sign), at + sign.len()))
                .ok_or_else(|| Problem::syntax(at, format!("the character {first:?} has no meaning here"))),
        },
    }
}

fn sign(rest: &str) -> Option<&'static str> {
    SIGNS.into_iter().find(|sign| rest.starts_with(sign))
}

/// The name that stands at the beginning.
fn name(rest: &str) -> Option<&str> {
    let first = rest.chars().next()?;
    if !(first.is_ascii_alphabetic() || first == '_') {
        return None;
    }
    let end = rest.find(|one: char| !(one.is_ascii_alphanumeric() || one == '_')).unwrap_or(rest.len());
    rest.get(..end)
}

fn variable(rest: &str, at: usize) -> Result<(Word, usize), Problem> {
    let behind = &rest[1..];
    if behind.starts_with(['\'', '`', '"']) {
        return quoted(behind, at + 1).map(|(text, length)| (Word::Variable(text), length + 1));
    }
    name(behind)
        .map(|name| (Word::Variable(name.to_owned()), name.len() + 1))
        .ok_or_else(|| Problem::syntax(at, "after % stands the name of a variable"))
}
