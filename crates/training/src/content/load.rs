//! The door to content: files in, catalogue and problems out.

use super::catalogue::Catalogue;
use super::sink::Sink;
use super::{read_lab, read_list, rules_catalogue, tree};
use crate::problem::Checked;

/// One file below the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the content folder, with forward slashes: `labs/first-shift/lab.md`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// A file with this path and content.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// Reads all labs, tracks and competencies and reports every problem in them.
///
/// Files in other folders, such as `scenarios/`, are somebody else's and are passed over.
#[must_use]
pub fn load(files: &[SourceFile]) -> Checked<Catalogue> {
    let sink = Sink::default();
    let tree = tree::sort(files, &sink);
    let mut catalogue = Catalogue {
        labs: tree.labs.iter().filter_map(|(id, files)| read_lab::lab(id, files, &sink)).collect(),
        tracks: tree.tracks.iter().map(|file| read_list::track(file, &sink)).collect(),
        competencies: tree
            .competencies
            .iter()
            .flat_map(|file| read_list::competencies(file, &sink))
            .collect(),
    };
    catalogue.tracks.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    catalogue.competencies.sort_by(|a, b| a.id.cmp(&b.id));
    rules_catalogue::check(&catalogue, &sink);
    Checked { value: catalogue, problems: sink.into_sorted() }
}
