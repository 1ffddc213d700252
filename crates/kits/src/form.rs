//! Forms and queries (WHATWG URL, application/x-www-form-urlencoded).

use std::collections::BTreeMap;

/// Fields as a form.
pub fn encoded(fields: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
    let pair = |(name, value): &(_, _)| {
        format!("{}={}", escaped(AsRef::as_ref(name)), escaped(AsRef::as_ref(value)))
    };
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// An address with more in its query.
pub fn with_query(url: &str, fields: &[(String, String)]) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}{}", encoded(fields))
}

/// What the query of an address says. Of what is said twice the first counts.
pub fn fields_of(url: &str) -> BTreeMap<String, String> {
    let query = url.split_once('?').map_or("", |(_, rest)| rest);
    decoded(query.split('#').next().unwrap_or_default())
}

/// What a form says. Of what is said twice the first counts.
pub fn decoded(form: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for pair in form.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        fields.entry(unescaped(name)).or_insert_with(|| unescaped(value));
    }
    fields
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                // Two digits of 16 make a byte.
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 2;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let fields = [("scope", "patient/*.rs?category=a|b c"), ("state", "%+&=ü"), ("empty", "")];
        let read = decoded(&encoded(&fields));
        for (name, value) in fields {
            assert_eq!(read[name], value);
        }
    }

    #[test]
    fn anything_is_read() {
        for text in ["", "&", "=", "%", "%4", "%zz=%", "a=b=c", "a&a=2", "%f0%9f"] {
            decoded(text);
        }
        assert_eq!(fields_of("http://x/y?a=1&a=2#b=3")["a"], "1");
        assert!(fields_of("http://x/y#a=1").is_empty());
    }
}
