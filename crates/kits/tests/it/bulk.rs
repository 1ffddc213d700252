//! The kit for servers of Bulk Data.

use std::thread;

use kits::model::{Kit, Outcome, Record};

use crate::hospital_bulk::{Fault, TOKEN, start};
use crate::proving::{fails_only, not_passed, run};

fn kit() -> &'static Kit {
    kits::kit("bulk-data").expect("the kit is there")
}

fn against(fault: Fault) -> Record {
    run(kit(), &[("url", &start(fault)), ("token", TOKEN), ("wait", "2")])
}

#[test]
fn a_good_server_passes() {
    let record = against(Fault::None);
    assert_eq!(not_passed(&record), []);
    assert_eq!(record.outcome(), Some(Outcome::Pass));
}

#[test]
fn every_fault_fails_its_test_and_no_other() {
    use Fault::*;
    let no_export: &[&str] = &[
        "export/begins",
        "export/ends: skip",
        "export/files: skip",
        "export/messages: skip",
        "export/file-token: skip",
        "parameters/type: skip",
        "parameters/since: skip",
        "ending/delete",
    ];
    let no_end: &[&str] = &[
        "export/ends",
        "export/files: skip",
        "export/messages: skip",
        "export/file-token: skip",
        "parameters/type: skip",
        "parameters/since: skip",
    ];
    let table: &[(Fault, &[&str])] = &[
        (AnswersAtOnce, no_export),
        (NeverEnds, no_end),
        (ForgetsTime, &["export/ends"]),
        (MiscountsLines, &["export/files"]),
        (MixesTypes, &["export/files"]),
        (BrokenLines, &["export/files", "parameters/since: skip"]),
        (LosesAFile, &["export/files"]),
        (SaysThatSomeFailed, &["export/messages"]),
        (LosesItsMessages, &["export/messages"]),
        (ListsOtherTypes, &["export/messages"]),
        (MiscountsMessages, &["export/messages"]),
        (GivesFilesToAnybody, &["export/file-token"]),
        (IgnoresType, &["parameters/type"]),
        (IgnoresSince, &["parameters/since"]),
        (TakesUnknown, &["parameters/unknown"]),
        (KeepsWhatWasGivenUp, &["ending/delete"]),
        (OpenDoor, &["ending/unauthorised"]),
    ];
    thread::scope(|scope| {
        for (fault, tests) in table {
            scope.spawn(move || {
                let expected: Vec<String> = tests.iter().map(|test| format!("bulk-data/{test}")).collect();
                fails_only(&against(*fault), &format!("{fault:?}"), &expected);
            });
        }
    });
}
