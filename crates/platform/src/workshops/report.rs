use jiff::Timestamp;
use store::records::{Person, Workshop};
use workshops::measure::{Measures, measure};
use workshops::model::Case;
use workshops::report::{AfterAction, Held, after_action, decisions_csv, markdown, plan_csv};
use workshops::run::Run;

use super::error::WorkshopError;
use super::table::Table;
use crate::platform::Platform;

impl Platform {
    /// The after-action report of a workshop that is over.
    ///
    /// # Errors
    /// When they took no part, or it goes on: it holds what each role alone knew.
    pub fn workshop_report(&self, person: &Person, id: &str) -> Result<AfterAction, WorkshopError> {
        let (workshop, case, run) = self.workshop_over(person, id)?;
        Ok(after_action(case, &run, &held(&workshop, &run)))
    }

    /// The same as Markdown.
    ///
    /// # Errors
    /// As [`Platform::workshop_report`].
    pub fn workshop_report_markdown(&self, person: &Person, id: &str) -> Result<String, WorkshopError> {
        Ok(markdown(&self.workshop_report(person, id)?))
    }

    /// Its improvement plan as CSV.
    ///
    /// # Errors
    /// As [`Platform::workshop_report`].
    pub fn workshop_plan_csv(&self, person: &Person, id: &str) -> Result<String, WorkshopError> {
        Ok(plan_csv(&self.workshop_report(person, id)?))
    }

    /// Its decision log as CSV.
    ///
    /// # Errors
    /// As [`Platform::workshop_report`].
    pub fn workshop_decisions_csv(&self, person: &Person, id: &str) -> Result<String, WorkshopError> {
        let (workshop, case, run) = self.workshop_over(person, id)?;
        Ok(decisions_csv(case, &run, &after_action(case, &run, &held(&workshop, &run))))
    }

    /// What a workshop was worth as far as it has come, for whoever may see its cohort.
    ///
    /// # Errors
    /// From the store.
    pub(crate) fn workshop_measures(
        &self,
        workshop: &Workshop,
        case: &Case,
    ) -> Result<Measures, WorkshopError> {
        Ok(measure(case, &Table::run_of(self, &workshop.id)?))
    }

    /// The same of a workshop that is over, with how many had a role; nothing, if this person had none.
    pub(crate) fn workshop_of_a_role(
        &self,
        person: &Person,
        workshop: &Workshop,
        case: &Case,
    ) -> Result<Option<(Measures, usize)>, WorkshopError> {
        let run = Table::run_of(self, &workshop.id)?;
        if run.play.ended_us.is_none() || run.role_of(person.id.as_str()).is_none() {
            return Ok(None);
        }
        let crew = run.members.values().filter(|member| member.role.is_some()).count();
        Ok(Some((measure(case, &run), crew)))
    }

    fn workshop_over(
        &self,
        person: &Person,
        id: &str,
    ) -> Result<(Workshop, &'static Case, Run), WorkshopError> {
        let (workshop, case) = self.workshop_here(person, id)?;
        let run = Table::run_of(self, id)?;
        if run.play.ended_us.is_none() {
            return Err(WorkshopError::invalid(
                "report",
                "the workshop goes on; it is written when it is over",
            ));
        }
        Ok((workshop, case, run))
    }
}

fn held(workshop: &Workshop, run: &Run) -> Held {
    let at_us = workshop.ended_us.unwrap_or(workshop.begins_us);
    let at = Timestamp::from_microsecond(at_us).unwrap_or(Timestamp::UNIX_EPOCH);
    let name = |who: &String| run.members.get(who).map(|member| member.name.clone());
    let onlookers = run.members.iter().filter(|(id, member)| member.role.is_none() && !run.facilitates(id));
    Held {
        day: at.strftime("%Y-%m-%d").to_string(),
        facilitator: run.facilitator.as_ref().and_then(name).unwrap_or_default(),
        onlookers: onlookers.map(|(_, member)| member.name.clone()).collect(),
    }
}
