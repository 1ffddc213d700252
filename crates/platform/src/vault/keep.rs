use std::collections::BTreeMap;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};
use store::StoreError;
use store::sandbox::{Sandbox, VAULT};

/// Names of a vault at most.
const NAMES_MAX: usize = 1000;
/// Characters of a name at most.
const NAME_CHARS_MAX: usize = 100;

/// Why a vault did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no such name.
    #[error("the vault holds nothing called \"{0}\": either it never did, or it was destroyed")]
    NoName(String),
    /// No name.
    #[error("a name has 1 to 100 letters, digits, dots and hyphens")]
    Name,
    /// No more names fit.
    #[error("the vault holds 1000 names and takes no more; destroy one")]
    Full,
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The salts, by name.
#[derive(Default)]
pub(crate) struct Vault {
    salts: BTreeMap<String, [u8; 32]>,
}

impl Vault {
    /// The vault of a sandbox; an empty one if it has none yet.
    pub(crate) fn of(sandbox: &Sandbox) -> Result<Self, StoreError> {
        let Some(bytes) = sandbox.kept(VAULT)? else { return Ok(Self::default()) };
        let damaged = || StoreError::Damaged { what: format!("the vault of sandbox '{}'", sandbox.id()) };
        let kept: BTreeMap<String, String> = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        let salt = |(name, hex): (String, String)| {
            Some((name, HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?.try_into().ok()?))
        };
        let salts: Option<BTreeMap<_, _>> = kept.into_iter().map(salt).collect();
        Ok(Self { salts: salts.ok_or_else(damaged)? })
    }

    pub(super) fn save(&self, sandbox: &Sandbox) -> Result<(), StoreError> {
        let kept: BTreeMap<&String, String> =
            self.salts.iter().map(|(name, salt)| (name, HEXLOWER.encode(salt))).collect();
        let bytes =
            serde_json::to_vec(&kept).map_err(|_| StoreError::Damaged { what: "a vault".to_owned() })?;
        sandbox.keep(VAULT, &bytes)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.salts.keys()
    }

    /// Puts a salt under a name that has none yet.
    pub(super) fn add(&mut self, name: &str, salt: [u8; 32]) -> Result<(), VaultError> {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        if name.is_empty() || name.len() > NAME_CHARS_MAX || !name.chars().all(fits) {
            return Err(VaultError::Name);
        }
        if !self.salts.contains_key(name) {
            if self.salts.len() >= NAMES_MAX {
                return Err(VaultError::Full);
            }
            self.salts.insert(name.to_owned(), salt);
        }
        Ok(())
    }

    pub(super) fn destroy(&mut self, name: &str) -> Result<(), VaultError> {
        let gone = self.salts.remove(name).map(drop);
        gone.ok_or_else(|| VaultError::NoName(name.to_owned()))
    }

    /// The commitment to a value under a name; none if its salt is not there.
    pub(crate) fn open(&self, name: &str, value: &str) -> Option<[u8; 32]> {
        self.salts.get(name).map(|salt| commitment(salt, value))
    }

    /// The commitments to a value under every name.
    pub(crate) fn every(&self, value: &str) -> Vec<[u8; 32]> {
        self.salts.values().map(|salt| commitment(salt, value)).collect()
    }
}

fn commitment(salt: &[u8; 32], value: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(value).finalize().into()
}
