//! Starting a lab, and what the learner is shown of it.

use platform::labs::{LabError, LabState, PLATFORM, Standing, Start};
use store::journal::Filter;

use super::content::files;
use crate::home::{Home, home};

#[test]
fn a_lab_begins_with_a_hospital_and_values_of_its_own() {
    let Home { platform, ana, ben, .. } = &home(&files());
    let first = platform.start_attempt(ana, "desk", &Start::default()).unwrap();
    let view = platform.view_attempt(ana, &first.id, "http://here").unwrap();
    let sandbox = first.sandbox.unwrap();
    assert!(view.brief.contains(&format!("http://here/s/{sandbox}/fhir")), "{}", view.brief);
    assert!(!view.brief.contains('{'), "{}", view.brief);
    assert_eq!((view.number, view.green, view.musts, view.score), (1, 0, 3, 0.0));
    assert_eq!(view.virtual_now.as_deref(), Some("2031-03-04T06:00:00.000Z"));
    assert!(view.debrief.is_empty(), "not before the end");
    assert!(view.steps[0].begun && !view.steps[1].begun);
    assert!(view.steps.iter().flat_map(|step| &step.checks).all(|check| check.standing == Standing::NotYet));

    let other = platform.start_attempt(ben, "desk", &Start::default()).unwrap();
    let name = |attempt: &platform::labs::Attempt| attempt.values["patient"]["id"].clone();
    assert_ne!(other.values["pulse"].to_string() + &name(&other).to_string(), {
        let first = platform.latest_attempt(ana, "desk").unwrap().unwrap();
        first.values["pulse"].to_string() + &name(&first).to_string()
    });
}

#[test]
fn an_open_attempt_is_gone_on_with_unless_asked_otherwise() {
    let Home { platform, ana, .. } = &home(&files());
    let first = platform.start_attempt(ana, "desk", &Start::default()).unwrap();
    assert_eq!(platform.start_attempt(ana, "desk", &Start::default()).unwrap().id, first.id);
    let anew = Start { anew: true, ..Start::default() };
    let second = platform.start_attempt(ana, "desk", &anew).unwrap();
    assert_eq!((second.number, platform.sandboxes_of(ana).unwrap().len()), (2, 1));
    let gone = platform.view_attempt(ana, &first.id, "").unwrap();
    assert_eq!((gone.state, gone.sandbox), ("abandoned", None));
    assert_eq!(platform.latest_attempt(ana, "desk").unwrap().unwrap().id, second.id);
}

#[test]
fn the_same_seed_gives_the_same_hospital_to_the_last_byte() {
    let Home { platform, ana, ben, clock, .. } = &home(&files());
    let how = |seed| Start { anew: true, variant: Some("plain".to_owned()), seed: Some(seed) };
    let digest = |person, seed| {
        let attempt = platform.start_attempt(person, "twins", &how(seed)).unwrap();
        let access = platform.enter(person, attempt.sandbox.unwrap().as_str(), "EHR").unwrap();
        (access.sandbox().state_digest().unwrap(), attempt.values["fault"].clone())
    };
    let one = digest(ana, 7);
    clock.advance(1_234_567);
    assert_eq!(digest(ben, 7), one);
    assert_ne!(digest(ben, 8).0, one.0);
}

#[test]
fn the_journal_keeps_the_secret() {
    let Home { platform, ana, .. } = &home(&files());
    let attempt = platform.start_attempt(ana, "twins", &Start::default()).unwrap();
    let access = platform.enter(ana, attempt.sandbox.as_ref().unwrap().as_str(), "EHR").unwrap();
    let entries = platform.journal(&access, &Filter::default()).unwrap();
    let secret = attempt.values["fault"]["duplicate"]["id"].as_str().unwrap();
    assert!(entries.iter().any(|entry| entry.event.kind == "lab.setup" && entry.event.actor == PLATFORM));
    for entry in entries {
        let told = format!("{:?}", entry.event);
        assert!(!told.contains(secret) && !told.contains("duplicate"), "{told}");
    }
    assert_eq!(platform.journal_break(&access).unwrap(), None);
    let stored = access.sandbox().view(|view| view.get("Patient", secret)).unwrap().unwrap();
    assert!(stored.updated_us < access.virtual_us() - 86_400_000_000, "a planted chart looks old");
}

#[test]
fn what_was_placed_cannot_be_undone() {
    let Home { platform, ana, .. } = &home(&files());
    let attempt = platform.start_attempt(ana, "twins", &Start::default()).unwrap();
    assert!(!platform.undo_in_attempt(ana, &attempt.id).unwrap());
    let access = platform.enter(ana, attempt.sandbox.as_ref().unwrap().as_str(), "EHR").unwrap();
    assert!(!platform.undo(&access).unwrap());
}

#[test]
fn nobody_works_on_or_sees_the_attempt_of_another() {
    let Home { platform, ana, ben, ines, .. } = &home(&files());
    let attempt = platform.start_attempt(ana, "desk", &Start::default()).unwrap();
    let refused = |result: Result<_, LabError>| matches!(result, Err(LabError::NotYours(_)));
    assert!(refused(platform.view_attempt(ben, &attempt.id, "").map(drop)));
    assert!(refused(platform.take_hint(ben, &attempt.id, "born").map(drop)));
    assert!(refused(platform.undo_in_attempt(ines, &attempt.id).map(drop)));
    assert_eq!(platform.view_attempt(ines, &attempt.id, "").unwrap().id, attempt.id.to_string());
}

#[test]
fn lists_say_how_a_person_stands() {
    let Home { platform, ana, .. } = &home(&files());
    let states = || platform.labs_for(ana).unwrap().into_iter().map(|lab| (lab.id, lab.standing.state));
    assert!(states().all(|(_, state)| state == LabState::NotStarted));
    platform.start_attempt(ana, "twins", &Start::default()).unwrap();
    let begun: Vec<String> =
        states().filter(|(_, state)| *state == LabState::InProgress).map(|(id, _)| id).collect();
    assert_eq!(begun, ["twins"]);
    let unknown = platform.start_attempt(ana, "no-such-lab", &Start::default());
    assert!(matches!(unknown, Err(LabError::NoSuchLab(_))));
}
