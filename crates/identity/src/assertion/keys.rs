use data_encoding::BASE64URL_NOPAD;
use ring::signature::{
    ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA384, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

/// Keys of one client at most.
const KEYS_MAX: usize = 10;
/// What a key is told that should have stayed where it was made.
const IS_PRIVATE: &str =
    "is a private key; whoever saw it can act as you now: make another, and send its public half";

/// A client's public keys.
#[derive(Debug)]
pub struct Keys(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: String,
    material: Material,
}

#[derive(Debug)]
enum Material {
    /// For ES384: the point, uncompressed.
    P384(Vec<u8>),
    /// For RS384: modulus and exponent, big-endian.
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl Keys {
    /// Reads a JWK set (RFC 7517): EC keys on P-384 for ES384, RSA keys of 2048 bits and more for RS384, each with a `kid`.
    ///
    /// # Errors
    /// What is wrong, and with which key.
    pub fn read(jwks: &Value) -> Result<Self, String> {
        let read = listed(jwks)?
            .iter()
            .enumerate()
            .map(|(at, key)| Key::read(key).map_err(|what| format!("jwks.keys[{at}] {what}")));
        let keys = read.collect::<Result<Vec<Key>, String>>()?;
        let twice = (1..keys.len()).find(|at| keys[..*at].iter().any(|before| before.id == keys[*at].id));
        match twice {
            Some(at) => Err(format!("jwks.keys[{at}] has the kid of one before it")),
            None => Ok(Self(keys)),
        }
    }

    /// Reads a JWK set that a client shows to everybody: keys that are not for us are passed over (RFC 7517, 5).
    ///
    /// # Errors
    /// When no key is left, or a private one stands among them.
    pub fn of_others(jwks: &Value) -> Result<Self, String> {
        let keys = listed(jwks)?;
        if let Some(at) = keys.iter().position(is_private) {
            return Err(format!("jwks.keys[{at}] {IS_PRIVATE}"));
        }
        let keys: Vec<Key> = keys.iter().filter_map(|key| Key::read(key).ok()).collect();
        if keys.is_empty() {
            return Err(
                "jwks has no key that can be used: EC on P-384 (ES384) or RSA (RS384), with a kid".to_owned()
            );
        }
        Ok(Self(keys))
    }

    /// Whether a key of this id is among them.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|key| key.id == id)
    }

    /// Whether the key `id` made this signature with this algorithm. A key is good for one algorithm alone.
    #[must_use]
    pub fn verify(&self, id: &str, algorithm: &str, message: &[u8], signature: &[u8]) -> bool {
        self.0.iter().filter(|key| key.id == id).any(|key| match (&key.material, algorithm) {
            (Material::P384(point), "ES384") => {
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point).verify(message, signature).is_ok()
            }
            (Material::Rsa { n, e }, "RS384") => {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(&RSA_PKCS1_2048_8192_SHA384, message, signature).is_ok()
            }
            _ => false,
        })
    }
}

fn listed(jwks: &Value) -> Result<&[Value], String> {
    let keys = jwks.get("keys").and_then(Value::as_array).ok_or("jwks must have a list of keys")?;
    match keys.len() {
        1..=KEYS_MAX => Ok(keys),
        _ => Err(format!("jwks must have 1 to {KEYS_MAX} keys")),
    }
}

fn is_private(key: &Value) -> bool {
    let is_shared = key.get("kty").and_then(Value::as_str) == Some("oct");
    !is_shared && ["d", "p", "q", "k"].iter().any(|member| key.get(member).is_some())
}

impl Key {
    fn read(key: &Value) -> Result<Self, String> {
        let text = |member: &str| key.get(member).and_then(Value::as_str);
        let bytes = |member: &str| {
            let found = text(member).and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
            found.ok_or_else(|| format!("has no base64url '{member}'"))
        };
        if is_private(key) {
            return Err(IS_PRIVATE.to_owned());
        }
        let id = text("kid").filter(|id| !id.is_empty()).ok_or("has no 'kid' to be named by")?.to_owned();
        let material = match (text("kty"), text("crv")) {
            (Some("EC"), Some("P-384")) => {
                let (x, y) = (bytes("x")?, bytes("y")?);
                if x.len() != 48 || y.len() != 48 {
                    return Err("has coordinates that are not 48 bytes long".to_owned());
                }
                Material::P384([&[4], x.as_slice(), y.as_slice()].concat())
            }
            (Some("RSA"), _) => {
                let (n, e) = (bytes("n")?, bytes("e")?);
                if n.len() < 256 {
                    return Err("is an RSA key of less than 2048 bits".to_owned());
                }
                Material::Rsa { n, e }
            }
            (kty, crv) => {
                let found = crv.or(kty).unwrap_or("nothing");
                return Err(format!(
                    "has kty or crv {found}; EC on P-384 (ES384) and RSA (RS384) are offered"
                ));
            }
        };
        Ok(Self { id, material })
    }
}
