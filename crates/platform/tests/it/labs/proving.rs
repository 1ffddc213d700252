//! The proof of a lab, played in real sandboxes.

use std::sync::Arc;

use platform::clock::SystemClock;
use platform::labs::{LabError, Speed, verify};
use training::content::SourceFile;
use training::proof::Proof;

use super::content::files;
use super::hands::InProcess;
use crate::home::{Home, home};

#[test]
fn a_good_lab_is_proven_and_leaves_nothing_behind() {
    let Home { platform, .. } = &home(&files());
    let hands = InProcess(Arc::clone(platform));
    let report =
        verify(platform, &hands, &SystemClock, &["twins".to_owned()], &[], Speed::Untimed, &|_, _| ())
            .unwrap();
    assert!(report.holds(), "{report:#?}");
    assert_eq!(report.labs[0].variants, ["plain"]);
    assert_eq!(platform.sandboxes_open(), 0, "every hospital is gone");
    let unknown =
        verify(platform, &hands, &SystemClock, &["nothing".to_owned()], &[], Speed::Untimed, &|_, _| ());
    assert!(matches!(unknown, Err(LabError::NoSuchLab(_))));
}

#[test]
fn a_bad_lab_is_told_everything_that_is_wrong_with_it() {
    let mut files = files();
    let lab = files.iter_mut().find(|file| file.path == "labs/twins/lab.md").unwrap();
    let text = String::from_utf8(lab.bytes.clone()).unwrap();
    // The answer stands in the brief, and one check cannot fail.
    let text = text.replace("Find it.", "Find {fault.duplicate.mrn}.");
    let text = text.replace("entry.resource.active = false", "entry.count() = 1");
    lab.bytes = text.into_bytes();
    files.push(SourceFile::new(
        "labs/twins/wrong/wrong-number.toml",
        "title = \"Names the wrong check\"\nfails = [\"retired\"]\n\n[[do]]\nanswer = { check = \"twin\", value = \"0\" }\n",
    ));
    let Home { platform, .. } = &home(&files);
    let hands = InProcess(Arc::clone(platform));
    let report =
        verify(platform, &hands, &SystemClock, &["twins".to_owned()], &[], Speed::Untimed, &|_, _| ())
            .unwrap();
    let found: Vec<(Proof, &str)> = report.labs[0]
        .findings
        .iter()
        .map(|finding| (finding.proof, finding.problem.place.file.as_str()))
        .collect();
    for expected in [
        (Proof::UntouchedFails, "labs/twins/variants/plain.toml"),
        (Proof::NothingLeaks, "labs/twins/lab.md"),
        (Proof::WrongFailsAsNamed, "labs/twins/wrong/left-open.toml"),
        (Proof::WrongFailsAsNamed, "labs/twins/wrong/wrong-number.toml"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:#?}");
    }
}
