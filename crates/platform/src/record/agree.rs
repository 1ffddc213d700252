use jiff::civil::Date;
use placements::places::kind_of;
use placements::record::{Agreement, Deed, WageStep, next_entry};
use store::records::{Apprenticeship, Belonging, Person, Role};

use super::RecordError;
use super::content::schedule;
use super::write::as_record;
use crate::ids::new_id;
use crate::platform::Platform;
use crate::programme::day;

/// An agreement to be put down.
#[derive(Debug, Clone)]
pub struct NewAgreement<'a> {
    /// The employer, by the id of an organisation.
    pub employer: &'a str,
    /// The apprentice's login.
    pub apprentice: &'a str,
    /// The supervisor's login.
    pub supervisor: &'a str,
    /// The schedule, by id.
    pub schedule: &'a str,
    /// The programme it is registered under.
    pub programme: &'a str,
    /// The first day, as `2031-09-01`.
    pub begins_on: &'a str,
    /// The day by which it is thought to be complete.
    pub ends_on: &'a str,
    /// Wage steps, a line each: hours, competencies entrusted, pay for an hour.
    pub wages: &'a str,
    /// Documents that are asked for, by kind.
    pub documents: Vec<String>,
}

impl Platform {
    /// Puts an agreement down. It holds once the apprentice has accepted it.
    ///
    /// # Errors
    /// [`RecordError::NotYours`] for who keeps no such host, [`RecordError::Refused`] for what does not fit.
    pub fn add_agreement(&self, office: &Person, new: &NewAgreement<'_>) -> Result<String, RecordError> {
        let hosts = self.hosts_kept_by(office)?;
        let host = hosts.iter().find(|host| host.id == new.employer).ok_or(RecordError::NotYours("host"))?;
        let schedule =
            schedule(new.schedule).ok_or_else(|| RecordError::refused("schedule", "choose an occupation"))?;
        let apprentice = self.somebody("apprentice", new.apprentice)?;
        if apprentice.role != Role::Learner {
            return Err(RecordError::refused("apprentice", "an apprentice is a learner of this house"));
        }
        let supervisor = self.somebody("supervisor", new.supervisor)?;
        let belongs = self.records.affiliation_list_of(&supervisor.id)?;
        let there = |of: &String| *of == host.id || Some(of) == host.parent.as_ref();
        if !belongs.iter().any(|(of, part)| *part == Belonging::Supervisor && there(of)) {
            let what = format!(
                "{} does not supervise at {}; an instructor adds supervisors under Organisations",
                supervisor.name, host.name
            );
            return Err(RecordError::refused("supervisor", what));
        }
        if let Some(kind) = new.documents.iter().find(|kind| kind_of(kind).is_none()) {
            return Err(RecordError::refused("documents", format!("there is no kind of document `{kind}`")));
        }
        let agreement = Agreement {
            apprentice: apprentice.id.to_string(),
            employer: host.id.clone(),
            supervisor: supervisor.id.to_string(),
            programme: new.programme.trim().to_owned(),
            schedule: schedule.id.clone(),
            begins: day_of("begins_on", new.begins_on)?,
            ends: day_of("ends_on", new.ends_on)?,
            wages: wages_of(new.wages)?,
            documents: new.documents.clone(),
        };
        agreement.check(schedule)?;
        let now_us = self.clock.now_us();
        let one = Apprenticeship {
            id: new_id(&*self.entropy),
            apprentice: apprentice.id,
            employer: host.id.clone(),
            supervisor: supervisor.id,
            created_us: now_us,
        };
        let first = next_entry(None, office.id.as_str(), now_us, &Deed::Agreed(agreement));
        self.records.apprenticeship_add(&one, &as_record(first))?;
        Ok(one.id)
    }

    fn somebody(&self, field: &'static str, login: &str) -> Result<Person, RecordError> {
        let found = self.records.person_by_login(login.trim())?;
        Ok(found
            .ok_or_else(|| RecordError::refused(field, "nobody has this login; an instructor adds accounts"))?
            .0)
    }
}

fn day_of(field: &'static str, text: &str) -> Result<Date, RecordError> {
    day(text).ok_or_else(|| {
        RecordError::refused(field, format!("`{}` is no day; write it as 2031-09-01", text.trim()))
    })
}

/// Steps as they are typed: `0, 0, 22.50`, one on each line.
fn wages_of(text: &str) -> Result<Vec<WageStep>, RecordError> {
    let step = |line: &str| {
        let mut parts = line.split(',').map(str::trim);
        let step = WageStep {
            hours: parts.next()?.parse().ok()?,
            entrusted: parts.next()?.parse().ok()?,
            cents: cents_of(parts.next()?)?,
        };
        parts.next().is_none().then_some(step)
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            step(line).ok_or_else(|| {
                let what = format!("`{line}` is no wage step; write hours, competencies and pay with commas between, as 500, 1, 24.50");
                RecordError::refused("wages", what)
            })
        })
        .collect()
}

/// Pay for an hour in cents, from `24`, `24.5` or `24.50`.
fn cents_of(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    if !(1..=4).contains(&whole.len()) || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    Some(whole.parse::<u32>().ok()? * 100 + format!("{part:0<2}").parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wage_steps_are_read_line_by_line() {
        let read = |text: &str| {
            wages_of(text).map(|steps| {
                steps.iter().map(|one| (one.hours, one.entrusted, one.cents)).collect::<Vec<_>>()
            })
        };
        assert_eq!(read("0, 0, 22\n\n500,1,24.5\n").unwrap(), [(0, 0, 2_200), (500, 1, 2_450)]);
        for wrong in ["0, 0", "0, 0, 7:30", "0, 0, -4", "0, 0, 1.234", "a, 0, 1", "0, 0, 1, 1"] {
            assert!(read(wrong).unwrap_err().to_string().contains("no wage step"), "{wrong}");
        }
    }
}
