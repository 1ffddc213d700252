use std::collections::{BTreeMap, BTreeSet};

use store::StoreError;
use store::records::{Answer, Attempt, AttemptState, Cohort, IntegrityLook, Part, Person, Verdict};
use training::integrity::{Given, Sign, Work, Writing, signs};

use super::IntegrityError;
use crate::access::Access;
use crate::compliance::papers;
use crate::desk::kept_rules;
use crate::lake::saved_questions;
use crate::platform::Platform;
use crate::programme::ProgrammeError;

/// The signs among the attempts of a cohort.
#[derive(Debug, Clone)]
pub struct Integrity {
    /// The cohort.
    pub cohort: Cohort,
    /// The lab whose texts were compared too, if one was chosen.
    pub lab: Option<String>,
    /// How many attempts were compared.
    pub attempts: usize,
    /// Labs that somebody has begun, each with its title.
    pub labs: Vec<(String, String)>,
    /// What was found: what nobody has looked at first, then by lab.
    pub signs: Vec<ShownSign>,
}

/// A sign, with the people and attempts that it speaks of.
#[derive(Debug, Clone)]
pub struct ShownSign {
    /// What names it for good.
    pub key: String,
    /// What was found.
    pub sign: Sign,
    /// Whose attempt shows it.
    pub person: Person,
    /// The attempt.
    pub attempt: Attempt,
    /// The other attempt that it speaks of, and whose that is.
    pub of: Option<(Person, Attempt)>,
    /// Every look at it, oldest first; the last decides.
    pub looks: Vec<IntegrityLook>,
}

impl Platform {
    /// The signs among the attempts of a cohort, computed now: answers and times of all labs, and of one lab, where it is named, also
    /// what was written in its hospitals.
    ///
    /// # Errors
    /// [`ProgrammeError::NotInstructor`] for everybody but instructors, [`ProgrammeError::Missing`] if there is no such cohort or lab.
    pub fn cohort_integrity(
        &self,
        instructor: &Person,
        id: &str,
        lab: Option<&str>,
    ) -> Result<Integrity, IntegrityError> {
        let cohort = self.cohort_here(instructor, id)?;
        let catalogue = self.catalogue();
        if let Some(slug) = lab.filter(|slug| catalogue.lab(slug).is_none()) {
            return Err(ProgrammeError::missing("lab", slug).into());
        }
        let mut known: BTreeMap<String, (Person, Attempt)> = BTreeMap::new();
        let mut works = Vec::new();
        for member in self.records.enrolment_list(id)? {
            if member.part != Part::Learner {
                continue;
            }
            for attempt in self.records.attempt_list_of(&member.person.id)? {
                if lab.is_none_or(|slug| slug == attempt.lab) {
                    works.push(self.compared_work(&member.person, &attempt, lab.is_some())?);
                    known.insert(attempt.id.to_string(), (member.person.clone(), attempt));
                }
            }
        }
        let mut looks: BTreeMap<String, Vec<IntegrityLook>> = BTreeMap::new();
        for look in self.records.integrity_look_list(id)? {
            looks.entry(look.sign.clone()).or_default().push(look);
        }
        let shown = |found: training::integrity::Found| {
            let (person, attempt) = known.get(&found.attempt)?.clone();
            let of = found.of().and_then(|of| known.get(of).cloned());
            let key = found.key();
            let looks = looks.remove(&key).unwrap_or_default();
            Some(ShownSign { key, sign: found.sign, person, attempt, of, looks })
        };
        let mut shown: Vec<ShownSign> = signs(&works).into_iter().filter_map(shown).collect();
        shown.sort_by_key(|one| !one.looks.is_empty());
        Ok(Integrity {
            labs: self.labs_begun(id)?,
            lab: lab.map(str::to_owned),
            attempts: works.len(),
            signs: shown,
            cohort,
        })
    }

    /// The labs that somebody of a cohort has begun, by title.
    fn labs_begun(&self, cohort: &str) -> Result<Vec<(String, String)>, IntegrityError> {
        let catalogue = self.catalogue();
        let attempts = self.records.cohort_attempts(cohort)?;
        let title = |lab: &training::lab::Lab| (lab.title.clone(), lab.id.clone());
        let begun: BTreeSet<(String, String)> =
            attempts.iter().filter_map(|one| catalogue.lab(&one.attempt.lab)).map(title).collect();
        Ok(begun.into_iter().map(|(title, id)| (id, title)).collect())
    }

    fn compared_work(
        &self,
        person: &Person,
        attempt: &Attempt,
        with_writings: bool,
    ) -> Result<Work, IntegrityError> {
        let verdicts = self.records.verdict_history(&attempt.id)?;
        let answers = self.records.answer_history(&attempt.id)?;
        let sandbox = attempt.sandbox.as_ref().filter(|_| with_writings);
        let access = sandbox.map(|sandbox| self.access(sandbox.as_str(), "practicum", "programme"));
        let writings = access.transpose()?.map(|access| writings(&access, &person.login)).transpose()?;
        Ok(Work {
            attempt: attempt.id.to_string(),
            person: person.id.to_string(),
            lab: attempt.lab.clone(),
            number: attempt.number,
            started_us: attempt.started_us,
            finished_us: attempt.finished_us.filter(|_| attempt.state == AttemptState::Finished),
            answers: answers.into_iter().map(|answer| given(answer, &verdicts)).collect(),
            writings: writings.unwrap_or_default(),
        })
    }
}

/// An answer with whether it was right: what the first verdict after it says.
fn given(answer: Answer, verdicts: &[Verdict]) -> Given {
    let judged = verdicts.iter().find(|one| one.check == answer.check && one.at_us >= answer.at_us);
    let accepted = judged.is_some_and(|verdict| verdict.passed);
    Given { check: answer.check, value: answer.value, at_us: answer.at_us, accepted }
}

/// What somebody wrote in a hospital: rules of the security desk, questions to the data lake, channels, papers for the compliance
/// office. Of each thing the newest version that is theirs.
fn writings(access: &Access, login: &str) -> Result<Vec<Writing>, IntegrityError> {
    let mut written = Vec::new();
    let mut add = |what: String, text: String| written.push(Writing { what, text });
    for rule in kept_rules(access)? {
        let own = rule.versions.iter().rev().find(|version| version.by == login);
        own.into_iter().for_each(|version| add(format!("rule {}", rule.name), version.text.clone()));
    }
    for question in saved_questions(access)?.into_iter().filter(|question| question.by == login) {
        add(format!("question {}", question.name), question.sql);
    }
    let channels = access.sandbox().view(|view| {
        let newest = view.channels()?;
        newest
            .iter()
            .map(|channel| view.channel_versions(&channel.name))
            .collect::<Result<Vec<_>, StoreError>>()
    })?;
    for channel in
        channels.into_iter().filter_map(|versions| versions.into_iter().find(|one| one.author == login))
    {
        add(format!("channel {}", channel.name), channel.text);
    }
    for paper in papers(access)?.into_iter().filter(|paper| paper.by == login) {
        add(format!("{} {}", paper.kind.word(), paper.id), words_of(&paper.form));
    }
    Ok(written)
}

/// The words of a form, without the names of its fields, which everybody's form has.
fn words_of(form: &serde_json::Value) -> String {
    use serde_json::Value;
    match form {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(words_of).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => fields.values().map(words_of).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}
