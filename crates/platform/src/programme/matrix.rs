use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use schemars::JsonSchema;
use serde::Serialize;
use store::records::{Assignment, Cohort, CohortAttempt, Member, Part, Person};

use super::ProgrammeError;
use super::assign::due_on;
use super::days::today;
use crate::labs::{AttemptState, LabCell, LabHead, LabState, states_from};
use crate::platform::Platform;

/// Where everyone of a cohort is in every lab that was assigned to it; in every lab there is, if none was.
#[derive(Debug, Clone)]
pub struct CohortMatrix {
    /// The cohort.
    pub cohort: Cohort,
    /// The columns, in the order of the tracks.
    pub labs: Vec<LabHead>,
    /// The rows, by name.
    pub rows: Vec<(Member, Vec<LabCell>)>,
    /// What holds up the most learners in each lab, most first.
    pub common: Vec<CommonFailure>,
}

/// A check that fails for several at once: a case for the whole class rather than for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CommonFailure {
    /// The lab.
    pub lab: String,
    /// The check, by title.
    pub check: String,
    /// How many it holds up.
    pub learners: usize,
}

/// A cell, with what only the gradebook asks.
pub(super) struct FullCell {
    pub(super) cell: LabCell,
    pub(super) finished_us: Option<i64>,
}

/// A cohort's cells before somebody makes a page of them.
pub(super) struct Cells {
    pub(super) cohort: Cohort,
    pub(super) labs: Vec<LabHead>,
    pub(super) due: BTreeMap<String, Assignment>,
    pub(super) rows: Vec<(Member, Vec<FullCell>)>,
}

impl Platform {
    /// Where everyone of a cohort is.
    ///
    /// # Errors
    /// [`ProgrammeError::NotInstructor`] for everybody but instructors, [`ProgrammeError::Missing`] if there is no such cohort.
    pub fn cohort_matrix(&self, instructor: &Person, id: &str) -> Result<CohortMatrix, ProgrammeError> {
        let cells = self.cells(instructor, id)?;
        let plain = |row: Vec<FullCell>| row.into_iter().map(|full| full.cell).collect();
        let rows: Vec<(Member, Vec<LabCell>)> =
            cells.rows.into_iter().map(|(member, row)| (member, plain(row))).collect();
        Ok(CohortMatrix { common: common(&cells.labs, &rows), cohort: cells.cohort, labs: cells.labs, rows })
    }

    /// A cohort's cells: one look at the store, and then the checks of some thousand attempts side by side.
    pub(super) fn cells(&self, instructor: &Person, id: &str) -> Result<Cells, ProgrammeError> {
        let cohort = self.cohort_here(instructor, id)?;
        let assignments = self.records.assignment_list(id)?;
        let (labs, due) = self.labs_of(&assignments);
        let mut members = self.records.enrolment_list(id)?;
        members.retain(|member| member.part == Part::Learner);
        let attempts = self.records.cohort_attempts(id)?;
        let cells: Vec<((String, String), FullCell)> = attempts
            .into_par_iter()
            .filter(|one| one.attempt.state != AttemptState::Abandoned)
            .filter(|one| labs.iter().any(|lab| lab.id == one.attempt.lab))
            .map(|one| self.full_cell(one))
            .collect::<Result<_, ProgrammeError>>()?;
        let mut cells: BTreeMap<(String, String), FullCell> = cells.into_iter().collect();
        let row = |member: Member| {
            let person = member.person.id.as_str();
            let cell = |lab: &LabHead| {
                let nothing = || FullCell { cell: LabCell::not_started(&lab.id), finished_us: None };
                cells.remove(&(person.to_owned(), lab.id.clone())).unwrap_or_else(nothing)
            };
            let row = labs.iter().map(cell).collect();
            (member, row)
        };
        let rows = members.into_iter().map(row).collect();
        Ok(Cells { cohort, labs, due, rows })
    }

    fn full_cell(&self, one: CohortAttempt) -> Result<((String, String), FullCell), ProgrammeError> {
        let states = states_from(&one.attempt.id, one.states.as_deref())?;
        let finished_us = one.attempt.finished_us;
        let key = (one.attempt.person.to_string(), one.attempt.lab.clone());
        Ok((key, FullCell { cell: self.cell_of(one.attempt, &states, one.changed_us), finished_us }))
    }

    /// The labs of what was assigned, each with the assignment that is due first; all labs if nothing was.
    fn labs_of(&self, assignments: &[Assignment]) -> (Vec<LabHead>, BTreeMap<String, Assignment>) {
        let catalogue = self.catalogue();
        let (mut labs, mut due): (Vec<LabHead>, BTreeMap<String, Assignment>) = (Vec::new(), BTreeMap::new());
        let head =
            |id: &str| catalogue.lab(id).map(|lab| LabHead { id: lab.id.clone(), title: lab.title.clone() });
        for track in &catalogue.tracks {
            let assigned = assignments.iter().find(|one| one.track == track.id);
            if assigned.is_none() && !assignments.is_empty() {
                continue;
            }
            for lab in &track.labs {
                if !labs.iter().any(|known| known.id == *lab) {
                    labs.extend(head(lab));
                }
                if let Some(assigned) = assigned {
                    let first = due.entry(lab.clone()).or_insert_with(|| assigned.clone());
                    if assigned.due_on.is_some() && assigned.due_on < first.due_on {
                        *first = assigned.clone();
                    }
                }
            }
        }
        (labs, due)
    }
}

/// The check that holds up the most in each lab, where it is more than one learner.
fn common(labs: &[LabHead], rows: &[(Member, Vec<LabCell>)]) -> Vec<CommonFailure> {
    let most = |(at, lab): (usize, &LabHead)| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let open = rows.iter().map(|(_, cells)| &cells[at]).filter(|cell| cell.state != LabState::Finished);
        for check in open.filter_map(|cell| cell.failing.as_deref()) {
            *counts.entry(check).or_default() += 1;
        }
        let (check, learners) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (learners > 1).then(|| CommonFailure { lab: lab.title.clone(), check: check.to_owned(), learners })
    };
    let mut found: Vec<CommonFailure> = labs.iter().enumerate().filter_map(most).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.learners));
    found
}

/// How many days after its due day something was finished, or is still open at `now_us`.
pub(super) fn late_days(
    due: Option<&Assignment>,
    extra_days: u32,
    finished_us: Option<i64>,
    now_us: i64,
) -> u32 {
    let late = || -> Option<i32> {
        let due: Date = due_on(due?, extra_days)?;
        Some(today(finished_us.unwrap_or(now_us)).since(due).ok()?.get_days())
    };
    late().and_then(|days| u32::try_from(days).ok()).unwrap_or(0)
}
