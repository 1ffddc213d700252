//! Who rates a team beside whoever facilitates.

use store::records::{Person, PersonId, Role};
use workshops::run::{Act, Asked, Member, What, decide};

use super::error::WorkshopError;
use super::table::Table;
use crate::platform::Platform;

impl Platform {
    /// Names the second rater by their login, and lets them into the workshop.
    ///
    /// # Errors
    /// For everybody but the facilitator, for somebody who is nobody or does not teach, and when it is refused; then nothing has changed.
    pub fn ask_workshop_rater(&self, person: &Person, id: &str, login: &str) -> Result<(), WorkshopError> {
        let (workshop, case) = self.workshop_here(person, id)?;
        if workshop.cancelled {
            return Err(WorkshopError::invalid("workshop", "it was called off"));
        }
        self.come_in(person, &workshop)?;
        let _turn = self.rooms.turn(id);
        let mut table = Table::of(self, workshop, case, None)?;
        if !table.run.facilitates(person.id.as_str()) {
            return Err(workshops::run::Refusal::Facilitators.into());
        }
        let login = login.trim();
        let found = self.records.person_by_login(login)?.map(|(found, _)| found);
        let rater = found.ok_or_else(|| {
            let login: String = login.chars().take(64).collect();
            WorkshopError::invalid("rater", format!("nobody signs in as '{login}'; correct the login"))
        })?;
        self.check_teaches(rater.id.as_str())?;
        let who = rater.id.to_string();
        let mut whats = Vec::new();
        // Decided as if they had come in already: who is refused does not come in by it.
        let mut then = table.run.clone();
        if !then.members.contains_key(&who) {
            whats.push(What::Joined { who: who.clone(), name: rater.name.clone() });
            then.members.insert(who.clone(), Member { name: rater.name.clone(), role: None });
        }
        let asked = Asked { who: person.id.as_str(), facilitator_gone: false };
        whats.extend(decide(case, &then, asked, &Act::AskRater { who })?.whats);
        self.records.workshop_person_add(id, &rater.id)?;
        table.happen(person.id.as_str(), &whats)
    }

    /// Whether somebody teaches: a rater has to have seen other teams.
    pub(super) fn check_teaches(&self, id: &str) -> Result<(), WorkshopError> {
        let person = self.records.person(&PersonId::from(id))?;
        match person.is_some_and(|person| person.role == Role::Instructor) {
            true => Ok(()),
            false => Err(WorkshopError::invalid("rater", "the second rater is somebody who teaches here")),
        }
    }
}
