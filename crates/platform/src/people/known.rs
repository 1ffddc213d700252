//! Who has shown which secret a moment ago, so that a busy client does not cost a look-up for each request.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::records::{Person, SecretHash};

use super::CsrfToken;

/// How long a look-up is believed. A secret that runs out may live this much longer; one that is withdrawn does not,
/// because withdrawing forgets everything.
const BELIEVED_US: i64 = 2_000_000;
/// Secrets remembered at a time.
const KNOWN_MAX: usize = 10_000;

/// Someone recognised by a secret, and the form token of their session if it was one.
type Recognised = (Person, Option<CsrfToken>);

/// The secrets that were looked up lately.
#[derive(Default)]
pub(super) struct Known {
    entries: Mutex<HashMap<SecretHash, (Recognised, i64)>>,
}

impl Known {
    /// Who this secret belonged to a moment ago.
    pub(super) fn get(&self, hash: &SecretHash, now_us: i64) -> Option<Recognised> {
        let entries = self.entries();
        let (recognised, until_us) = entries.get(hash)?;
        (now_us < *until_us).then(|| recognised.clone())
    }

    /// Remembers a look-up.
    pub(super) fn remember(&self, hash: SecretHash, recognised: Recognised, now_us: i64) {
        let mut entries = self.entries();
        if entries.len() >= KNOWN_MAX {
            entries.retain(|_, (_, until_us)| now_us < *until_us);
        }
        if entries.len() < KNOWN_MAX {
            entries.insert(hash, (recognised, now_us + BELIEVED_US));
        }
    }

    /// Forgets everything, so that what was withdrawn is refused at once.
    pub(super) fn forget(&self) {
        self.entries().clear();
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<SecretHash, (Recognised, i64)>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
