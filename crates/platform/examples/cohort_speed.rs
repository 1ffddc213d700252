//! The matrix and the gradebook of a cohort of five hundred, each of whom is in every lab there is.
//!
//! `cargo run --release --example cohort_speed -p platform`

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures, measures time, and stops where it cannot go on"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use platform::clock::ManualClock;
use platform::entropy::SeededEntropy;
use platform::people::{NewPerson, Person, Role};
use platform::programme::NamedFile;
use platform::{Limits, Platform};
use serde_json::json;
use store::records::{Attempt, AttemptState, CheckStates, Records};
use training::attempt::CheckState;
use training::check::Verdict;

const NOW_US: i64 = 1_930_370_400_000_000;
const LEARNERS: usize = 500;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = platform::content::load(None).unwrap();
    let clock = Arc::new(ManualClock::at(NOW_US));
    let entropy = Arc::new(SeededEntropy::new(3));
    let platform = Platform::open(folder.path(), catalogue, Limits::default(), clock, entropy).unwrap();
    let new = NewPerson { login: "ines", name: "Ines", role: Role::Instructor, password: None };
    let ines = platform.people().add(new).unwrap();
    let begun = Instant::now();
    platform.read_roster(&ines, &class_list()).unwrap();
    println!("class list of {LEARNERS}: {:.3} s", begun.elapsed().as_secs_f64());
    let cohort = platform.cohorts(&ines).unwrap().remove(0).0.id;
    let cells = work(&platform, &Records::open(&folder.path().join("platform.sqlite")).unwrap());
    for _ in 0..3 {
        let begun = Instant::now();
        let matrix = platform.cohort_matrix(&ines, &cohort).unwrap();
        println!(
            "matrix, {} rows, {cells} attempts: {:.3} s",
            matrix.rows.len(),
            begun.elapsed().as_secs_f64()
        );
    }
    let begun = Instant::now();
    platform.gradebook(&ines, &cohort).unwrap();
    println!("gradebook: {:.3} s", begun.elapsed().as_secs_f64());
}

fn class_list() -> Vec<NamedFile> {
    let mut users = "sourcedId,role,orgSourcedIds,username,givenName,familyName\n".to_owned();
    let mut enrolments = "classSourcedId,userSourcedId,role\n".to_owned();
    for who in 0..LEARNERS {
        writeln!(users, "u{who},student,s1,learner{who},Learner,Number{who}").unwrap();
        writeln!(enrolments, "c1,u{who},student").unwrap();
    }
    let file = |name: &str, text: &str| NamedFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    vec![
        file("orgs.csv", "sourcedId,name\ns1,Riverside College\n"),
        file("users.csv", &users),
        file("classes.csv", "sourcedId,title,schoolSourcedId\nc1,Health IT,s1\n"),
        file("enrollments.csv", &enrolments),
    ]
}

/// Gives every learner an attempt at every lab, half of its checks green; how many attempts.
fn work(platform: &Platform, records: &Records) -> usize {
    let catalogue = platform.catalogue();
    let mut count = 0;
    let everybody = platform.people().list().unwrap();
    for person in everybody.iter().filter(|person: &&Person| person.role == Role::Learner) {
        for lab in &catalogue.labs {
            let variant = &lab.variants[0];
            count += 1;
            let attempt = Attempt {
                id: format!("attempt{count}").into(),
                person: person.id.clone(),
                lab: lab.id.clone(),
                lab_version: lab.version.clone(),
                variant: variant.id.clone(),
                seed: 1,
                number: 1,
                sandbox: None,
                state: AttemptState::Started,
                started_us: NOW_US - 3_600_000_000,
                finished_us: None,
                values: json!({"mrn": "000123", "patient": "somebody", "fhir": "http://127.0.0.1/s/x/fhir"}),
                tripped: vec![],
            };
            records.attempt_add(&attempt).unwrap();
            let states: BTreeMap<String, CheckState> = variant
                .checks()
                .enumerate()
                .map(|(at, check)| (check.id.clone(), state(at % 2 == 0)))
                .collect();
            let kept = CheckStates { states: json!(states), changed_us: NOW_US - 1_800_000_000 };
            records.check_states_set(&attempt.id, &kept).unwrap();
        }
    }
    count
}

fn state(passed: bool) -> CheckState {
    let verdict = Verdict {
        passed,
        expected: "one Encounter that is in progress, with this patient and this bed".to_owned(),
        observed: "one Encounter that is finished".to_owned(),
        location: Some("Encounter?subject=Patient/abc&status=in-progress".to_owned()),
        detail: "Encounter?subject=Patient/abc, location.location.reference = 'Location/x': false".to_owned(),
    };
    CheckState {
        verdict: Some(verdict),
        green: passed,
        passed_since_us: passed.then_some(NOW_US),
        ..CheckState::default()
    }
}
