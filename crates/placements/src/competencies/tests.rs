use super::*;

const DAY_US: i64 = 86_400_000_000;

fn proof(level: Level, day: i64) -> Proof {
    Proof { level, weight: 1.0, worth: 1.0, unaided: true, current: true, at_us: day * DAY_US }
}

fn offers() -> Vec<Offer> {
    let offer = |id: &str, level| Offer { id: id.to_owned(), level };
    vec![offer("hard", Level::Expert), offer("easy", Level::Foundation)]
}

#[test]
fn nothing_is_known_before_anything_is_shown() {
    let none = standing(&[], 0);
    assert_eq!((none.level, none.due_us, none.again), (None, None, false));
    assert!((none.estimate.likely - 0.5).abs() < 1e-9 && none.estimate.high - none.estimate.low > 0.9);
    assert_eq!(
        next_step(&none, &offers(), 0).map(|(step, offer)| (step, offer.id.as_str())),
        Some((Step::Show, "easy"))
    );
}

#[test]
fn help_does_not_count_as_a_level() {
    let helped = standing(&[Proof { unaided: false, ..proof(Level::Expert, 1) }], DAY_US);
    assert_eq!((helped.level, helped.shown, helped.unaided), (None, 1, 0));
    assert_eq!(next_step(&helped, &offers(), 0).map(|(step, _)| step), Some(Step::Unaided));
}

#[test]
fn what_was_shown_once_is_due_sooner_than_what_was_shown_twice() {
    let once = standing(&[proof(Level::Foundation, 0)], 0);
    assert_eq!(once.due_us, Some(90 * DAY_US));
    let twice = standing(&[proof(Level::Foundation, 0), proof(Level::Practitioner, 10)], 0);
    assert_eq!((twice.level, twice.due_us), (Some(Level::Practitioner), Some(190 * DAY_US)));
    assert_eq!(next_step(&once, &offers(), 90 * DAY_US).map(|(step, _)| step), Some(Step::Refresh));
    assert_eq!(
        next_step(&once, &offers(), 0).map(|(step, offer)| (step, offer.id.as_str())),
        Some((Step::Deepen, "hard"))
    );
}

#[test]
fn skill_fades_and_is_known_less_surely() {
    let proofs = [proof(Level::Foundation, 0), proof(Level::Foundation, 0)];
    let (fresh, old) = (standing(&proofs, 0).estimate, standing(&proofs, 400 * DAY_US).estimate);
    assert!(old.likely < fresh.likely && old.high - old.low > fresh.high - fresh.low, "{fresh:?} {old:?}");
}

#[test]
fn what_has_changed_must_be_shown_again() {
    let stale = standing(&[Proof { current: false, ..proof(Level::Expert, 0) }], 0);
    assert_eq!((stale.level, stale.again), (None, true));
    assert_eq!(next_step(&stale, &offers(), 0).map(|(step, _)| step), Some(Step::Again));
}
