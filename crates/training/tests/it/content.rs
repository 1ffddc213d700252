//! The content that ships, and the lab that `lab new` writes.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use training::content::{Catalogue, SourceFile, load};

/// The files of the repository's content folder.
pub(crate) fn shipped() -> Vec<SourceFile> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).expect("content is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below root").to_string_lossy().replace('\\', "/");
            files.push(SourceFile::new(name, std::fs::read(&path).expect("readable")));
        }
    }
}

/// The shipped catalogue.
pub(crate) fn catalogue() -> Catalogue {
    load(&shipped()).value
}

fn problems(files: &[SourceFile]) -> String {
    load(files).problems.iter().map(|problem| format!("{problem}\n")).collect()
}

#[test]
fn shipped_content_has_no_problem() {
    assert_eq!(problems(&shipped()), "");
    let catalogue = catalogue();
    let track = catalogue.track("ehr").unwrap();
    let labs = [
        "first-shift",
        "fhir-by-hand",
        "two-charts-one-patient",
        "order-to-result",
        "critical-result",
        "order-set-and-alert",
        "role-matrix",
        "profile-repair",
    ];
    assert_eq!(track.labs, labs);
    assert_eq!(catalogue.tracks.len(), 7);
    assert!(catalogue.labs.iter().all(|lab| lab.variants.len() >= 2 && lab.wrongs.len() >= 3));
    assert_eq!(catalogue.tracks_of("first-shift"), ["ehr"]);
}

#[test]
fn a_new_lab_has_no_problem() {
    let mut files = shipped();
    files.extend(training::template::files("late-result").unwrap());
    assert_eq!(problems(&files), "");
    assert!(load(&files).value.lab("late-result").is_some());
    assert!(training::template::files("Late Result").is_err());
    assert!(training::template::files("../escape").is_err());
}

#[test]
fn files_of_other_folders_are_passed_over() {
    let mut files = shipped();
    files.push(SourceFile::new("scenarios/outage.toml", "not = toml = at all"));
    assert_eq!(problems(&files), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to a file, the loader reports and goes on.
    #[test]
    fn the_loader_never_panics(which in 0_usize..1000, cut in 0_usize..4000, junk in "(?s).{0,40}") {
        let mut files = shipped();
        let index = which % files.len();
        let text = String::from_utf8_lossy(&files[index].bytes).into_owned();
        let at = text.char_indices().map(|(at, _)| at).nth(cut % text.chars().count().max(1)).unwrap_or(0);
        files[index].bytes = format!("{}{junk}{}", &text[..at], &text[at..]).into_bytes();
        let _ = load(&files);
        files[index].bytes = [&text.as_bytes()[..at], &[0xff, 0xfe], junk.as_bytes()].concat();
        let _ = load(&files);
    }

    #[test]
    fn any_text_at_all_can_be_loaded(text in "(?s).{0,300}") {
        for path in ["labs/a/lab.md", "labs/a/variants/b.toml", "labs/a/wrong/c.toml", "tracks/d.toml", "competencies/e.toml"] {
            let _ = load(&[SourceFile::new(path, text.as_bytes())]);
            let _ = load(&[SourceFile::new(path, format!("+++\n{text}\n+++\n{text}"))]);
        }
    }
}
