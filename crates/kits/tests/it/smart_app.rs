//! The kit for SMART apps, held against scripted apps: a good one, and others that are wrong in one way.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use identity::pkce::challenge_of;
use kits::form::{decoded, encoded, fields_of};
use kits::model::{Kit, Outcome, Record};
use kits::run::{Inbound, Run, Said};
use serde_json::Value;

use crate::proving::{NOW_US, fails_only, limits, not_passed};

const HERE: &str = "http://kit.test/app";
const CALLBACK: &str = "http://app.test/callback";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-0";

/// What is wrong with an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    KnowsBetter,
    SendsNoState,
    GuessableState,
    SendsNoChallenge,
    PlainChallenge,
    ForgetsAudience,
    InventsScopes,
    ForgetsHandle,
    ForgetsLaunchScope,
    PostsJson,
    ForgetsClient,
    ChangesAddress,
    OtherVerifier,
    SendsCodeTwice,
    TokenInAddress,
    ReadsMore,
    GoesOnAfterNo,
    TakesAnyState,
    NeverGivesUp,
}

struct App<'a> {
    fault: Fault,
    run: &'a Run,
}

impl App<'_> {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Said> {
        let call = Inbound {
            what: format!("{method} {}", path.split('?').next().unwrap_or_default()),
            fields: fields_of(path),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            body: body.as_bytes().to_vec(),
        };
        self.run.ask(call, Duration::from_secs(5))
    }

    /// One launch, from the handle to the first reading. Whatever goes wrong ends it.
    fn launched(&self, iss: &str, launch: &str) -> Option<()> {
        if !self.is(Fault::KnowsBetter) {
            self.ask("GET", "fhir/.well-known/smart-configuration", &[], "")?;
        }
        let state = if self.is(Fault::GuessableState) { "1" } else { "a-state-that-nobody-guesses" };
        let (challenge, method) = match self.fault {
            Fault::PlainChallenge => (VERIFIER.to_owned(), "plain"),
            _ => (challenge_of(VERIFIER), "S256"),
        };
        let scope = match self.fault {
            Fault::InventsScopes => "launch patient/Patient.rs everything",
            Fault::ForgetsLaunchScope => "patient/Patient.rs",
            _ => "launch patient/Patient.rs",
        };
        let mut query = vec![
            ("response_type", "code"),
            ("client_id", "app"),
            ("redirect_uri", CALLBACK),
            ("scope", scope),
            ("state", state),
            ("aud", iss),
            ("launch", launch),
            ("code_challenge", &challenge),
            ("code_challenge_method", method),
        ];
        query.retain(|(name, _)| match self.fault {
            Fault::SendsNoState => *name != "state",
            Fault::SendsNoChallenge => !name.starts_with("code_challenge"),
            Fault::ForgetsAudience => *name != "aud",
            Fault::ForgetsHandle => *name != "launch",
            _ => true,
        });
        let sent = self.ask("GET", &format!("auth/authorize?{}", encoded(&query)), &[], "")?;
        let (_, location) = sent.headers.iter().find(|(name, _)| name == "location")?;
        let back = fields_of(location);
        if back.contains_key("error") && !self.is(Fault::GoesOnAfterNo) {
            return None;
        }
        let is_ours = back.get("state").is_none_or(|own| own == state || own.is_empty());
        if !is_ours && !self.is(Fault::TakesAnyState) {
            return None;
        }
        let code = back.get("code").map(String::as_str).unwrap_or("nothing");
        let token = self.exchanged(code)?;
        self.read(&token)
    }

    fn exchanged(&self, code: &str) -> Option<String> {
        let elsewhere = format!("{CALLBACK}/other");
        let other = VERIFIER.replace('a', "b");
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", if self.is(Fault::ChangesAddress) { &elsewhere } else { CALLBACK }),
            ("client_id", "app"),
            ("code_verifier", if self.is(Fault::OtherVerifier) { &other } else { VERIFIER }),
        ];
        form.retain(|(name, _)| !(self.is(Fault::ForgetsClient) && *name == "client_id"));
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        if self.is(Fault::PostsJson) {
            let body: BTreeMap<&str, &str> = form.iter().copied().collect();
            let body = serde_json::to_string(&body).expect("it is JSON");
            self.ask("POST", "auth/token", &[("Content-Type", "application/json")], &body)?;
        }
        if self.is(Fault::SendsCodeTwice) {
            self.ask("POST", "auth/token", &headers, &encoded(&form))?;
        }
        let said = self.ask("POST", "auth/token", &headers, &encoded(&form))?;
        let tokens: Value = serde_json::from_slice(&said.body).ok()?;
        tokens["access_token"].as_str().map(str::to_owned)
    }

    fn read(&self, token: &str) -> Option<()> {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str())];
        if self.is(Fault::ReadsMore) {
            self.ask("GET", "fhir/Condition", &headers, "")?;
        }
        let path = match self.fault {
            Fault::TokenInAddress => format!("fhir/Patient/one?access_token={token}"),
            _ => "fhir/Patient/one".to_owned(),
        };
        let tries = if self.is(Fault::NeverGivesUp) { 8 } else { 1 };
        for _ in 0..tries {
            if self.ask("GET", &path, &headers, "")?.status == 200 {
                break;
            }
        }
        Some(())
    }
}

