use scenarios::model::Scenario;
use scenarios::run::Run;
use standards::fhir::instant;
use store::records::{Drill, Person};

use super::error::DrillError;
use super::keep::keep;
use crate::access::Access;
use crate::identity::{Peopled, people};
use crate::ids::{new_id, new_sandbox_id};
use crate::platform::Platform;
use crate::sandboxes::ClockChange;

/// How a drill is begun.
#[derive(Debug, Clone, Copy, Default)]
pub struct HowToStart {
    /// Whether it counts: nobody may stop its clock.
    pub assessed: bool,
    /// Whether others will take part: whoever begins it has no role then, until they choose one.
    pub team: bool,
    /// Where chance begins; drawn, where it is not given.
    pub seed: Option<u64>,
}

/// The role of accounts that play a part, at the identity provider.
const STAFF: &str = "registrar";

impl Platform {
    /// Begins a drill in a hospital of its own.
    ///
    /// # Errors
    /// When there is no such scenario, or no room for another hospital.
    pub fn start_drill(&self, person: &Person, scenario: &str, how: HowToStart) -> Result<Drill, DrillError> {
        let found = super::shelf::scenario(scenario);
        self.start_drill_of(person, found.ok_or_else(|| DrillError::NoScenario(scenario.to_owned()))?, how)
    }

    pub(super) fn start_drill_of(
        &self,
        person: &Person,
        scenario: &Scenario,
        how: HowToStart,
    ) -> Result<Drill, DrillError> {
        let drill = self.open_drill(person, scenario, how)?;
        let all = scenario.roles.iter().map(|role| role.id.clone());
        let roles: Vec<String> = if how.team { Vec::new() } else { all.collect() };
        self.records.drill_member_set(&drill.id, &person.id, &roles)?;
        let access = self.access(drill.sandbox.as_str(), &person.login, "drill")?;
        let change = if how.team { ClockChange::Pause } else { ClockChange::Rate(scenario.rate) };
        self.change_clock(&access, change)?;
        Ok(drill)
    }

    /// A drill at its beginning, in a hospital of its own, in which nobody takes part yet.
    pub(super) fn open_drill(
        &self,
        person: &Person,
        scenario: &Scenario,
        how: HowToStart,
    ) -> Result<Drill, DrillError> {
        let at = format!("{}:00Z", scenario.virtual_now);
        let begun_us = instant::parse(&at).ok_or_else(|| {
            DrillError::Refused(format!(
                "virtual_now '{}' is no moment; write 2031-03-04T22:05",
                scenario.virtual_now
            ))
        })?;
        let sandbox = self.start_sandbox(person, &scenario.image, &scenario.title, Some(begun_us))?;
        let drill = Drill {
            id: new_id(self.entropy()),
            sandbox: sandbox.id.clone(),
            scenario: scenario.id.clone(),
            owner: person.id.clone(),
            code: new_sandbox_id(self.entropy()),
            assessed: how.assessed,
            began_us: self.clock().now_us(),
            ended: None,
        };
        let begun = self.set_the_stage(&drill, scenario, how.seed, begun_us);
        if let Err(error) = begun.and_then(|()| Ok(self.records.drill_add(&drill)?)) {
            self.drop_sandbox(&sandbox.id)?;
            return Err(error);
        }
        self.drill_hospital(sandbox.id.as_str());
        Ok(drill)
    }

    /// People who come and go, accounts, and a drill that stands at its beginning.
    fn set_the_stage(
        &self,
        drill: &Drill,
        scenario: &Scenario,
        seed: Option<u64>,
        begun_us: i64,
    ) -> Result<(), DrillError> {
        let access: Access = self.access(drill.sandbox.as_str(), "drill", "drill")?.at(begun_us);
        let seed = seed.unwrap_or_else(|| {
            let mut bytes = [0; 8];
            self.entropy().fill(&mut bytes);
            u64::from_le_bytes(bytes)
        });
        self.play_from(&access, seed)?;
        if !scenario.accounts.is_empty() {
            let of = |(login, name)| (login, name, STAFF, None);
            let accounts = scenario.accounts.iter().map(|(login, name)| (login.as_str(), name.as_str()));
            let password = new_id(self.entropy());
            let group = Peopled { password: &password, people: accounts.map(of).collect() };
            people(&access, &[group], &[], self.entropy())?;
        }
        let (run, event) = Run::begin(scenario, seed, begun_us);
        keep(&access, &run, &[event])
    }
}
