use store::records::{AskAnswer, MentorAsk, Person};

use super::MentoringError;
use super::propose::check_teaches;
use crate::platform::Platform;

/// Which side of a pair somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// They learn.
    Learner,
    /// They mentor.
    Mentor,
}

/// A learner and a mentor, as one of them sees it.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The id to answer or end it by.
    pub id: String,
    /// The other one.
    pub other: Person,
    /// What the one who looks is.
    pub side: Side,
    /// Why these two.
    pub why: String,
    /// When it was made, in microseconds since 1970 UTC.
    pub since_us: i64,
}

/// A question to a mentor that waits for an answer.
#[derive(Debug, Clone)]
pub struct Request {
    /// The id to answer it by.
    pub id: String,
    /// The other one.
    pub other: Person,
    /// What the one who looks is.
    pub side: Side,
    /// Why these two.
    pub why: String,
    /// Until when the mentor can answer, in microseconds since 1970 UTC.
    pub until_us: i64,
}

/// A learner who looks for a mentor.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Who.
    pub learner: Person,
    /// Since when, in microseconds since 1970 UTC.
    pub since_us: i64,
    /// What for.
    pub waits_for: WaitingFor,
}

/// What a learner waits for who looks for a mentor.
#[derive(Debug, Clone)]
pub enum WaitingFor {
    /// For the next pairing.
    Pairing,
    /// For this mentor's answer, until then.
    Answer(Person, i64),
    /// For a person to look at it: everybody who could be was asked.
    Somebody,
}

/// 72 hours, as in the rules of the pairing.
const ANSWER_US: i64 = 72 * 3_600_000_000;

impl Platform {
    /// The pairs somebody is in.
    ///
    /// # Errors
    /// From the store.
    pub fn pairs_of(&self, person: &Person) -> Result<Vec<Pair>, MentoringError> {
        self.tend_requests()?;
        let asks = self.records.ask_list_of(&person.id)?;
        let pairs = asks.into_iter().filter(|ask| ask.answer == AskAnswer::Accepted).filter_map(|ask| {
            let (other, side) = self.other(person, &ask).transpose()?.ok()?;
            Some(Pair {
                id: ask.id,
                other,
                side,
                why: ask.why,
                since_us: ask.answered_us.unwrap_or(ask.asked_us),
            })
        });
        Ok(pairs.collect())
    }

    /// Questions about somebody, or to them, that wait for an answer.
    ///
    /// # Errors
    /// From the store.
    pub fn requests_of(&self, person: &Person) -> Result<Vec<Request>, MentoringError> {
        self.tend_requests()?;
        let asks = self.records.ask_list_of(&person.id)?;
        let open = asks.into_iter().filter(|ask| ask.answer == AskAnswer::Open).filter_map(|ask| {
            let (other, side) = self.other(person, &ask).transpose()?.ok()?;
            Some(Request { id: ask.id, other, side, why: ask.why, until_us: ask.asked_us + ANSWER_US })
        });
        Ok(open.collect())
    }

    /// Everybody who looks for a mentor, those who have waited longest first.
    ///
    /// # Errors
    /// [`MentoringError::NotInstructor`] for everybody but instructors.
    pub fn waiting_for_mentors(&self, instructor: &Person) -> Result<Vec<Waiting>, MentoringError> {
        check_teaches(instructor)?;
        self.tend_requests()?;
        let circle = self.circle()?;
        let mut found = Vec::new();
        for one in &circle.learners {
            let Some(learner) = circle.people.get(&one.id).cloned() else { continue };
            let since_us = self.mentee_profile(&learner)?.since_us;
            let asked: Vec<&MentorAsk> = circle.asks.iter().filter(|ask| ask.learner == learner.id).collect();
            let open = asked.iter().find(|ask| ask.answer == AskAnswer::Open);
            let mentor = open.and_then(|ask| Some((circle.people.get(ask.mentor.as_str())?, ask.asked_us)));
            let waits_for = match mentor {
                Some((mentor, asked_us)) => WaitingFor::Answer(mentor.clone(), asked_us + ANSWER_US),
                None if asked.is_empty() => WaitingFor::Pairing,
                None => WaitingFor::Somebody,
            };
            found.push(Waiting { learner, since_us, waits_for });
        }
        Ok(found)
    }

    /// All pairs there are, as learner, mentor, why and since when.
    ///
    /// # Errors
    /// [`MentoringError::NotInstructor`] for everybody but instructors.
    pub fn all_pairs(
        &self,
        instructor: &Person,
    ) -> Result<Vec<(Person, Person, String, i64)>, MentoringError> {
        check_teaches(instructor)?;
        let circle = self.circle()?;
        let person = |id: &str| circle.people.get(id).cloned();
        let pairs = circle.asks.iter().filter(|ask| ask.answer == AskAnswer::Accepted).filter_map(|ask| {
            let since_us = ask.answered_us.unwrap_or(ask.asked_us);
            Some((person(ask.learner.as_str())?, person(ask.mentor.as_str())?, ask.why.clone(), since_us))
        });
        Ok(pairs.collect())
    }

    /// The other one of a question, and what the one who looks is.
    fn other(&self, person: &Person, ask: &MentorAsk) -> Result<Option<(Person, Side)>, MentoringError> {
        let (id, side) = if ask.learner == person.id {
            (&ask.mentor, Side::Learner)
        } else {
            (&ask.learner, Side::Mentor)
        };
        Ok(self.records.person(id)?.map(|other| (other, side)))
    }

    /// Whether two are a pair: the first learns, the second mentors.
    pub(super) fn are_pair(&self, learner: &Person, mentor: &Person) -> Result<bool, MentoringError> {
        let asks = self.records.ask_list_of(&learner.id)?;
        Ok(asks.iter().any(|ask| {
            ask.answer == AskAnswer::Accepted && ask.learner == learner.id && ask.mentor == mentor.id
        }))
    }
}
