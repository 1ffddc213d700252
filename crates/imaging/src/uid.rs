//! Unique identifiers (PS3.5, 9): the same thing always gets the same one.

use sha2::{Digest, Sha256};

/// The longest UID (PS3.5, 9.1).
const BYTES_MAX: usize = 64;

/// The UID of what `words` name, under the root for UUIDs, 2.25 (PS3.5, B.2).
///
/// The UUID is of version 8 (RFC 9562, 5.8): 122 bits of a SHA-256 over the words.
pub fn derived(words: &[&str]) -> String {
    let mut digest = Sha256::new();
    for word in words {
        digest.update((word.len() as u64).to_be_bytes());
        digest.update(word.as_bytes());
    }
    let hash: [u8; 32] = digest.finalize().into();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    format!("2.25.{}", u128::from_be_bytes(bytes))
}

/// Whether a text is a UID: numbers joined by dots, none with a leading zero, at most 64 characters (PS3.5, 9.1).
pub fn is_valid(text: &str) -> bool {
    let is_number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    text.len() <= BYTES_MAX && text.split('.').all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_uid_is_valid_and_belongs_to_its_words_alone() {
        let one = derived(&["study", "1"]);
        assert!(is_valid(&one), "{one}");
        assert_eq!(one, derived(&["study", "1"]));
        assert_ne!(one, derived(&["study1", ""]));
    }

    #[test]
    fn what_is_no_uid_is_told_apart() {
        let cases = [
            ("1.2.840.10008.1.1", true),
            ("1.02", false),
            ("1..2", false),
            ("", false),
            ("1.a", false),
            ("0.0", true),
        ];
        for (text, is) in cases {
            assert_eq!(is_valid(text), is, "{text}");
        }
        assert!(!is_valid(&"1".repeat(65)));
    }
}
