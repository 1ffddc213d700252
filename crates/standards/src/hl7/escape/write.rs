use crate::hl7::charset::Charset;
use crate::hl7::escape::EscapeError;
use crate::hl7::message::Separators;

/// The bytes that stand for a text in a message with these separators and this character set; [`unescape`] gives the text
/// back. A line break becomes `\.br\`, other control characters `\X..\`.
///
/// # Errors
/// When the character set does not have a character, or one must be escaped and no escape character is declared.
///
/// [`unescape`]: crate::hl7::escape::unescape
pub fn escape(text: &str, separators: &Separators, charset: &Charset) -> Result<Vec<u8>, EscapeError> {
    let plain =
        charset.encode(text).map_err(|letter| EscapeError::Foreign { letter, charset: charset.name() })?;
    let mut written = Vec::with_capacity(plain.len());
    for byte in plain {
        match sequence(byte, separators) {
            None => written.push(byte),
            Some(sequence) => {
                let escape = separators.escape.ok_or(EscapeError::NoEscape { letter: char::from(byte) })?;
                written.push(escape);
                written.extend_from_slice(sequence.as_bytes());
                written.push(escape);
            }
        }
    }
    Ok(written)
}

/// What a byte is written as between two escape characters; `None` when it stands for itself.
fn sequence(byte: u8, separators: &Separators) -> Option<String> {
    let is = |separator: Option<u8>| separator == Some(byte);
    let letter = match byte {
        _ if byte == separators.field => "F",
        _ if is(separators.component) => "S",
        _ if is(separators.subcomponent) => "T",
        _ if is(separators.repetition) => "R",
        _ if is(separators.escape) => "E",
        _ if is(separators.truncation) => "P",
        // Where a dot separates something, a dot in the sequence would too.
        b'\n' if !separators.has(b'.') => ".br",
        0..0x20 => return Some(format!("X{byte:02X}")),
        _ => return None,
    };
    Some(letter.to_owned())
}
