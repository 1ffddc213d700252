//! Test kits started from within a sandbox.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use platform::Platform;
use platform::access::Access;
use platform::images::DEFAULT_IMAGE;
use platform::kits::model::Outcome;
use platform::kits::{KitError, KitRunView, kit_run, kit_runs, start_kit, stop_kit};
use platform::people::Person;
use platform::sandboxes::Filter;

use crate::home::{Home, home};

/// Nobody listens there.
const NOWHERE: &str = "127.0.0.1:1";
const PATIENCE: Duration = Duration::from_secs(30);

/// A way into a fresh hospital of somebody.
fn enter(home: &Home, person: &Person) -> Access {
    let sandbox = home.platform.start_sandbox(person, DEFAULT_IMAGE, "tests", None).unwrap();
    home.platform.enter(person, sandbox.id.as_str(), "page").unwrap()
}

fn ended(platform: &Platform, access: &Access, id: &str) -> KitRunView {
    let until = Instant::now() + PATIENCE;
    loop {
        let view = kit_run(platform, access, id).unwrap();
        if !view.is_running {
            return view;
        }
        assert!(Instant::now() < until, "the run goes on and on");
        sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_run_is_kept_and_journalled_and_is_nobody_elses() {
    let home = home(&[]);
    let (ana, ben) = (enter(&home, &home.ana), enter(&home, &home.ben));
    let given = BTreeMap::from([("url".to_owned(), NOWHERE.to_owned())]);
    let id = start_kit(&home.platform, &ana, "hl7v2-receiver", &given, "http://test").unwrap();
    let view = ended(&home.platform, &ana, &id);
    assert_eq!((view.is_cut_off, view.record.outcome()), (false, Some(Outcome::Error)));
    let runs = kit_runs(&home.platform, &ana).unwrap();
    assert_eq!(
        runs.iter().map(|run| (run.id.as_str(), run.outcome.as_str())).collect::<Vec<_>>(),
        [(id.as_str(), "error")]
    );
    let journal = home.platform.journal(&ana, &Filter::default()).unwrap();
    let kinds: Vec<&str> = journal
        .iter()
        .map(|entry| entry.event.kind.as_str())
        .filter(|kind| kind.starts_with("kit."))
        .collect();
    assert_eq!(kinds, ["kit.began", "kit.ended"]);
    assert!(matches!(kit_run(&home.platform, &ben, &id), Err(KitError::Unknown(_))));
    assert!(kit_runs(&home.platform, &ben).unwrap().is_empty());
    assert!(!stop_kit(&home.platform, &ben, &id));
}

#[test]
fn a_run_that_cannot_start_leaves_nothing() {
    let home = home(&[]);
    let ana = enter(&home, &home.ana);
    let start = |kit: &str, name: &str| {
        let given = BTreeMap::from([(name.to_owned(), NOWHERE.to_owned())]);
        start_kit(&home.platform, &ana, kit, &given, "http://test")
    };
    assert!(matches!(start("no-such-kit", "url"), Err(KitError::Unknown(_))));
    assert!(matches!(start("hl7v2-receiver", "ulr"), Err(KitError::Inputs(problems)) if problems.len() == 2));
    assert!(kit_runs(&home.platform, &ana).unwrap().is_empty());
}

#[test]
fn addresses_by_which_machines_ask_about_themselves_are_not_dialled() {
    let home = home(&[]);
    let ana = enter(&home, &home.ana);
    let given = BTreeMap::from([("url".to_owned(), "http://169.254.169.254/fhir".to_owned())]);
    let id = start_kit(&home.platform, &ana, "us-core", &given, "http://test").unwrap();
    let view = ended(&home.platform, &ana, &id);
    let first = view.record.find("us-core/server/capability").unwrap();
    assert_eq!(first.outcome, Some(Outcome::Error));
    assert!(first.message.contains("not dialled"), "{}", first.message);
}
