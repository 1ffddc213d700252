use placements::mentors::{Session, calendar};
use standards::fhir::instant;
use store::records::{Person, Workshop};
use workshops::model::Case;
use workshops::run::What;

use super::error::WorkshopError;
use super::table::Table;
use crate::ids::{new_id, new_sandbox_id};
use crate::platform::Platform;

/// People who are invited to one workshop at most.
const INVITED_MAX: usize = 40;

/// A workshop to be arranged.
#[derive(Debug, Clone, Default)]
pub struct NewWorkshop<'a> {
    /// The case.
    pub case: &'a str,
    /// When it begins, in UTC, as `2031-03-04T15:00`; now, if that is empty.
    pub begins: &'a str,
    /// Logins of those who are invited, with spaces, commas or lines between them.
    pub invited: &'a str,
}

impl Platform {
    /// The workshops to which somebody is invited or has come, the latest first.
    ///
    /// # Errors
    /// From the store.
    pub fn workshops_of(&self, person: &Person) -> Result<Vec<Workshop>, WorkshopError> {
        Ok(self.records.workshop_list_of(&person.id)?)
    }

    /// Arranges a workshop. Who does so facilitates it, until they hand the console over.
    ///
    /// # Errors
    /// [`WorkshopError::NoCase`], and [`WorkshopError::Invalid`] for a moment that is none or somebody who is nobody.
    pub fn schedule_workshop(
        &self,
        person: &Person,
        new: &NewWorkshop<'_>,
    ) -> Result<Workshop, WorkshopError> {
        let case = super::shelf::case(new.case);
        let case = case.ok_or_else(|| WorkshopError::NoCase(new.case.chars().take(64).collect()))?;
        let invited = self.invited(new.invited)?;
        let workshop = self.arranged(person, case, new.begins)?;
        self.records.workshop_set(&workshop)?;
        for one in std::iter::once(person).chain(&invited) {
            self.records.workshop_person_add(&workshop.id, &one.id)?;
        }
        let (who, name) = (person.id.to_string(), person.name.clone());
        let mut table = Table::of(self, workshop.clone(), case, None)?;
        let facilitates = What::Facilitates { who: who.clone() };
        table.happen(&who, &[What::Joined { who: who.clone(), name }, facilitates])?;
        Ok(workshop)
    }

    /// Invites more people.
    ///
    /// # Errors
    /// For everybody but who arranged it, and for somebody who is nobody.
    pub fn invite_to_workshop(&self, person: &Person, id: &str, logins: &str) -> Result<(), WorkshopError> {
        let mut workshop = self.own_workshop(person, id)?;
        let invited = self.invited(logins)?;
        if self.records.workshop_people(id)?.len() + invited.len() > INVITED_MAX {
            return Err(WorkshopError::invalid(
                "invited",
                format!("{INVITED_MAX} people are enough for a workshop"),
            ));
        }
        for one in &invited {
            self.records.workshop_person_add(id, &one.id)?;
        }
        self.change_schedule(&mut workshop)
    }

    /// Calls a workshop off that has not begun.
    ///
    /// # Errors
    /// For everybody but who arranged it, and when it has begun.
    pub fn cancel_workshop(&self, person: &Person, id: &str) -> Result<(), WorkshopError> {
        let mut workshop = self.own_workshop(person, id)?;
        if workshop.sandbox.is_some() || workshop.ended_us.is_some() {
            return Err(WorkshopError::invalid("workshop", "it has begun; end it at its console"));
        }
        workshop.cancelled = true;
        self.change_schedule(&mut workshop)
    }

    /// A workshop as an iCalendar file.
    ///
    /// # Errors
    /// For who is not invited.
    pub fn workshop_calendar(&self, person: &Person, id: &str) -> Result<String, WorkshopError> {
        let (workshop, case) = self.workshop_here(person, id)?;
        let roles: Vec<&str> = case.roles.iter().map(|role| role.title.as_str()).collect();
        let session = Session {
            uid: format!("{}@workshops.practicum", workshop.id),
            changed_us: workshop.changed_us,
            revision: workshop.revision,
            cancelled: workshop.cancelled,
            begins_us: workshop.begins_us,
            minutes: workshop.minutes,
            title: format!("Workshop: {}", case.title),
            agenda: vec![
                case.summary.clone(),
                format!("Roles: {}.", roles.join(", ")),
                format!("Code: {}", workshop.code),
            ],
        };
        Ok(calendar(&[session]))
    }

    fn arranged(&self, person: &Person, case: &Case, begins: &str) -> Result<Workshop, WorkshopError> {
        let now_us = self.clock.now_us();
        let begins_us = match begins.trim() {
            "" => Some(now_us),
            text => instant::parse(&format!("{text}:00Z")),
        };
        let begins_us = begins_us.ok_or_else(|| {
            WorkshopError::invalid("begins", "write a moment in UTC, as 2031-03-04T15:00, or nothing for now")
        })?;
        Ok(Workshop {
            id: new_id(&*self.entropy),
            case: case.id.clone(),
            version: case.version.clone(),
            owner: person.id.clone(),
            code: new_sandbox_id(&*self.entropy),
            begins_us,
            minutes: case.minutes(),
            cancelled: false,
            revision: 0,
            changed_us: now_us,
            sandbox: None,
            ended_us: None,
        })
    }

    /// The people of these logins.
    fn invited(&self, logins: &str) -> Result<Vec<Person>, WorkshopError> {
        let logins = logins.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
        let logins: Vec<&str> = logins.filter(|login| !login.is_empty()).collect();
        if logins.len() > INVITED_MAX {
            return Err(WorkshopError::invalid(
                "invited",
                format!("{INVITED_MAX} people are enough for a workshop"),
            ));
        }
        let person = |login: &&str| {
            let found = self.records.person_by_login(login)?.map(|(person, _)| person);
            found.ok_or_else(|| {
                let login: String = login.chars().take(64).collect();
                WorkshopError::invalid("invited", format!("nobody signs in as '{login}'; correct the login"))
            })
        };
        logins.iter().map(person).collect()
    }

    fn own_workshop(&self, person: &Person, id: &str) -> Result<Workshop, WorkshopError> {
        let mine = |workshop: &Workshop| workshop.owner == person.id;
        self.records.workshop(id)?.filter(mine).ok_or_else(|| WorkshopError::NotYours(id.to_owned()))
    }

    fn change_schedule(&self, workshop: &mut Workshop) -> Result<(), WorkshopError> {
        workshop.revision += 1;
        workshop.changed_us = self.clock.now_us();
        Ok(self.records.workshop_set(workshop)?)
    }
}
