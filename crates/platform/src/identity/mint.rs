use identity::grant::Grant;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use store::sandbox::Change;

use super::keep::{Kind, all, event, forget, hashed, keep};
use crate::access::{Access, outcome};
use crate::entropy::Entropy;
use crate::people::secret::new_secret;
use crate::platform::Platform;

/// How every access token begins, so that a leaked one can be told from other text.
pub const ACCESS_PREFIX: &str = "pat_";

/// An access token as it is kept, under its hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct AccessToken {
    pub(super) grant: Grant,
    /// The family it belongs to: with the family's end, it ends.
    pub(super) family: Option<String>,
    pub(super) issued_us: i64,
    pub(super) expires_us: i64,
}

impl Platform {
    /// Makes an access token for `grant` that is good for `life_s` seconds, without anybody asking at the token endpoint: for
    /// the hospital itself, when it hands a service the means to read, as CDS Hooks does with `fhirAuthorization`.
    ///
    /// `access` says who causes it, in which sandbox. The grant names the client (its id, registered or not: it only stands
    /// in the journal), the scopes, and the patient and encounter in context:
    ///
    /// ```ignore
    /// let scopes = Scopes::read("patient/Patient.rs patient/Observation.rs").0;
    /// let grant = Grant { client: "my-service".into(), subject: None, scopes, patient: Some(id), encounter: None };
    /// let token = platform.mint_token(&access, grant, 300)?;
    /// ```
    ///
    /// The token is sent as `Authorization: Bearer`, and opens the sandbox's FHIR server no further than its scopes.
    ///
    /// # Errors
    /// When the store fails.
    pub fn mint_token(&self, access: &Access, grant: Grant, life_s: u32) -> Result<String, StoreError> {
        access.change("auth.token", |change| {
            let detail = json!({
                "client": grant.client, "scope": grant.scopes, "patient": grant.patient, "grant_type": "minted"
            });
            change.note(&event(access, "auth.token", outcome::OK, detail))?;
            sweep(access, change, &grant.client)?;
            issue(&*self.entropy, access, change, grant, None, life_s)
        })
    }
}

/// Removes what was minted for a client and is good no more: nobody else comes by to do it.
fn sweep(access: &Access, change: &Change<'_>, client: &str) -> Result<(), StoreError> {
    for (key, token) in all::<AccessToken>(change.view(), Kind::Access)? {
        let is_over = token.family.is_none() && token.expires_us <= access.wall_us();
        if is_over && token.grant.client == client {
            forget(change, Kind::Access, &key)?;
        }
    }
    Ok(())
}

/// Makes an access token inside a change.
pub(super) fn issue(
    entropy: &dyn Entropy,
    access: &Access,
    change: &Change<'_>,
    grant: Grant,
    family: Option<String>,
    life_s: u32,
) -> Result<String, StoreError> {
    let token = format!("{ACCESS_PREFIX}{}", new_secret(entropy));
    let issued_us = access.wall_us();
    let expires_us = issued_us + i64::from(life_s) * 1_000_000;
    keep(
        change,
        access,
        Kind::Access,
        &hashed(&token),
        &AccessToken { grant, family, issued_us, expires_us },
    )?;
    Ok(token)
}
