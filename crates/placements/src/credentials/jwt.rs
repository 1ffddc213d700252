use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

/// The id of the key of an issuer whose name is its key.
#[must_use]
pub fn key_id(issuer: &str) -> String {
    format!("{issuer}#{}", issuer.strip_prefix("did:key:").unwrap_or(issuer))
}

/// Header and claims of a JWT, as the text that is signed (RFC 7515, section 5.1).
#[must_use]
pub fn unsigned(issuer: &str, claims: &Value) -> String {
    let header = json!({"alg": "EdDSA", "typ": "vc+jwt", "kid": key_id(issuer)});
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    format!("{}.{}", part(&header), part(claims))
}

/// A JWT from what was signed and its signature.
#[must_use]
pub fn joined(unsigned: &str, signature: &[u8]) -> String {
    format!("{unsigned}.{}", BASE64URL_NOPAD.encode(signature))
}

/// What was signed, the signature, and the claims of a JWT; none if it is no such thing.
#[must_use]
pub fn parts(token: &str) -> Option<(&str, Vec<u8>, Value)> {
    let (signed, signature) = token.trim().rsplit_once('.')?;
    let (_, claims) = signed.split_once('.')?;
    let claims = BASE64URL_NOPAD.decode(claims.as_bytes()).ok()?;
    Some((signed, BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?, serde_json::from_slice(&claims).ok()?))
}
