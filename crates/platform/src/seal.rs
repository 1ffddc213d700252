//! Secrets that must be used again, and so cannot be kept as hashes: sealed under a key of the installation.
//!
//! The key is a file of its own beside the records, [`KEY_FILE`], which its owner alone may read. A database file, a
//! snapshot or a backup that gets into wrong hands opens nothing without it.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use data_encoding::BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::entropy::Entropy;
use crate::people::secret::random;

/// The file of the key, in the data folder.
pub(crate) const KEY_FILE: &str = "installation.key";

/// A secret as it is kept: a nonce and what ChaCha20-Poly1305 (RFC 8439) makes of the secret, in base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

/// What seals secrets and opens them.
pub(crate) struct Seal {
    sealing: LessSafeKey,
    deriving: hmac::Key,
}

impl Seal {
    /// The seal of the installation in a data folder, with a new key if it has none.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no key.
    pub(crate) fn of(data: &Path, entropy: &dyn Entropy) -> Result<Self, StoreError> {
        let path = data.join(KEY_FILE);
        let failed = StoreError::io(&path);
        if !path.exists() {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let text = format!("{}\n", BASE64.encode(&random(entropy)));
            let mut file = options.open(&path).map_err(StoreError::io(&path))?;
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(StoreError::io(&path))?;
        }
        let text = fs::read_to_string(&path).map_err(failed)?;
        let bytes = BASE64.decode(text.trim().as_bytes()).unwrap_or_default();
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|_| StoreError::Damaged {
            what: format!("{}: it must hold 32 bytes in base64; put the file back, or remove it and lose what was sealed with it", path.display()),
        })?;
        Ok(Self { sealing: LessSafeKey::new(key), deriving: hmac::Key::new(hmac::HMAC_SHA256, &bytes) })
    }

    /// A key for `about`, which is the same as long as the installation is, and tells nothing of any other.
    pub(crate) fn key_for(&self, about: &str) -> [u8; 32] {
        let tag = hmac::sign(&self.deriving, about.as_bytes());
        let mut key = [0; 32];
        key.copy_from_slice(tag.as_ref());
        key
    }

    /// Seals the secret of the record called `record`; it opens as that of no other.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub(crate) fn seal(&self, record: &str, secret: &[u8]) -> Result<Sealed, StoreError> {
        // Two secrets must not share a nonce, so this chance is never a seeded one, whoever is played.
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| failed(record, "sealed"))?;
        let mut sealed = secret.to_vec();
        let about = Aad::from(record.as_bytes());
        self.sealing
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), about, &mut sealed)
            .map_err(|_| failed(record, "sealed"))?;
        Ok(Sealed(BASE64.encode(&[&nonce[..], &sealed].concat())))
    }

    /// The secret again.
    ///
    /// # Errors
    /// When it was sealed by another installation or for another record, or was changed.
    pub(crate) fn open(&self, record: &str, sealed: &Sealed) -> Result<Vec<u8>, StoreError> {
        let fails =
            || failed(record, "opened; it was sealed with another installation.key, or changed since");
        let bytes = BASE64.decode(sealed.0.as_bytes()).map_err(|_| fails())?;
        let (nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>().ok_or_else(fails)?;
        let mut rest = rest.to_vec();
        let about = Aad::from(record.as_bytes());
        let opened = self.sealing.open_in_place(Nonce::assume_unique_for_key(*nonce), about, &mut rest);
        opened.map(|secret| secret.to_vec()).map_err(|_| fails())
    }
}

fn failed(record: &str, what: &str) -> StoreError {
    StoreError::Damaged { what: format!("the secret of {record} could not be {what}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    #[test]
    fn a_secret_opens_where_it_was_sealed_and_nowhere_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let seal = Seal::of(folder.path(), &SystemEntropy).expect("a seal");
        let sealed = seal.seal("user nora", b"secret").expect("it seals");
        assert_ne!(seal.seal("user nora", b"secret").expect("it seals"), sealed, "no nonce comes twice");
        let again = Seal::of(folder.path(), &SystemEntropy).expect("the same seal");
        assert_eq!(again.open("user nora", &sealed).expect("it opens"), b"secret");
        assert!(again.open("user otto", &sealed).is_err(), "moved to another record");
        let elsewhere = tempfile::tempdir().expect("a folder");
        let other = Seal::of(elsewhere.path(), &SystemEntropy).expect("a seal");
        assert!(other.open("user nora", &sealed).is_err(), "another installation");
        for changed in ["", "AAAA", "not base64", &sealed.0[4..], &sealed.0.replace('A', "B")] {
            let opened = again.open("user nora", &Sealed(changed.to_owned()));
            assert!(changed == sealed.0 || opened.is_err(), "{changed}");
        }
    }

    #[test]
    fn the_key_is_its_owners_alone_and_a_broken_one_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        Seal::of(folder.path(), &SystemEntropy).expect("a seal");
        let path = folder.path().join(KEY_FILE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&path, "short").expect("it can be written");
        let error = Seal::of(folder.path(), &SystemEntropy).err().expect("it is refused");
        assert!(error.to_string().contains(KEY_FILE), "{error}");
    }
}
