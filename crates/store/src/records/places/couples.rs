use std::collections::BTreeMap;

use rusqlite::params;

use crate::StoreError;
use crate::records::{PersonId, Records};

/// A place for each of two partners; nothing where one would go without.
pub type PairOfPlaces = [Option<String>; 2];

/// Two people who take part in the match as one, or of whom one has asked the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Couple {
    /// Its id.
    pub id: String,
    /// Who asked, and who was asked.
    pub members: [PersonId; 2],
    /// When, in microseconds since 1970 UTC.
    pub asked_us: i64,
    /// When the other agreed, if they did.
    pub agreed_us: Option<i64>,
    /// The pairs of places they wish for, the best first.
    pub wishes: Vec<PairOfPlaces>,
}

impl Couple {
    /// At which place somebody stands, if they are one of the two.
    #[must_use]
    pub fn place_of(&self, person: &PersonId) -> Option<usize> {
        self.members.iter().position(|member| member == person)
    }
}

impl Records {
    /// Keeps that somebody asked another.
    pub fn couple_add(&self, couple: &Couple) -> Result<(), StoreError> {
        let [one, other] = &couple.members;
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO match_couples(id, one, other, asked_us, agreed_us) VALUES(?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![couple.id, one, other, couple.asked_us, couple.agreed_us])?;
            Ok(())
        })
    }

    /// Keeps that both agree. Whatever else either of them asked or was asked is gone with it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if one of them is in a couple already, or there is nothing to agree to.
    pub fn couple_agree(&self, id: &str, now_us: i64) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let agreed = transaction
                .prepare_cached(
                    "UPDATE match_couples SET agreed_us = ?2 WHERE id = ?1 AND agreed_us IS NULL AND NOT EXISTS(
                       SELECT 1 FROM match_couples AS c WHERE c.agreed_us IS NOT NULL
                         AND (c.one IN (match_couples.one, match_couples.other) OR c.other IN (match_couples.one, match_couples.other)))",
                )?
                .execute(params![id, now_us])?;
            if agreed == 0 {
                let what = "one of the two takes part with somebody already, or the question was taken back";
                return Err(StoreError::Conflict { what: what.to_owned() });
            }
            transaction
                .prepare_cached(
                    "DELETE FROM match_couples WHERE agreed_us IS NULL AND id IN (
                       SELECT c.id FROM match_couples AS c, match_couples AS now WHERE now.id = ?1
                         AND (c.one IN (now.one, now.other) OR c.other IN (now.one, now.other)))",
                )?
                .execute([id])?;
            Ok(())
        })
    }

    /// Parts a couple, or takes a question back.
    pub fn couple_remove(&self, id: &str) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction.prepare_cached("DELETE FROM match_couples WHERE id = ?1")?.execute([id])?;
            Ok(())
        })
    }

    /// Replaces the pairs of places that a couple wishes for; the first gets rank 1.
    pub fn couple_wish_set(&self, id: &str, wishes: &[PairOfPlaces]) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction.prepare_cached("DELETE FROM couple_wishes WHERE couple = ?1")?.execute([id])?;
            let mut statement = transaction.prepare_cached(
                "INSERT INTO couple_wishes(couple, rank, place_one, place_other) VALUES(?1, ?2, ?3, ?4)",
            )?;
            for (rank, [one, other]) in (1_u32..).zip(wishes) {
                statement.execute(params![id, rank, one, other])?;
            }
            Ok(())
        })
    }

    /// All couples and questions, the oldest first.
    pub fn couple_list(&self) -> Result<Vec<Couple>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT couple, place_one, place_other FROM couple_wishes ORDER BY couple, rank",
            )?;
            let mut wishes: BTreeMap<String, Vec<PairOfPlaces>> = BTreeMap::new();
            let rows = statement.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?])))?;
            for row in rows {
                let (couple, pair): (String, PairOfPlaces) = row?;
                wishes.entry(couple).or_default().push(pair);
            }
            let mut statement = db.prepare_cached(
                "SELECT id, one, other, asked_us, agreed_us FROM match_couples ORDER BY asked_us, id",
            )?;
            let found = statement.query_map([], |row| {
                let id: String = row.get(0)?;
                Ok(Couple {
                    wishes: wishes.remove(&id).unwrap_or_default(),
                    members: [row.get(1)?, row.get(2)?],
                    asked_us: row.get(3)?,
                    agreed_us: row.get(4)?,
                    id,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
