use std::collections::BTreeMap;

use placements::mentors::{Fit, Learner, Mentor, Weights, fit, pair};
use store::records::{AskAnswer, MentorAsk, Person, PersonId, ProfileKind, Role};

use super::MentoringError;
use super::profiles::{as_learner, as_mentor, mentee_of, mentor_of};
use crate::ids::new_id;
use crate::platform::Platform;

/// A pair that could be made.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The learner.
    pub learner: Person,
    /// The mentor.
    pub mentor: Person,
    /// What it is worth, in parts.
    pub fit: Fit,
}

/// Pairs for everybody who looks for a mentor, found together.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What counts, and how much.
    pub weights: Weights,
    /// The pairs, by learner.
    pub proposals: Vec<Proposal>,
    /// Who is left without: all mentors they could have are taken, or there is none.
    pub without: Vec<Person>,
}

/// Who takes part in the pairing now.
pub(super) struct Circle {
    pub(super) people: BTreeMap<String, Person>,
    pub(super) asks: Vec<MentorAsk>,
    pub(super) learners: Vec<Learner>,
    pub(super) mentors: Vec<Mentor>,
}

pub(super) fn check_teaches(person: &Person) -> Result<(), MentoringError> {
    if person.role == Role::Instructor { Ok(()) } else { Err(MentoringError::NotInstructor) }
}

impl Platform {
    /// Pairs for everybody who looks for a mentor and waits for no answer, best for all together. Nobody is asked by looking.
    ///
    /// # Errors
    /// [`MentoringError::NotInstructor`] for everybody but instructors.
    pub fn plan_pairs(&self, instructor: &Person) -> Result<Plan, MentoringError> {
        check_teaches(instructor)?;
        self.plan_of(&self.circle()?)
    }

    /// Asks the mentors of such a plan; how many were asked.
    ///
    /// # Errors
    /// [`MentoringError::NotInstructor`] for everybody but instructors.
    pub fn ask_mentors(&self, instructor: &Person) -> Result<usize, MentoringError> {
        let plan = self.plan_pairs(instructor)?;
        let asks: Vec<MentorAsk> = plan
            .proposals
            .iter()
            .map(|one| self.new_ask(&one.learner.id, &one.mentor.id, &one.fit))
            .collect();
        Ok(self.records.ask_add(&asks)?)
    }

    fn plan_of(&self, circle: &Circle) -> Result<Plan, MentoringError> {
        let weights = Weights::default();
        let free = |id: &str| {
            let holds = |ask: &MentorAsk| matches!(ask.answer, AskAnswer::Open | AskAnswer::Accepted);
            !circle.asks.iter().any(|ask| ask.learner.as_str() == id && holds(ask))
        };
        let mut learners: Vec<Learner> =
            circle.learners.iter().filter(|one| free(&one.id)).cloned().collect();
        // Whom a learner was offered before and did not get is not offered again.
        for learner in &mut learners {
            let before = circle.asks.iter().filter(|ask| ask.learner.as_str() == learner.id);
            learner.not_with.extend(before.map(|ask| ask.mentor.to_string()));
        }
        let places = pair(&learners, &circle.mentors, weights);
        let mut plan = Plan { weights, proposals: Vec::new(), without: Vec::new() };
        for (learner, place) in learners.iter().zip(places) {
            let Some(person) = circle.people.get(&learner.id).cloned() else { continue };
            let found = place.map(|place| &circle.mentors[place]);
            let fit = found.and_then(|mentor| Some((mentor, fit(learner, mentor, weights).ok()?)));
            match fit.and_then(|(mentor, fit)| Some((circle.people.get(&mentor.id).cloned()?, fit))) {
                Some((mentor, fit)) => plan.proposals.push(Proposal { learner: person, mentor, fit }),
                None => plan.without.push(person),
            }
        }
        Ok(plan)
    }

    /// Everybody who mentors or looks for a mentor, with what was asked so far. Those who have waited longest come first: equal pairings are
    /// decided for them.
    pub(super) fn circle(&self) -> Result<Circle, MentoringError> {
        let people = self.records.person_list()?;
        let people: BTreeMap<String, Person> =
            people.into_iter().map(|person| (person.id.to_string(), person)).collect();
        let asks = self.records.ask_list()?;
        let taken = |mentor: &PersonId| {
            let holds = |ask: &&MentorAsk| matches!(ask.answer, AskAnswer::Open | AskAnswer::Accepted);
            u32::try_from(asks.iter().filter(|ask| ask.mentor == *mentor).filter(holds).count())
                .unwrap_or(u32::MAX)
        };
        let mentors = self.records.profile_list(ProfileKind::Mentor)?;
        let mentors = mentors.iter().filter(|profile| profile.active);
        let mentors: Vec<Mentor> =
            mentors.map(|one| as_mentor(&one.person, mentor_of(one), taken(&one.person))).collect();
        let mut looking = self.records.profile_list(ProfileKind::Mentee)?;
        looking.retain(|profile| profile.active);
        looking.sort_by_key(|profile| profile.since_us);
        let learners = looking.iter().map(|one| as_learner(&one.person, mentee_of(one))).collect();
        Ok(Circle { people, asks, learners, mentors })
    }

    pub(super) fn new_ask(&self, learner: &PersonId, mentor: &PersonId, fit: &Fit) -> MentorAsk {
        MentorAsk {
            id: new_id(&*self.entropy),
            learner: learner.clone(),
            mentor: mentor.clone(),
            why: fit.to_string(),
            worth: fit.worth,
            asked_us: self.clock.now_us(),
            answer: AskAnswer::Open,
            answered_us: None,
        }
    }
}
