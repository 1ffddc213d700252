use identity::signing::{KeyError, SigningKey};
use ring::rand::SystemRandom;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::Change;

use super::keep::{Kind, all, event, forget, keep};
use crate::access::{Access, outcome};
use crate::ids::new_id;
use crate::platform::Platform;
use crate::seal::Sealed;

/// How long a key signs, and how long it can be looked up after that, in seconds.
const SIGNS_S: i64 = 30 * 24 * 60 * 60;
const SHOWN_S: i64 = 24 * 60 * 60;

/// A key that signs ID tokens, as it is kept: its public half for everybody, the whole of it sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptKey {
    public: Value,
    sealed: Sealed,
    made_us: i64,
}

/// The key that signs now.
pub(super) struct Signer(SigningKey);

impl Signer {
    /// A signed JWT of these claims.
    pub(super) fn sign(&self, claims: &Value) -> Result<String, StoreError> {
        self.0.sign(claims, &SystemRandom::new()).map_err(failed)
    }
}

fn record(id: &str) -> String {
    format!("the signing key {id}")
}

fn failed(error: KeyError) -> StoreError {
    StoreError::Damaged { what: format!("the identity provider: {error}") }
}

/// The key that signs now. When it gets old another takes its place; the old one can be looked up for another day. One that was sealed by
/// another installation, as after a move without its key, is treated as old.
pub(super) fn current(change: &mut Change<'_>, access: &Access) -> Result<Signer, StoreError> {
    let now_us = access.wall_us();
    let mut newest: Option<(String, KeptKey)> = None;
    for (id, key) in all::<KeptKey>(change.view(), Kind::Key)? {
        if key.made_us + (SIGNS_S + SHOWN_S) * 1_000_000 <= now_us {
            forget(change, Kind::Key, &id)?;
        } else if newest.as_ref().is_none_or(|(_, newest)| newest.made_us < key.made_us) {
            newest = Some((id, key));
        }
    }
    let in_force = newest.filter(|(_, key)| now_us < key.made_us + SIGNS_S * 1_000_000);
    let opened = in_force.and_then(|(id, key)| {
        let bytes = access.seal().open(&record(&id), &key.sealed);
        let bytes =
            bytes.inspect_err(|error| tracing::warn!(%error, "another key signs from now on")).ok()?;
        serde_json::from_slice(&bytes).ok()
    });
    match opened {
        Some(key) => Ok(Signer(key)),
        None => add(change, access),
    }
}

fn add(change: &mut Change<'_>, access: &Access) -> Result<Signer, StoreError> {
    let id = new_id(&crate::entropy::SystemEntropy);
    let key = SigningKey::make(&id, &SystemRandom::new()).map_err(failed)?;
    let bytes = serde_json::to_vec(&key).map_err(|error| StoreError::Damaged { what: error.to_string() })?;
    let kept = KeptKey {
        public: key.public(&SystemRandom::new()).map_err(failed)?,
        sealed: access.seal().seal(&record(&id), &bytes)?,
        made_us: access.wall_us(),
    };
    keep(change, access, Kind::Key, &id, &kept)?;
    change.note(&event(access, "auth.key", outcome::OK, json!({"kid": id})))?;
    Ok(Signer(key))
}

impl Platform {
    /// The public keys as a JWK set (RFC 7517).
    pub fn jwks(&self, access: &Access) -> Result<Value, StoreError> {
        let keys = access.change("auth.key", |change| {
            current(change, access)?;
            all::<KeptKey>(change.view(), Kind::Key)
        })?;
        let keys: Vec<Value> = keys.into_iter().map(|(_, kept)| kept.public).collect();
        Ok(json!({"keys": keys}))
    }

    /// A JWT by which the hospital shows a server that it is the hospital that calls: signed with the key that [`Self::jwks`]
    /// shows, for `audience` alone, good for `life_s` seconds (CDS Hooks 2.0, Trusting CDS Clients).
    pub(crate) fn vouch(
        &self,
        access: &Access,
        issuer: &str,
        audience: &str,
        life_s: i64,
    ) -> Result<String, StoreError> {
        let now_s = access.wall_us() / 1_000_000;
        let claims = json!({
            "iss": issuer, "aud": audience, "iat": now_s, "exp": now_s + life_s, "jti": new_id(&*self.entropy),
        });
        access.change("auth.key", |change| current(change, access))?.sign(&claims)
    }

    /// Puts a new signing key in force. The ones before can be looked up until they are too old.
    pub fn rotate_key(&self, access: &Access) -> Result<(), StoreError> {
        access.change("auth.key", |change| add(change, access).map(|_| ()))
    }

    /// A way to the identity provider of a sandbox for somebody who has not shown who they are; `None` if there is no such
    /// sandbox.
    ///
    /// # Errors
    /// When the store fails.
    pub fn at_the_gate(&self, sandbox: &str) -> Result<Option<Access>, StoreError> {
        if self.owner_of(sandbox)?.is_none() {
            return Ok(None);
        }
        self.access(sandbox, "somebody", "network").map(Some)
    }
}
