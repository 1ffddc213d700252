//! Everything a content folder holds.

use crate::lab::Lab;
use crate::problem::Place;

/// All labs, tracks and competencies.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Labs, sorted by id.
    pub labs: Vec<Lab>,
    /// Tracks, sorted by their place on the page.
    pub tracks: Vec<Track>,
    /// Competencies, sorted by id.
    pub competencies: Vec<Competency>,
}

impl Catalogue {
    /// The lab with this id.
    #[must_use]
    pub fn lab(&self, id: &str) -> Option<&Lab> {
        self.labs.iter().find(|lab| lab.id == id)
    }

    /// The track with this slug.
    #[must_use]
    pub fn track(&self, id: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// Slugs of the tracks a lab belongs to, in the order of the tracks.
    #[must_use]
    pub fn tracks_of(&self, lab: &str) -> Vec<&str> {
        let holds = |track: &&Track| track.labs.iter().any(|id| id == lab);
        self.tracks.iter().filter(holds).map(|track| track.id.as_str()).collect()
    }
}

/// An ordered set of labs, and of drills.
#[derive(Debug, Clone)]
pub struct Track {
    /// The slug: its file's name without ending.
    pub id: String,
    /// Title on the page.
    pub title: String,
    /// One honest sentence: what it is for.
    pub about: String,
    /// Its place among the tracks, from 1.
    pub order: u32,
    /// Ids of its labs, in order.
    pub labs: Vec<String>,
    /// Ids of the scenarios that are drilled in it, in order. Whoever knows scenarios says whether they are there.
    pub drills: Vec<String>,
    /// Where its file is.
    pub place: Place,
}

/// Something a person can do.
#[derive(Debug, Clone)]
pub struct Competency {
    /// Stable id, `area.verb-object`.
    pub id: String,
    /// What the person can do, beginning with a verb.
    pub title: String,
    /// Where public frameworks say something like it.
    pub alignments: Vec<Alignment>,
    /// Where it is declared.
    pub place: Place,
}

/// A pointer from a competency to a public framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// The framework's name.
    pub framework: String,
    /// Its version or year.
    pub version: String,
    /// Code or heading inside it.
    pub code: String,
    /// Its address, where it has one of its own.
    pub url: Option<String>,
    /// The day it was read, `YYYY-MM-DD`.
    pub read: String,
}
