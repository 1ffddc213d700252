use rusqlite::params;
use serde::Serialize;

use crate::StoreError;
use crate::records::ids::words;
use crate::records::people::{PERSON, person_from};
use crate::records::{Person, PersonId, Records};

/// What somebody is in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Belonging {
    /// One of its own.
    Member,
    /// Works in the education office of a host.
    Office,
    /// Supervises apprentices of a host.
    Supervisor,
}
words!(Belonging { Member = "member", Office = "office", Supervisor = "supervisor" });

/// Somebody in an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Affiliation {
    /// The organisation.
    pub organisation: String,
    /// Who.
    pub person: Person,
    /// As what.
    pub part: Belonging,
}

impl Records {
    /// Adds somebody to an organisation; adding them again changes nothing.
    pub fn affiliation_add(
        &self,
        organisation: &str,
        person: &PersonId,
        part: Belonging,
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO affiliations(organisation, person, part) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING",
                )?
                .execute(params![organisation, person, part])?;
            Ok(())
        })
    }

    /// Who belongs where, by name.
    pub fn affiliation_list(&self) -> Result<Vec<Affiliation>, StoreError> {
        let sql = format!(
            "SELECT {PERSON}, organisation, part FROM affiliations JOIN people ON people.id = person
             ORDER BY people.name COLLATE NOCASE, people.id, organisation, part"
        );
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let found = statement.query_map([], |row| {
                Ok(Affiliation { person: person_from(row)?, organisation: row.get(5)?, part: row.get(6)? })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Where a person belongs, and as what.
    pub fn affiliation_list_of(&self, person: &PersonId) -> Result<Vec<(String, Belonging)>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT organisation, part FROM affiliations WHERE person = ?1 ORDER BY organisation, part",
            )?;
            let found = statement.query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
