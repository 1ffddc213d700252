//! The kit for archives of DICOM.

use std::thread;

use kits::model::{Kit, Outcome, Record};

use crate::hospital_dicom::{Fault, TITLE, start};
use crate::proving::{fails_only, not_passed, run};

fn kit() -> &'static Kit {
    kits::kit("dicom-archive").expect("the kit is there")
}

fn against(fault: Fault) -> Record {
    run(kit(), &[("url", &start(fault)), ("called", TITLE)])
}

#[test]
fn a_good_archive_passes() {
    let record = against(Fault::None);
    assert_eq!(not_passed(&record), []);
    assert_eq!(record.outcome(), Some(Outcome::Pass));
}

#[test]
fn every_fault_fails_its_test_and_no_other() {
    use Fault::*;
    let not_stored: &[&str] = &[
        "store/takes",
        "store/again: skip",
        "find/by-uid: skip",
        "find/by-patient: skip",
        "find/wildcard: skip",
    ];
    let table: &[(Fault, &[&str])] = &[
        (AbortsInsteadOfReleasing, &["association/release"]),
        (AnswersToAnyTitle, &["association/called"]),
        (RefusesObjects, not_stored),
        (RefusesDuplicates, &["store/again"]),
        (FindsEverything, &["find/by-uid", "find/nothing"]),
        (FindsNothing, &["find/by-uid", "find/by-patient", "find/wildcard"]),
        (IgnoresPatient, &["find/by-patient"]),
        (TakesAsteriskLiterally, &["find/wildcard"]),
        (NeedsNoLevel, &["find/level"]),
        (LeavesOutNames, &["find/by-uid"]),
        (IgnoresModality, &["worklist/modality"]),
        (StepsWithoutSequence, &["worklist/all"]),
    ];
    thread::scope(|scope| {
        for (fault, tests) in table {
            scope.spawn(move || {
                let expected: Vec<String> =
                    tests.iter().map(|test| format!("dicom-archive/{test}")).collect();
                fails_only(&against(*fault), &format!("{fault:?}"), &expected);
            });
        }
    });
}

#[test]
fn an_archive_that_is_not_there_for_echo_is_told_so() {
    let record = against(Fault::EchoFails);
    let outcome = |id: &str| record.find(id).and_then(|node| node.outcome);
    assert_eq!(outcome("dicom-archive/association/echo"), Some(Outcome::Fail));
    assert_eq!(outcome("dicom-archive/find/by-uid"), Some(Outcome::Skip));
}

#[test]
fn a_service_that_noise_ends_fails_there() {
    let record = against(Fault::NoiseEndsService);
    let noise = record.find("dicom-archive/association/noise").expect("the test is there");
    assert_eq!(noise.outcome, Some(Outcome::Fail), "{}", noise.message);
}
