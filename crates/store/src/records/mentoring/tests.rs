use serde_json::json;

use crate::records::*;

fn home() -> (Records, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let records = Records::open(&folder.path().join("platform.sqlite")).unwrap();
    for (login, role) in [("ana", Role::Learner), ("max", Role::Associate), ("nell", Role::Associate)] {
        let person =
            Person { id: login.into(), login: login.into(), name: login.into(), role, created_us: 1 };
        records.person_add(&person, None).unwrap();
    }
    (records, folder)
}

fn ask(id: &str, mentor: &str) -> MentorAsk {
    MentorAsk {
        id: id.into(),
        learner: "ana".into(),
        mentor: mentor.into(),
        why: "both talk English".into(),
        worth: 700,
        asked_us: 5,
        answer: AskAnswer::Open,
        answered_us: None,
    }
}

#[test]
fn a_learner_waits_for_one_answer_at_a_time() {
    let (records, _folder) = home();
    assert_eq!(records.ask_add(&[ask("a", "max"), ask("b", "nell")]).unwrap(), 1);
    assert!(records.ask_answer("a", AskAnswer::Open, AskAnswer::Declined, 6).unwrap());
    assert!(!records.ask_answer("a", AskAnswer::Open, AskAnswer::Accepted, 7).unwrap(), "answered once");
    assert_eq!(records.ask_add(&[ask("b", "nell")]).unwrap(), 1);
    assert_eq!(records.ask_list_of(&"nell".into()).unwrap().len(), 1);
    assert_eq!(records.ask("a").unwrap().unwrap().answered_us, Some(6));
}

#[test]
fn profiles_of_both_sides_are_kept_apart() {
    let (records, _folder) = home();
    let profile = Profile { person: "ana".into(), says: json!({"wants": []}), active: true, since_us: 3 };
    records.profile_set(ProfileKind::Mentee, &profile, 9).unwrap();
    assert_eq!(records.profile(ProfileKind::Mentee, &"ana".into()).unwrap(), Some(profile));
    assert_eq!(records.profile(ProfileKind::Mentor, &"ana".into()).unwrap(), None);
}

#[test]
fn guests_of_one_owner_can_be_let_out_at_once() {
    let (records, _folder) = home();
    let sandbox = |id: &str, owner: &str| SandboxRecord {
        id: id.into(),
        owner: owner.into(),
        image: "general".into(),
        title: "T".into(),
        attempt: None,
        created_us: 1,
        last_used_us: 1,
    };
    for (id, owner) in [("s1", "ana"), ("s2", "ana"), ("s3", "nell")] {
        records.sandbox_add(&sandbox(id, owner), 10).unwrap();
        records.guest_add(&id.into(), &"max".into(), 2).unwrap();
    }
    records.guest_remove_from(&"ana".into(), &"max".into()).unwrap();
    assert_eq!(records.guest_list_of(&"max".into()).unwrap(), [("s3".into(), "nell".into())]);
    assert!(!records.guest_is(&"s1".into(), &"max".into()).unwrap());
}
