//! Who takes part, and as whom.

use scenarios::model::Scenario;
use store::records::{Drill, Person, Role};

use super::error::DrillError;
use crate::platform::Platform;

/// People in one drill at most.
const MEMBERS_MAX: usize = 40;

/// A drill as somebody takes part in it.
pub(super) struct Part {
    pub(super) drill: Drill,
    pub(super) scenario: &'static Scenario,
    /// The roles they have.
    pub(super) roles: Vec<String>,
    /// Whether they may bring injects, and end it: who began it, and who teaches.
    pub(super) facilitates: bool,
}

impl Platform {
    /// The drills that somebody takes part in, newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn drills_of(&self, person: &Person) -> Result<Vec<Drill>, DrillError> {
        Ok(self.records.drill_list_of(&person.id)?)
    }

    /// Lets somebody take part in the drill with this code, so far as nobody. Returns the drill.
    ///
    /// # Errors
    /// When there is none, or it is full or over.
    pub fn join_drill(&self, person: &Person, code: &str) -> Result<Drill, DrillError> {
        let code = code.trim().to_ascii_lowercase();
        let drill = self.records.drill_by_code(&code)?;
        let drill = drill.ok_or_else(|| {
            DrillError::Refused(
                "there is no drill with this code; it has eight letters and digits".to_owned(),
            )
        })?;
        let members = self.records.drill_members(&drill.id)?;
        if members.iter().any(|(member, _)| *member == person.id) {
            return Ok(drill);
        }
        if drill.ended.is_some() {
            return Err(DrillError::Refused("this drill is over".to_owned()));
        }
        if members.len() >= MEMBERS_MAX {
            return Err(DrillError::Refused(format!("{MEMBERS_MAX} people take part already; no more can")));
        }
        self.records.drill_member_set(&drill.id, &person.id, &[])?;
        let access = self.access(drill.sandbox.as_str(), &person.login, "drill")?;
        access.tell("drill.joined");
        Ok(drill)
    }

    /// Whether somebody takes part in a drill, or may look at it.
    ///
    /// # Errors
    /// When they do not.
    pub fn takes_part(&self, person: &Person, drill: &str) -> Result<(), DrillError> {
        self.part(person, drill).map(drop)
    }

    /// Lets somebody be these roles and no others. A role may be had by several: the first at work has it.
    ///
    /// # Errors
    /// When there is no such role, or the drill is over.
    pub fn take_drill_roles(&self, person: &Person, drill: &str, roles: &[String]) -> Result<(), DrillError> {
        let part = self.part(person, drill)?;
        if part.drill.ended.is_some() {
            return Err(DrillError::Refused("this drill is over".to_owned()));
        }
        if let Some(unknown) = roles.iter().find(|role| part.scenario.role(role).is_none()) {
            return Err(DrillError::Refused(format!("there is no role '{unknown}' in this drill")));
        }
        self.records.drill_member_set(drill, &person.id, roles)?;
        let access = self.access(part.drill.sandbox.as_str(), &person.login, "drill")?;
        access.tell("drill.joined");
        Ok(())
    }

    /// How somebody takes part in a drill; who teaches may look at every one.
    pub(super) fn part(&self, person: &Person, drill: &str) -> Result<Part, DrillError> {
        let none = || DrillError::NotYours(drill.to_owned());
        let found = self.records.drill(drill)?.ok_or_else(none)?;
        let members = self.records.drill_members(drill)?;
        let own = members.into_iter().find(|(member, _)| *member == person.id);
        let teaches = person.role == Role::Instructor;
        let roles = match own {
            Some((_, roles)) => roles,
            None if teaches => Vec::new(),
            None => return Err(none()),
        };
        let scenario = super::shelf::scenario(&found.scenario)
            .ok_or_else(|| DrillError::NoScenario(found.scenario.clone()))?;
        let facilitates = teaches || (found.owner == person.id && !found.assessed);
        Ok(Part { drill: found, scenario, roles, facilitates })
    }
}
