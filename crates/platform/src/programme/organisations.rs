use store::records::{Affiliation, Belonging, Organisation, OrganisationKind, Person, Role};

use super::ProgrammeError;
use crate::ids::new_id;
use crate::people::NewPerson;
use crate::platform::Platform;

/// An organisation to be added.
#[derive(Debug, Clone)]
pub struct NewOrganisation<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub kind: OrganisationKind,
    /// The host that a site belongs to.
    pub parent: Option<&'a str>,
}

/// Somebody from outside the class who gets an account.
#[derive(Debug, Clone)]
pub struct NewAssociate<'a> {
    /// What they sign in with.
    pub login: &'a str,
    /// What they are called.
    pub name: &'a str,
    /// Where they belong; a mentor may belong nowhere.
    pub at: Option<(&'a str, Belonging)>,
}

/// Lets only who teaches go on.
pub(super) fn check_teaches(person: &Person) -> Result<(), ProgrammeError> {
    if person.role == Role::Instructor { Ok(()) } else { Err(ProgrammeError::NotInstructor) }
}

/// A name that fits on a line.
pub(super) fn name_of(field: &'static str, text: &str) -> Result<String, ProgrammeError> {
    let name = text.trim();
    if (1..=120).contains(&name.chars().count()) && !name.contains(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(ProgrammeError::invalid(field, "give it a name of 1 to 120 characters on one line"))
}

impl Platform {
    /// All organisations, by name; everybody may know them.
    ///
    /// # Errors
    /// From the store.
    pub fn organisations(&self) -> Result<Vec<Organisation>, ProgrammeError> {
        Ok(self.records.organisation_list()?)
    }

    /// Who belongs to which organisation.
    ///
    /// # Errors
    /// [`ProgrammeError::NotInstructor`] for everybody but instructors.
    pub fn affiliations(&self, instructor: &Person) -> Result<Vec<Affiliation>, ProgrammeError> {
        check_teaches(instructor)?;
        Ok(self.records.affiliation_list()?)
    }

    /// Adds an organisation.
    ///
    /// # Errors
    /// [`ProgrammeError::Invalid`] for a site without a host, or a host that is none.
    pub fn add_organisation(
        &self,
        instructor: &Person,
        new: &NewOrganisation<'_>,
    ) -> Result<Organisation, ProgrammeError> {
        check_teaches(instructor)?;
        let parent = new.parent.filter(|parent| !parent.is_empty());
        let host = parent.map(|parent| self.records.organisation(parent)).transpose()?.flatten();
        let is_host = host.is_some_and(|host| host.kind == OrganisationKind::Host);
        if (new.kind == OrganisationKind::Site) != is_host {
            let what = "a site belongs to a host, and nothing else belongs to one; choose the host of a site";
            return Err(ProgrammeError::invalid("parent", what));
        }
        let made = Organisation {
            id: new_id(&*self.entropy),
            name: name_of("name", new.name)?,
            kind: new.kind,
            parent: parent.map(str::to_owned),
            sourced_id: None,
            created_us: self.clock.now_us(),
        };
        self.records.organisation_add(&made)?;
        Ok(made)
    }

    /// Makes an account for somebody from outside the class: a mentor, or somebody of a host.
    ///
    /// # Errors
    /// [`ProgrammeError::People`] if the login is taken or does not fit.
    pub fn add_associate(
        &self,
        instructor: &Person,
        new: &NewAssociate<'_>,
    ) -> Result<Person, ProgrammeError> {
        check_teaches(instructor)?;
        if let Some((organisation, _)) = new.at {
            self.organisation_here(organisation)?;
        }
        let person = self.people.add(NewPerson {
            login: new.login,
            name: new.name,
            role: Role::Associate,
            password: None,
        })?;
        if let Some((organisation, part)) = new.at {
            self.records.affiliation_add(organisation, &person.id, part)?;
        }
        Ok(person)
    }

    pub(crate) fn organisation_here(&self, id: &str) -> Result<Organisation, ProgrammeError> {
        self.records.organisation(id)?.ok_or_else(|| ProgrammeError::missing("organisation", id))
    }
}
