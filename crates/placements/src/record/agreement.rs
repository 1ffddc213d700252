use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::decide::Refusal;
use super::{Approach, Schedule, day};

/// What apprentice and employer have agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The apprentice, by the id of a person.
    pub apprentice: String,
    /// The employer, by the id of an organisation.
    pub employer: String,
    /// Who supervises, by the id of a person.
    pub supervisor: String,
    /// The programme under which it is registered, in the sponsor's words.
    pub programme: String,
    /// The schedule, by id.
    pub schedule: String,
    /// The first day.
    #[serde(with = "day")]
    pub begins: Date,
    /// The day by which it is thought to be complete.
    #[serde(with = "day")]
    pub ends: Date,
    /// What is paid, rising.
    pub wages: Vec<WageStep>,
    /// The documents that the employer asks for before the first day, by kind.
    pub documents: Vec<String>,
}

/// What is paid once so much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WageStep {
    /// Signed hours on the job.
    pub hours: u32,
    /// Competencies entrusted.
    pub entrusted: u32,
    /// Pay for an hour, in cents.
    pub cents: u32,
}

/// More steps are no schedule that anybody can explain.
const STEPS_MAX: usize = 8;

impl Agreement {
    /// Whether it can stand under a schedule.
    ///
    /// # Errors
    /// [`Refusal`] for days that are out of order, a supervisor who is the apprentice, or wages that do not rise.
    pub fn check(&self, schedule: &Schedule) -> Result<(), Refusal> {
        if self.apprentice == self.supervisor {
            return Err(Refusal::new("supervisor", "nobody supervises themselves; choose somebody else"));
        }
        if self.ends <= self.begins {
            let what = format!(
                "{} is not after the first day; write when the term is thought to be over",
                self.ends
            );
            return Err(Refusal::new("ends", what));
        }
        if !(3..=200).contains(&self.programme.chars().count()) {
            return Err(Refusal::new("programme", "say under which programme, in 3 to 200 characters"));
        }
        self.check_wages(schedule)
    }

    fn check_wages(&self, schedule: &Schedule) -> Result<(), Refusal> {
        let refuse = |what: &str| Err(Refusal::new("wages", what));
        let Some(first) = self.wages.first() else {
            return refuse("write at least two wage steps, a line each: hours, competencies, pay");
        };
        if !(2..=STEPS_MAX).contains(&self.wages.len()) {
            return refuse("write 2 to 8 wage steps: pay rises with what was learned");
        }
        if (first.hours, first.entrusted) != (0, 0) {
            return refuse(
                "the first step is paid from the first hour: begin it with 0 hours and 0 competencies",
            );
        }
        for pair in self.wages.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if after.cents <= before.cents {
                return refuse("each step pays more than the one before");
            }
            if after.hours < before.hours || after.entrusted < before.entrusted {
                return refuse("no step asks for less than the one before");
            }
            if (after.hours, after.entrusted) == (before.hours, before.entrusted) {
                return refuse("two steps ask for the same; let one ask for more hours or competencies");
            }
        }
        let all = u32::try_from(schedule.entrust.len()).unwrap_or(u32::MAX);
        if self.wages.iter().any(|step| step.entrusted > all) {
            return refuse("a step asks for more competencies than the schedule has");
        }
        let by_hours = schedule.approach != Approach::Competency;
        let term = schedule.term_hours.unwrap_or(u32::MAX);
        if by_hours && self.wages.iter().any(|step| step.hours > term) {
            return refuse("a step asks for more hours than the term has");
        }
        Ok(())
    }
}
