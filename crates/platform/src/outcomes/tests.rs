use std::sync::Arc;

use serde_json::json;
use store::records::{
    Attempt, AttemptId, AttemptState, Cohort, Enrolment, Hint, Part, Person, Role, SandboxId,
};
use training::lab::Level;

use super::*;
use crate::clock::ManualClock;
use crate::content::check;
use crate::drills;
use crate::entropy::SeededEntropy;
use crate::people::NewPerson;
use crate::platform::{Limits, Platform};

const DAY_US: i64 = 86_400_000_000;
/// 2031-03-01.
const BEGAN_US: i64 = 1_930_089_600_000_000;

fn person(platform: &Platform, login: &str, role: Role) -> Person {
    platform.people.add(NewPerson { login, name: login, role, password: None }).unwrap()
}

fn finished(platform: &Platform, person: &Person, lab: &str, number: u32, day: i64, hints: u32) {
    let attempt = Attempt {
        id: AttemptId::from(format!("{}-{number}-{lab}", person.login)),
        person: person.id.clone(),
        lab: lab.to_owned(),
        lab_version: "1.0.0".to_owned(),
        variant: "a".to_owned(),
        seed: 1,
        number,
        sandbox: None,
        state: AttemptState::Finished,
        started_us: BEGAN_US,
        finished_us: Some(BEGAN_US + day * DAY_US),
        values: json!({}),
        tripped: Vec::new(),
    };
    platform.records.attempt_add(&attempt).unwrap();
    for rung in 0..hints {
        let hint = Hint { check: "c".to_owned(), rung, price: 0.1, at_us: BEGAN_US };
        platform.records.hint_add(&attempt.id, &hint).unwrap();
    }
}

fn drilled(platform: &Platform, people: &[&Person], name: &str, day: i64, points: u32) {
    let people: Vec<(&Person, &[&str])> = people.iter().map(|person| (*person, &["analyst"][..])).collect();
    drills::over(platform, name, BEGAN_US + day * DAY_US, &people, |result| {
        result.points = points;
        result.passed = points >= 80;
        result.detected_min = Some(i64::from(points));
    });
}

#[test]
fn a_cohort_is_told_by_what_its_learners_did_and_by_how_many_that_is() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = check(None).unwrap().value;
    let of_level =
        |level| catalogue.labs.iter().find(|lab| lab.level == level).map(|lab| lab.id.clone()).unwrap();
    let (hard, easy) = (of_level(Level::Expert), of_level(Level::Foundation));
    let clock = Arc::new(ManualClock::at(BEGAN_US + 200 * DAY_US));
    let entropy = Arc::new(SeededEntropy::new(5));
    let platform = Platform::open(folder.path(), catalogue, Limits::default(), clock, entropy).unwrap();
    let ida = person(&platform, "ida", Role::Instructor);
    let [ana, bo, cy, dee] = ["ana", "bo", "cy", "dee"].map(|login| person(&platform, login, Role::Learner));
    let cohort = Cohort {
        id: "c".to_owned(),
        title: "C".to_owned(),
        organisation: None,
        begins_on: Some("2031-03-01".to_owned()),
        ends_on: None,
        sourced_id: None,
        created_us: 0,
    };
    platform.records.cohort_add(&cohort).unwrap();
    for (one, begins_on) in [(&ana, None), (&bo, Some("2031-03-11")), (&cy, None)] {
        let enrolment = Enrolment {
            cohort: "c".to_owned(),
            person: one.id.clone(),
            part: Part::Learner,
            begins_on: begins_on.map(str::to_owned),
            ends_on: None,
        };
        platform.records.enrolment_set(&enrolment).unwrap();
    }
    assert!(platform.cohort_outcomes(&ana, "c").is_err(), "outcomes are for who teaches");

    // Ana needed a hint at first; Bo came ten days late; Cy has only done what is easy; Dee is in no cohort.
    finished(&platform, &ana, &hard, 1, 20, 1);
    finished(&platform, &ana, &hard, 2, 50, 0);
    finished(&platform, &ana, &hard, 3, 60, 0);
    finished(&platform, &bo, &hard, 1, 40, 0);
    finished(&platform, &cy, &easy, 1, 2, 0);
    finished(&platform, &dee, &hard, 1, 1, 0);
    drilled(&platform, &[&ana, &bo], "first", 5, 40);
    drilled(&platform, &[&ana, &dee], "second", 9, 100);
    drilled(&platform, &[&dee], "elsewhere", 10, 10);

    let found = platform.cohort_outcomes(&ida, "c").unwrap();
    assert_eq!(found.learners, 3);
    assert_eq!(found.capstone_days, Some(Spread { count: 2, low: 35.0, middle: 40.0, high: 45.0 }));
    assert_eq!(found.retained.map(|one| (one.months, one.due)), [(3, 0), (6, 0)]);
    let drills = |found: &Outcomes| {
        let told = |one: &DrillOutcome| (one.people, one.points, one.passed, one.detected_min);
        found.drills.iter().map(told).collect::<Vec<_>>()
    };
    let both = [(2, 40, false, Some(40)), (1, 100, true, Some(100))];
    assert_eq!(drills(&found), both);
    // What came of a drill stays when its hospital is deleted.
    platform.records.sandbox_remove(&SandboxId::from("first")).unwrap();
    assert!(platform.records.drill("first").unwrap().is_none());
    assert_eq!(drills(&platform.cohort_outcomes(&ida, "c").unwrap()), both);
    let trend = found.drill_trends.points.unwrap();
    assert_eq!(
        (trend.first.count, trend.first.middle, trend.latest.middle, trend.better),
        (1, 40.0, 100.0, 1)
    );
    // It took longer to see what it was, so that was not better; nothing was contained or restored twice.
    let trend = found.drill_trends.detected_min.unwrap();
    assert_eq!((trend.first.middle, trend.latest.middle, trend.better), (40.0, 100.0, 0));
    assert_eq!((found.drill_trends.contained_min, found.drill_trends.restored_min), (None, None));
    assert!(found.workshops.is_empty());
}
