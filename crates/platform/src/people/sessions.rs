use store::records::{Person, Session};

use super::secret::{hash_of, new_secret, random};
use super::{CsrfToken, People, PeopleError, SignedIn};

/// How long a browser stays signed in, in seconds: a week.
pub const SESSION_SECONDS: u32 = 7 * 24 * 60 * 60;

impl People {
    /// Who held this session cookie a moment ago, from memory alone: `None` says nothing about the cookie.
    pub fn recall_session(&self, cookie: &str) -> Option<(Person, CsrfToken)> {
        let (person, csrf) = self.known.get(&hash_of(cookie), self.clock.now_us())?;
        Some((person, csrf?))
    }

    /// Who holds this session cookie, and the token their forms must carry; `None` if it is unknown or expired.
    pub fn session(&self, cookie: &str) -> Result<Option<(Person, CsrfToken)>, PeopleError> {
        let (hash, now_us) = (hash_of(cookie), self.clock.now_us());
        let Some((person, session)) = self.records.session(&hash, now_us)? else { return Ok(None) };
        let csrf = CsrfToken::of(&session.csrf_secret);
        self.known.remember(hash, (person.clone(), Some(csrf.clone())), now_us);
        Ok(Some((person, csrf)))
    }

    /// Ends the session of this cookie.
    pub fn sign_out(&self, cookie: &str) -> Result<(), PeopleError> {
        self.records.session_remove(&hash_of(cookie))?;
        self.known.forget();
        Ok(())
    }

    /// Begins a session, and clears away those that have expired.
    pub(super) fn begin_session(&self, person: Person) -> Result<SignedIn, PeopleError> {
        let now_us = self.clock.now_us();
        self.records.session_sweep(now_us)?;
        let cookie = new_secret(&*self.entropy);
        let session = Session {
            hash: hash_of(&cookie),
            person: person.id.clone(),
            csrf_secret: random(&*self.entropy),
            created_us: now_us,
            expires_us: now_us + i64::from(SESSION_SECONDS) * 1_000_000,
        };
        self.records.session_add(&session)?;
        tracing::info!(person.id = %person.id, "signed in");
        Ok(SignedIn { person, cookie, csrf: CsrfToken::of(&session.csrf_secret) })
    }
}
