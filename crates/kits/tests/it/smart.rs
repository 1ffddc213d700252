//! The kit for SMART servers.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use kits::model::{Kit, Outcome, Record};
use kits::run::{Inbound, Progress, Run};
use kits::wire::Limits;

use crate::hospital_smart::{Fault, opened, start};
use crate::proving::{NOW_US, fails_only, not_passed};

fn kit() -> &'static Kit {
    kits::kit("smart").expect("the kit is there")
}

/// No server here is slow on purpose, so that all may take their time. Whenever the run waits for a chart to open the app, one does.
fn against(fault: Fault) -> Record {
    let url = start(fault);
    let given = BTreeMap::from([("url".to_owned(), url.clone()), ("wait".to_owned(), "5".to_owned())]);
    let limits = Limits { exchange: Duration::from_secs(120), ..Limits::default() };
    let run = Run::new(kit(), &given, limits, || NOW_US).expect("the inputs are those of the kit");
    thread::scope(|scope| {
        run.go(kit(), &|progress| {
            let Some(identifier) = waits_for_a_chart(progress) else { return };
            let (run, call) = (&run, Inbound { fields: opened(fault, &url), ..Inbound::default() });
            scope.spawn(move || {
                while !run.deliver(&identifier, call.clone()) {
                    thread::yield_now();
                }
            });
        })
    })
}

/// By what a run is known that waits for a chart.
fn waits_for_a_chart(progress: &Progress) -> Option<String> {
    let is_waiting = progress.test == "smart/ehr/opens" && progress.outcome == Outcome::Wait;
    let (_, identifier) = progress.message.rsplit_once("state=").filter(|_| is_waiting)?;
    Some(identifier.to_owned())
}

#[test]
fn a_good_server_passes() {
    let record = against(Fault::None);
    assert_eq!(not_passed(&record), []);
    assert_eq!(record.outcome(), Some(Outcome::Pass));
    let omitted = record.tests().iter().filter(|test| test.outcome == Some(Outcome::Omit)).count();
    assert_eq!(omitted, 0, "the good server offers everything");
}

#[test]
fn every_fault_fails_its_test_and_no_other() {
    use Fault::*;
    let no_handle: &[&str] = &["ehr/opens", "ehr/token: skip", "ehr/context: skip"];
    let table: &[(Fault, &[&str])] = &[
        (OffersPlain, &["discovery/document"]),
        (LacksGrantTypes, &["discovery/document"]),
        (NoCors, &["discovery/cors", "launch/token", "access/cors"]),
        (ShowsPrivateKey, &["discovery/keys", "launch/id-token: skip"]),
        (RegistersScript, &["discovery/bad-address"]),
        (TakesNoChallenge, &["authorize/pkce-missing"]),
        (TakesPlain, &["authorize/pkce-plain"]),
        (RedirectsAnywhere, &["authorize/redirect-unknown", "authorize/redirect-near"]),
        (RedirectsToPrefixes, &["authorize/redirect-near"]),
        (TakesAnyAudience, &["authorize/audience"]),
        (GivesImplicit, &["authorize/implicit"]),
        (LetsAnswersBeKept, &["launch/token"]),
        (GrantsMore, &["launch/scopes", "lifetime/renewed"]),
        (OpensForAnotherServer, no_handle),
        (OpensWithoutHandle, no_handle),
        (TakesAnyHandle, &["ehr/invented"]),
        (ForgetsTheChart, &["ehr/context"]),
        (ForgetsBanner, &["ehr/context"]),
        (SignsWithAnotherKey, &["launch/id-token"]),
        (ForgetsNonce, &["launch/id-token"]),
        (NamesAnotherApp, &["launch/id-token"]),
        (ShowsEverybody, &["access/other-patients"]),
        (IgnoresCategory, &["access/category"]),
        (IgnoresTypes, &["access/other-types"]),
        (LetsWrite, &["access/write"]),
        (WidensOnRefresh, &["lifetime/wider", "lifetime/renewed"]),
        (TakesRefreshTwice, &["lifetime/reused"]),
        (KeepsFamilyAfterReuse, &["lifetime/reused"]),
        (IgnoresVerifier, &["lifetime/verifier"]),
        (TakesCodeTwice, &["lifetime/replayed"]),
        (KeepsTokensAfterReplay, &["lifetime/replayed"]),
        (ForgetsToRevoke, &["lifetime/revoked"]),
        (TellsStrangers, &["lifetime/strangers"]),
        (GrantsServicesMore, &["backend/scopes"]),
        (OpensMoreToServices, &["backend/access"]),
        (KnowsNoTokens, &["backend/introspection"]),
        (TakesUnsigned, &["backend/unsigned"]),
        (TakesPublicKey, &["backend/public-key"]),
        (TakesOtherKeys, &["backend/other-key"]),
        (TakesAnyMeaning, &["backend/audience"]),
        (TakesExpired, &["backend/expired"]),
        (TakesLongLived, &["backend/too-long"]),
        (TakesOtherNames, &["backend/subject"]),
        (TakesAssertionTwice, &["backend/replayed"]),
    ];
    hold(table);
}

/// Faults that leave tests after them with nothing to look at.
#[test]
fn what_is_not_given_is_skipped_by_those_who_need_it() {
    use Fault::*;
    let no_code: &[&str] = &[
        "launch/code",
        "launch/token: skip",
        "launch/scopes: skip",
        "launch/context: skip",
        "launch/id-token: skip",
        "access/stranger: skip",
        "access/patient: skip",
        "access/cors: skip",
        "access/other-patients: skip",
        "access/category: skip",
        "access/other-types: skip",
        "access/write: skip",
        "lifetime/wider: skip",
        "lifetime/renewed: skip",
        "lifetime/reused: skip",
        "lifetime/strangers: skip",
    ];
    let no_patient: &[&str] = &[
        "launch/context",
        "ehr/context",
        "access/patient: skip",
        "access/cors: skip",
        "access/other-patients: skip",
        "access/category: skip",
        "access/other-types: skip",
        "access/write: skip",
    ];
    let table: &[(Fault, &[&str])] = &[
        (ForgetsState, no_code),
        (NamesAnotherIssuer, no_code),
        (NamesNoPatient, no_patient),
        (SaysNoScope, &["launch/token"]),
        // Whoever is not kept out comes in with a dead token, too.
        (OpenDoor, &["access/stranger", "lifetime/reused", "lifetime/replayed", "lifetime/revoked"]),
    ];
    hold(table);
}

fn hold(table: &[(Fault, &[&str])]) {
    thread::scope(|scope| {
        for (fault, tests) in table {
            scope.spawn(move || {
                let expected: Vec<String> = tests.iter().map(|test| format!("smart/{test}")).collect();
                fails_only(&against(*fault), &format!("{fault:?}"), &expected);
            });
        }
    });
}
