use placements::mentors::{Answer, Asked, Learner, Next, Request as Search, Weights, ask_next, fit};
use store::records::{AskAnswer, MentorAsk, Person, PersonId, ProfileKind};

use super::MentoringError;
use super::propose::Circle;
use crate::platform::Platform;

impl Platform {
    /// What a mentor answers. Who says yes becomes the learner's mentor; after a no the next one is asked.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] if it is not theirs to answer, or was answered, or too much time has passed.
    pub fn answer_ask(&self, mentor: &Person, ask: &str, yes: bool) -> Result<(), MentoringError> {
        self.tend_requests()?;
        let found = self.records.ask(ask)?.filter(|ask| ask.mentor == mentor.id);
        let found = found.ok_or(MentoringError::NotYours("open question"))?;
        let answer = if yes { AskAnswer::Accepted } else { AskAnswer::Declined };
        if !self.records.ask_answer(ask, AskAnswer::Open, answer, self.clock.now_us())? {
            return Err(MentoringError::NotYours("open question"));
        }
        if yes {
            self.set_looking(&found.learner, false)?;
        }
        self.tend_requests()
    }

    /// Ends a pair and looks for another mentor at once: one click, and no reason is asked for. Either side may do it; the same two are not paired again, and
    /// the mentor looks into no hospital of the learner's any longer.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] if they have no such pair.
    pub fn rematch(&self, person: &Person, ask: &str) -> Result<(), MentoringError> {
        let mine = |ask: &MentorAsk| ask.learner == person.id || ask.mentor == person.id;
        let pair = self.records.ask(ask)?.filter(mine).ok_or(MentoringError::NotYours("pair"))?;
        if !self.records.ask_answer(ask, AskAnswer::Accepted, AskAnswer::Ended, self.clock.now_us())? {
            return Err(MentoringError::NotYours("pair"));
        }
        self.records.guest_remove_from(&pair.learner, &pair.mentor)?;
        self.set_looking(&pair.learner, true)?;
        self.tend_requests()
    }

    /// Lets requests go on whose time has come: who has not answered within 72 hours counts as having said no, and the next one is asked. Call
    /// it now and then; pages call it before they show anything.
    ///
    /// # Errors
    /// From the store.
    pub fn tend_requests(&self) -> Result<(), MentoringError> {
        let circle = self.circle()?;
        for learner in &circle.learners {
            let asked: Vec<&MentorAsk> =
                circle.asks.iter().filter(|ask| ask.learner.as_str() == learner.id).collect();
            if !asked.is_empty() {
                self.tend(&circle, learner, &asked)?;
            }
        }
        Ok(())
    }

    fn tend(&self, circle: &Circle, learner: &Learner, asked: &[&MentorAsk]) -> Result<(), MentoringError> {
        let now_us = self.clock.now_us();
        let search = Search { asked: asked.iter().map(|ask| as_asked(ask)).collect() };
        let next = ask_next(&search, &candidates(circle, learner), now_us);
        if matches!(next, Next::Ask(_) | Next::Nobody) {
            for ask in asked.iter().filter(|ask| ask.answer == AskAnswer::Open) {
                self.records.ask_answer(&ask.id, AskAnswer::Open, AskAnswer::Lapsed, now_us)?;
            }
        }
        let Next::Ask(mentor) = next else { return Ok(()) };
        let mentor = circle.mentors.iter().find(|one| one.id == mentor);
        if let Some(fit) = mentor.and_then(|mentor| fit(learner, mentor, Weights::default()).ok())
            && let Some(mentor) = mentor
        {
            let (learner, mentor) = (PersonId::from(learner.id.as_str()), PersonId::from(mentor.id.as_str()));
            self.records.ask_add(&[self.new_ask(&learner, &mentor, &fit)])?;
        }
        Ok(())
    }

    fn set_looking(&self, learner: &PersonId, looking: bool) -> Result<(), MentoringError> {
        if let Some(mut profile) = self.records.profile(ProfileKind::Mentee, learner)? {
            profile.active = looking;
            profile.since_us = self.clock.now_us();
            self.records.profile_set(ProfileKind::Mentee, &profile, self.clock.now_us())?;
        }
        Ok(())
    }
}

/// The mentors a learner could have who take one more, best first; of equals, the one with the most room.
fn candidates(circle: &Circle, learner: &Learner) -> Vec<String> {
    let mut found: Vec<(u32, u32, String)> = circle
        .mentors
        .iter()
        .filter(|mentor| mentor.capacity > 0)
        .filter_map(|one| {
            Some((fit(learner, one, Weights::default()).ok()?.worth, one.capacity, one.id.clone()))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, _, id)| id).collect()
}

fn as_asked(ask: &MentorAsk) -> Asked {
    let answer = match ask.answer {
        AskAnswer::Open => Answer::Open,
        AskAnswer::Accepted => Answer::Accepted,
        AskAnswer::Declined | AskAnswer::Lapsed | AskAnswer::Ended => Answer::Declined,
    };
    Asked { mentor: ask.mentor.to_string(), at_us: ask.asked_us, answer }
}
