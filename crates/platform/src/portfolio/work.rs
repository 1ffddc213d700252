//! Finished work that shows something: labs, drills, workshops and team projects, each as far as it was somebody's own.

use std::collections::BTreeMap;

use placements::competencies::{Level, Proof};
use store::records::{Attempt, AttemptState, DrillResult, Person, Workshop};
use training::content::Catalogue;
use training::lab::Lab;

use super::PortfolioError;
use crate::drills::scenario;
use crate::platform::Platform;
use crate::projects::ProjectDone;
use crate::workshops::case;

/// A piece of finished work.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// What it was.
    pub source: Source,
    /// Its title.
    pub title: String,
    /// What it is worth, 0 to 1.
    pub worth: f64,
    /// What help there was.
    pub help: Help,
    /// Whether it asks for the same today.
    pub current: bool,
    /// When it was finished, in microseconds since 1970 UTC.
    pub at_us: i64,
}

/// Where work was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An attempt at a lab, by its id.
    Attempt(String),
    /// A drill, which may be gone with its hospital.
    Drill,
    /// A workshop, by its id.
    Workshop(String),
    /// A team project, by its id.
    Project(String),
}

/// What help somebody had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Help {
    /// None.
    None,
    /// So many hints.
    Hints(usize),
    /// Others, so many people in all: what one of them did alone cannot be told from what the others did.
    Team(usize),
}

/// Work, with what it shows and how hard it was.
pub(super) struct Evidence<'a> {
    pub(super) competencies: &'a BTreeMap<String, f64>,
    pub(super) level: Level,
    pub(super) work: Work,
}

impl Evidence<'_> {
    /// What it says of a competency that has so much of it.
    pub(super) fn proof(&self, weight: f64) -> Proof {
        Proof {
            level: self.level,
            weight,
            worth: self.work.worth,
            unaided: self.work.help == Help::None,
            current: self.work.current,
            at_us: self.work.at_us,
        }
    }
}

impl Platform {
    /// Everything that somebody has finished.
    pub(super) fn finished_work<'a>(
        &self,
        catalogue: &'a Catalogue,
        person: &Person,
    ) -> Result<Vec<Evidence<'a>>, PortfolioError> {
        let mut found = Vec::new();
        for attempt in self.records.attempt_list_of(&person.id)? {
            if let (AttemptState::Finished, Some(lab)) = (attempt.state, catalogue.lab(&attempt.lab)) {
                let work = self.attempted(lab, attempt)?;
                found.push(Evidence { competencies: &lab.competencies, level: level(lab), work });
            }
        }
        for result in self.records.drill_result_list_as_roles(&person.id)? {
            found.extend(drilled(&result));
        }
        for workshop in self.records.workshop_list_of(&person.id)? {
            found.extend(self.worked_in(person, &workshop)?);
        }
        for done in self.projects_done_by(person)? {
            found.extend(carried_out(done));
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.work.at_us));
        Ok(found)
    }

    fn attempted(&self, lab: &Lab, attempt: Attempt) -> Result<Work, PortfolioError> {
        let (id, at_us) = (attempt.id.to_string(), attempt.finished_us.unwrap_or(attempt.started_us));
        let current = is_current(&attempt.lab_version, &lab.version);
        let cell = self.cell(&lab.id, Some(attempt))?;
        Ok(Work {
            source: Source::Attempt(id),
            title: lab.title.clone(),
            worth: cell.score,
            help: if cell.hints == 0 { Help::None } else { Help::Hints(cell.hints) },
            current,
            at_us,
        })
    }

    /// A workshop that is over and in which somebody had a role: it shows what the team did of what its case asks for.
    fn worked_in(
        &self,
        person: &Person,
        workshop: &Workshop,
    ) -> Result<Option<Evidence<'static>>, PortfolioError> {
        let (Some(at_us), Some(case)) = (workshop.ended_us, case(&workshop.case)) else { return Ok(None) };
        let Some((measures, crew)) = self.workshop_of_a_role(person, workshop, case)? else {
            return Ok(None);
        };
        let work = Work {
            source: Source::Workshop(workshop.id.clone()),
            title: case.title.clone(),
            worth: measures.share(),
            help: Help::Team(crew),
            current: is_current(&workshop.version, &case.version),
            at_us,
        };
        let level = Level::named(&case.level);
        Ok(level.map(|level| Evidence { competencies: &case.competencies, level, work }))
    }
}

/// A project that is closed and to which somebody contributed, as others of the team say.
fn carried_out(done: ProjectDone) -> Option<Evidence<'static>> {
    let work = Work {
        source: Source::Project(done.id),
        title: done.project.title.clone(),
        worth: done.figures.share(),
        help: Help::Team(done.crew),
        current: is_current(&done.version, &done.project.version),
        at_us: done.ended_us,
    };
    let level = Level::named(&done.project.level)?;
    Some(Evidence { competencies: &done.project.competencies, level, work })
}

/// A drill in which somebody had a role. Alone, they did all of it themselves; it gives no hints.
fn drilled(result: &DrillResult) -> Option<Evidence<'static>> {
    let scenario = scenario(&result.scenario)?;
    let work = Work {
        source: Source::Drill,
        title: scenario.title.clone(),
        worth: f64::from(result.points.min(100)) / 100.0,
        help: if result.crew > 1 { Help::Team(result.crew) } else { Help::None },
        current: is_current(&result.version, &scenario.version),
        at_us: result.ended_us,
    };
    Some(Evidence { competencies: &scenario.competencies, level: Level::named(&scenario.level)?, work })
}

/// A change of the first number says that the work asks for something else.
fn is_current(done: &str, now: &str) -> bool {
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    major(done) == major(now)
}

pub(super) fn level(lab: &Lab) -> Level {
    match lab.level {
        training::lab::Level::Foundation => Level::Foundation,
        training::lab::Level::Practitioner => Level::Practitioner,
        training::lab::Level::Expert => Level::Expert,
    }
}
