use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use store::records::{Attempt, AttemptState, Person};
use training::content::{Catalogue, Track};
use training::lab::Lab;

use super::error::LabError;
use super::overview::{LabCell, LabState};
use crate::content::{ContentError, load};
use crate::drills::{Scenario, scenario};
use crate::platform::Platform;

/// A lab as a person sees it in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LabSummary {
    /// The slug, its place in every URL.
    pub id: String,
    /// Title on every page.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// `foundation`, `practitioner` or `expert`.
    pub level: &'static str,
    /// Minutes a learner of that level needs.
    pub minutes: u32,
    /// Slugs of the tracks it belongs to.
    pub tracks: Vec<String>,
    /// Ids of the competencies it gives evidence for.
    pub competencies: Vec<String>,
    /// How many different problems stand behind it.
    pub variants: usize,
    /// How the person stands in it: their latest attempt.
    pub standing: LabCell,
}

/// A track as a person sees it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TrackSummary {
    /// The slug.
    pub id: String,
    /// Title on the page.
    pub title: String,
    /// One honest sentence: what it is for.
    pub about: String,
    /// Its labs, in order.
    pub labs: Vec<LabSummary>,
    /// How many of them the person has finished.
    pub finished: usize,
    /// The scenarios that are drilled in it, in order.
    pub drills: Vec<DrillSummary>,
}

/// A scenario that is drilled in a track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DrillSummary {
    /// The slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// `foundation`, `practitioner` or `expert`.
    pub level: String,
    /// Minutes of a person.
    pub minutes: u32,
    /// Whether the person has passed a drill of it.
    pub passed: bool,
}

impl Platform {
    /// Puts the labs of a folder in force, or the built-in ones. Attempts under way go on with the lab as it is now.
    ///
    /// # Errors
    /// When a file cannot be read or holds a mistake; the labs in force stay then.
    pub fn reload_content(&self, folder: Option<&Path>) -> Result<(), ContentError> {
        self.set_catalogue(load(folder)?);
        Ok(())
    }

    /// Every lab, with how a person stands in it.
    pub fn labs_for(&self, person: &Person) -> Result<Vec<LabSummary>, LabError> {
        let catalogue = self.catalogue();
        catalogue.labs.iter().map(|lab| self.lab_summary(person, &catalogue, lab)).collect()
    }

    /// One lab, with how a person stands in it.
    pub fn lab_for(&self, person: &Person, lab: &str) -> Result<LabSummary, LabError> {
        let catalogue = self.catalogue();
        let found = catalogue.lab(lab).ok_or_else(|| LabError::NoSuchLab(lab.to_owned()))?;
        self.lab_summary(person, &catalogue, found)
    }

    /// Every track, with how a person stands in its labs.
    pub fn tracks_for(&self, person: &Person) -> Result<Vec<TrackSummary>, LabError> {
        let catalogue = self.catalogue();
        let mine = self.records.drill_list_of(&person.id)?;
        let has_passed =
            |id: &str| mine.iter().any(|one| one.scenario == id && matches!(one.ended, Some((_, _, true))));
        let drill = |one: &'static Scenario| DrillSummary {
            id: one.id.clone(),
            title: one.title.clone(),
            summary: one.summary.clone(),
            level: one.level.clone(),
            minutes: one.minutes,
            passed: has_passed(&one.id),
        };
        let track = |track: &Track| {
            let labs = track.labs.iter().filter_map(|id| catalogue.lab(id));
            let labs: Vec<LabSummary> =
                labs.map(|lab| self.lab_summary(person, &catalogue, lab)).collect::<Result<_, LabError>>()?;
            let finished = labs.iter().filter(|lab| lab.standing.state == LabState::Finished).count();
            let Track { id, title, about, .. } = track.clone();
            let drills = track.drills.iter().filter_map(|id| scenario(id)).map(drill).collect();
            Ok(TrackSummary { id, title, about, labs, finished, drills })
        };
        catalogue.tracks.iter().map(track).collect()
    }

    /// A person's attempt at a lab that is under way, or else the latest one they finished.
    pub fn latest_attempt(&self, person: &Person, lab: &str) -> Result<Option<Attempt>, LabError> {
        let latest = self.records.attempt_latest(&person.id, lab)?;
        Ok(latest.filter(|attempt| attempt.state != AttemptState::Abandoned))
    }

    fn lab_summary(&self, person: &Person, catalogue: &Catalogue, lab: &Lab) -> Result<LabSummary, LabError> {
        let latest = self.latest_attempt(person, &lab.id)?;
        Ok(LabSummary {
            id: lab.id.clone(),
            title: lab.title.clone(),
            summary: lab.summary.clone(),
            level: lab.level.word(),
            minutes: lab.minutes,
            tracks: catalogue.tracks_of(&lab.id).into_iter().map(str::to_owned).collect(),
            competencies: lab.competencies.keys().cloned().collect(),
            variants: lab.variants.len(),
            standing: self.cell(&lab.id, latest)?,
        })
    }
}
