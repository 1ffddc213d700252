use crate::hl7::charset::Charset;
use crate::hl7::message::Separators;

/// The most blank lines or blanks that one sequence makes.
const BLANKS_MAX: usize = 100;

/// The text that a value's bytes stand for. A sequence that is not known, or an escape character that begins none, stays
/// as it is written; highlighting (`\H\`, `\N\`) and indentation leave nothing.
#[must_use]
pub fn unescape(bytes: &[u8], separators: &Separators, charset: &Charset) -> String {
    let Some(escape) = separators.escape.filter(|escape| bytes.contains(escape)) else {
        return charset.decode(bytes).into_owned();
    };
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == escape) {
        plain.extend_from_slice(&rest[..at]);
        let after = &rest[at + 1..];
        let sequence = after.iter().position(|byte| *byte == escape).map(|length| &after[..length]);
        rest = match sequence.and_then(|sequence| Some((sequence, meaning(sequence, separators)?))) {
            Some((sequence, meant)) => {
                plain.extend_from_slice(&meant);
                &after[sequence.len() + 1..]
            }
            None => {
                plain.push(escape);
                after
            }
        };
    }
    plain.extend_from_slice(rest);
    charset.decode(&plain).into_owned()
}

/// What stands between two escape characters, as bytes; `None` when it means nothing.
fn meaning(sequence: &[u8], separators: &Separators) -> Option<Vec<u8>> {
    match sequence {
        b"F" => Some(vec![separators.field]),
        b"S" => separators.component.map(|byte| vec![byte]),
        b"T" => separators.subcomponent.map(|byte| vec![byte]),
        b"R" => separators.repetition.map(|byte| vec![byte]),
        b"E" => separators.escape.map(|byte| vec![byte]),
        b"P" => separators.truncation.map(|byte| vec![byte]),
        b"H" | b"N" => Some(Vec::new()),
        [b'X', digits @ ..] => hexadecimal(digits),
        [b'.', command @ ..] => layout(command),
        _ => None,
    }
}

fn hexadecimal(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, odd) = digits.as_chunks::<2>();
    if pairs.is_empty() || !odd.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? * 16 + digit(*low)?)).collect()
}

/// The commands of formatted text (HL7 v2.5.1, 2.7.6).
fn layout(command: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(command).ok()?;
    let name = text.get(..2)?.to_ascii_lowercase();
    let count = match text[2..].trim().trim_start_matches('+') {
        "" => 1,
        number => number.trim_start_matches('-').parse::<usize>().ok()?.min(BLANKS_MAX),
    };
    match name.as_str() {
        "br" | "ce" => Some(b"\n".to_vec()),
        "sp" => Some(vec![b'\n'; count]),
        "sk" => Some(vec![b' '; count]),
        "fi" | "nf" | "in" | "ti" => Some(Vec::new()),
        _ => None,
    }
}
