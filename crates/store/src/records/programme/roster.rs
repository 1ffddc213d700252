use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use super::enrolments;
use super::{Enrolment, OrganisationKind};
use crate::StoreError;
use crate::records::{Person, PersonId, Records};

/// An organisation of a class list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterOrganisation {
    /// Ours.
    pub id: String,
    /// Theirs.
    pub sourced_id: String,
    /// Its name.
    pub name: String,
    /// What it belongs to, by our id.
    pub parent: Option<String>,
}

/// A class of a class list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterCohort {
    /// Ours.
    pub id: String,
    /// Theirs.
    pub sourced_id: String,
    /// What it is called.
    pub title: String,
    /// Its school, by our id.
    pub organisation: String,
    /// Its first day.
    pub begins_on: Option<String>,
    /// Its last day.
    pub ends_on: Option<String>,
}

/// What a class list changes, in our ids; all of it or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterChange {
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Organisations that are new or may have another name, parents first.
    pub organisations: Vec<RosterOrganisation>,
    /// Accounts that are new.
    pub people: Vec<Person>,
    /// Accounts that are called otherwise now.
    pub names: Vec<(PersonId, String)>,
    /// What they call people, by their id.
    pub known_as: Vec<(String, PersonId)>,
    /// Who belongs to which organisation.
    pub members: Vec<(String, PersonId)>,
    /// Cohorts that are new or may have changed.
    pub cohorts: Vec<RosterCohort>,
    /// Who is in which from now on.
    pub enrolments: Vec<Enrolment>,
    /// Who is in which no longer.
    pub over: Vec<(String, PersonId)>,
}

impl Records {
    /// Our ids of people by what a class list calls them.
    pub fn roster_people(&self) -> Result<BTreeMap<String, PersonId>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached("SELECT sourced_id, person FROM roster_people")?;
            let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Does what a class list says.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a login was taken meanwhile.
    pub fn roster_apply(&self, change: &RosterChange) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            organisations(transaction, change)?;
            people(transaction, change)?;
            cohorts(transaction, change)?;
            change.enrolments.iter().try_for_each(|one| enrolments::set(transaction, one))?;
            change
                .over
                .iter()
                .try_for_each(|(cohort, person)| enrolments::remove(transaction, cohort, person))
        })
    }
}

fn organisations(transaction: &Transaction<'_>, change: &RosterChange) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO organisations(id, name, kind, parent, sourced_id, created_us) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT(id) DO UPDATE SET name = ?2, parent = ?4",
    )?;
    for one in &change.organisations {
        let kind = OrganisationKind::School;
        statement.execute(params![one.id, one.name, kind, one.parent, one.sourced_id, change.at_us])?;
    }
    Ok(())
}

fn people(transaction: &Transaction<'_>, change: &RosterChange) -> Result<(), StoreError> {
    for one in &change.people {
        let added = transaction
            .prepare_cached(
                "INSERT INTO people(id, login, name, role, created_us) VALUES(?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT(login) DO NOTHING",
            )?
            .execute(params![one.id, one.login, one.name, one.role, one.created_us])?;
        if added == 0 {
            let what = format!("the login \"{}\" was taken a moment ago; read the files again", one.login);
            return Err(StoreError::Conflict { what });
        }
    }
    let mut rename = transaction.prepare_cached("UPDATE people SET name = ?2 WHERE id = ?1")?;
    for (person, name) in &change.names {
        rename.execute(params![person, name])?;
    }
    let mut know = transaction.prepare_cached(
        "INSERT INTO roster_people(sourced_id, person) VALUES(?1, ?2) ON CONFLICT(sourced_id) DO UPDATE SET person = ?2",
    )?;
    for (sourced_id, person) in &change.known_as {
        know.execute(params![sourced_id, person])?;
    }
    let mut belong = transaction.prepare_cached(
        "INSERT INTO affiliations(organisation, person, part) VALUES(?1, ?2, 'member') ON CONFLICT DO NOTHING",
    )?;
    for (organisation, person) in &change.members {
        belong.execute(params![organisation, person])?;
    }
    Ok(())
}

fn cohorts(transaction: &Transaction<'_>, change: &RosterChange) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO cohorts(id, title, organisation, begins_on, ends_on, sourced_id, created_us)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT(id) DO UPDATE SET title = ?2, organisation = ?3, begins_on = ?4, ends_on = ?5",
    )?;
    for one in &change.cohorts {
        statement.execute(params![
            one.id,
            one.title,
            one.organisation,
            one.begins_on,
            one.ends_on,
            one.sourced_id,
            change.at_us
        ])?;
    }
    Ok(())
}
