use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

use crate::StoreError;
use crate::records::{PersonId, Records};

/// Which side somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileKind {
    /// Mentors others.
    Mentor,
    /// Looks for a mentor.
    Mentee,
}

/// What somebody says of themselves as a mentor, or as one who looks for one.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Who.
    pub person: PersonId,
    /// What they say, as JSON.
    pub says: Value,
    /// Whether a mentor takes anybody, or a learner looks for one.
    pub active: bool,
    /// Since when a learner has been looking; for a mentor, when the profile was changed. In microseconds since 1970 UTC.
    pub since_us: i64,
}

fn profile_from(row: &Row<'_>) -> rusqlite::Result<(PersonId, String, bool, i64)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn read((person, text, active, since_us): (PersonId, String, bool, i64)) -> Result<Profile, StoreError> {
    let damaged = |_| StoreError::Damaged { what: format!("the profile of {person}") };
    let says = serde_json::from_str(&text).map_err(damaged)?;
    Ok(Profile { person, says, active, since_us })
}

impl ProfileKind {
    fn select(self) -> &'static str {
        match self {
            Self::Mentor => "SELECT person, profile, active, updated_us FROM mentor_profiles",
            Self::Mentee => "SELECT person, profile, looking, since_us FROM mentee_profiles",
        }
    }
}

impl Records {
    /// Replaces what somebody says of themselves.
    pub fn profile_set(&self, kind: ProfileKind, profile: &Profile, now_us: i64) -> Result<(), StoreError> {
        let (person, says) = (&profile.person, profile.says.to_string());
        self.connections.write(|transaction| {
            match kind {
                ProfileKind::Mentor => transaction
                    .prepare_cached(
                        "INSERT INTO mentor_profiles(person, profile, active, updated_us) VALUES(?1, ?2, ?3, ?4)
                         ON CONFLICT(person) DO UPDATE SET profile = ?2, active = ?3, updated_us = ?4",
                    )?
                    .execute(params![person, says, profile.active, now_us])?,
                ProfileKind::Mentee => transaction
                    .prepare_cached(
                        "INSERT INTO mentee_profiles(person, profile, looking, since_us, updated_us)
                         VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(person)
                         DO UPDATE SET profile = ?2, looking = ?3, since_us = ?4, updated_us = ?5",
                    )?
                    .execute(params![person, says, profile.active, profile.since_us, now_us])?,
            };
            Ok(())
        })
    }

    /// What somebody says of themselves.
    pub fn profile(&self, kind: ProfileKind, person: &PersonId) -> Result<Option<Profile>, StoreError> {
        let sql = format!("{} WHERE person = ?1", kind.select());
        let found = self
            .connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_row([person], profile_from).optional()?))?;
        found.map(read).transpose()
    }

    /// All profiles of a side.
    pub fn profile_list(&self, kind: ProfileKind) -> Result<Vec<Profile>, StoreError> {
        let sql = format!("{} ORDER BY person", kind.select());
        let found: Vec<_> = self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([], profile_from)?.collect::<Result<_, _>>()?)
        })?;
        found.into_iter().map(read).collect()
    }
}
