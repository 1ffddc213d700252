//! What comes to a test kit from outside: forms, queries, and signed tokens.
#![no_main]

use kits::form::{decoded, encoded, fields_of};
use kits::smart::is_signed_by;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let fields = decoded(&text);
    let pairs: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(decoded(&encoded(&pairs)), fields, "what was read is written and read the same");
    fields_of(&text);
    let keys = serde_json::json!({"keys": [
        {"kty": "EC", "crv": "P-384", "x": "A".repeat(64), "y": "A".repeat(64)},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
    ]});
    assert!(!is_signed_by(&text, &keys), "nobody has these keys");
});
