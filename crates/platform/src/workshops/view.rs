use store::records::{Person, Workshop};
use workshops::model::{Case, Discipline};
use workshops::see::{Projection, RatingSeen, Viewer, project, rating};

use super::error::WorkshopError;
use super::house::{HouseFigure, figures};
use super::members::Arrived;
use super::table::Table;
use crate::platform::Platform;

/// A workshop as somebody sees it who takes part: a projection for them, and what everybody may know.
#[derive(Debug, Clone)]
pub struct WorkshopView {
    /// When it is, and in which hospital.
    pub workshop: Workshop,
    /// Its case. Pages show of it what everybody may read: title, summary, briefing, roles and what they are there for.
    pub case: &'static Case,
    /// What they may see.
    pub seen: Projection,
    /// How the rating of the team stands, if they rate it or facilitate.
    pub rating: Option<RatingSeen>,
    /// The facilitator's guide, if they facilitate.
    pub guide: Option<&'static str>,
    /// The hospital's time, microseconds since 1970 UTC; nothing before it has begun.
    pub now_us: Option<i64>,
    /// Whether its clock runs.
    pub runs: bool,
    /// The hospital in the terms of their discipline.
    pub house: Vec<HouseFigure>,
    /// Their discipline; nothing for who has no role.
    pub discipline: Option<Discipline>,
    /// Everybody who takes part, and whether they are there.
    pub people: Vec<Arrived>,
    /// Who facilitates, and whether they have vanished.
    pub facilitator: Option<(String, bool)>,
    /// Whether they arranged it.
    pub is_theirs: bool,
}

/// What happens in a workshop is told under this name, as what happens in a hospital is under the hospital's.
#[must_use]
pub fn channel_of(workshop: &str) -> String {
    format!("workshop {workshop}")
}

impl Platform {
    /// A workshop as somebody sees it who takes part. Who looks is there.
    ///
    /// # Errors
    /// When they take no part.
    pub fn view_workshop(&self, person: &Person, id: &str) -> Result<WorkshopView, WorkshopError> {
        let (workshop, case) = self.workshop_here(person, id)?;
        self.come_in(person, &workshop)?;
        let run = Table::run_of(self, id)?;
        let who = person.id.as_str();
        let viewer = Viewer::of(&run, who);
        let over = run.play.ended_us.is_some();
        let access = match &workshop.sandbox {
            Some(sandbox) if !over => self.access(sandbox.as_str(), &person.login, "workshop").ok(),
            _ => None,
        };
        let now_us = access.as_ref().map(crate::access::Access::virtual_us);
        let at_us = now_us.unwrap_or(run.play.phase_us);
        let discipline = viewer.role().and_then(|role| case.role(role)).map(|role| role.discipline);
        let looks_as = discipline.or_else(|| viewer.facilitates().then_some(Discipline::Technical));
        let house = match (&access, looks_as) {
            (Some(access), Some(discipline)) => figures(access, discipline)?,
            _ => Vec::new(),
        };
        let arrived = |(id, member): (&String, &workshops::run::Member)| Arrived {
            id: id.clone(),
            name: member.name.clone(),
            is_there: self.is_there(&workshop.id, id),
            facilitates: run.facilitates(id),
        };
        let facilitator = run.facilitator.as_deref().and_then(|who| {
            let name = run.members.get(who)?.name.clone();
            Some((name, self.facilitator_is_gone(id, Some(who))))
        });
        Ok(WorkshopView {
            seen: project(case, &run, viewer, at_us, self.clock().now_us()),
            rating: rating(case, &run, who),
            guide: viewer.facilitates().then_some(case.guide.as_str()),
            runs: access.as_ref().is_some_and(|access| access.clock().rate > 0),
            people: run.members.iter().map(arrived).collect(),
            is_theirs: workshop.owner == person.id,
            facilitator,
            now_us,
            house,
            discipline,
            case,
            workshop,
        })
    }
}
