use rusqlite::params;

use crate::StoreError;
use crate::records::{PersonId, Records};

/// A wish for a place, or a place's rank of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who.
    pub person: PersonId,
    /// The place.
    pub place: String,
    /// The rank, from 1.
    pub rank: u32,
}

impl Records {
    /// Replaces a person's list of wishes; the first of `places` gets rank 1.
    pub fn wish_set(&self, person: &PersonId, places: &[String]) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction.prepare_cached("DELETE FROM wishes WHERE person = ?1")?.execute([person])?;
            let mut statement =
                transaction.prepare_cached("INSERT INTO wishes(person, place, rank) VALUES(?1, ?2, ?3)")?;
            for (rank, place) in (1_u32..).zip(places) {
                statement.execute(params![person, place, rank])?;
            }
            Ok(())
        })
    }

    /// All wishes, by person and rank.
    pub fn wish_list(&self) -> Result<Vec<Wish>, StoreError> {
        self.wishes("SELECT person, place, rank FROM wishes ORDER BY person, rank")
    }

    /// Replaces the ranks that a place gives; equal ranks are ties.
    pub fn place_rank_set(&self, place: &str, ranks: &[(PersonId, u32)]) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction.prepare_cached("DELETE FROM place_ranks WHERE place = ?1")?.execute([place])?;
            let mut statement = transaction
                .prepare_cached("INSERT INTO place_ranks(place, person, rank) VALUES(?1, ?2, ?3)")?;
            for (person, rank) in ranks {
                statement.execute(params![place, person, rank])?;
            }
            Ok(())
        })
    }

    /// All ranks that places give, by place and rank.
    pub fn place_rank_list(&self) -> Result<Vec<Wish>, StoreError> {
        self.wishes("SELECT person, place, rank FROM place_ranks ORDER BY place, rank, person")
    }

    fn wishes(&self, sql: &str) -> Result<Vec<Wish>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(sql)?;
            let found = statement.query_map([], |row| {
                Ok(Wish { person: row.get(0)?, place: row.get(1)?, rank: row.get(2)? })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
