use crate::run::call::{Call, Outcome, only};

pub(in crate::run) fn encode<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    transformed(call, 2, |format, text| match format {
        "hex" => Some(Some(text.bytes().map(|byte| format!("{byte:02x}")).collect())),
        "base64" => Some(Some(to_base64(text.as_bytes(), STANDARD))),
        "urlbase64" => Some(Some(to_base64(text.as_bytes(), URL))),
        _ => None,
    })
}

pub(in crate::run) fn decode<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    transformed(call, 1, |format, text| {
        let bytes = match format {
            "hex" => from_hex(text),
            "base64" => from_base64(text, STANDARD),
            "urlbase64" => from_base64(text, URL),
            _ => return None,
        };
        Some(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
    })
}

pub(in crate::run) fn escape<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    transformed(call, 6, |format, text| match format {
        "html" => Some(Some(
            text.chars()
                .map(|one| match one {
                    '<' => "&lt;".to_owned(),
                    '>' => "&gt;".to_owned(),
                    '&' => "&amp;".to_owned(),
                    '"' => "&quot;".to_owned(),
                    '\'' => "&#39;".to_owned(),
                    other => other.to_string(),
                })
                .collect(),
        )),
        "json" => {
            let quoted = serde_json::Value::from(text).to_string();
            Some(quoted.get(1..quoted.len() - 1).map(str::to_owned))
        }
        _ => None,
    })
}

pub(in crate::run) fn unescape<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    transformed(call, 1, |format, text| match format {
        "html" => {
            let pairs = [
                ("&lt;", "<"),
                ("&gt;", ">"),
                ("&quot;", "\""),
                ("&#39;", "'"),
                ("&apos;", "'"),
                ("&amp;", "&"),
            ];
            Some(Some(pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))))
        }
        "json" => Some(serde_json::from_str(&format!("\"{}\"", bare_quotes_escaped(text))).ok()),
        _ => None,
    })
}

/// Outer none: there is no such format. Inner none: the text is not of it, and the result is empty.
#[allow(clippy::option_option, reason = "no such format and no such text are different answers")]
fn transformed<'a>(
    call: &Call<'_, 'a>,
    growth: usize,
    transform: impl Fn(&str, &str) -> Option<Option<String>>,
) -> Outcome<'a> {
    let (Some(text), Some(format)) = (call.text()?, call.text_argument(0)?) else { return Ok(Vec::new()) };
    call.meter().text(text.len() * growth, call.at)?;
    match transform(&format, &text) {
        None => Err(call.fails(format!("there is no format '{format}'"))),
        Some(None) => Ok(Vec::new()),
        Some(Some(result)) => only(result),
    }
}

/// Quotes that nothing escapes stand for themselves.
fn bare_quotes_escaped(text: &str) -> String {
    let (mut written, mut escaped) = (String::with_capacity(text.len()), false);
    for one in text.chars() {
        if one == '"' && !escaped {
            written.push('\\');
        }
        escaped = one == '\\' && !escaped;
        written.push(one);
    }
    written
}

/// The alphabets of RFC 4648, sections 4 and 5.
const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn to_base64(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut written = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = usize::try_from(number >> (18 - 6 * place) & 63).unwrap_or_default();
            written.push(if place <= chunk.len() { char::from(alphabet[digit]) } else { '=' });
        }
    }
    written
}

fn from_base64(text: &str, alphabet: &[u8; 64]) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if text.len() - digits.len() > 2 || digits.len() % 4 == 1 {
        return None;
    }
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for digit in digits.bytes() {
        let value = alphabet.iter().position(|known| *known == digit)?;
        held = (held << 6 | u32::try_from(value).ok()?) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| {
        u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok().filter(|_| pair.len() == 2)
    };
    text.as_bytes().chunks(2).map(pair).collect()
}
