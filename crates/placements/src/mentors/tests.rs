use proptest::prelude::*;

use super::*;

const DAY: Hours = Hours { offset_min: 0, from_min: 540, until_min: 1_020 };
const HOUR_US: i64 = 3_600_000_000;

fn learner(id: &str, wants: &[(&str, u8)]) -> Learner {
    let wants = wants.iter().map(|(skill, how)| ((*skill).to_owned(), *how)).collect();
    Learner { id: id.to_owned(), wants, languages: vec!["en".to_owned()], hours: DAY, not_with: vec![] }
}

fn mentor(id: &str, skills: &[(&str, u8)], capacity: u32) -> Mentor {
    let skills = skills.iter().map(|(skill, how)| ((*skill).to_owned(), *how)).collect();
    Mentor {
        id: id.to_owned(),
        skills,
        capacity,
        languages: vec!["en".to_owned()],
        hours: DAY,
        not_with: vec![],
    }
}

#[test]
fn everybody_is_served_before_anybody_is_served_best() {
    // Ana would fit Max best, but only Max can teach Ben at all hours of the day that he has.
    let learners = [learner("ana", &[("hl7", 3)]), learner("ben", &[("hl7", 1)])];
    let mut other = mentor("nell", &[("hl7", 1)], 1);
    other.not_with.push("ben".to_owned());
    let mentors = [mentor("max", &[("hl7", 3)], 1), other];
    assert_eq!(pair(&learners, &mentors, Weights::default()), [Some(1), Some(0)]);
}

#[test]
fn who_does_not_want_each_other_or_cannot_talk_is_not_paired() {
    let max = mentor("max", &[("hl7", 3)], 5);
    let weights = Weights::default();
    let mut ana = learner("ana", &[("hl7", 1)]);
    ana.not_with.push("max".to_owned());
    assert_eq!(fit(&ana, &max, weights), Err(Obstacle::NotWith));
    let ben = Learner { languages: vec!["sv".to_owned()], ..learner("ben", &[]) };
    assert_eq!(fit(&ben, &max, weights), Err(Obstacle::Language));
    let cleo = Learner { hours: Hours { offset_min: 600, ..DAY }, ..learner("cleo", &[]) };
    assert_eq!(fit(&cleo, &max, weights), Err(Obstacle::Hours));
    assert_eq!(pair(&[ana, ben, cleo], &[max], weights), [None, None, None]);
}

#[test]
fn hours_in_common_are_real_hours() {
    let new_york = Hours { offset_min: -300, ..DAY };
    assert_eq!(DAY.common_min(new_york), 180);
    let nights = Hours { offset_min: 0, from_min: 1_320, until_min: 360 };
    assert_eq!((nights.common_min(nights), nights.common_min(DAY)), (480, 0));
    let nepal = Hours { offset_min: 345, ..DAY };
    assert_eq!(DAY.common_min(nepal), 135);
}

#[test]
fn a_pair_is_explained() {
    let told = fit(
        &learner("ana", &[("hl7", 1), ("fhir", 3)]),
        &mentor("max", &[("fhir", 2), ("hl7", 1)], 1),
        Weights::default(),
    );
    let told = told.unwrap();
    assert_eq!(told.to_string(), "can teach fhir, hl7; 8 h 00 min a day in common; both talk en");
    assert_eq!((told.skill, told.worth), (58, 706));
}

#[test]
fn who_does_not_answer_within_72_hours_has_said_no() {
    let candidates = ["max".to_owned(), "nell".to_owned()];
    let mut request = Request::default();
    assert_eq!(ask_next(&request, &candidates, 0), Next::Ask("max".to_owned()));
    request.asked.push(Asked { mentor: "max".to_owned(), at_us: 0, answer: Answer::Open });
    assert_eq!(ask_next(&request, &candidates, 71 * HOUR_US), Next::Wait(72 * HOUR_US));
    assert_eq!(ask_next(&request, &candidates, 72 * HOUR_US), Next::Ask("nell".to_owned()));
    request.asked.push(Asked { mentor: "nell".to_owned(), at_us: 72 * HOUR_US, answer: Answer::Declined });
    assert_eq!(ask_next(&request, &candidates, 73 * HOUR_US), Next::Nobody);
    request.asked[0].answer = Answer::Accepted;
    assert_eq!(ask_next(&request, &candidates, 73 * HOUR_US), Next::Paired("max".to_owned()));
}

#[test]
fn a_session_is_a_calendar_file() {
    let session = Session {
        uid: "a1@practicum".to_owned(),
        changed_us: 0,
        revision: 2,
        cancelled: false,
        begins_us: 1_900_000_000_000_000,
        minutes: 45,
        title: "First hour; ana, max".to_owned(),
        agenda: vec!["Goals\r\nBEGIN:VEVENT".to_owned(), "ä".repeat(60)],
    };
    let text = calendar(&[session]);
    assert!(
        text.contains("DTSTART:20300317T174640Z\r\n")
            && text.contains("SUMMARY:First hour\\; ana\\, max\r\n"),
        "{text}"
    );
    assert_eq!(text.matches("\r\nBEGIN:VEVENT").count(), 1, "text cannot begin a line");
    assert!(text.lines().all(|line| line.len() <= 75) && text.contains("\r\n "), "{text}");
}

/// The best pairing by trying all: how many are paired, and what they are worth together.
fn best(learners: &[Learner], mentors: &[Mentor], left: &mut Vec<u32>) -> (usize, u32) {
    let Some((first, others)) = learners.split_first() else { return (0, 0) };
    let mut found = best(others, mentors, left);
    for (at, mentor) in mentors.iter().enumerate() {
        let Ok(fit) = fit(first, mentor, Weights::default()) else { continue };
        if left[at] == 0 {
            continue;
        }
        left[at] -= 1;
        let (paired, worth) = best(others, mentors, left);
        found = found.max((paired + 1, worth + fit.worth));
        left[at] += 1;
    }
    found
}

proptest! {
    #[test]
    fn no_pairing_is_better(
        wants in prop::collection::vec((0_u8..4, 0_u8..4, 0_i32..3), 0..6),
        teaches in prop::collection::vec((0_u8..4, 0_u8..4, 0_u32..3, 0_i32..3), 0..4),
    ) {
        let far = |zone: i32| Hours { offset_min: zone * 240, ..DAY };
        let learners: Vec<Learner> = wants.iter().enumerate().map(|(at, (hl7, fhir, zone))| {
            Learner { hours: far(*zone), ..learner(&format!("l{at}"), &[("hl7", *hl7), ("fhir", *fhir)]) }
        }).collect();
        let mentors: Vec<Mentor> = teaches.iter().enumerate().map(|(at, (hl7, fhir, capacity, zone))| {
            Mentor { hours: far(*zone), ..mentor(&format!("m{at}"), &[("hl7", *hl7), ("fhir", *fhir)], *capacity) }
        }).collect();
        let paired = pair(&learners, &mentors, Weights::default());
        let mut left: Vec<u32> = mentors.iter().map(|mentor| mentor.capacity).collect();
        let expected = best(&learners, &mentors, &mut left);
        let (mut count, mut worth) = (0, 0);
        for (learner, place) in learners.iter().zip(&paired) {
            let Some(place) = place else { continue };
            prop_assert!(left[*place] > 0, "a mentor has too many");
            left[*place] -= 1;
            count += 1;
            worth += fit(learner, &mentors[*place], Weights::default()).unwrap().worth;
        }
        prop_assert_eq!((count, worth), expected);
    }
}
