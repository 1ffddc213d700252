//! Credentials of the second hospital's staff: signed by this house, and revoked in a list that anybody may fetch.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use standards::fhir::instant;
use store::StoreError;
use store::journal::Filter;

use super::serve::ExchangeError;
use crate::access::{Access, outcome};
use crate::platform::Platform;

const ISSUED: &str = "exchange.credential";
const REVOKED: &str = "exchange.revoked";

/// A credential of staff.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StaffCredential {
    /// Its place in the status list.
    pub number: u32,
    /// The signed credential, a JWT (W3C Verifiable Credentials Data Model 2.0).
    pub credential: String,
}

/// Issues a credential to somebody of the second hospital.
///
/// # Errors
/// When the journal or the key cannot be read or written.
pub fn issue(
    platform: &Platform,
    access: &Access,
    house: &str,
    (name, role): (&str, &str),
) -> Result<StaffCredential, ExchangeError> {
    let number = u32::try_from(entries(access, ISSUED)?.len()).unwrap_or(u32::MAX);
    let issuer = platform.issuer()?;
    let list = status_url(access, house);
    let now_us = access.virtual_us();
    let token = issuer.sign(&json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": issuer.name,
        "validFrom": instant::format(now_us),
        "credentialSubject": {"name": name, "jobTitle": role, "sandbox": access.sandbox().id()},
        "credentialStatus": {
            "id": format!("{list}#{number}"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": number.to_string(),
            "statusListCredential": list,
        },
        "iss": issuer.name,
        "nbf": now_us / 1_000_000,
    }));
    let detail = json!({"number": number, "name": name, "role": role});
    access.note(access.event(ISSUED, None, outcome::OK, detail))?;
    Ok(StaffCredential { number, credential: token })
}

/// Revokes a credential for good.
///
/// # Errors
/// [`ExchangeError::NoCredential`].
pub fn revoke(access: &Access, number: u32) -> Result<(), ExchangeError> {
    let is_known = entries(access, ISSUED)?.iter().any(|detail| detail["number"] == number);
    if !is_known {
        return Err(ExchangeError::NoCredential(number));
    }
    Ok(access.note(access.event(REVOKED, None, outcome::OK, json!({"number": number})))?)
}

/// The signed list of revoked credentials (W3C Bitstring Status List 1.0).
///
/// # Errors
/// When the journal or the key cannot be read.
pub fn status_list(platform: &Platform, access: &Access, house: &str) -> Result<String, StoreError> {
    let now_us = access.virtual_us();
    let list = status_url(access, house);
    platform.sign_status_list(&list, &revoked(access)?, &instant::format(now_us), now_us / 1_000_000)
}

/// Whether a credential is this house's, of this hospital, and not revoked.
pub(super) fn is_valid(
    platform: &Platform,
    access: &Access,
    credential: Option<&str>,
) -> Result<bool, StoreError> {
    let Some(claims) = credential.and_then(|token| platform.issuer().ok()?.verified(token)) else {
        return Ok(false);
    };
    let number = claims["credentialStatus"]["statusListIndex"].as_str().and_then(|text| text.parse().ok());
    let is_ours = claims["credentialSubject"]["sandbox"] == access.sandbox().id();
    let revoked = revoked(access)?;
    Ok(is_ours && number.is_some_and(|number: u32| !revoked.contains(&number)))
}

fn revoked(access: &Access) -> Result<Vec<u32>, StoreError> {
    let number = |detail: &Value| detail["number"].as_u64().and_then(|number| u32::try_from(number).ok());
    Ok(entries(access, REVOKED)?.iter().filter_map(number).collect())
}

fn entries(access: &Access, kind: &str) -> Result<Vec<Value>, StoreError> {
    let of_kind = Filter { kinds: vec![kind.to_owned()], ..Filter::default() };
    Ok(access.sandbox().journal(&of_kind)?.into_iter().map(|entry| entry.event.detail).collect())
}

fn status_url(access: &Access, house: &str) -> String {
    format!("{house}/s/{}/exchange/status", access.sandbox().id())
}
