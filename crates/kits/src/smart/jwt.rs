//! JWTs of others, taken apart and believed or not (RFC 7515); and some that nobody should believe.

use data_encoding::BASE64URL_NOPAD;
use ring::hmac;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::{Value, json};

/// A JWT taken apart, nothing of it believed.
#[derive(Debug)]
pub(super) struct Jwt<'t> {
    pub(super) header: Value,
    pub(super) claims: Value,
    signed: &'t [u8],
    signature: Vec<u8>,
}

impl<'t> Jwt<'t> {
    /// Takes one apart.
    pub(super) fn open(token: &'t str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let bytes = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).ok();
        let object =
            |part: &str| serde_json::from_slice::<Value>(&bytes(part)?).ok().filter(Value::is_object);
        Some(Self {
            header: object(header)?,
            claims: object(claims)?,
            signed: signed.as_bytes(),
            signature: bytes(signature)?,
        })
    }

    /// Whether one of the keys of a set signed it, with the algorithm its header names.
    pub(super) fn is_signed_by(&self, jwks: &Value) -> bool {
        let algorithm = self.header["alg"].as_str().unwrap_or_default();
        let id = self.header["kid"].as_str();
        let keys = jwks["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
        // A key may say which algorithm it is for, and then it is for no other.
        let fits = |key: &&Value| {
            id.is_none_or(|id| key["kid"] == id) && key["alg"].as_str().is_none_or(|own| own == algorithm)
        };
        keys.iter().filter(fits).any(|key| self.is_signed_with(key, algorithm) == Some(true))
    }

    fn is_signed_with(&self, key: &Value, algorithm: &str) -> Option<bool> {
        let bytes = |member: &str| BASE64URL_NOPAD.decode(key[member].as_str()?.as_bytes()).ok();
        let point = || Some([&[4], bytes("x")?.as_slice(), bytes("y")?.as_slice()].concat());
        let (signed, signature) = (self.signed, &self.signature);
        Some(match (key["kty"].as_str()?, algorithm) {
            ("EC", "ES256") => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point()?).verify(signed, signature).is_ok()
            }
            ("EC", "ES384") => {
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point()?).verify(signed, signature).is_ok()
            }
            ("RSA", "RS256" | "RS384") => {
                let hash = match algorithm {
                    "RS256" => &RSA_PKCS1_2048_8192_SHA256,
                    _ => &RSA_PKCS1_2048_8192_SHA384,
                };
                let public = RsaPublicKeyComponents { n: bytes("n")?, e: bytes("e")? };
                public.verify(hash, signed, signature).is_ok()
            }
            _ => false,
        })
    }
}

/// Whether a JWT is signed with one of the keys of a set, by the algorithm it names: ES256, ES384, RS256 or RS384.
#[must_use]
pub fn is_signed_by(token: &str, jwks: &Value) -> bool {
    Jwt::open(token).is_some_and(|jwt| jwt.is_signed_by(jwks))
}

/// A JWT that says it needs no signature.
pub(super) fn unsigned(claims: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    format!("{}.{}.", part(&json!({"alg": "none", "typ": "JWT"})), part(claims))
}

/// A JWT whose shared secret is a public key, as text: whoever takes the one for the other believes it.
pub(super) fn signed_with_public_key(claims: &Value, public: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let header = json!({"alg": "HS384", "typ": "JWT", "kid": public["kid"]});
    let signed = format!("{}.{}", part(&header), part(claims));
    let secret = hmac::Key::new(hmac::HMAC_SHA384, public.to_string().as_bytes());
    let tag = BASE64URL_NOPAD.encode(hmac::sign(&secret, signed.as_bytes()).as_ref());
    format!("{signed}.{tag}")
}
