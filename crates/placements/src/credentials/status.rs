use serde_json::{Value, json};

/// Bits of the shortest list, so that a place in it says nothing about a person (Bitstring Status List 1.0, section 6.1).
pub const BITS_MIN: usize = 131_072;

/// The bits of a list, as bytes: the first bit is the highest of the first byte.
#[must_use]
pub fn bits(withdrawn: &[u32]) -> Vec<u8> {
    let needed = withdrawn.iter().max().map_or(0, |last| *last as usize + 1).max(BITS_MIN);
    let mut bytes = vec![0_u8; needed.div_ceil(8)];
    for place in withdrawn {
        bytes[*place as usize / 8] |= 0x80 >> (place % 8);
    }
    bytes
}

/// The claims of the status list at the address `list`; `encoded` is the bits, compressed and in base64url.
#[must_use]
pub fn status_list(list: &str, issuer: &str, (issued, seconds): (&str, i64), encoded: &str) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": list,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": issued,
        "credentialSubject": {
            "id": format!("{list}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": format!("u{encoded}"),
        },
        "iss": issuer,
        "jti": list,
        "nbf": seconds,
    })
}
