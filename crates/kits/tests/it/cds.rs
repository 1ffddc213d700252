//! The kit for services of CDS Hooks.

use std::thread;

use kits::model::{Kit, Outcome, Record};

use crate::hospital_cds::{Fault, start};
use crate::proving::{fails_only, not_passed, run};

fn kit() -> &'static Kit {
    kits::kit("cds-hooks-service").expect("the kit is there")
}

fn against(fault: Fault) -> Record {
    run(kit(), &[("url", &start(fault))])
}

#[test]
fn a_good_server_passes() {
    for fault in [Fault::None, Fault::ReadsItself] {
        let record = against(fault);
        assert_eq!(not_passed(&record), [], "{fault:?}");
        assert_eq!(record.outcome(), Some(Outcome::Pass));
    }
}

#[test]
fn a_discovery_address_and_one_service_do_as_well() {
    let url = format!("{}/cds-services/", start(Fault::None));
    let record = run(kit(), &[("url", &url), ("service", "greeting")]);
    let found = not_passed(&record);
    assert!(found.iter().all(|(_, outcome, _)| *outcome == Outcome::Skip), "{found:#?}");
}

#[test]
fn every_fault_fails_its_test_and_no_other() {
    use Fault::*;
    let nothing_found: &[&str] = &[
        "discovery/answers",
        "discovery/services: skip",
        "discovery/prefetch: skip",
        "calls/answers: skip",
        "calls/cards: skip",
        "calls/uuid: skip",
        "calls/quick: skip",
        "prefetch/nothing: skip",
        "prefetch/missing: skip",
        "bad/json: skip",
        "bad/hook: skip",
        "bad/instance: skip",
        "bad/patient: skip",
        "bad/service: skip",
        "feedback/taken: skip",
        "feedback/bad: skip",
    ];
    // What is not offered needs no description and asks for nothing.
    let nothing_offered: Vec<&str> = nothing_found
        .iter()
        .copied()
        .filter(|test| !matches!(*test, "discovery/services: skip" | "discovery/prefetch: skip"))
        .collect();
    let nothing_offered = nothing_offered.as_slice();
    let no_answers: &[&str] = &[
        "calls/answers",
        "calls/cards: skip",
        "calls/uuid: skip",
        "calls/quick: skip",
        "feedback/taken: skip",
        "feedback/bad: skip",
    ];
    let hangs: &[&str] = &[
        "calls/answers",
        "calls/cards: skip",
        "calls/uuid: skip",
        "calls/quick: skip",
        "prefetch/nothing",
        "prefetch/missing",
        "bad/json: skip",
        "bad/hook: skip",
        "bad/instance: skip",
        "bad/patient: skip",
        "bad/service: skip",
        "feedback/taken: skip",
        "feedback/bad: skip",
    ];
    let table: &[(Fault, &[&str])] = &[
        (NoDiscovery, nothing_found),
        (ListsNothing, nothing_offered),
        (NoDescription, &["discovery/services"]),
        (OddTemplate, &["discovery/prefetch"]),
        (Breaks, no_answers),
        (SaysHtml, no_answers),
        (Hangs, hangs),
        (LongSummary, &["calls/cards"]),
        (ScriptLink, &["calls/cards"]),
        (SameName, &["calls/uuid"]),
        (Slow, &["calls/quick"]),
        (BreaksOnNothing, &["prefetch/nothing"]),
        (BreaksUnfetched, &["prefetch/missing"]),
        (TakesNoise, &["bad/json"]),
        (TakesAnyHook, &["bad/hook"]),
        (TakesNoInstance, &["bad/instance"]),
        (TakesNobody, &["bad/patient"]),
        (AnswersForOthers, &["bad/service"]),
        (DropsFeedback, &["feedback/taken", "feedback/bad: skip"]),
        (TakesAnyFeedback, &["feedback/bad"]),
    ];
    thread::scope(|scope| {
        for (fault, tests) in table {
            scope.spawn(move || {
                let expected: Vec<String> =
                    tests.iter().map(|test| format!("cds-hooks-service/{test}")).collect();
                fails_only(&against(*fault), &format!("{fault:?}"), &expected);
            });
        }
    });
}
