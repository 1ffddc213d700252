//! Base 64 with padding (RFC 4648 section 4), for the text of notes.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends the encoding of `data` to `out`.
pub(crate) fn encode(data: &[u8], out: &mut Vec<u8>) {
    for chunk in data.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            out.push(if place <= chunk.len() {
                ALPHABET[(bits >> (18 - 6 * place) & 63) as usize]
            } else {
                b'='
            });
        }
    }
}

/// The encoding of `data` as text.
pub(crate) fn encoded(data: &[u8]) -> String {
    let mut out = Vec::new();
    encode(data, &mut out);
    out.into_iter().map(char::from).collect()
}

/// The bytes that a text encodes, line breaks ignored; `None` when it is no base 64.
pub(crate) fn decoded(text: &str) -> Option<Vec<u8>> {
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let mut out = Vec::with_capacity(letters.len() / 4 * 3);
    for chunk in letters.chunks(4) {
        let kept = chunk.iter().take_while(|letter| **letter != b'=').count();
        if chunk.len() != 4 || kept < 2 || chunk[kept..].iter().any(|letter| *letter != b'=') {
            return None;
        }
        let mut bits = 0;
        for letter in &chunk[..kept] {
            bits = bits << 6 | u32::try_from(ALPHABET.iter().position(|known| known == letter)?).ok()?;
        }
        bits <<= 6 * (4 - kept);
        out.extend_from_slice(&bits.to_be_bytes()[1..kept]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_no_base_64_is_not_decoded() {
        for text in ["Z", "Zg", "Zg=a", "====", "Zm9v!g=="] {
            assert_eq!(super::decoded(text), None, "{text}");
        }
    }

    #[test]
    fn the_vectors_of_rfc_4648_section_10() {
        for (data, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(super::encoded(data.as_bytes()), text);
            assert_eq!(super::decoded(text).as_deref(), Some(data.as_bytes()));
        }
    }
}
