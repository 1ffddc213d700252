//! The kit for receivers of HL7 v2.

use std::thread;

use kits::model::{Kit, Outcome, Record};

use crate::hospital_v2::{Fault, start};
use crate::proving::{fails_only, not_passed, run};

fn kit() -> &'static Kit {
    kits::kit("hl7v2-receiver").expect("the kit is there")
}

fn against(fault: Fault) -> Record {
    run(kit(), &[("url", &start(fault))])
}

#[test]
fn a_good_receiver_passes() {
    let record = against(Fault::None);
    assert_eq!(not_passed(&record), []);
    assert_eq!(record.outcome(), Some(Outcome::Pass));
}

#[test]
fn every_fault_fails_its_test_and_no_other() {
    use Fault::*;
    let table: &[(Fault, &[&str])] = &[
        (KeepsAddresses, &["acknowledgement/addresses"]),
        (AnswersAsOru, &["acknowledgement/type"]),
        (SameIdAlways, &["acknowledgement/own-id"]),
        (NoIdOfItsOwn, &["acknowledgement/own-id"]),
        (
            ForgetsControlId,
            &[
                "acknowledgement/control-id",
                "notation/separators",
                "connection/together",
                "connection/duplicate",
                "connection/late",
            ],
        ),
        (AnswersTwice, &["acknowledgement/one", "connection/together"]),
        (NoReturnAfterFrame, &["acknowledgement/one", "connection/second"]),
        (NeedsNoPid, &["content/no-pid", "content/err: skip"]),
        (LateAnswersGoToNext, &["connection/late"]),
        (IgnoresReceipt, &["modes/receipt", "modes/both"]),
        (IgnoresApplication, &["modes/application", "modes/both"]),
        (AnswersWithoutBeingAsked, &["modes/none"]),
        (KnowsOnlyBars, &["notation/separators"]),
        (RefusesEscapes, &["notation/escapes"]),
        (RefusesUtf8, &["notation/utf-8"]),
        (RefusesLatin1, &["notation/latin-1"]),
        (RefusesZSegments, &["content/z-segment"]),
        (RefusesMoreFields, &["content/more-fields"]),
        (NeedsNoIdentifier, &["content/no-identifier"]),
        (SaysNoErr, &["content/err"]),
        (TakesAnyKind, &["content/unknown-type"]),
        (TakesAnyVersion, &["content/unknown-version"]),
        (HangsUpAfterOne, &["connection/second", "connection/together"]),
        (ReadsPieceAsMessage, &["connection/pieces"]),
        (AnswersBackwards, &["connection/together"]),
        (SilentOnDuplicates, &["connection/duplicate"]),
        (NoiseEndsService, &["connection/garbage"]),
    ];
    thread::scope(|scope| {
        for (fault, tests) in table {
            scope.spawn(move || {
                let expected: Vec<String> =
                    tests.iter().map(|test| format!("hl7v2-receiver/{test}")).collect();
                fails_only(&against(*fault), &format!("{fault:?}"), &expected);
            });
        }
    });
}
