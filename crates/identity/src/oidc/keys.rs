use data_encoding::BASE64URL_NOPAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

/// The keys a provider signs with.
#[derive(Debug)]
pub struct ProviderKeys(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: Option<String>,
    material: Material,
}

#[derive(Debug)]
enum Material {
    /// For ES256: the point, uncompressed.
    P256(Vec<u8>),
    /// For RS256: modulus and exponent, big-endian.
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl ProviderKeys {
    /// Reads a JWK set (RFC 7517). Keys of other kinds, and for other uses than signing, are passed over.
    ///
    /// # Errors
    /// When no key is left.
    pub fn read(jwks: &Value) -> Result<Self, String> {
        let all = jwks.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let keys: Vec<Key> = all.iter().filter_map(Key::read).collect();
        if keys.is_empty() {
            return Err("the provider shows no key for RS256 or ES256".to_owned());
        }
        Ok(Self(keys))
    }

    /// Whether one of the keys made this signature: the named one, or any if none is named.
    pub(super) fn verify(&self, id: Option<&str>, algorithm: &str, message: &[u8], signature: &[u8]) -> bool {
        let meant = self.0.iter().filter(|key| id.is_none() || key.id.as_deref() == id);
        meant.into_iter().any(|key| match (&key.material, algorithm) {
            (Material::P256(point), "ES256") => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
            (Material::Rsa { n, e }, "RS256") => {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
            }
            _ => false,
        })
    }
}

impl Key {
    fn read(key: &Value) -> Option<Self> {
        let text = |member: &str| key.get(member).and_then(Value::as_str);
        let bytes = |member: &str| BASE64URL_NOPAD.decode(text(member)?.as_bytes()).ok();
        if text("use").is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let material = match (text("kty")?, text("crv")) {
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes("x")?, bytes("y")?);
                (x.len() == 32 && y.len() == 32)
                    .then(|| Material::P256([&[4], x.as_slice(), y.as_slice()].concat()))?
            }
            ("RSA", _) => Material::Rsa { n: bytes("n")?, e: bytes("e")? },
            _ => return None,
        };
        Some(Self { id: text("kid").map(str::to_owned), material })
    }
}
