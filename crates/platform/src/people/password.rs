use std::sync::{Mutex, PoisonError};

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::PeopleError;
use crate::entropy::Entropy;

/// The hash of a password nobody has, in the same parameters as real ones: checked when there is none to check, so
/// that an unknown login takes as long as a known one.
pub(super) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$cHJhY3RpY3VtLW5vYm9keQ$/uAY0h/2oM6NYUjY8iFmO6tGoFs2DTNOg3NYQwdHkQ0";

/// Hashes and checks passwords, one at a time: each takes 19 MiB and some 20 ms (the argon2id parameters OWASP
/// recommends), and a rush of sign-ins must not take all memory.
#[derive(Debug, Default)]
pub(crate) struct Passwords {
    turn: Mutex<()>,
}

impl Passwords {
    /// The PHC string to store for `password`.
    pub(crate) fn hash(&self, password: &str, entropy: &dyn Entropy) -> Result<String, PeopleError> {
        check(password)?;
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        Ok(hash.expect("the default parameters take any password of legal length").to_string())
    }

    /// The PHC string for a secret that nobody chose: a hundred random bits, which no guessing finds. What makes guessing
    /// slow would only make whoever is played slow, so the parameters are the least that argon2 takes.
    pub(crate) fn hash_drawn(secret: &str, entropy: &dyn Entropy) -> Result<String, PeopleError> {
        check(secret)?;
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        let least = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None);
        let least = least.expect("the least parameters are parameters");
        let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, least)
            .hash_password_with_salt(secret.as_bytes(), &salt);
        Ok(hash.expect("the least parameters take any password of legal length").to_string())
    }

    /// Whether `password` belongs to the stored PHC string; never, if there is none.
    pub(crate) fn matches(&self, password: &str, stored: Option<&str>) -> bool {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let verdict = Argon2::default().verify_password(password.as_bytes(), stored.unwrap_or(NOBODY));
        stored.is_some() && verdict.is_ok()
    }
}

fn check(password: &str) -> Result<(), PeopleError> {
    let rule = match password.chars().count() {
        0..10 => "needs at least 10 characters; a few words are fine",
        10..=200 => return Ok(()),
        _ => "may have at most 200 characters",
    };
    Err(PeopleError::Invalid { field: "password", rule })
}
