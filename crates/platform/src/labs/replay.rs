//! An attempt played back: what its learner did, moment by moment, and how its checks stood after each.

use std::collections::BTreeMap;

use serde_json::Value;
use store::journal::{Entry, Filter};
use store::records::{Attempt, AttemptId, AttemptState, Person, Role};
use training::lab::Check;

use super::error::LabError;
use super::view::plain;
use crate::access::outcome;
use crate::platform::Platform;

/// So many moments are played back at most; what came after them is in the journal.
const MOMENTS_MAX: usize = 2_000;

/// An attempt, from its beginning on.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The attempt.
    pub attempt: Attempt,
    /// Whose it is.
    pub person: Person,
    /// The lab's title.
    pub title: String,
    /// Its checks in their order: id and title.
    pub checks: Vec<(String, String)>,
    /// What happened, the oldest first.
    pub moments: Vec<Moment>,
    /// Whether there is more than is played back.
    pub cut: bool,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// What it was.
    pub what: What,
    /// Which checks had passed by then, and which had failed; one that was not judged yet is missing.
    pub standing: BTreeMap<String, bool>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The lab began.
    Began,
    /// The learner looked at so many things in a row.
    Looked(usize),
    /// The learner did something in the hospital: the kind of its entry, what it was about, how it ended, and its place in the journal.
    Did {
        /// The kind of the entry.
        kind: String,
        /// What it was about.
        about: String,
        /// `ok`, or a word for what went wrong.
        outcome: String,
        /// The entry.
        seq: i64,
    },
    /// The learner answered a question.
    Answered {
        /// The check that asked.
        check: String,
        /// Word for word.
        value: String,
    },
    /// The learner took a hint.
    Hint(String),
    /// A check came to pass, or ceased to.
    Judged {
        /// The check.
        check: String,
        /// Whether it passed.
        passed: bool,
        /// What it saw.
        observed: String,
    },
    /// The learner started over: a step, the lab, the hospital.
    StartedOver(&'static str),
    /// The lab was finished.
    Finished,
}

impl Platform {
    /// Plays an attempt back, for its learner, for who teaches, and for a mentor who was asked into its hospital.
    ///
    /// # Errors
    /// [`LabError::NotYours`] for everybody else.
    pub fn replay_attempt(&self, viewer: &Person, id: &AttemptId) -> Result<Replay, LabError> {
        let missing = || LabError::NotYours(id.clone());
        let attempt = self.records.attempt(id)?.ok_or_else(missing)?;
        let is_guest = match &attempt.sandbox {
            Some(sandbox) => self.records.guest_is(sandbox, &viewer.id)?,
            None => false,
        };
        if attempt.person != viewer.id && viewer.role != Role::Instructor && !is_guest {
            return Err(missing());
        }
        let person = self.records.person(&attempt.person)?.ok_or_else(missing)?;
        let case = self.case(attempt)?;
        let titled = |check: &Check| (check.id.clone(), plain(&check.title, &case.values));
        let checks = case.variant().checks().map(titled).collect();
        let title = case.lab().title.clone();
        let attempt = case.attempt;
        let mut happened = self.happened(&attempt, &person)?;
        happened.sort_by_key(|(at_us, _)| *at_us);
        let moments = played(happened);
        let cut = moments.len() > MOMENTS_MAX;
        let moments = moments.into_iter().take(MOMENTS_MAX).collect();
        Ok(Replay { attempt, person, title, checks, moments, cut })
    }

