use placements::credentials::{did_key, joined, parts, unsigned};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde_json::Value;
use store::StoreError;

use crate::platform::Platform;

/// The house as an issuer: its key, and the name that is its key.
pub(crate) struct Issuer {
    key: Ed25519KeyPair,
    /// Its DID.
    pub(crate) name: String,
}

impl Issuer {
    /// Signs claims as a JWT.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let text = unsigned(&self.name, claims);
        joined(&text, self.key.sign(text.as_bytes()).as_ref())
    }

    /// The claims of a JWT, if this house signed it and nobody changed it since.
    pub(crate) fn verified(&self, token: &str) -> Option<Value> {
        let (signed, signature, claims) = parts(token)?;
        let key = UnparsedPublicKey::new(&ED25519, self.key.public_key().as_ref());
        key.verify(signed.as_bytes(), &signature).ok()?;
        Some(claims)
    }
}

impl Platform {
    /// The house's key, made once.
    pub(crate) fn issuer(&self) -> Result<Issuer, StoreError> {
        let mut fresh = [0; 32];
        self.entropy.fill(&mut fresh);
        let damaged = || StoreError::Damaged { what: "the key that signs badges".to_owned() };
        let key = Ed25519KeyPair::from_seed_unchecked(&self.records.key("credentials", fresh)?)
            .map_err(|_| damaged())?;
        let public: [u8; 32] = key.public_key().as_ref().try_into().map_err(|_| damaged())?;
        Ok(Issuer { name: did_key(&public), key })
    }
}
