use super::*;
use crate::competencies::{Level, Proof, standing};

const DAY_US: i64 = 86_400_000_000;

const JOB: &str = r#"
id = "x"
title = "X"
about = "For tests."
read = "2026-11-27"
[[alignment]]
framework = "F"
code = "1"
read = "2026-11-27"
[[ask]]
competency = "a"
level = "practitioner"
why = "To begin with."
"#;

fn proof(level: Level, unaided: bool, current: bool) -> Proof {
    Proof { level, weight: 1.0, worth: 1.0, unaided, current, at_us: 0 }
}

#[test]
fn each_thing_is_in_one_state_and_help_or_age_is_never_hidden() {
    let job = Job::parse(JOB).unwrap();
    use Level::{Expert, Foundation, Practitioner};
    for (proofs, day, state) in [
        (vec![], 0, State::Missing),
        (vec![proof(Practitioner, false, true)], 0, State::Helped),
        (vec![proof(Foundation, true, true)], 0, State::Easier),
        (vec![proof(Practitioner, true, false)], 0, State::Changed),
        (vec![proof(Practitioner, true, true)], 89, State::Proven),
        (vec![proof(Expert, true, true)], 0, State::Proven),
        (vec![proof(Practitioner, true, true)], 90, State::Due),
        (vec![proof(Expert, false, true), proof(Foundation, true, true)], 0, State::Easier),
    ] {
        let known = standing(&proofs, day * DAY_US);
        let found = needs(&job, |id| (id == "a").then_some(&known), day * DAY_US);
        assert_eq!(found[0].state, state, "{proofs:?} after {day} days");
        assert_eq!(found[0].state.is_gap(), state != State::Proven);
    }
    assert_eq!(needs(&job, |_| None, 0)[0].state, State::Missing);
}

#[test]
fn a_job_that_cannot_be_read_says_where() {
    let error = Job::parse(&JOB.replace("practitioner", "wizard")).unwrap_err();
    assert!(error.contains("wizard") && error.contains("line"), "{error}");
}
