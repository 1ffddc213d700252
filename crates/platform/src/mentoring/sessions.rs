use placements::mentors::{Session, calendar};
use standards::fhir::instant;
use store::records::{MentorAction, MentorSession, Person};

use super::MentoringError;
use super::pairs::Side;
use crate::ids::new_id;
use crate::platform::Platform;

/// A session to be arranged.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    /// The pair it is for.
    pub pair: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// When it begins, in UTC, as `2031-03-04T15:00`.
    pub begins: &'a str,
    /// How long it takes.
    pub minutes: u32,
    /// What is to be talked about, a line each.
    pub agenda: &'a str,
}

impl Platform {
    /// The sessions somebody has, as learner or mentor, the latest first.
    ///
    /// # Errors
    /// From the store.
    pub fn mentor_sessions(&self, person: &Person) -> Result<Vec<MentorSession>, MentoringError> {
        Ok(self.records.mentor_session_list_of(&person.id)?)
    }

    /// Arranges a session.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] for who is not of this pair, [`MentoringError::Invalid`] for what does not fit.
    pub fn arrange_session(
        &self,
        person: &Person,
        new: &NewSession<'_>,
    ) -> Result<MentorSession, MentoringError> {
        let pairs = self.pairs_of(person)?;
        let pair = pairs.into_iter().find(|pair| pair.id == new.pair);
        let pair = pair.ok_or(MentoringError::NotYours("pair"))?;
        let (title, agenda) = (new.title.trim(), new.agenda.trim());
        if !(1..=120).contains(&title.chars().count()) {
            return Err(MentoringError::invalid("title", "say in up to 120 characters what it is about"));
        }
        if agenda.is_empty() || agenda.chars().count() > 4_000 {
            return Err(MentoringError::invalid(
                "agenda",
                "write what you want to talk about, a line each; a session without an agenda is a chat",
            ));
        }
        if !(10..=240).contains(&new.minutes) {
            return Err(MentoringError::invalid("minutes", "write 10 to 240 minutes"));
        }
        let begins_us = instant::parse(&format!("{}:00Z", new.begins.trim()));
        let begins_us = begins_us.filter(|begins_us| *begins_us > self.clock.now_us());
        let begins_us = begins_us.ok_or_else(|| {
            MentoringError::invalid("begins", "write a moment that is still to come, as 2031-03-04T15:00")
        })?;
        let (learner, mentor) = match pair.side {
            Side::Learner => (person.id.clone(), pair.other.id),
            Side::Mentor => (pair.other.id, person.id.clone()),
        };
        let session = MentorSession {
            id: new_id(&*self.entropy),
            learner,
            mentor,
            title: title.to_owned(),
            begins_us,
            minutes: new.minutes,
            agenda: agenda.to_owned(),
            actions: Vec::new(),
            cancelled: false,
            revision: 0,
            changed_us: self.clock.now_us(),
        };
        self.records.mentor_session_set(&session)?;
        Ok(session)
    }

    /// Adds something that was agreed.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] for everybody else, [`MentoringError::Invalid`] for an empty one.
    pub fn add_action(&self, person: &Person, session: &str, what: &str) -> Result<(), MentoringError> {
        let what = what.trim().to_owned();
        if !(1..=300).contains(&what.chars().count()) {
            return Err(MentoringError::invalid("what", "write what is to be done, in up to 300 characters"));
        }
        self.change_session(person, session, |one| one.actions.push(MentorAction { what, done: false }))
    }

    /// Says whether something that was agreed is done.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] for everybody else.
    pub fn set_action(
        &self,
        person: &Person,
        session: &str,
        at: usize,
        done: bool,
    ) -> Result<(), MentoringError> {
        self.change_session(person, session, |one| {
            if let Some(action) = one.actions.get_mut(at) {
                action.done = done;
            }
        })
    }

    /// Calls a session off.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] for everybody else.
    pub fn cancel_session(&self, person: &Person, session: &str) -> Result<(), MentoringError> {
        self.change_session(person, session, |one| one.cancelled = true)
    }

    /// A session, or all that somebody has, as an iCalendar file.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] for everybody else.
    pub fn session_calendar(&self, person: &Person, session: Option<&str>) -> Result<String, MentoringError> {
        let sessions = match session {
            Some(session) => vec![self.session_here(person, session)?],
            None => self.mentor_sessions(person)?,
        };
        let sessions: Vec<Session> = sessions.iter().map(as_event).collect();
        Ok(calendar(&sessions))
    }

    fn session_here(&self, person: &Person, id: &str) -> Result<MentorSession, MentoringError> {
        let mine = |one: &MentorSession| one.learner == person.id || one.mentor == person.id;
        self.records.mentor_session(id)?.filter(mine).ok_or(MentoringError::NotYours("session"))
    }

    fn change_session(
        &self,
        person: &Person,
        id: &str,
        change: impl FnOnce(&mut MentorSession),
    ) -> Result<(), MentoringError> {
        let mut session = self.session_here(person, id)?;
        change(&mut session);
        session.revision += 1;
        session.changed_us = self.clock.now_us();
        Ok(self.records.mentor_session_set(&session)?)
    }
}

fn as_event(session: &MentorSession) -> Session {
    Session {
        uid: format!("{}@mentoring.practicum", session.id),
        changed_us: session.changed_us,
        revision: session.revision,
        cancelled: session.cancelled,
        begins_us: session.begins_us,
        minutes: session.minutes,
        title: session.title.clone(),
        agenda: session.agenda.lines().map(str::to_owned).collect(),
    }
}
