use store::records::{Person, PersonId, SignInLink};

use super::accounts::LOGIN_CHARS_MAX;
use super::secret::{hash_of, new_secret};
use super::{CsrfToken, People, PeopleError};

/// The result of signing in: what the browser gets and what its forms must carry.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who it is.
    pub person: Person,
    /// Value for the session cookie. Shown once; only its hash is kept.
    pub cookie: String,
    /// Token for the forms of this session.
    pub csrf: CsrfToken,
}

impl People {
    /// Signs in with login and password; `from` names where the request came from, such as an IP address.
    ///
    /// # Errors
    /// [`PeopleError::WrongPassword`] or [`PeopleError::TooMany`].
    pub fn sign_in(&self, login: &str, password: &str, from: &str) -> Result<SignedIn, PeopleError> {
        let login: String = login.chars().take(LOGIN_CHARS_MAX + 1).collect();
        let key = format!("{} {from}", login.to_lowercase());
        self.take_try(&key, from)?;
        let found = self.records.person_by_login(&login)?;
        let stored = found.as_ref().and_then(|(_, hash)| hash.as_deref());
        if !self.passwords.matches(password, stored) {
            tracing::info!(client.address = from, "a sign-in was refused");
            return Err(PeopleError::WrongPassword);
        }
        self.throttles().login_from.forgive(&key);
        match found {
            Some((person, _)) => self.begin_session(person),
            None => Err(PeopleError::WrongPassword),
        }
    }

    /// Signs in with the secret of a link; `from` as in [`People::sign_in`].
    ///
    /// # Errors
    /// [`PeopleError::WrongLink`] or [`PeopleError::TooMany`].
    pub fn sign_in_by_link(&self, secret: &str, from: &str) -> Result<SignedIn, PeopleError> {
        self.throttles()
            .from
            .take(from, self.clock.now_us())
            .map_err(|wait_s| PeopleError::TooMany { wait_s })?;
        let id = self.records.sign_in_link_use(&hash_of(secret), self.clock.now_us())?;
        let id = id.ok_or(PeopleError::WrongLink)?;
        let person = self.records.person(&id)?.ok_or(PeopleError::WrongLink)?;
        self.begin_session(person)
    }

    /// Makes a link that signs `person` in once within `valid_s` seconds, and returns its secret.
    pub fn add_sign_in_link(&self, person: &PersonId, valid_s: u32) -> Result<String, PeopleError> {
        let expires_us = self.clock.now_us() + i64::from(valid_s) * 1_000_000;
        self.add_link(person, false, Some(expires_us))
    }

    pub(super) fn add_link(
        &self,
        person: &PersonId,
        reusable: bool,
        expires_us: Option<i64>,
    ) -> Result<String, PeopleError> {
        let secret = new_secret(&*self.entropy);
        let link = SignInLink { hash: hash_of(&secret), person: person.clone(), reusable, expires_us };
        self.records.sign_in_link_add(&link)?;
        Ok(secret)
    }

    pub(crate) fn take_try(&self, key: &str, from: &str) -> Result<(), PeopleError> {
        let now_us = self.clock.now_us();
        let mut throttles = self.throttles();
        let verdict = throttles.from.take(from, now_us).and_then(|()| throttles.login_from.take(key, now_us));
        verdict.map_err(|wait_s| PeopleError::TooMany { wait_s })
    }
}
