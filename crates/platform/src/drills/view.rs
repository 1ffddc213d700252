use scenarios::model::{Command, Inject, Scenario};
use scenarios::network::NetworkStanding;
use scenarios::record::{AfterAction, after_action};
use scenarios::run::{Event, Readings, Run, offers};
use store::records::{Drill, Person};

use super::error::DrillError;
use super::keep::{events_of, run_of};
use super::readings::readings;
use super::wires::wires_now;
use crate::platform::Platform;

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// The roles they have.
    pub roles: Vec<String>,
}

/// A line of the status wall: a system, and what goes on at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WallRow {
    /// The system.
    pub system: String,
    /// What it is called.
    pub title: String,
    /// Why it fails, if it does.
    pub failed: Option<String>,
    /// Interfaces to and from it that carry nothing, and all of them.
    pub closed: (usize, usize),
    /// Messages that wait to reach it or to leave it.
    pub waiting: u64,
    /// Messages that were refused or lost at its interfaces.
    pub missing: u64,
}

/// A drill as somebody sees it who takes part.
#[derive(Debug, Clone)]
pub struct DrillView {
    /// What is kept of it.
    pub drill: Drill,
    /// Its scenario.
    pub scenario: &'static Scenario,
    /// How it stands.
    pub run: Run,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The commands of their roles, each with why they cannot give it now, whether it is being done, and whether it is done.
    pub offers: Vec<(&'static Command, Option<String>, bool, bool)>,
    /// Their roles.
    pub roles: Vec<String>,
    /// Whether they may bring injects, stop the clock and end it.
    pub facilitates: bool,
    /// Injects that can come by hand.
    pub to_bring: Vec<&'static Inject>,
    /// Everybody who takes part.
    pub players: Vec<Player>,
    /// The hospital's time, microseconds since 1970 UTC.
    pub now_us: i64,
    /// How fast it runs; 0 when it stands still.
    pub rate: u32,
    /// The status wall.
    pub wall: Vec<WallRow>,
    /// How the network stands.
    pub network: NetworkStanding,
    /// What the scenario reads.
    pub readings: Readings,
}

impl DrillView {
    /// The after-action report, as far as the drill has come.
    #[must_use]
    pub fn after_action(&self) -> AfterAction {
        after_action(self.scenario, &self.run, &self.events)
    }
}

impl Platform {
    /// A drill as somebody sees it who takes part.
    ///
    /// # Errors
    /// When they take no part.
    pub fn view_drill(&self, person: &Person, drill: &str) -> Result<DrillView, DrillError> {
        let part = self.part(person, drill)?;
        let access = self.access(part.drill.sandbox.as_str(), &person.login, "drill")?;
        let run = access.sandbox().view(run_of)?.ok_or(DrillError::Gone)?;
        let scenario = part.scenario;
        let (read, wires) = (readings(&access, scenario)?, wires_now(&access)?);
        let now_us = run.ended_us.unwrap_or_else(|| access.virtual_us());
        let offers = offers(scenario, &run, &part.roles, now_us, &read);
        let offers =
            offers.into_iter().map(|one| (one.command, one.why_not, one.at_work, one.done)).collect();
        let to_bring =
            scenario.injects.iter().filter(|one| one.by_hand && !run.injected.contains_key(&one.id));
        let to_bring = if part.facilitates { to_bring.collect() } else { Vec::new() };
        Ok(DrillView {
            events: events_of(&access)?,
            players: self.players(&part.drill.id)?,
            wall: wires.wall(),
            network: wires.network(),
            offers,
            roles: part.roles,
            facilitates: part.facilitates,
            to_bring,
            now_us,
            rate: access.clock().rate,
            readings: read,
            scenario,
            run,
            drill: part.drill,
        })
    }

    pub(super) fn players(&self, drill: &str) -> Result<Vec<Player>, DrillError> {
        let mut players = Vec::new();
        for (id, roles) in self.records.drill_members(drill)? {
            if let Some(person) = self.records.person(&id)? {
                players.push(Player { name: person.name, login: person.login, roles });
            }
        }
        Ok(players)
    }
}
