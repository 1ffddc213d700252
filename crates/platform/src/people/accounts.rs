use store::records::{Person, PersonId, Role};

use super::{People, PeopleError};
use crate::ids::new_id;

/// No login is longer; what is longer is not worth remembering, even as a failed try.
pub(super) const LOGIN_CHARS_MAX: usize = 64;

/// How the logins of people begin in whose names the platform itself acts. Nobody can sign in as one of them, and they
/// stand in no list.
pub(crate) const STAND_IN_PREFIX: &str = "practicum.";

/// What is needed to make an account.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// 2 to 64 ASCII letters, digits and `. _ - @ +`.
    pub login: &'a str,
    /// What the person is called, 1 to 100 characters.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
    /// At least 10 characters; without one, only links and tokens lead in.
    pub password: Option<&'a str>,
}

impl People {
    /// Makes an account.
    ///
    /// # Errors
    /// [`PeopleError::Invalid`] if a field breaks its rule, [`PeopleError::Store`] with a conflict if the login is
    /// taken.
    pub fn add(&self, new: NewPerson<'_>) -> Result<Person, PeopleError> {
        check_account(new.login, new.name)?;
        self.create(new)
    }

    /// Makes an account, one of the platform's own included.
    pub(crate) fn create(&self, new: NewPerson<'_>) -> Result<Person, PeopleError> {
        let name = new.name.trim();
        check_login(new.login)?;
        check_name(name)?;
        let hash = new.password.map(|password| self.passwords.hash(password, &*self.entropy)).transpose()?;
        let person = Person {
            id: PersonId(new_id(&*self.entropy)),
            login: new.login.to_owned(),
            name: name.to_owned(),
            role: new.role,
            created_us: self.clock.now_us(),
        };
        self.records.person_add(&person, hash.as_deref())?;
        Ok(person)
    }

    /// Gives a person a new password and signs them out everywhere.
    ///
    /// # Errors
    /// [`PeopleError::Invalid`] if it is too short or too long.
    pub fn set_password(&self, person: &PersonId, password: &str) -> Result<(), PeopleError> {
        let hash = self.passwords.hash(password, &*self.entropy)?;
        self.records.person_set_password(person, Some(&hash))?;
        self.records.session_remove_of(person)?;
        self.known.forget();
        Ok(())
    }

    /// Forgets who has shown which secret a moment ago: somebody's ways in were taken away.
    pub(crate) fn forget(&self) {
        self.known.forget();
    }

    /// The person with this id.
    pub fn get(&self, id: &PersonId) -> Result<Option<Person>, PeopleError> {
        Ok(self.records.person(id)?)
    }

    /// Everyone, by name.
    pub fn list(&self) -> Result<Vec<Person>, PeopleError> {
        let mut everyone = self.records.person_list()?;
        everyone.retain(|person| !person.login.starts_with(STAND_IN_PREFIX));
        Ok(everyone)
    }
}

/// Whether an account can have this login and name.
pub(crate) fn check_account(login: &str, name: &str) -> Result<(), PeopleError> {
    if login.to_ascii_lowercase().starts_with(STAND_IN_PREFIX) {
        return Err(PeopleError::Invalid { field: "login", rule: "must not begin with \"practicum.\"" });
    }
    check_login(login)?;
    check_name(name.trim())
}

fn check_login(login: &str) -> Result<(), PeopleError> {
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"._-@+".contains(&c);
    if (2..=LOGIN_CHARS_MAX).contains(&login.len()) && login.bytes().all(plain) {
        return Ok(());
    }
    let rule = "must be 2 to 64 characters: letters a to z, digits and . _ - @ +";
    Err(PeopleError::Invalid { field: "login", rule })
}

fn check_name(name: &str) -> Result<(), PeopleError> {
    if (1..=100).contains(&name.chars().count()) && !name.contains(char::is_control) {
        return Ok(());
    }
    Err(PeopleError::Invalid { field: "name", rule: "must be 1 to 100 characters on one line" })
}