    /// Everything that is known to have happened, each with when.
    fn happened(&self, attempt: &Attempt, person: &Person) -> Result<Vec<(i64, What)>, LabError> {
        let id = &attempt.id;
        let mut all = vec![(attempt.started_us, What::Began)];
        for answer in self.records.answer_history(id)? {
            all.push((answer.at_us, What::Answered { check: answer.check, value: answer.value }));
        }
        all.extend(self.records.hint_list(id)?.into_iter().map(|hint| (hint.at_us, What::Hint(hint.check))));
        for verdict in self.records.verdict_history(id)? {
            let (check, passed, observed) = (verdict.check, verdict.passed, verdict.observed);
            all.push((verdict.at_us, What::Judged { check, passed, observed }));
        }
        let resets = self.records.reset_list(id)?.into_iter();
        all.extend(resets.map(|reset| (reset.at_us, What::StartedOver(reset.grain.word()))));
        let finished = attempt.finished_us.filter(|_| attempt.state == AttemptState::Finished);
        all.extend(finished.map(|at_us| (at_us, What::Finished)));
        if let Some(sandbox) = &attempt.sandbox {
            let access = self.access(sandbox.as_str(), "practicum", "programme")?;
            let filter = Filter { actor: Some(person.login.clone()), ..Filter::default() };
            let until_us = finished.unwrap_or(i64::MAX);
            let entries = access.sandbox().journal(&filter)?.into_iter();
            let own = entries.filter(|entry| {
                (attempt.started_us..=until_us).contains(&entry.event.wall_us) && !is_told_already(entry)
            });
            all.extend(own.map(|entry| (entry.event.wall_us, deed(entry))));
        }
        Ok(all)
    }
}

/// Whether the records tell of it better than the journal does.
fn is_told_already(entry: &Entry) -> bool {
    let kind = entry.event.kind.as_str();
    kind.starts_with("lab.") || [training::check::ANSWER, "sandbox.started"].contains(&kind)
}

fn deed(entry: Entry) -> What {
    let event = entry.event;
    let looks = ["fhir.read", "fhir.search", "fhir.history", "chart.search", "chart.view", "dicom.find"];
    if event.outcome == outcome::OK && looks.contains(&event.kind.as_str()) {
        return What::Looked(1);
    }
    let said = |member: &str| event.detail.get(member).and_then(Value::as_str);
    let named = ["name", "type", "rule", "channel", "query"].into_iter().find_map(said).unwrap_or_default();
    let about = match &event.subject {
        Some(subject) if named.is_empty() => subject.clone(),
        Some(subject) => format!("{named}, {subject}"),
        None => named.to_owned(),
    };
    What::Did { kind: event.kind, about, outcome: event.outcome, seq: entry.seq }
}

/// What happened as moments: looks in a row are one, and of verdicts only those that changed something.
fn played(happened: Vec<(i64, What)>) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    let mut standing: BTreeMap<String, bool> = BTreeMap::new();
    for (at_us, what) in happened {
        match &what {
            What::Looked(_) => {
                if let Some(Moment { what: What::Looked(count), .. }) = moments.last_mut() {
                    *count += 1;
                    continue;
                }
            }
            What::Judged { check, passed, .. } => {
                let before = standing.insert(check.clone(), *passed);
                // The first verdict of all is that nothing is done yet.
                if before == Some(*passed) || (before.is_none() && !passed) {
                    continue;
                }
            }
            _ => {}
        }
        moments.push(Moment { at_us, what, standing: standing.clone() });
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(passed: bool) -> What {
        What::Judged { check: "done".to_owned(), passed, observed: String::new() }
    }

    #[test]
    fn looks_in_a_row_are_one_and_verdicts_count_when_they_change() {
        let moments = played(vec![
            (1, What::Began),
            (2, What::Looked(1)),
            (3, What::Looked(1)),
            (4, judged(false)),
            (5, What::Looked(1)),
            (6, What::Hint("done".to_owned())),
            (7, What::Looked(1)),
            (8, judged(true)),
            (9, judged(true)),
            (10, judged(false)),
        ]);
        let told: Vec<_> = moments.iter().map(|moment| (moment.at_us, moment.what.clone())).collect();
        let hint = What::Hint("done".to_owned());
        let expected = [
            (1, What::Began),
            (2, What::Looked(3)),
            (6, hint),
            (7, What::Looked(1)),
            (8, judged(true)),
            (10, judged(false)),
        ];
        assert_eq!(told, expected);
        let stood: Vec<_> = moments.iter().map(|moment| moment.standing.get("done").copied()).collect();
        assert_eq!(stood, [None, None, Some(false), Some(false), Some(true), Some(false)]);
    }
}
