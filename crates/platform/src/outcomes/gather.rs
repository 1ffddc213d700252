use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use placements::outcomes::{Beside, Better, Retained, Spread, Stay, Trend, beside, retained, spread, trend};
use store::records::{Cohort, DrillResult, Member, Part, Person, PersonId, Workshop};
use training::lab::Level;

use super::OutcomeError;
use crate::drills;
use crate::labs::AttemptState;
use crate::platform::Platform;
use crate::programme::{day, today};
use crate::record::Record;
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
    /// Days until they worked without somebody beside them, beside what is usual there, as their employers report.
    pub onboarding_days: Option<Beside>,
    /// The drills that are over in which they took part, oldest first.
    pub drills: Vec<DrillOutcome>,
    /// How each learner's first and latest drill compare.
    pub drill_trends: DrillTrends,
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
    /// In which of its minutes somebody knew what it was.
    pub detected_min: Option<i64>,
    /// In which it did no more harm.
    pub contained_min: Option<i64>,
    /// In which all was as before.
    pub restored_min: Option<i64>,
}

/// How the first and the latest drill compare, among those who were in two or more.
///
/// Minutes are compared within one scenario, since another is lost and won at another pace, and only where it came so far both times.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DrillTrends {
    /// Points, of any two scenarios.
    pub points: Option<Trend>,
    /// Minutes until somebody knew what it was.
    pub detected_min: Option<Trend>,
    /// Minutes until it did no more harm.
    pub contained_min: Option<Trend>,
    /// Minutes until all was as before.
    pub restored_min: Option<Trend>,
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
        let (drills, drill_trends) = self.drill_outcomes(&learners)?;
        let records = self.own_records(instructor, &learners)?;
        let stays: Vec<Stay> = records.iter().map(stay).collect();
        let reported = records.iter().filter_map(|record| record.onboarding);
        let reported = reported.map(|one| (f64::from(one.days), f64::from(one.usual_days)));
        let now = today(self.clock.now_us());
        Ok(Outcomes {
            capstone_days: spread(&self.capstone_days(&cohort, &learners)?),
            onboarding_days: beside(&reported.collect::<Vec<_>>()),
            retained: MONTHS.map(|months| retained(&stays, months, now)),
            workshops: self.workshop_outcomes(&learners)?,
            learners: learners.len(),
            drills,
            drill_trends,
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

    /// The records of these learners' apprenticeships that were accepted.
    fn own_records(&self, instructor: &Person, learners: &[Member]) -> Result<Vec<Record>, OutcomeError> {
        let ids: BTreeSet<&PersonId> = learners.iter().map(|member| &member.person.id).collect();
        let all = self.apprenticeships(instructor)?.into_iter();
        let own = all.filter(|one| ids.contains(&one.apprentice.id) && one.record.accepted_us.is_some());
        Ok(own.map(|one| one.record).collect())
    }

    fn drill_outcomes(&self, learners: &[Member]) -> Result<(Vec<DrillOutcome>, DrillTrends), OutcomeError> {
        let mut drills: BTreeMap<String, (DrillResult, usize)> = BTreeMap::new();
        let mut each = Vec::new();
        for member in learners {
            let own = self.records.drill_result_list_of(&member.person.id)?;
            for one in &own {
                drills.entry(one.drill.clone()).or_insert_with(|| (one.clone(), 0)).1 += 1;
            }
            each.push(own);
        }
        let title =
            |id: &str| drills::scenario(id).map_or_else(|| id.to_owned(), |scenario| scenario.title.clone());
        let outcome = |(one, people): (DrillResult, usize)| DrillOutcome {
            title: title(&one.scenario),
            ended_us: one.ended_us,
            people,
            points: one.points,
            passed: one.passed,
            detected_min: one.detected_min,
            contained_min: one.contained_min,
            restored_min: one.restored_min,
        };
        let mut outcomes: Vec<DrillOutcome> = drills.into_values().map(outcome).collect();
        outcomes.sort_by_key(|one| one.ended_us);
        Ok((outcomes, drill_trends(&each)))
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

/// How the drills of each learner compare, given oldest first.
fn drill_trends(each: &[Vec<DrillResult>]) -> DrillTrends {
    let points = |own: &Vec<DrillResult>| own.iter().map(|one| f64::from(one.points)).collect::<Vec<f64>>();
    let minutes = |of: fn(&DrillResult) -> Option<i64>| {
        let mut series: BTreeMap<(usize, &str), Vec<f64>> = BTreeMap::new();
        for (learner, own) in each.iter().enumerate() {
            for (one, minute) in own.iter().filter_map(|one| Some((one, of(one)?))) {
                series.entry((learner, &one.scenario)).or_default().push(minute as f64);
            }
        }
        trend(&series.into_values().collect::<Vec<_>>(), Better::Less)
    };
    DrillTrends {
        points: trend(&each.iter().map(points).collect::<Vec<_>>(), Better::More),
        detected_min: minutes(|one| one.detected_min),
        contained_min: minutes(|one| one.contained_min),
        restored_min: minutes(|one| one.restored_min),
    }
}

/// When somebody's time in a cohort began: their own first day, the cohort's, or the day that it was made.
fn began_us(cohort: &Cohort, member: &Member) -> Option<i64> {
    let first = member.begins_on.as_deref().or(cohort.begins_on.as_deref());
    let Some(first) = first else { return Some(cohort.created_us) };
    let midnight = TimeZone::UTC.to_timestamp(day(first)?.at(0, 0, 0, 0)).ok()?;
    Some(midnight.as_microsecond())
}

/// An apprenticeship as far as staying is concerned.
fn stay(record: &Record) -> Stay {
    let ended = record.ended.as_ref().map(|(at_us, _)| today(*at_us));
    Stay { begins: record.agreement.begins, ended }
}
