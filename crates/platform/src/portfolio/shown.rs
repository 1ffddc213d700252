use std::collections::BTreeMap;

use placements::competencies::{Offer, Proof, Standing, Step, next_step, standing};
use store::records::{Credential, Person};
use training::content::{Alignment, Catalogue};

use super::PortfolioError;
use super::work::{Work, level};
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
        for one in self.finished_work(&catalogue, person)? {
            for (competency, weight) in one.competencies {
                proofs.entry(competency).or_default().push((one.proof(*weight), one.work.clone()));
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
}

fn next(catalogue: &Catalogue, competency: &str, standing: &Standing, now_us: i64) -> Option<Next> {
    let serves = catalogue.labs.iter().filter(|lab| lab.competencies.contains_key(competency));
    let offers: Vec<Offer> = serves.map(|lab| Offer { id: lab.id.clone(), level: level(lab) }).collect();
    let (step, offer) = next_step(standing, &offers, now_us)?;
    let title = catalogue.lab(&offer.id).map_or_else(String::new, |lab| lab.title.clone());
    Some(Next { step, lab: offer.id.clone(), title })
}
