use jiff::civil::Date;
use placements::record::{Due, Entry, Progress, Record, Schedule, Side, dues, progress};
use store::records::{Apprenticeship, Belonging, Organisation, Person, RecordEntry, Role};

use super::content::{record_rules, schedule};
use super::{RecordError, Rules};
use crate::platform::Platform;
use crate::programme::today;

/// An apprenticeship, as somebody sees it.
#[derive(Debug, Clone)]
pub struct Apprenticed {
    /// Its id.
    pub id: String,
    /// The apprentice.
    pub apprentice: Person,
    /// Who supervises.
    pub supervisor: Person,
    /// The employer.
    pub employer: Organisation,
    /// The record.
    pub record: Record,
    /// Its entries, as they were written.
    pub entries: Vec<Entry>,
    /// What it is held against.
    pub schedule: &'static Schedule,
    /// What it is held to.
    pub rules: &'static Rules,
    /// How far it is.
    pub progress: Progress,
    /// What is to be done, and by whom.
    pub dues: Vec<Due>,
    /// As what the one who looks may write; empty for who only reads.
    pub sides: Vec<Side>,
    /// The day it is looked at.
    pub today: Date,
}

impl Apprenticed {
    /// Whether the one who looks writes as this side.
    #[must_use]
    pub fn writes_as(&self, side: Side) -> bool {
        self.sides.contains(&side)
    }

    /// What the one who looks has to do.
    pub fn own_dues(&self) -> impl Iterator<Item = &Due> {
        self.dues.iter().filter(|due| self.sides.contains(&due.side))
    }
}

impl Platform {
    /// The apprenticeships somebody has to do with, the newest first.
    ///
    /// # Errors
    /// From the store, or [`RecordError::Unreadable`] for a record that does not hold together.
    pub fn apprenticeships(&self, person: &Person) -> Result<Vec<Apprenticed>, RecordError> {
        let mut found = Vec::new();
        for one in self.records.apprenticeship_list()? {
            if let Some(sides) = self.sides(person, &one)? {
                found.push(self.apprenticed(one, sides)?);
            }
        }
        Ok(found)
    }

    /// An apprenticeship that somebody has to do with.
    ///
    /// # Errors
    /// [`RecordError::NotYours`] for everybody else.
    pub fn apprenticeship(&self, person: &Person, id: &str) -> Result<Apprenticed, RecordError> {
        let missing = || RecordError::NotYours("apprenticeship");
        let one = self.records.apprenticeship(id)?.ok_or_else(missing)?;
        let sides = self.sides(person, &one)?.ok_or_else(missing)?;
        self.apprenticed(one, sides)
    }

    /// As what somebody may write into a record; none for who does not even read it.
    fn sides(&self, person: &Person, one: &Apprenticeship) -> Result<Option<Vec<Side>>, RecordError> {
        let mut sides = Vec::new();
        if one.apprentice == person.id {
            sides.push(Side::Apprentice);
        }
        if one.supervisor == person.id {
            sides.push(Side::Supervisor);
        }
        if self.is_office(person, &one.employer)? {
            sides.push(Side::Office);
        }
        Ok((!sides.is_empty() || person.role == Role::Instructor).then_some(sides))
    }

    /// Whether somebody works in the education office of an employer, or of the host it is a site of.
    pub(super) fn is_office(&self, person: &Person, employer: &str) -> Result<bool, RecordError> {
        let parent = self.records.organisation(employer)?.and_then(|one| one.parent);
        let offices = self.records.affiliation_list_of(&person.id)?;
        Ok(offices
            .iter()
            .any(|(of, part)| *part == Belonging::Office && (of == employer || Some(of) == parent.as_ref())))
    }

    fn apprenticed(&self, one: Apprenticeship, sides: Vec<Side>) -> Result<Apprenticed, RecordError> {
        let gone = |what: &str| store::StoreError::NotFound { what: what.to_owned() };
        let entries: Vec<Entry> = self.records.record_entries(&one.id)?.into_iter().map(as_entry).collect();
        let record = Record::of(&entries)?;
        let schedule = schedule(&record.agreement.schedule)
            .ok_or_else(|| gone(&format!("the schedule {}", record.agreement.schedule)))?;
        let (rules, today) = (record_rules(), today(self.clock.now_us()));
        let person = |id| self.records.person(id)?.ok_or_else(|| gone("a person of this apprenticeship"));
        Ok(Apprenticed {
            apprentice: person(&one.apprentice)?,
            supervisor: person(&one.supervisor)?,
            employer: self.organisation_here(&one.employer)?,
            progress: progress(&record, schedule, rules),
            dues: dues(&record, schedule, rules, today),
            id: one.id,
            record,
            entries,
            schedule,
            rules,
            sides,
            today,
        })
    }
}

fn as_entry(one: RecordEntry) -> Entry {
    Entry { seq: one.seq, at_us: one.at_us, by: one.by, body: one.body, hash: one.hash }
}
