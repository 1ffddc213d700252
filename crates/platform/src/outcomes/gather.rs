use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use placements::outcomes::{Retained, Spread, Stay, Trend, retained, spread, trend};
use store::records::{Cohort, Drill, Member, Part, Person, PersonId, Workshop};
use training::lab::Level;

use super::OutcomeError;
use crate::drills;
use crate::labs::AttemptState;
use crate::platform::Platform;
use crate::programme::{day, today};
use crate::workshops;

/// What came of a cohort.
#[derive(Debug, Clone)]
pub struct Outcomes {
    /// The cohort.
    pub cohort: Cohort,
    /// How many learners it has.
    pub learners: usize,
    /// Days from somebody's first day to the first lab of the highest level that they finished without a hint. Its count is of
    /// those who have.
    pub capstone_days: Option<Spread>,
    /// How many apprenticeships of these learners lasted three months, and six.
    pub retained: [Retained; 2],
    /// The drills that are over in which they took part, oldest first.
    pub drills: Vec<DrillOutcome>,
    /// Points of each learner's first and latest drill, among those with two or more.
    pub drill_trend: Option<Trend>,
    /// The workshops that are over in which they took part, oldest first.
    pub workshops: Vec<WorkshopOutcome>,
}

/// What came of a drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillOutcome {
    /// The scenario in words.
    pub title: String,
    /// When it was over, in microseconds since 1970 UTC.
    pub ended_us: i64,
    /// How many of the cohort took part.
    pub people: usize,
    /// Points of a hundred.
    pub points: u32,
    /// Whether it was passed.
    pub passed: bool,
}

/// What came of a workshop, as a whole: nobody is measured alone.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkshopOutcome {
    /// The case in words.
    pub title: String,
    /// When it was over, in microseconds since 1970 UTC.
    pub ended_us: i64,
    /// How many of the cohort took part.
    pub people: usize,
    /// Critical facts that came on the table, in percent.
    pub facts: u32,
    /// Wanted hand-offs that were closed, in percent.
    pub hand_offs: u32,
    /// How far the roles agreed when they were last asked, in percent; nothing if nobody answered.
    pub agreement: Option<u32>,
    /// How far they were right then, in percent.
    pub correct: Option<u32>,
}

/// Months after which it is asked who is still there.
const MONTHS: [i32; 2] = [3, 6];
const DAY_US: f64 = 86_400_000_000.0;

impl Platform {
    /// What came of a cohort, computed now.
    ///
    /// # Errors
    /// As [`Platform::cohort_matrix`]; and a record or a workshop that cannot be read.
    pub fn cohort_outcomes(&self, instructor: &Person, id: &str) -> Result<Outcomes, OutcomeError> {
        let cohort = self.cohort_here(instructor, id)?;
        let mut learners = self.records.enrolment_list(id)?;
        learners.retain(|member| member.part == Part::Learner);
        let (drills, drill_trend) = self.drill_outcomes(&learners)?;
        let stays = self.stays(instructor, &learners)?;
        let now = today(self.clock.now_us());
        Ok(Outcomes {
            capstone_days: spread(&self.capstone_days(&cohort, &learners)?),
            retained: MONTHS.map(|months| retained(&stays, months, now)),
            workshops: self.workshop_outcomes(&learners)?,
            learners: learners.len(),
            drills,
            drill_trend,
            cohort,
        })
    }

    /// For each learner who has finished one of the hardest labs without a hint, the days until the first.
    fn capstone_days(&self, cohort: &Cohort, learners: &[Member]) -> Result<Vec<f64>, OutcomeError> {
        let catalogue = self.catalogue();
        let is_capstone = |lab: &str| catalogue.lab(lab).is_some_and(|lab| lab.level == Level::Expert);
        let mut found = Vec::new();
        for member in learners {
            let Some(began_us) = began_us(cohort, member) else { continue };
            let mut first: Option<i64> = None;
            for attempt in self.records.attempt_list_of(&member.person.id)? {
                let finished_us = attempt.finished_us.filter(|_| attempt.state == AttemptState::Finished);
                let Some(finished_us) = finished_us.filter(|_| is_capstone(&attempt.lab)) else { continue };
                let earlier = first.is_none_or(|first| finished_us < first);
                if finished_us >= began_us && earlier && self.records.hint_list(&attempt.id)?.is_empty() {
                    first = Some(finished_us);
                }
            }
            found.extend(first.map(|first| (first - began_us) as f64 / DAY_US));
        }
        Ok(found)
    }

