//! Who may come in, and who is there.

use store::records::{Person, Role, Workshop};
use workshops::model::Case;
use workshops::run::What;

use super::error::WorkshopError;
use super::table::Table;
use crate::platform::Platform;

/// A facilitator who was not seen for so long counts as vanished.
const GONE_AFTER_US: i64 = 60_000_000;
/// People in one workshop at most.
const MEMBERS_MAX: usize = 40;

/// Somebody who takes part, and whether they are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Their id.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Whether they were seen within the last minute.
    pub is_there: bool,
    /// Whether they have the console.
    pub facilitates: bool,
}

impl Platform {
    /// Lets somebody take part in the workshop with this code, without a role as yet.
    ///
    /// # Errors
    /// When there is none, or it is full or called off.
    pub fn join_workshop(&self, person: &Person, code: &str) -> Result<Workshop, WorkshopError> {
        let code = code.trim().to_ascii_lowercase();
        let workshop = self.records.workshop_by_code(&code)?.ok_or_else(|| {
            WorkshopError::invalid("code", "there is no workshop with it; it has eight letters and digits")
        })?;
        if workshop.cancelled {
            return Err(WorkshopError::invalid("code", "this workshop was called off"));
        }
        let people = self.records.workshop_people(&workshop.id)?;
        if !people.contains(&person.id) && people.len() >= MEMBERS_MAX {
            return Err(WorkshopError::invalid(
                "code",
                format!("{MEMBERS_MAX} people take part already; no more can"),
            ));
        }
        self.records.workshop_person_add(&workshop.id, &person.id)?;
        self.come_in(person, &workshop)?;
        Ok(workshop)
    }

    /// A workshop that somebody is invited to or has come to; who teaches may come to every one.
    pub(super) fn workshop_here(
        &self,
        person: &Person,
        id: &str,
    ) -> Result<(Workshop, &'static Case), WorkshopError> {
        let none = || WorkshopError::NotYours(id.chars().take(64).collect());
        let workshop = self.records.workshop(id)?.ok_or_else(none)?;
        let teaches = person.role == Role::Instructor;
        if !teaches && !self.records.workshop_people(id)?.contains(&person.id) {
            return Err(none());
        }
        let case =
            super::shelf::case(&workshop.case).ok_or_else(|| WorkshopError::NoCase(workshop.case.clone()))?;
        Ok((workshop, case))
    }

    /// Notes that somebody is there, and lets them into the lobby, and as a guest into the hospital, the first time.
    pub(super) fn come_in(&self, person: &Person, workshop: &Workshop) -> Result<(), WorkshopError> {
        self.rooms.saw(&workshop.id, person.id.as_str(), self.clock.now_us());
        let case =
            super::shelf::case(&workshop.case).ok_or_else(|| WorkshopError::NoCase(workshop.case.clone()))?;
        let who = person.id.to_string();
        let is_known = || -> Result<bool, WorkshopError> {
            Ok(Table::run_of(self, &workshop.id)?.members.contains_key(&who))
        };
        if is_known()? {
            return Ok(());
        }
        let _turn = self.rooms.turn(&workshop.id);
        if is_known()? {
            return Ok(());
        }
        if let Some(sandbox) = &workshop.sandbox {
            self.records.guest_add(sandbox, &person.id, self.clock.now_us())?;
        }
        let mut table = Table::of(self, workshop.clone(), case, None)?;
        table.happen(&who, &[What::Joined { who: who.clone(), name: person.name.clone() }])
    }

    /// Whether whoever facilitates has not been seen for a minute.
    pub(super) fn facilitator_is_gone(&self, workshop: &str, facilitator: Option<&str>) -> bool {
        facilitator.is_none_or(|who| !self.is_there(workshop, who))
    }

    /// Whether somebody was seen within the last minute.
    pub(super) fn is_there(&self, workshop: &str, who: &str) -> bool {
        let seen_us = self.rooms.seen_us(workshop, who);
        seen_us.is_some_and(|seen_us| self.clock.now_us() - seen_us < GONE_AFTER_US)
    }
}
