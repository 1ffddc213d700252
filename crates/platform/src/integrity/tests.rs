use std::sync::Arc;

use serde_json::json;
use store::records::{
    Answer, Attempt, AttemptId, AttemptState, Cohort, Enrolment, Part, Person, Role, Verdict,
};

use super::*;
use crate::clock::ManualClock;
use crate::content::check;
use crate::entropy::SeededEntropy;
use crate::people::NewPerson;
use crate::platform::{Limits, Platform};

const NOW_US: i64 = 1_930_089_600_000_000;

fn person(platform: &Platform, login: &str, role: Role) -> Person {
    platform.people.add(NewPerson { login, name: login, role, password: None }).unwrap()
}

/// An attempt of somebody, who was asked who it is and answered so, at these minutes.
fn answered(platform: &Platform, person: &Person, lab: &str, answers: &[(&str, i64, bool)]) {
    let id = AttemptId::from(format!("{}-{lab}", person.login));
    let attempt = Attempt {
        id: id.clone(),
        person: person.id.clone(),
        lab: lab.to_owned(),
        lab_version: "1.0.0".to_owned(),
        variant: "a".to_owned(),
        seed: 1,
        number: 1,
        sandbox: None,
        state: AttemptState::Started,
        started_us: NOW_US,
        finished_us: None,
        values: json!({}),
        tripped: Vec::new(),
    };
    platform.records.attempt_add(&attempt).unwrap();
    for (value, minute, passed) in answers {
        let at_us = NOW_US + minute * 60_000_000;
        let answer = Answer { check: "who".to_owned(), value: (*value).to_owned(), at_us };
        platform.records.answer_add(&id, &answer).unwrap();
        let verdict = Verdict {
            check: "who".to_owned(),
            at_us: at_us + 5,
            asked: true,
            passed: *passed,
            expected: String::new(),
            observed: String::new(),
            location: String::new(),
        };
        platform.records.verdict_add(&id, &[verdict]).unwrap();
    }
}

#[test]
fn a_sign_waits_for_a_person_who_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = check(None).unwrap().value;
    let lab = catalogue.labs[0].id.clone();
    let clock = Arc::new(ManualClock::at(NOW_US));
    let entropy = Arc::new(SeededEntropy::new(5));
    let platform = Platform::open(folder.path(), catalogue, Limits::default(), clock, entropy).unwrap();
    let ida = person(&platform, "ida", Role::Instructor);
    let [ana, bo, cy] = ["ana", "bo", "cy"].map(|login| person(&platform, login, Role::Learner));
    let cohort = Cohort {
        id: "c".to_owned(),
        title: "C".to_owned(),
        organisation: None,
        begins_on: None,
        ends_on: None,
        sourced_id: None,
        created_us: 0,
    };
    platform.records.cohort_add(&cohort).unwrap();
    for one in [&ana, &bo] {
        let enrolment = Enrolment {
            cohort: "c".to_owned(),
            person: one.id.clone(),
            part: Part::Learner,
            begins_on: None,
            ends_on: None,
        };
        platform.records.enrolment_set(&enrolment).unwrap();
    }
    answered(&platform, &ana, &lab, &[("4711-08", 1, false), ("4711-09", 5, true)]);
    answered(&platform, &bo, &lab, &[("4711-09", 6, false), ("4711-10", 7, true)]);
    answered(&platform, &cy, &lab, &[("4711-09", 8, false)]);
    assert!(platform.cohort_integrity(&ana, "c", None).is_err(), "signs are for who teaches");
    assert!(platform.cohort_integrity(&ida, "c", Some("nothing")).is_err());

    let found = platform.cohort_integrity(&ida, "c", None).unwrap();
    assert_eq!((found.attempts, found.labs.len(), found.signs.len()), (2, 1, 1), "Cy is in no cohort");
    let sign = &found.signs[0];
    let (of, _) = sign.of.as_ref().unwrap();
    assert_eq!((sign.person.login.as_str(), of.login.as_str(), sign.looks.len()), ("bo", "ana", 0));
    let key = sign.key.clone();

    let decide =
        |key: &str, decision, note: &str| platform.decide_on_sign(&ida, ("c", None), key, decision, note);
    assert!(decide("foreign nobody", IntegrityDecision::Again, "why not").is_err());
    assert!(decide(&key, IntegrityDecision::Again, " ").is_err(), "a decision has a reason");
    decide(&key, IntegrityDecision::Spoken, "They sat beside each other.").unwrap();
    decide(&key, IntegrityDecision::Explained, "It was on the board.").unwrap();
    let looks = platform.cohort_integrity(&ida, "c", None).unwrap().signs.remove(0).looks;
    let told: Vec<_> = looks.iter().map(|look| (look.decision.word(), look.by.as_str())).collect();
    assert_eq!(told, [("spoken", "ida"), ("explained", "ida")]);
}
