use std::fmt;

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::signed::NoteFault;

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Notes as they are (signed-note, type 0x01): the operator of a log.
    Log,
    /// Notes with the time at which they were seen (tlog-cosignature, type 0x04): a witness.
    Witness,
}

impl Role {
    fn code(self) -> u8 {
        match self {
            Self::Log => 1,
            Self::Witness => 4,
        }
    }

    fn of(code: u8) -> Option<Self> {
        [Self::Log, Self::Witness].into_iter().find(|role| role.code() == code)
    }
}

/// A named key that signs.
#[derive(Clone)]
pub struct SecretKey {
    key: SigningKey,
    public: PublicKey,
}

impl SecretKey {
    /// The key of `name` that comes from `seed`, which nobody must be able to guess.
    pub fn from_seed(name: &str, role: Role, seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let public = PublicKey { name: name.to_owned(), role, key: key.verifying_key() };
        Self { key, public }
    }

    /// The half of it that everyone may have.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

/// A named key that checks signatures. Written as `name+hash+key`, the form in which keys of notes are passed around.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    role: Role,
    key: VerifyingKey,
}

impl PublicKey {
    /// Who signs with it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The first four bytes of the hash of name and key, by which a signature says whose it is.
    pub fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update(b"\n")
            .chain_update([self.role.code()])
            .chain_update(self.key.as_bytes())
            .finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// Reads `name+hash+key`.
    ///
    /// # Errors
    /// What does not fit.
    pub fn parse(text: &str) -> Result<Self, NoteFault> {
        let bad = || NoteFault::Key(text.chars().take(80).collect());
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(bad());
        };
        let key = BASE64.decode(key.as_bytes()).map_err(|_| bad())?;
        let (code, key) = key.split_first().ok_or_else(bad)?;
        let role = Role::of(*code).ok_or_else(bad)?;
        let key = key.try_into().ok().and_then(|key| VerifyingKey::from_bytes(key).ok()).ok_or_else(bad)?;
        let public = Self { name: name.to_owned(), role, key };
        let fits = good_name(name) && HEXLOWER.encode(&public.id()) == id;
        if fits { Ok(public) } else { Err(bad()) }
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![self.role.code()];
        key.extend(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, HEXLOWER.encode(&self.id()), BASE64.encode(&key))
    }
}

/// Names of keys have no white space and no plus sign.
pub(super) fn good_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+')
}
