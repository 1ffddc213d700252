use store::records::{Person, Role};

use super::accounts::NewPerson;
use super::{People, PeopleError};

/// The logins of the demonstration's people: a learner and an instructor.
pub const DEMO_LOGINS: [&str; 2] = ["demo-learner", "demo-instructor"];

/// The label of the demonstration's tokens.
const LABEL: &str = "demonstration";

/// Two people to try everything with, and the secrets that let them in. Fresh at every start: earlier ones stop
/// working.
#[derive(Debug, Clone)]
pub struct Demo {
    /// `demo-learner`, called Demo learner.
    pub learner: Person,
    /// `demo-instructor`, called Demo instructor.
    pub instructor: Person,
    /// Bearer token of the learner.
    pub learner_token: String,
    /// Bearer token of the instructor.
    pub instructor_token: String,
    /// Secret of a link that signs the learner in, again and again.
    pub learner_link: String,
    /// Secret of a link that signs the instructor in, again and again.
    pub instructor_link: String,
}

impl People {
    /// Makes the demonstration's people if they are not there yet, and new secrets for them.
    pub fn demo(&self) -> Result<Demo, PeopleError> {
        let [learner, instructor] = DEMO_LOGINS;
        let learner = self.demo_person(learner, "Demo learner", Role::Learner)?;
        let instructor = self.demo_person(instructor, "Demo instructor", Role::Instructor)?;
        let (learner_token, learner_link) = self.demo_secrets(&learner)?;
        let (instructor_token, instructor_link) = self.demo_secrets(&instructor)?;
        Ok(Demo { learner, instructor, learner_token, instructor_token, learner_link, instructor_link })
    }

    fn demo_person(&self, login: &str, name: &str, role: Role) -> Result<Person, PeopleError> {
        match self.records.person_by_login(login)? {
            Some((person, _)) => Ok(person),
            None => self.add(NewPerson { login, name, role, password: None }),
        }
    }

    fn demo_secrets(&self, person: &Person) -> Result<(String, String), PeopleError> {
        self.records.token_remove(&person.id, LABEL)?;
        self.known.forget();
        self.records.sign_in_link_remove_of(&person.id)?;
        Ok((self.add_token(&person.id, LABEL, None)?, self.add_link(&person.id, true, None)?))
    }
}
