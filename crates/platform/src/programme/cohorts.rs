use store::records::{Assignment, Cohort, Enrolment, Member, Part, Person, PersonId, Role};

use super::ProgrammeError;
use super::days::day;
use super::organisations::{check_teaches, name_of};
use crate::ids::new_id;
use crate::platform::Platform;

/// A cohort to be added.
#[derive(Debug, Clone, Default)]
pub struct NewCohort<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The school it belongs to.
    pub organisation: Option<&'a str>,
    /// Its first day, as `2031-09-01`.
    pub begins_on: &'a str,
    /// Its last day.
    pub ends_on: &'a str,
}

/// A cohort with who is in it and what it is to take.
#[derive(Debug, Clone)]
pub struct CohortView {
    /// The cohort.
    pub cohort: Cohort,
    /// Who is in it, by name.
    pub members: Vec<Member>,
    /// What it is to take.
    pub assignments: Vec<Assignment>,
}

/// No more days are added to anybody's due days.
const EXTRA_DAYS_MAX: u32 = 365;

impl Platform {
    /// All cohorts, each with how many learners are in it.
    ///
    /// # Errors
    /// [`ProgrammeError::NotInstructor`] for everybody but instructors, here and below.
    pub fn cohorts(&self, instructor: &Person) -> Result<Vec<(Cohort, u32)>, ProgrammeError> {
        check_teaches(instructor)?;
        Ok(self.records.cohort_list()?)
    }

    /// A cohort with who is in it and what it is to take.
    ///
    /// # Errors
    /// [`ProgrammeError::Missing`] if there is none.
    pub fn cohort(&self, instructor: &Person, id: &str) -> Result<CohortView, ProgrammeError> {
        let cohort = self.cohort_here(instructor, id)?;
        let (members, assignments) = (self.records.enrolment_list(id)?, self.records.assignment_list(id)?);
        Ok(CohortView { cohort, members, assignments })
    }

    /// Adds a cohort.
    ///
    /// # Errors
    /// [`ProgrammeError::Invalid`] for a day that is none, or an end before the beginning.
    pub fn add_cohort(&self, instructor: &Person, new: &NewCohort<'_>) -> Result<Cohort, ProgrammeError> {
        check_teaches(instructor)?;
        let organisation = new.organisation.filter(|organisation| !organisation.is_empty());
        if let Some(organisation) = organisation {
            self.organisation_here(organisation)?;
        }
        let (begins_on, ends_on) = days(("begins_on", new.begins_on), ("ends_on", new.ends_on))?;
        let made = Cohort {
            id: new_id(&*self.entropy),
            title: name_of("title", new.title)?,
            organisation: organisation.map(str::to_owned),
            begins_on,
            ends_on,
            sourced_id: None,
            created_us: self.clock.now_us(),
        };
        self.records.cohort_add(&made)?;
        Ok(made)
    }

    /// Puts somebody who has an account into a cohort: a learner to learn, an instructor to teach.
    ///
    /// # Errors
    /// [`ProgrammeError::Invalid`] if nobody has this login, or an associate has.
    pub fn enrol(&self, instructor: &Person, cohort: &str, login: &str) -> Result<Person, ProgrammeError> {
        self.cohort_here(instructor, cohort)?;
        let found = self.records.person_by_login(login.trim())?;
        let unknown = || ProgrammeError::invalid("login", "nobody has this login; add the account first");
        let person = found.ok_or_else(unknown)?.0;
        let part = match person.role {
            Role::Learner => Part::Learner,
            Role::Instructor => Part::Instructor,
            Role::Associate => {
                let what = "an associate comes from outside the class and is in no cohort";
                return Err(ProgrammeError::invalid("login", what));
            }
        };
        let (cohort, id) = (cohort.to_owned(), person.id.clone());
        self.records.enrolment_set(&Enrolment {
            cohort,
            person: id,
            part,
            begins_on: None,
            ends_on: None,
        })?;
        Ok(person)
    }

    /// Takes somebody out of a cohort; what they did stays theirs.
    ///
    /// # Errors
    /// [`ProgrammeError::Missing`] if there is no such cohort.
    pub fn leave_cohort(
        &self,
        instructor: &Person,
        cohort: &str,
        person: &PersonId,
    ) -> Result<(), ProgrammeError> {
        self.cohort_here(instructor, cohort)?;
        Ok(self.records.enrolment_remove(cohort, person)?)
    }

    /// Adds days to every due day of somebody in a cohort: an accommodation. Why is not asked and not kept.
    ///
    /// # Errors
    /// [`ProgrammeError::Invalid`] for more than a year, [`ProgrammeError::Missing`] if they are not in the cohort.
    pub fn add_days(
        &self,
        instructor: &Person,
        cohort: &str,
        person: &PersonId,
        days: u32,
    ) -> Result<(), ProgrammeError> {
        self.cohort_here(instructor, cohort)?;
        if days > EXTRA_DAYS_MAX {
            return Err(ProgrammeError::invalid("days", "write 0 to 365 days"));
        }
        let is_in = self.records.enrolment_set_extra_days(cohort, person, days)?;
        if is_in { Ok(()) } else { Err(ProgrammeError::missing("learner", person.as_str())) }
    }

    /// A cohort, for who teaches.
    pub(crate) fn cohort_here(&self, instructor: &Person, id: &str) -> Result<Cohort, ProgrammeError> {
        check_teaches(instructor)?;
        self.records.cohort(id)?.ok_or_else(|| ProgrammeError::missing("cohort", id))
    }
}

/// Two days in order, each of which may be empty.
pub(super) fn days(
    begins: (&'static str, &str),
    ends: (&'static str, &str),
) -> Result<(Option<String>, Option<String>), ProgrammeError> {
    let read = |(field, text): (&'static str, &str)| match text.trim() {
        "" => Ok(None),
        text => match day(text) {
            Some(day) => Ok(Some(day)),
            None => {
                Err(ProgrammeError::invalid(field, format!("`{text}` is no day; write it as 2031-09-01")))
            }
        },
    };
    let (first, last) = (read(begins)?, read(ends)?);
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        return Err(ProgrammeError::invalid(ends.0, format!("{last} is before {first}; swap the days")));
    }
    Ok((first.map(|day| day.to_string()), last.map(|day| day.to_string())))
}
