use std::sync::Arc;

use store::records::{Cohort, Enrolment, Part, Person, Role};

use super::*;
use crate::clock::ManualClock;
use crate::content::check;
use crate::entropy::SeededEntropy;
use crate::people::NewPerson;
use crate::platform::{Limits, Platform};

fn person(platform: &Platform, login: &str, role: Role) -> Person {
    platform.people.add(NewPerson { login, name: login, role, password: None }).unwrap()
}

#[test]
fn a_form_is_handed_in_once_and_a_cohort_is_told_what_it_learned() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = check(None).unwrap().value;
    let (clock, entropy) =
        (Arc::new(ManualClock::at(1_930_089_600_000_000)), Arc::new(SeededEntropy::new(5)));
    let platform = Platform::open(folder.path(), catalogue, Limits::default(), clock, entropy).unwrap();
    let ida = person(&platform, "ida", Role::Instructor);
    let [ana, bo] = ["ana", "bo"].map(|login| person(&platform, login, Role::Learner));
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
    let one = &assessments()[0];
    let pairs = one.pairs.len();
    // So many right answers of the form that is theirs, and nothing for the rest.
    let answers = |person: &Person, sitting, right: usize| -> Vec<Option<u8>> {
        let form = one.form_of(person.id.as_str(), sitting);
        one.pairs.iter().enumerate().map(|(at, pair)| (at < right).then(|| pair.item(form).right)).collect()
    };
    let hand_in = |person: &Person, sitting, right| {
        platform.hand_in(person, (&one.id, sitting), &answers(person, sitting, right))
    };
    assert!(matches!(hand_in(&ana, Sitting::Last, 1), Err(AssessmentError::FirstComesFirst)));
    assert!(matches!(hand_in(&ida, Sitting::First, 1), Err(AssessmentError::NotLearner)));
    let first = (one.id.as_str(), Sitting::First);
    assert!(platform.hand_in(&ana, first, &[Some(1)]).is_err(), "every question is there");
    assert!(platform.hand_in(&ana, first, &vec![Some(5); pairs]).is_err(), "there is no fifth choice");
    assert!(platform.hand_in(&ana, ("none", Sitting::First), &[]).is_err());
    hand_in(&ana, Sitting::First, 4).unwrap();
    assert!(hand_in(&ana, Sitting::First, pairs).is_err(), "once is enough");
    hand_in(&ana, Sitting::Last, 8).unwrap();
    hand_in(&bo, Sitting::First, 6).unwrap();
    let mine = platform.my_assessment(&ana, &one.id).unwrap();
    assert_eq!(mine.next(), None);
    assert_eq!(mine.first.unwrap().marks.iter().filter(|right| **right).count(), 4);

    assert!(platform.cohort_learned(&ana, "c").is_err(), "this is for who teaches");
    let learned = platform.cohort_learned(&ida, "c").unwrap().remove(0);
    let gain = learned.gain.unwrap();
    assert_eq!((learned.first, gain.first.count, gain.off), (2, 1, None));
    assert!((gain.mean - 4.0 / pairs as f64).abs() < 1e-12);
    assert_eq!(learned.forms.iter().flatten().map(|form| form.count).sum::<usize>(), 2);
}
