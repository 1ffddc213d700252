use jiff::ToSpan;
use jiff::civil::Date;
use store::records::{Assignment, Part, Person};

use super::ProgrammeError;
use super::cohorts::days;
use super::days::day;
use crate::platform::Platform;

/// A track that somebody is to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The cohort that it was assigned in.
    pub cohort: String,
    /// The track.
    pub track: String,
    /// Its title.
    pub title: String,
    /// From when.
    pub opens_on: Option<Date>,
    /// By when, with the days that were added for this learner.
    pub due_on: Option<Date>,
}

impl Platform {
    /// Assigns a track to a cohort, or changes its days.
    ///
    /// # Errors
    /// [`ProgrammeError::Missing`] for a track that there is not, [`ProgrammeError::Invalid`] for days that are none.
    pub fn assign(
        &self,
        instructor: &Person,
        cohort: &str,
        track: &str,
        (opens_on, due_on): (&str, &str),
    ) -> Result<(), ProgrammeError> {
        self.cohort_here(instructor, cohort)?;
        if !self.catalogue().tracks.iter().any(|one| one.id == track) {
            return Err(ProgrammeError::missing("track", track));
        }
        let (opens_on, due_on) = days(("opens_on", opens_on), ("due_on", due_on))?;
        Ok(self.records.assignment_set(cohort, &Assignment { track: track.to_owned(), opens_on, due_on })?)
    }

    /// Takes an assignment back.
    ///
    /// # Errors
    /// [`ProgrammeError::Missing`] if there is no such cohort.
    pub fn unassign(&self, instructor: &Person, cohort: &str, track: &str) -> Result<(), ProgrammeError> {
        self.cohort_here(instructor, cohort)?;
        Ok(self.records.assignment_remove(cohort, track)?)
    }

    /// What a person is to take, soonest first.
    ///
    /// # Errors
    /// From the store.
    pub fn due(&self, person: &Person) -> Result<Vec<Due>, ProgrammeError> {
        let catalogue = self.catalogue();
        let mut due = Vec::new();
        for enrolment in self.records.enrolment_list_of(&person.id)? {
            let Some(cohort) =
                self.records.cohort(&enrolment.cohort)?.filter(|_| enrolment.part == Part::Learner)
            else {
                continue;
            };
            let members = self.records.enrolment_list(&cohort.id)?;
            let extra =
                members.iter().find(|member| member.person.id == person.id).map_or(0, |it| it.extra_days);
            for one in self.records.assignment_list(&cohort.id)? {
                let track = catalogue.tracks.iter().find(|track| track.id == one.track);
                due.extend(track.map(|track| Due {
                    cohort: cohort.title.clone(),
                    track: track.id.clone(),
                    title: track.title.clone(),
                    opens_on: one.opens_on.as_deref().and_then(day),
                    due_on: due_on(&one, extra),
                }));
            }
        }
        due.sort_by_key(|one| (one.due_on.is_none(), one.due_on, one.title.clone()));
        Ok(due)
    }
}

/// By when somebody is to have taken a track who has days added.
pub(super) fn due_on(assignment: &Assignment, extra_days: u32) -> Option<Date> {
    let due = assignment.due_on.as_deref().and_then(day)?;
    Some(due.saturating_add(i64::from(extra_days).days()))
}