fn kit() -> &'static Kit {
    kits::kit("smart-app").expect("the kit is there")
}

/// Runs the kit, and opens the app as often as it asks for that.
fn against(fault: Fault) -> Record {
    let inputs = [
        ("launch_url", "http://app.test/launch"),
        ("redirect_uri", CALLBACK),
        ("here", HERE),
        ("wait", "20"),
        ("quiet", "2"),
    ];
    let given = inputs.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    let run =
        Arc::new(Run::new(kit(), &given, limits(), || NOW_US).expect("the inputs are those of the kit"));
    let going = {
        let run = Arc::clone(&run);
        thread::spawn(move || run.go(kit(), &|_| {}))
    };
    let mut opened = String::new();
    while !going.is_finished() {
        let record = run.record();
        let waiting = record.tests().into_iter().find(|test| test.outcome == Some(Outcome::Wait)).cloned();
        let address = waiting.and_then(|test| test.message.split("address: ").nth(1).map(str::to_owned));
        match address.filter(|address| *address != opened) {
            Some(address) => {
                let fields = decoded(address.split_once('?').expect("it has a query").1);
                App { fault, run: &run }.launched(&fields["iss"], &fields["launch"]);
                opened = address;
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    }
    going.join().expect("the run ends")
}

#[test]
fn a_good_app_passes() {
    let record = against(Fault::None);
    assert_eq!(not_passed(&record), []);
    assert_eq!(record.outcome(), Some(Outcome::Pass));
    assert!(record.exchanges.iter().all(|exchange| exchange.inbound && exchange.status.is_some()));
}

#[test]
fn every_fault_fails_its_test_and_no_other() {
    use Fault::*;
    let table: &[(Fault, &[&str])] = &[
        (KnowsBetter, &["launch/discovers"]),
        (SendsNoState, &["launch/state"]),
        (GuessableState, &["launch/state"]),
        (SendsNoChallenge, &["launch/challenge", "launch/verifier"]),
        (PlainChallenge, &["launch/challenge", "launch/verifier"]),
        (ForgetsAudience, &["launch/audience"]),
        (InventsScopes, &["launch/scopes"]),
        (ForgetsHandle, &["launch/launch"]),
        (ForgetsLaunchScope, &["launch/launch"]),
        (PostsJson, &["launch/token-request", "launch/verifier", "launch/once"]),
        (ForgetsClient, &["launch/token-request"]),
        (ChangesAddress, &["launch/token-request"]),
        (OtherVerifier, &["launch/verifier"]),
        (SendsCodeTwice, &["launch/once"]),
        (TokenInAddress, &["launch/bearer"]),
        (ReadsMore, &["launch/within"]),
        (GoesOnAfterNo, &["trouble/denied"]),
        (TakesAnyState, &["trouble/state"]),
        (NeverGivesUp, &["trouble/ended"]),
    ];
    thread::scope(|scope| {
        for (fault, tests) in table {
            scope.spawn(move || {
                let expected: Vec<String> = tests.iter().map(|test| format!("smart-app/{test}")).collect();
                fails_only(&against(*fault), &format!("{fault:?}"), &expected);
            });
        }
    });
}

#[test]
fn an_app_that_never_comes_is_not_judged() {
    let given = [("redirect_uri", CALLBACK), ("here", HERE), ("wait", "0")];
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    let run = Run::new(kit(), &given, limits(), || NOW_US).expect("the inputs are those of the kit");
    let record = run.go(kit(), &|_| {});
    assert_eq!(record.outcome(), Some(Outcome::Skip));
    assert!(record.exchanges.is_empty());
}
