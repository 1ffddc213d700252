use data_encoding::HEXLOWER;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use store::StoreError;
use store::sandbox::Sandbox;

use super::keep::{Vault, VaultError};
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// What a value was committed to as.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Commitment {
    /// The name of the salt.
    pub name: String,
    /// SHA-256 of salt and value, as 0x and 64 digits.
    pub commitment: String,
}

/// The names that a vault holds salts for.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Named {
    /// The names, sorted. What they hide is nobody's to read.
    pub names: Vec<String>,
}

/// Which names there are.
///
/// # Errors
/// When the vault cannot be read.
pub fn names(access: &Access) -> Result<Named, VaultError> {
    Ok(Named { names: Vault::of(access.sandbox())?.names().cloned().collect() })
}

/// Commits to a value under a name. The value is not kept.
///
/// A name that is new gets a salt, drawn at random; one that is known keeps its own, so that the same value has the same
/// commitment.
///
/// # Errors
/// [`VaultError::Name`], [`VaultError::Full`].
pub fn commit(
    platform: &Platform,
    access: &Access,
    name: &str,
    value: &str,
) -> Result<Commitment, VaultError> {
    let mut vault = Vault::of(access.sandbox())?;
    let mut salt = [0; 32];
    platform.entropy().fill(&mut salt);
    vault.add(name, salt)?;
    vault.save(access.sandbox())?;
    access.note(access.event("vault.commit", None, outcome::OK, json!({"name": name})))?;
    let commitment = vault.open(name, value).ok_or_else(|| VaultError::NoName(name.to_owned()))?;
    Ok(Commitment { name: name.to_owned(), commitment: format!("0x{}", HEXLOWER.encode(&commitment)) })
}

/// Destroys the salt of a name. Nobody has a copy.
///
/// # Errors
/// [`VaultError::NoName`].
pub fn destroy(access: &Access, name: &str) -> Result<(), VaultError> {
    let mut vault = Vault::of(access.sandbox())?;
    vault.destroy(name)?;
    vault.save(access.sandbox())?;
    Ok(access.note(access.event("vault.destroy", None, outcome::OK, json!({"name": name})))?)
}

/// Empties the vault of a hospital that begins anew.
pub(crate) fn empty(sandbox: &Sandbox) -> Result<(), StoreError> {
    if Vault::of(sandbox)?.names().next().is_some() {
        Vault::default().save(sandbox)?;
    }
    Ok(())
}
