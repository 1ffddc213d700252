use store::records::{Person, PersonId, Token};

use super::secret::{hash_of, new_secret};
use super::{People, PeopleError};

/// How every bearer token begins, so that people and secret scanners know one when they see it.
pub const TOKEN_PREFIX: &str = "prc_";

impl People {
    /// Makes a bearer token for a person's programs and returns it; it is shown this once. `valid_s` is its life in
    /// seconds, endless if `None`.
    ///
    /// # Errors
    /// [`PeopleError::Invalid`] if the label is empty or longer than 60 characters.
    pub fn add_token(
        &self,
        person: &PersonId,
        label: &str,
        valid_s: Option<u32>,
    ) -> Result<String, PeopleError> {
        let label = label.trim();
        if !(1..=60).contains(&label.chars().count()) {
            return Err(PeopleError::Invalid { field: "label", rule: "must be 1 to 60 characters" });
        }
        let secret = format!("{TOKEN_PREFIX}{}", new_secret(&*self.entropy));
        let created_us = self.clock.now_us();
        self.records.token_add(&Token {
            hash: hash_of(&secret),
            person: person.clone(),
            label: label.to_owned(),
            created_us,
            expires_us: valid_s.map(|valid_s| created_us + i64::from(valid_s) * 1_000_000),
        })?;
        Ok(secret)
    }

    /// Who held this bearer token a moment ago, from memory alone: `None` says nothing about the token.
    pub fn recall_token(&self, bearer: &str) -> Option<Person> {
        self.known.get(&hash_of(bearer), self.clock.now_us()).map(|(person, _)| person)
    }

    /// Who holds this bearer token; `None` if it is unknown, expired or withdrawn.
    pub fn token(&self, bearer: &str) -> Result<Option<Person>, PeopleError> {
        if !bearer.starts_with(TOKEN_PREFIX) {
            return Ok(None);
        }
        let (hash, now_us) = (hash_of(bearer), self.clock.now_us());
        let found = self.records.token_person(&hash, now_us)?;
        if let Some(person) = &found {
            self.known.remember(hash, (person.clone(), None), now_us);
        }
        Ok(found)
    }

    /// A person's tokens, oldest first: labels and dates, never the tokens themselves.
    pub fn list_tokens(&self, person: &PersonId) -> Result<Vec<Token>, PeopleError> {
        Ok(self.records.token_list(person)?)
    }

    /// Withdraws a person's tokens of this label, and tells how many there were.
    pub fn remove_tokens(&self, person: &PersonId, label: &str) -> Result<usize, PeopleError> {
        let removed = self.records.token_remove(person, label)?;
        self.known.forget();
        Ok(removed)
    }
}