    /// The apprenticeships of these learners, as far as staying is concerned.
    fn stays(&self, instructor: &Person, learners: &[Member]) -> Result<Vec<Stay>, OutcomeError> {
        let ids: BTreeSet<&PersonId> = learners.iter().map(|member| &member.person.id).collect();
        let all = self.apprenticeships(instructor)?;
        let own =
            all.iter().filter(|one| ids.contains(&one.apprentice.id) && one.record.accepted_us.is_some());
        let stay = |record: &crate::record::Record| Stay {
            begins: record.agreement.begins,
            ended: record.ended.as_ref().map(|(at_us, _)| today(*at_us)),
        };
        Ok(own.map(|one| stay(&one.record)).collect())
    }

    fn drill_outcomes(
        &self,
        learners: &[Member],
    ) -> Result<(Vec<DrillOutcome>, Option<Trend>), OutcomeError> {
        let mut drills: BTreeMap<String, (Drill, usize)> = BTreeMap::new();
        let mut series = Vec::new();
        for member in learners {
            let mut own = self.records.drill_list_of(&member.person.id)?;
            own.sort_by_key(|drill| drill.ended.map(|(ended_us, ..)| ended_us));
            let points = own.iter().filter_map(|drill| drill.ended).map(|(_, points, _)| f64::from(points));
            series.push(points.collect::<Vec<f64>>());
            for drill in own {
                drills.entry(drill.id.clone()).or_insert((drill, 0)).1 += 1;
            }
        }
        let title =
            |id: &str| drills::scenario(id).map_or_else(|| id.to_owned(), |scenario| scenario.title.clone());
        let outcome = |(drill, people): &(Drill, usize)| {
            let (ended_us, points, passed) = drill.ended?;
            Some(DrillOutcome { title: title(&drill.scenario), ended_us, people: *people, points, passed })
        };
        let mut outcomes: Vec<DrillOutcome> = drills.values().filter_map(outcome).collect();
        outcomes.sort_by_key(|one| one.ended_us);
        Ok((outcomes, trend(&series)))
    }

    fn workshop_outcomes(&self, learners: &[Member]) -> Result<Vec<WorkshopOutcome>, OutcomeError> {
        let mut held: BTreeMap<String, (Workshop, usize)> = BTreeMap::new();
        for member in learners {
            for workshop in self.records.workshop_list_of(&member.person.id)? {
                held.entry(workshop.id.clone()).or_insert((workshop, 0)).1 += 1;
            }
        }
        let mut outcomes = Vec::new();
        for (workshop, people) in held.values() {
            let (Some(ended_us), Some(case)) = (workshop.ended_us, workshops::case(&workshop.case)) else {
                continue;
            };
            let measures = self.workshop_measures(workshop, case)?;
            let last = measures.situations.iter().rev().find(|one| one.answered > 0);
            outcomes.push(WorkshopOutcome {
                title: case.title.clone(),
                ended_us,
                people: *people,
                facts: measures.facts.on_table,
                hand_offs: measures.hand_offs.wanted,
                agreement: last.map(|one| one.agreement),
                correct: last.map(|one| one.correct),
            });
        }
        outcomes.sort_by_key(|one| one.ended_us);
        Ok(outcomes)
    }
}

/// When somebody's time in a cohort began: their own first day, the cohort's, or the day that it was made.
fn began_us(cohort: &Cohort, member: &Member) -> Option<i64> {
    let first = member.begins_on.as_deref().or(cohort.begins_on.as_deref());
    let Some(first) = first else { return Some(cohort.created_us) };
    let midnight = TimeZone::UTC.to_timestamp(day(first)?.at(0, 0, 0, 0)).ok()?;
    Some(midnight.as_microsecond())
}
