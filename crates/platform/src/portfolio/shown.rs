use std::collections::BTreeMap;

use placements::competencies::{Level, Offer, Proof, Standing, Step, next_step, standing};
use store::records::{Attempt, AttemptState, Credential, Person};
use training::content::{Alignment, Catalogue};
use training::lab::Lab;

use super::PortfolioError;
use crate::platform::Platform;

/// Everything a learner can show.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// Each competency of the house, by area.
    pub competencies: Vec<Shown>,
    /// Badges, newest first.
    pub badges: Vec<Credential>,
}

/// One competency, as far as somebody has shown it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// What the person can do.
    pub title: String,
    /// Where public frameworks say something like it.
    pub alignments: Vec<Alignment>,
    /// What is known of it.
    pub standing: Standing,
    /// The work behind it, newest first.
    pub work: Vec<Work>,
    /// What to do about it.
    pub next: Option<Next>,
}

/// A finished attempt.
#[derive(Debug, Clone)]
pub struct Work {
    /// The attempt.
    pub attempt: String,
    /// Title of the lab.
    pub title: String,
    /// What it is worth, 0 to 1.
    pub worth: f64,
    /// Hints taken.
    pub hints: usize,
    /// Whether the lab asks for the same today.
    pub current: bool,
    /// When it was finished, in microseconds since 1970 UTC.
    pub at_us: i64,
}

/// The next step for a competency.
#[derive(Debug, Clone)]
pub struct Next {
    /// Why.
    pub step: Step,
    /// The lab to take.
    pub lab: String,
    /// Its title.
    pub title: String,
}

impl Platform {
    /// What a person has shown, and their badges.
    ///
    /// # Errors
    /// From the store.
    pub fn portfolio(&self, person: &Person) -> Result<Portfolio, PortfolioError> {
        let catalogue = self.catalogue();
        let mut proofs: BTreeMap<&str, Vec<(Proof, Work)>> = BTreeMap::new();
        for attempt in self.records.attempt_list_of(&person.id)? {
            let (AttemptState::Finished, Some(lab)) = (attempt.state, catalogue.lab(&attempt.lab)) else {
                continue;
            };
            let work = self.work(lab, attempt)?;
            for (competency, weight) in &lab.competencies {
                let proof = proof(lab, *weight, &work);
                proofs.entry(competency).or_default().push((proof, work.clone()));
            }
        }
        let now_us = self.clock.now_us();
        let shown = |competency: &training::content::Competency| {
            let (proofs, work): (Vec<Proof>, Vec<Work>) =
                proofs.remove(competency.id.as_str()).unwrap_or_default().into_iter().unzip();
            let standing = standing(&proofs, now_us);
            Shown {
                id: competency.id.clone(),
                title: competency.title.clone(),
                alignments: competency.alignments.clone(),
                next: next(&catalogue, &competency.id, &standing, now_us),
                standing,
                work,
            }
        };
        let competencies = catalogue.competencies.iter().map(shown).collect();
        Ok(Portfolio { competencies, badges: self.records.credential_list_of(&person.id)? })
    }

    fn work(&self, lab: &Lab, attempt: Attempt) -> Result<Work, PortfolioError> {
        let (id, at_us) = (attempt.id.to_string(), attempt.finished_us.unwrap_or(attempt.started_us));
        let current = major(&attempt.lab_version) == major(&lab.version);
        let cell = self.cell(&lab.id, Some(attempt))?;
        Ok(Work {
            attempt: id,
            title: lab.title.clone(),
            worth: cell.score,
            hints: cell.hints,
            current,
            at_us,
        })
    }
}

/// A change of the first number says that a lab asks for something else.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

fn proof(lab: &Lab, weight: f64, work: &Work) -> Proof {
    Proof {
        level: level(lab),
        weight,
        worth: work.worth,
        unaided: work.hints == 0,
        current: work.current,
        at_us: work.at_us,
    }
}

fn level(lab: &Lab) -> Level {
    match lab.level {
        training::lab::Level::Foundation => Level::Foundation,
        training::lab::Level::Practitioner => Level::Practitioner,
        training::lab::Level::Expert => Level::Expert,
    }
}

fn next(catalogue: &Catalogue, competency: &str, standing: &Standing, now_us: i64) -> Option<Next> {
    let serves = catalogue.labs.iter().filter(|lab| lab.competencies.contains_key(competency));
    let offers: Vec<Offer> = serves.map(|lab| Offer { id: lab.id.clone(), level: level(lab) }).collect();
    let (step, offer) = next_step(standing, &offers, now_us)?;
    let title = catalogue.lab(&offer.id).map_or_else(String::new, |lab| lab.title.clone());
    Some(Next { step, lab: offer.id.clone(), title })
}
