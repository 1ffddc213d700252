//! Starting over.

use platform::labs::{Grain, LabError, Standing, Start};
use platform::sandboxes::ClockChange;

use super::grading::{Desk, desk};

fn reset(desk: &Desk, grain: &Grain) {
    let attempt = desk.home.platform.reset_attempt(&desk.home.ana, &desk.attempt.id, grain).unwrap();
    assert_eq!(attempt.id, desk.attempt.id);
}

fn virtual_now(desk: &Desk) -> String {
    let view = desk.home.platform.view_attempt(&desk.home.ana, &desk.attempt.id, "").unwrap();
    view.virtual_now.unwrap()
}

fn advance(desk: &Desk, seconds: u32) {
    let sandbox = desk.attempt.sandbox.as_ref().unwrap().as_str();
    let access = desk.home.platform.enter(&desk.home.ana, sandbox, "EHR").unwrap();
    desk.home.platform.change_clock(&access, ClockChange::AdvanceSeconds(seconds)).unwrap();
}

#[test]
fn a_step_goes_back_to_where_it_began() {
    let desk = desk();
    desk.answer(&desk.value("/patient/birth_date"));
    desk.read();
    advance(&desk, 60);
    let refused =
        desk.home.platform.reset_attempt(&desk.home.ana, &desk.attempt.id, &Grain::Step("write".to_owned()));
    assert!(matches!(refused, Err(LabError::NotBegun(_))));
    desk.check();
    let begun = desk.digest();
    advance(&desk, 3600);
    desk.record("1");
    assert_ne!(desk.digest(), begun);

    reset(&desk, &Grain::Step("write".to_owned()));
    assert_eq!(desk.digest(), begun);
    assert_eq!(virtual_now(&desk), "2031-03-04T06:01:00.000Z");
    desk.check();
    assert_eq!(
        [desk.standing("born"), desk.standing("read")],
        [Standing::Passed; 2],
        "the step before stays"
    );
    desk.record(&desk.value("/pulse"));
    assert!(desk.check().finished);
}

#[test]
fn a_lab_goes_back_to_its_start_and_a_finished_one_is_open_again() {
    let desk = desk();
    let start = desk.digest();
    desk.solve();
    advance(&desk, 3600);
    assert!(desk.check().finished);
    reset(&desk, &Grain::Lab);
    assert_eq!(desk.digest(), start);
    assert_eq!(virtual_now(&desk), "2031-03-04T06:00:00.000Z");
    let view = desk.home.platform.view_attempt(&desk.home.ana, &desk.attempt.id, "").unwrap();
    assert_eq!((view.state, view.green), ("started", 0));
    assert_eq!(view.steps[0].checks[0].question.as_ref().unwrap().answer, None);
    assert!(!view.steps[1].begun);
    desk.check();
    assert_eq!([desk.standing("born"), desk.standing("read")], [Standing::Failed; 2]);
    let detail = desk.home.platform.learner_detail(&desk.home.ines, &desk.home.ana.id).unwrap();
    assert_eq!(detail.attempts[0].resets.len(), 1);
    assert!(detail.attempts[0].verdicts.iter().any(|verdict| verdict.passed), "evidence is kept");
    desk.solve();
    assert!(desk.check().finished);
}

#[test]
fn a_sandbox_starts_over_and_the_answers_stay() {
    let desk = desk();
    let start = desk.digest();
    desk.solve();
    desk.check();
    reset(&desk, &Grain::Sandbox);
    assert_eq!(desk.digest(), start);
    let sandbox = desk.attempt.sandbox.as_ref().unwrap().as_str();
    let access = desk.home.platform.enter(&desk.home.ana, sandbox, "EHR").unwrap();
    assert_eq!(access.sandbox().snapshots().unwrap(), ["start"]);
    assert_eq!(desk.home.platform.journal_break(&access).unwrap(), None);
    desk.check();
    assert_eq!(desk.standing("born"), Standing::Passed);
    assert_eq!(desk.standing("read"), Standing::Failed);
}

#[test]
fn a_placed_problem_is_placed_again() {
    let desk = desk();
    let (platform, ana) = (&desk.home.platform, &desk.home.ana);
    let twins = platform.start_attempt(ana, "twins", &Start::default()).unwrap();
    let sandbox = twins.sandbox.as_ref().unwrap().as_str();
    let digest = || platform.enter(ana, sandbox, "EHR").unwrap().sandbox().state_digest().unwrap();
    let start = digest();
    desk.home.clock.advance(5_000_000);
    for grain in [Grain::Sandbox, Grain::Lab, Grain::Step("find".to_owned())] {
        platform.reset_attempt(ana, &twins.id, &grain).unwrap();
        assert_eq!(digest(), start, "{grain:?}");
        assert!(!platform.undo_in_attempt(ana, &twins.id).unwrap());
    }
    // The sandbox's own reset knows that it belongs to a lab.
    let access = platform.enter(ana, sandbox, "EHR").unwrap();
    platform.reset_sandbox(&access).unwrap();
    assert_eq!(digest(), start);
    assert!(!platform.undo(&access).unwrap());
}

#[test]
fn a_track_begins_anew() {
    let desk = desk();
    let next = desk.home.platform.reset_attempt(&desk.home.ana, &desk.attempt.id, &Grain::Track).unwrap();
    assert_eq!((next.number, next.lab.as_str()), (2, "desk"));
    assert_ne!(next.seed, desk.attempt.seed);
    let view = desk.home.platform.view_attempt(&desk.home.ana, &desk.attempt.id, "").unwrap();
    assert_eq!(view.state, "abandoned");
}

#[test]
fn labs_keep_their_snapshots_for_themselves() {
    let desk = desk();
    let sandbox = desk.attempt.sandbox.as_ref().unwrap().as_str();
    let access = desk.home.platform.enter(&desk.home.ana, sandbox, "EHR").unwrap();
    for name in ["start", "step-write"] {
        let refused = desk.home.platform.take_snapshot(&access, name).unwrap_err().to_string();
        assert!(refused.contains(name), "{refused}");
    }
    desk.home.platform.take_snapshot(&access, "before-lunch").unwrap();
}
