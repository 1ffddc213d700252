//! How everyone stands.

use platform::labs::{LabError, LabState};

use super::grading::desk;

const MINUTE_US: i64 = 60_000_000;

#[test]
fn an_instructor_sees_who_is_stuck() {
    let desk = desk();
    let (platform, ines) = (&desk.home.platform, &desk.home.ines);
    let cell = || {
        let overview = platform.overview(ines).unwrap();
        let names: Vec<&str> = overview.learners.iter().map(|row| row.person.login.as_str()).collect();
        assert_eq!(names, ["ana", "ben"], "no instructor, and nobody of the platform's own making");
        assert_eq!(overview.learners[1].labs[0].state, LabState::NotStarted);
        overview.learners[0].labs[0].clone()
    };
    assert_eq!(cell().state, LabState::InProgress);
    desk.check();
    desk.home.clock.advance(9 * MINUTE_US);
    let early = cell();
    assert_eq!((early.state, early.failing.as_deref()), (LabState::InProgress, Some("You know the patient")));
    desk.home.clock.advance(2 * MINUTE_US);
    desk.check();
    assert_eq!(cell().state, LabState::Stuck, "asking again does not help");
    desk.answer(&desk.value("/patient/birth_date"));
    let moving = cell();
    assert_eq!((moving.state, moving.green, moving.musts), (LabState::InProgress, 1, 3));
    desk.solve();
    desk.check();
    desk.home.clock.advance(60 * MINUTE_US);
    let finished = cell();
    assert_eq!((finished.state, finished.score, finished.failing), (LabState::Finished, 1.0, None));
    assert!(matches!(platform.overview(&desk.home.ana), Err(LabError::NotInstructor)));
    let detail = platform.learner_detail(ines, &desk.home.ana.id).unwrap();
    assert!(detail.attempts[0].checks.iter().all(|check| check.detail.is_some()));
}
