use crate::problem::Problem;
use crate::syntax::word::Word;
use crate::value::Moment;

/// A quoted text at the beginning of `rest`: its meaning and its length in bytes.
pub(super) fn quoted(rest: &str, at: usize) -> Result<(String, usize), Problem> {
    let mut characters = rest.char_indices();
    let quote = characters.next().map(|(_, quote)| quote);
    let mut text = String::new();
    while let Some((place, one)) = characters.next() {
        match one {
            '\\' => {
                let Some((_, escaped)) = characters.next() else { break };
                match escaped {
                    'n' => text.push('\n'),
                    'r' => text.push('\r'),
                    't' => text.push('\t'),
                    'f' => text.push('\u{c}'),
                    'u' => match code(&rest[place + 2..]) {
                        Some(character) => {
                            text.push(character);
                            characters.nth(3);
                        }
                        None => text.push('u'),
                    },
                    other => text.push(other),
                }
            }
            end if Some(end) == quote => return Ok((text, place + end.len_utf8())),
            other => text.push(other),
        }
    }
    Err(Problem::syntax(at, "this text does not end; close it with the quote it began with"))
}

/// The character of four hexadecimal digits.
fn code(digits: &str) -> Option<char> {
    let four = digits.get(..4).filter(|four| four.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(four, 16).ok()?)
}

/// A number at the beginning: a fraction belongs to it only if a digit follows the point.
pub(super) fn number(rest: &str) -> (Word, usize) {
    let whole = digits(rest);
    let behind = &rest[whole..];
    if behind.starts_with('L') {
        return (Word::Long(rest[..whole].to_owned()), whole + 1);
    }
    let fraction = behind.strip_prefix('.').map_or(0, digits);
    let length = if fraction == 0 { whole } else { whole + 1 + fraction };
    (Word::Number(rest[..length].to_owned()), length)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A date or time behind `@`: `@2015-02`, `@2015-02-04T14:34Z`, `@T14:34`.
pub(super) fn moment(rest: &str, at: usize) -> Result<(Moment, usize), Problem> {
    let text = &rest[1..];
    let date = if text.starts_with('T') { 0 } else { date(text) };
    let mut length = date;
    let timed = text[date..].starts_with('T');
    if timed {
        length += 1;
        length += time(&text[length..]);
        if date > 0 {
            length += zone(&text[length..]);
        }
    }
    let written = &text[..length];
    let read = match (date, timed) {
        (0, _) => Moment::time(written.trim_start_matches('T')),
        (_, true) => Moment::date_time(written.trim_end_matches('T')),
        (_, false) => Moment::date(written),
    };
    let what =
        "after @ stands a date such as 2015-02-04, with a time as 2015-02-04T14:34:28Z, or a time as T14:34";
    read.map(|moment| (moment, length + 1)).ok_or_else(|| Problem::syntax(at, what))
}

fn date(text: &str) -> usize {
    let mut length = digits(text);
    for _ in 0..2 {
        length += part(&text[length..], '-', 2);
    }
    length
}

fn time(text: &str) -> usize {
    let mut length = digits(text);
    for _ in 0..2 {
        length += part(&text[length..], ':', 2);
    }
    length + part(&text[length..], '.', 1)
}

/// The length of a separator and at least so many digits.
fn part(text: &str, separator: char, least: usize) -> usize {
    let count = text.strip_prefix(separator).map_or(0, digits);
    if count >= least { count + 1 } else { 0 }
}

fn zone(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'Z') => 1,
        Some(b'+' | b'-') if digits(&text[1..]) == 2 && part(&text[3..], ':', 2) == 3 => 6,
        _ => 0,
    }
}
