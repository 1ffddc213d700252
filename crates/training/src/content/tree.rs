//! Which file is what, by its path.

use std::collections::{BTreeMap, BTreeSet};

use super::load::SourceFile;
use super::sink::Sink;
use crate::problem::Place;

/// A text file.
pub(super) struct Text<'a> {
    pub(super) path: &'a str,
    /// File name without ending.
    pub(super) id: &'a str,
    pub(super) text: &'a str,
}

/// The files of one lab.
#[derive(Default)]
pub(super) struct LabFiles<'a> {
    pub(super) lab: Option<Text<'a>>,
    pub(super) variants: Vec<Text<'a>>,
    pub(super) solutions: Vec<Text<'a>>,
    pub(super) wrongs: Vec<Text<'a>>,
    /// Fixtures by name, `fixtures/NAME`.
    pub(super) fixtures: BTreeMap<&'a str, &'a [u8]>,
}

/// All files, sorted by what they are.
#[derive(Default)]
pub(super) struct Tree<'a> {
    pub(super) labs: BTreeMap<&'a str, LabFiles<'a>>,
    pub(super) tracks: Vec<Text<'a>>,
    pub(super) competencies: Vec<Text<'a>>,
}

/// Sorts files by path; a file that has no place in the tree is a problem.
pub(super) fn sort<'a>(files: &'a [SourceFile], sink: &Sink) -> Tree<'a> {
    let mut tree = Tree::default();
    let mut seen = BTreeSet::new();
    let mut sorted: Vec<&SourceFile> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    for file in sorted {
        if seen.insert(&file.path) {
            sort_one(file, &mut tree, sink);
        } else {
            sink.say(&Place::start(&file.path), "this file was given twice", "give each file once");
        }
    }
    tree
}

fn sort_one<'a>(file: &'a SourceFile, tree: &mut Tree<'a>, sink: &Sink) {
    let parts: Vec<&str> = file.path.split('/').collect();
    match parts.as_slice() {
        ["labs", slug, "lab.md"] => tree.labs.entry(slug).or_default().lab = text(file, sink),
        ["labs", slug, "variants", name] if is_toml(name) => {
            tree.labs.entry(slug).or_default().variants.extend(text(file, sink));
        }
        ["labs", slug, "solution", name] if is_toml(name) => {
            tree.labs.entry(slug).or_default().solutions.extend(text(file, sink));
        }
        ["labs", slug, "wrong", name] if is_toml(name) => {
            tree.labs.entry(slug).or_default().wrongs.extend(text(file, sink));
        }
        ["labs", slug, "fixtures", name] => {
            tree.labs.entry(slug).or_default().fixtures.insert(name, &file.bytes);
        }
        ["tracks", name] if is_toml(name) => tree.tracks.extend(text(file, sink)),
        ["competencies", name] if is_toml(name) => tree.competencies.extend(text(file, sink)),
        ["labs" | "tracks" | "competencies", ..] => sink.say(
            &Place::start(&file.path),
            "this file belongs to nothing",
            "a lab has lab.md, variants/*.toml, solution/*.toml, wrong/*.toml and fixtures/*; move or remove the file",
        ),
        _ => {}
    }
}

fn is_toml(name: &str) -> bool {
    name.strip_suffix(".toml").is_some_and(|stem| !stem.is_empty())
}

/// A file as text, if it is any.
pub(super) fn text<'a>(file: &'a SourceFile, sink: &Sink) -> Option<Text<'a>> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let id = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match std::str::from_utf8(&file.bytes) {
        Ok(text) => Some(Text { path: &file.path, id, text }),
        Err(error) => {
            let before = &file.bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let place =
                Place { file: file.path.clone(), line: u32::try_from(line).unwrap_or(u32::MAX), column: 1 };
            sink.say(&place, "this line is not UTF-8", "save the file as UTF-8");
            None
        }
    }
}
