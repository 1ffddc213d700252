use std::collections::BTreeMap;

use placements::tables::csv_text;
use standards::fhir::instant;
use store::records::{Cohort, GradeChange, Member, Person, PersonId};

use super::ProgrammeError;
use super::matrix::{FullCell, late_days};
use crate::labs::{LabCell, LabHead, LabState};
use crate::platform::Platform;

/// The grades of a cohort.
#[derive(Debug, Clone)]
pub struct Gradebook {
    /// The cohort.
    pub cohort: Cohort,
    /// The columns.
    pub labs: Vec<LabHead>,
    /// The rows, by name.
    pub rows: Vec<GradebookRow>,
    /// Every change by hand, newest first.
    pub changes: Vec<GradeChange>,
}

/// The grades of one learner.
#[derive(Debug, Clone)]
pub struct GradebookRow {
    /// Who.
    pub member: Member,
    /// In each lab, in the order of the columns.
    pub grades: Vec<Grade>,
}

impl GradebookRow {
    /// The mean of the grades there are; none before the first.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let scores: Vec<f64> = self.grades.iter().filter_map(Grade::score).collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }
}

/// One learner's grade in one lab.
#[derive(Debug, Clone)]
pub struct Grade {
    /// Where they are, with what the checks computed.
    pub cell: LabCell,
    /// The change by hand that is in force.
    pub changed: Option<GradeChange>,
    /// Days after the due day: when it was finished, or so far.
    pub late_days: u32,
}

impl Grade {
    /// The grade that counts, 0 to 1: the one by hand, or what the checks computed of a lab that was finished.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        let by_hand = self.changed.as_ref().and_then(|change| change.score);
        by_hand.or((self.cell.state == LabState::Finished).then_some(self.cell.score))
    }
}

impl Platform {
    /// The grades of a cohort, computed now, with the changes by hand.
    ///
    /// # Errors
    /// [`ProgrammeError::NotInstructor`] for everybody but instructors, [`ProgrammeError::Missing`] if there is no such cohort.
    pub fn gradebook(&self, instructor: &Person, id: &str) -> Result<Gradebook, ProgrammeError> {
        let cells = self.cells(instructor, id)?;
        let mut changes = self.records.grade_change_list(id)?;
        let mut in_force: BTreeMap<(String, String), GradeChange> = changes
            .iter()
            .map(|change| ((change.person.to_string(), change.lab.clone()), change.clone()))
            .collect();
        in_force.retain(|_, change| change.score.is_some());
        let now_us = self.clock.now_us();
        let row = |(member, row): (Member, Vec<FullCell>)| {
            let grade = |full: FullCell| Grade {
                changed: in_force.remove(&(member.person.id.to_string(), full.cell.lab.clone())),
                late_days: late_days(
                    cells.due.get(&full.cell.lab),
                    member.extra_days,
                    full.finished_us,
                    now_us,
                ),
                cell: full.cell,
            };
            GradebookRow { grades: row.into_iter().map(grade).collect(), member: member.clone() }
        };
        let rows = cells.rows.into_iter().map(row).collect();
        changes.reverse();
        Ok(Gradebook { cohort: cells.cohort, labs: cells.labs, rows, changes })
    }

    /// Changes a grade by hand, or takes such a change back (no score). What the checks computed stays beside it.
    ///
    /// # Errors
    /// [`ProgrammeError::Invalid`] without a reason or for a grade that is none, [`ProgrammeError::Missing`] for who is not in the cohort or a lab that is
    /// not in its columns.
    pub fn change_grade(
        &self,
        instructor: &Person,
        cohort: &str,
        (person, lab): (&PersonId, &str),
        score: Option<f64>,
        reason: &str,
    ) -> Result<(), ProgrammeError> {
        let book = self.gradebook(instructor, cohort)?;
        let row = book.rows.iter().find(|row| row.member.person.id == *person);
        let row = row.ok_or_else(|| ProgrammeError::missing("learner", person.as_str()))?;
        let grade = row.grades.iter().find(|grade| grade.cell.lab == lab);
        let grade = grade.ok_or_else(|| ProgrammeError::missing("lab", lab))?;
        let reason = reason.trim();
        if !(3..=500).contains(&reason.chars().count()) {
            return Err(ProgrammeError::invalid(
                "reason",
                "say why, in 3 to 500 characters; the reason stays on record",
            ));
        }
        if score.is_some_and(|score| !(0.0..=1.0).contains(&score)) {
            return Err(ProgrammeError::invalid("score", "write a grade from 0 to 100"));
        }
        if score.is_none() && grade.changed.is_none() {
            return Err(ProgrammeError::invalid(
                "score",
                "there is no change by hand to take back; write a grade",
            ));
        }
        let change = GradeChange {
            person: person.clone(),
            lab: lab.to_owned(),
            score,
            computed: grade.cell.score,
            reason: reason.to_owned(),
            by: instructor.login.clone(),
            at_us: self.clock.now_us(),
        };
        Ok(self.records.grade_change_add(cohort, &change)?)
    }

    /// The gradebook as CSV, a row for each learner and lab.
    ///
    /// # Errors
    /// As [`gradebook`](Self::gradebook).
    pub fn gradebook_csv(&self, instructor: &Person, id: &str) -> Result<String, ProgrammeError> {
        let book = self.gradebook(instructor, id)?;
        let headings = [
            "learner",
            "login",
            "lab",
            "state",
            "grade",
            "computed",
            "late_days",
            "changed_by",
            "changed_at",
            "reason",
        ];
        let rows = book.rows.iter().flat_map(|row| {
            row.grades.iter().map(|grade| {
                let changed = grade.changed.as_ref();
                [
                    row.member.person.name.clone(),
                    row.member.person.login.clone(),
                    grade.cell.lab.clone(),
                    state(grade.cell.state).to_owned(),
                    grade.score().map_or(String::new(), |score| format!("{:.1}", score * 100.0)),
                    grade
                        .cell
                        .attempt
                        .as_ref()
                        .map_or(String::new(), |_| format!("{:.1}", grade.cell.score * 100.0)),
                    grade.late_days.to_string(),
                    changed.map_or(String::new(), |change| change.by.clone()),
                    changed.map_or(String::new(), |change| instant::format(change.at_us)),
                    changed.map_or(String::new(), |change| change.reason.clone()),
                ]
            })
        });
        Ok(csv_text(headings, rows))
    }
}

fn state(state: LabState) -> &'static str {
    match state {
        LabState::NotStarted => "not started",
        LabState::InProgress => "in progress",
        LabState::Stuck => "stuck",
        LabState::Finished => "finished",
    }
}
