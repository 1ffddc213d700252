use serde::{Deserialize, Serialize};

use super::event::{Event, What};
use super::state::{Busy, MINUTE_US, Readings, Run};
use crate::model::{Command, Scenario};

/// The longest key of a command.
const KEY_MAX: usize = 64;
/// Commands that are remembered by their keys at most.
const KEYS_MAX: usize = 2_000;

/// A command as somebody gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What tells it from others: given again under the same key, it counts once.
    pub key: String,
    /// Who.
    pub by: String,
    /// The roles that they really have; whoever knows them says so, never the sender.
    pub holds: Vec<String>,
    /// What they want done.
    pub command: String,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
}

/// What becomes of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// It was taken, or refused and that put on record.
    Now(Event),
    /// It had come before, and this is the number of the event that answered.
    Before(u64),
    /// It was turned away, and nothing is put on record: there is no such thing.
    Away(Refusal),
}

/// Why a command was turned away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such command.
    #[error("there is no command '{0}' in this drill")]
    Unknown(String),
    /// The key cannot be one.
    #[error("a command needs a key of 1 to 64 characters that tells it from others")]
    Key,
    /// So many commands are sent by a program.
    #[error("this drill has had {0} commands; no more are taken")]
    TooMany(usize),
    /// Nobody can act before what has happened.
    #[error("this is from before what has happened in the drill; look again, and decide again")]
    Late,
}

impl Run {
    /// Takes a command at its moment, up to which the drill must have come.
    pub fn give(&mut self, scenario: &Scenario, given: &Given, readings: &Readings) -> Taken {
        if given.key.is_empty() || given.key.chars().count() > KEY_MAX {
            return Taken::Away(Refusal::Key);
        }
        // One person's key is no other's.
        let key = format!("{} {}", given.by, given.key);
        if let Some(seq) = self.answered.get(&key) {
            return Taken::Before(*seq);
        }
        if self.answered.len() >= KEYS_MAX {
            return Taken::Away(Refusal::TooMany(KEYS_MAX));
        }
        let Some(command) = scenario.command(&given.command) else {
            return Taken::Away(Refusal::Unknown(given.command.clone()));
        };
        if given.at_us < self.reached_us && self.ended_us.is_none() {
            return Taken::Away(Refusal::Late);
        }
        let [by, role, id] = [&given.by, &command.role, &command.id].map(Clone::clone);
        let what = match self.why_not(scenario, command, &given.holds, given.at_us, readings) {
            Some(why) => What::Refused { by, role, command: id, why },
            None => {
                let until_us = given.at_us + i64::from(command.takes_min) * MINUTE_US;
                self.busy.push(Busy { role: role.clone(), by: by.clone(), command: id.clone(), until_us });
                What::Given { by, role, command: id, until_us }
            }
        };
        let event = self.event(scenario, given.at_us, what);
        self.answered.insert(key, event.seq);
        Taken::Now(event)
    }

    /// Why somebody with these roles cannot do this now; `None` where they can.
    pub(super) fn why_not(
        &self,
        scenario: &Scenario,
        command: &Command,
        holds: &[String],
        at_us: i64,
        readings: &Readings,
    ) -> Option<String> {
        let title =
            |role: &str| scenario.role(role).map_or_else(|| role.to_owned(), |role| role.title.clone());
        if self.ended_us.is_some() {
            return Some("The drill is over.".to_owned());
        }
        if !holds.contains(&command.role) {
            return Some(format!("That is for the {} to do, and you are not.", title(&command.role)));
        }
        if let Some(busy) = self.busy.iter().find(|busy| busy.role == command.role) {
            let doing = scenario.command(&busy.command).map_or("something else", |one| one.title.as_str());
            return Some(format!("The {} is still at work: {doing}.", title(&command.role)));
        }
        if self.done.contains(&command.id) && !command.again {
            return Some("That has been done.".to_owned());
        }
        let fits = self.holds(&command.needs, at_us, readings);
        (!fits).then(|| match command.refused.as_str() {
            "" => "That cannot be done yet.".to_owned(),
            refused => refused.to_owned(),
        })
    }

    /// Lets an inject come by the facilitator's hand; once.
    ///
    /// # Errors
    /// Why it cannot, in a sentence.
    pub fn inject(
        &mut self,
        scenario: &Scenario,
        inject: &str,
        by: &str,
        at_us: i64,
    ) -> Result<Event, String> {
        let found = scenario.inject(inject).ok_or_else(|| format!("there is no inject '{inject}'"))?;
        if self.ended_us.is_some() {
            return Err("the drill is over".to_owned());
        }
        if self.injected.contains_key(inject) {
            return Err(format!("'{}' has come already", found.title));
        }
        Ok(self.bring(scenario, found, Some(by.to_owned()), at_us))
    }

    /// Ends the drill before its time.
    ///
    /// # Errors
    /// When it is over.
    pub fn end(
        &mut self,
        scenario: &Scenario,
        by: &str,
        at_us: i64,
        readings: &Readings,
    ) -> Result<Vec<Event>, String> {
        if self.ended_us.is_some() {
            return Err("the drill is over".to_owned());
        }
        Ok(self.close(scenario, Some(by.to_owned()), at_us, readings))
    }
}
