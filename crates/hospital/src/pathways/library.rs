//! All pathways of a hospital.

use super::{Entry, Pathway};
use crate::random::Key;

/// Pathways, sorted by name.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pathways: Vec<Pathway>,
    digest: u64,
}

impl Library {
    /// A library of these, sorted by name; `digest` names their text.
    pub(super) fn new(mut pathways: Vec<Pathway>, digest: Key) -> Self {
        pathways.sort_by(|a, b| a.id.cmp(&b.id));
        Self { pathways, digest: digest.value() }
    }

    /// The pathways, sorted by name.
    pub(crate) fn pathways(&self) -> &[Pathway] {
        &self.pathways
    }

    /// The pathway at a place in the library; an empty one where there is none.
    pub(crate) fn pathway(&self, place: u16) -> &Pathway {
        static NONE: Pathway = Pathway {
            id: String::new(),
            title: String::new(),
            entry: Entry::Always,
            live: None,
            states: Vec::new(),
        };
        self.pathways.get(usize::from(place)).unwrap_or(&NONE)
    }

    /// The name and title of each pathway.
    pub fn titles(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pathways.iter().map(|pathway| (pathway.id.as_str(), pathway.title.as_str()))
    }

    /// The name of the pathway at a place: [`Happening::pathway`](crate::play::Happening::pathway).
    pub fn name(&self, place: u16) -> &str {
        &self.pathway(place).id
    }

    /// Changes whenever the text of a pathway does. A snapshot of live play belongs to one digest.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// A library with some of the pathways, for tests.
    #[cfg(test)]
    pub(crate) fn only(&self, keep: impl Fn(&Pathway) -> bool) -> Self {
        let pathways = self.pathways.iter().filter(|pathway| keep(pathway)).cloned().collect();
        Self { pathways, digest: self.digest }
    }
}
