use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use crate::StoreError;
use crate::records::ids::words;
use crate::records::{PersonId, Records};

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AskAnswer {
    /// Nothing yet.
    Open,
    /// Yes: they are a pair.
    Accepted,
    /// No.
    Declined,
    /// Nobody answered in time.
    Lapsed,
    /// They were a pair, and are one no longer.
    Ended,
}
words!(AskAnswer {
    Open = "open",
    Accepted = "accepted",
    Declined = "declined",
    Lapsed = "lapsed",
    Ended = "ended",
});

/// A mentor who was asked to take a learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentorAsk {
    /// Never changes.
    pub id: String,
    /// The learner.
    pub learner: PersonId,
    /// The mentor.
    pub mentor: PersonId,
    /// Why these two.
    pub why: String,
    /// What the pair is worth, 0 to 1,000.
    pub worth: u32,
    /// When, in microseconds since 1970 UTC.
    pub asked_us: i64,
    /// What they said.
    pub answer: AskAnswer,
    /// When.
    pub answered_us: Option<i64>,
}

const ASK: &str = "id, learner, mentor, why, worth, asked_us, answer, answered_us";

fn ask_from(row: &Row<'_>) -> rusqlite::Result<MentorAsk> {
    Ok(MentorAsk {
        id: row.get(0)?,
        learner: row.get(1)?,
        mentor: row.get(2)?,
        why: row.get(3)?,
        worth: row.get(4)?,
        asked_us: row.get(5)?,
        answer: row.get(6)?,
        answered_us: row.get(7)?,
    })
}

impl Records {
    /// Adds questions, all or none. One for a learner who waits for an answer or has a mentor is left out.
    pub fn ask_add(&self, asks: &[MentorAsk]) -> Result<usize, StoreError> {
        self.connections.write(|transaction| {
            let sql = format!(
                "INSERT INTO mentor_asks({ASK}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL
                 WHERE NOT EXISTS(SELECT 1 FROM mentor_asks WHERE learner = ?2 AND answer IN ('open', 'accepted'))"
            );
            let mut statement = transaction.prepare_cached(&sql)?;
            let mut added = 0;
            for ask in asks {
                added += statement.execute(params![
                    ask.id,
                    ask.learner,
                    ask.mentor,
                    ask.why,
                    ask.worth,
                    ask.asked_us,
                    ask.answer
                ])?;
            }
            Ok(added)
        })
    }

    /// Changes what became of a question, if it still stands as `from`; whether it did.
    pub fn ask_answer(
        &self,
        id: &str,
        from: AskAnswer,
        to: AskAnswer,
        at_us: i64,
    ) -> Result<bool, StoreError> {
        self.connections.write(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE mentor_asks SET answer = ?3, answered_us = ?4 WHERE id = ?1 AND answer = ?2",
            )?;
            Ok(statement.execute(params![id, from, to, at_us])? == 1)
        })
    }

    /// The question with this id.
    pub fn ask(&self, id: &str) -> Result<Option<MentorAsk>, StoreError> {
        let sql = format!("SELECT {ASK} FROM mentor_asks WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], ask_from).optional()?))
    }

    /// All questions, oldest first.
    pub fn ask_list(&self) -> Result<Vec<MentorAsk>, StoreError> {
        let sql = format!("SELECT {ASK} FROM mentor_asks ORDER BY asked_us, id");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_map([], ask_from)?.collect::<Result<_, _>>()?))
    }

    /// The questions about a learner or to a mentor, oldest first.
    pub fn ask_list_of(&self, person: &PersonId) -> Result<Vec<MentorAsk>, StoreError> {
        let sql =
            format!("SELECT {ASK} FROM mentor_asks WHERE learner = ?1 OR mentor = ?1 ORDER BY asked_us, id");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], ask_from)?.collect::<Result<_, _>>()?)
        })
    }
}
