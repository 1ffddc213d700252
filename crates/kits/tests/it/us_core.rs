//! The kit for servers of US Core.

use std::thread;

use kits::model::{Kit, Outcome, Record};

use crate::hospital_fhir::{Fault, TOKEN, start};
use crate::proving::{fails_only, not_passed, run};

/// Enough profiles for every kind of test, and every way of finding resources.
const PROFILES: &str = "us-core-patient us-core-allergyintolerance us-core-encounter us-core-observation-lab \
                        us-core-blood-pressure us-core-practitioner us-core-organization";

fn kit() -> &'static Kit {
    kits::kit("us-core").expect("the kit is there")
}

fn against(fault: Fault) -> Record {
    let base = start(fault);
    let inputs =
        [("url", base.as_str()), ("token", TOKEN), ("patients", "kit-patient"), ("profiles", PROFILES)];
    run(kit(), &inputs)
}

#[test]
fn a_good_server_passes() {
    let record = against(Fault::None);
    assert_eq!(not_passed(&record), []);
    assert_eq!(record.outcome(), Some(Outcome::Pass));
    assert!(
        record.inputs["token"] == "(secret)"
            && !serde_json::to_string(&record).expect("it is JSON").contains(TOKEN)
    );
}

#[test]
fn without_names_only_what_the_server_claims_is_tested() {
    let base = start(Fault::None);
    let record = run(kit(), &[("url", &base), ("token", TOKEN)]);
    let outcome = |id: &str| record.find(id).and_then(|node| node.outcome);
    assert_eq!(outcome("us-core/us-core-encounter"), Some(Outcome::Pass));
    assert_eq!(outcome("us-core/us-core-immunization"), Some(Outcome::Omit));
}

#[test]
fn every_fault_fails_its_test_and_no_other() {
    use Fault::*;
    let table: &[(Fault, &[&str])] = &[
        (OlderFhir, &["server/capability"]),
        (NoJson, &["server/capability"]),
        (ClaimsPatientOnly, &["server/claims"]),
        (NobodyIsFound, &["server/not-found"]),
        (OpenDoor, &["server/unauthorised"]),
        (ReadsAnother, &["us-core-allergyintolerance/read"]),
        (Answers500, &["us-core-allergyintolerance/read"]),
        (
            IgnoresCategory,
            &[
                "us-core-observation-lab/search-patient-category",
                "us-core-observation-lab/search-patient-category-status",
                "us-core-blood-pressure/search-patient-category",
                "us-core-blood-pressure/search-patient-category-date",
                "us-core-blood-pressure/search-patient-category-status",
            ],
        ),
        (
            BlindToIdentifiers,
            &[
                "us-core-patient/search-identifier",
                "us-core-encounter/search-identifier",
                "us-core-practitioner/search-identifier",
            ],
        ),
        (NoPost, &["us-core-patient/search-post"]),
        (WrongBundle, &["us-core-encounter/search-post", "us-core-encounter/search-_id"]),
        (InvalidGender, &["us-core-patient/validation"]),
        (NeverSaysWhy, &["us-core-encounter/must-support: skip"]),
        (DanglingReference, &["us-core-encounter/references"]),
        (PagesInCircle, &["us-core-allergyintolerance/search-patient-clinical-status"]),
        (BlindToDates, &["us-core-encounter/search-patient-date"]),
    ];
    thread::scope(|scope| {
        for (fault, tests) in table {
            scope.spawn(move || {
                let expected: Vec<String> = tests.iter().map(|test| format!("us-core/{test}")).collect();
                fails_only(&against(*fault), &format!("{fault:?}"), &expected);
            });
        }
    });
}

#[test]
fn what_was_never_seen_is_told() {
    let record = against(Fault::NeverSaysWhy);
    let test = record.find("us-core/us-core-encounter/must-support").expect("the test is there");
    assert_eq!(test.unseen, ["Encounter.reasonCode", "Encounter.reasonReference"]);
    assert!(!test.exchanges.is_empty(), "it rests on what was found before");
}

#[test]
fn two_runs_at_a_time_give_the_same_verdicts() {
    let base = start(Fault::BlindToDates);
    let verdicts = || {
        let inputs =
            [("url", base.as_str()), ("token", TOKEN), ("patients", "kit-patient"), ("profiles", PROFILES)];
        let record = run(kit(), &inputs);
        record.tests().iter().map(|test| (test.id.clone(), test.outcome)).collect::<Vec<_>>()
    };
    let (one, two) = thread::scope(|scope| {
        let (one, two) = (scope.spawn(verdicts), scope.spawn(verdicts));
        (one.join().expect("it ends"), two.join().expect("it ends"))
    });
    assert_eq!(one, two);
}
