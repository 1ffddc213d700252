//! Keys that sign with ES384 (RFC 7518, 3.4), and JWTs made with them (RFC 7515).

use data_encoding::{BASE64, BASE64URL_NOPAD};
use ring::rand::SecureRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A private key, with the name its public half is found by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SigningKey {
    /// Its name, `kid`.
    pub id: String,
    /// The key pair as PKCS #8, in base64.
    pkcs8: String,
}

/// A key could not be made, read or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a signing key could not be {0}")]
pub struct KeyError(&'static str);

impl SigningKey {
    /// A new key. `ring` takes no other chance than its own kinds; outside tests of its own that is the system's.
    ///
    /// # Errors
    /// When chance gives nothing.
    pub fn make(id: &str, random: &dyn SecureRandom) -> Result<Self, KeyError> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, random);
        let made = made.map_err(|_| KeyError("made"))?;
        Ok(Self { id: id.to_owned(), pkcs8: BASE64.encode(made.as_ref()) })
    }

    fn pair(&self, random: &dyn SecureRandom) -> Result<EcdsaKeyPair, KeyError> {
        let bytes = BASE64.decode(self.pkcs8.as_bytes()).map_err(|_| KeyError("read"))?;
        EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &bytes, random)
            .map_err(|_| KeyError("read"))
    }

    /// A JWT of these claims, signed.
    ///
    /// # Errors
    /// When what was kept is no key.
    pub fn sign(&self, claims: &Value, random: &dyn SecureRandom) -> Result<String, KeyError> {
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let header = json!({"alg": "ES384", "kid": self.id, "typ": "JWT"});
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = self.pair(random)?.sign(random, signed.as_bytes()).map_err(|_| KeyError("used"))?;
        Ok(format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref())))
    }

    /// Its public half as a JWK (RFC 7517).
    ///
    /// # Errors
    /// When what was kept is no key.
    pub fn public(&self, random: &dyn SecureRandom) -> Result<Value, KeyError> {
        let pair = self.pair(random)?;
        // An uncompressed point: a mark, then two coordinates of 48 bytes.
        let (x, y) = pair.public_key().as_ref()[1..].split_at(48);
        let [x, y] = [x, y].map(|coordinate| BASE64URL_NOPAD.encode(coordinate));
        Ok(json!({"kty": "EC", "crv": "P-384", "use": "sig", "alg": "ES384", "kid": self.id, "x": x, "y": y}))
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;
    use crate::assertion::{Keys, check};

    #[test]
    fn what_is_signed_is_believed_by_the_public_half() {
        let random = SystemRandom::new();
        let key = SigningKey::make("one", &random).expect("a key");
        let keys = Keys::read(&json!({"keys": [key.public(&random).expect("a half")]})).expect("it is sound");
        let claims = json!({"iss": "app", "sub": "app", "aud": "here", "exp": 100, "jti": "1"});
        let token = key.sign(&claims, &random).expect("it signs");
        assert!(check(&token, "app", &keys, "here", 0).is_ok());
        let other = SigningKey::make("one", &random).expect("a key");
        let forged = other.sign(&claims, &random).expect("it signs");
        assert!(check(&forged, "app", &keys, "here", 0).is_err());
    }
}
