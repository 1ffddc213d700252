use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::StoreError;

struct Home {
    records: Records,
    folder: TempDir,
}

/// A fresh database with the people `ana` (learner) and `ines` (instructor).
fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let records = Records::open(&folder.path().join("platform.sqlite")).unwrap();
    records.person_add(&person("ana", Role::Learner), Some("$argon2id$x")).unwrap();
    records.person_add(&person("ines", Role::Instructor), None).unwrap();
    Home { records, folder }
}

fn person(login: &str, role: Role) -> Person {
    Person {
        id: format!("id-{login}").into(),
        login: login.into(),
        name: login.to_uppercase(),
        role,
        created_us: 1,
    }
}

fn ana() -> PersonId {
    "id-ana".into()
}

fn sandbox(id: &str) -> SandboxRecord {
    SandboxRecord {
        id: id.into(),
        owner: ana(),
        image: "general".into(),
        title: "First shift".into(),
        attempt: None,
        created_us: 10,
        last_used_us: 10,
    }
}

fn attempt(id: &str, number: u32, sandbox: &str) -> Attempt {
    Attempt {
        id: id.into(),
        person: ana(),
        lab: "first-shift".into(),
        lab_version: "1.0.0".into(),
        variant: "quiet-night".into(),
        seed: u64::MAX - 1,
        number,
        sandbox: Some(sandbox.into()),
        state: AttemptState::Started,
        started_us: 20 + i64::from(number),
        finished_us: None,
        values: json!({"mrn": "000123", "beds": 4}),
        tripped: vec![],
    }
}

fn verdict(check: &str, passed: bool, at_us: i64) -> Verdict {
    Verdict {
        check: check.into(),
        at_us,
        asked: true,
        passed,
        expected: "1 Encounter".into(),
        observed: if passed { "1" } else { "0" }.into(),
        location: "Encounter?status=in-progress".into(),
    }
}

#[test]
fn a_login_is_unique_and_found_in_any_case() {
    let Home { records, folder: _folder } = home();
    let (found, hash) = records.person_by_login("ANA").unwrap().unwrap();
    assert_eq!((found, hash.as_deref()), (person("ana", Role::Learner), Some("$argon2id$x")));
    let again = Person { id: "other".into(), ..person("Ana", Role::Instructor) };
    assert!(matches!(records.person_add(&again, None), Err(StoreError::Conflict { .. })));
    assert_eq!(records.person_list().unwrap().len(), 2);
}

#[test]
fn a_password_is_replaced_or_taken_away_for_one_person_only() {
    let Home { records, folder: _folder } = home();
    records.person_set_password(&"id-ines".into(), Some("$argon2id$y")).unwrap();
    records.person_set_password(&ana(), None).unwrap();
    assert_eq!(records.person_by_login("ana").unwrap().unwrap().1, None);
    assert_eq!(records.person_by_login("ines").unwrap().unwrap().1.as_deref(), Some("$argon2id$y"));
    let nobody = records.person_set_password(&"nobody".into(), None);
    assert!(matches!(nobody, Err(StoreError::NotFound { .. })));
}

#[test]
fn a_token_opens_for_its_person_until_it_expires_or_is_withdrawn() {
    let Home { records, folder: _folder } = home();
    let token =
        Token { hash: [7; 32], person: ana(), label: "laptop".into(), created_us: 5, expires_us: Some(100) };
    records.token_add(&token).unwrap();
    assert_eq!(records.token_person(&[7; 32], 99).unwrap().map(|person| person.id), Some(ana()));
    assert_eq!(records.token_person(&[7; 32], 100).unwrap(), None);
    assert_eq!(records.token_person(&[8; 32], 99).unwrap(), None);
    assert_eq!(records.token_list(&ana()).unwrap(), [token]);
    assert_eq!(records.token_remove(&"id-ines".into(), "laptop").unwrap(), 0);
    assert_eq!(records.token_remove(&ana(), "laptop").unwrap(), 1);
    assert_eq!(records.token_person(&[7; 32], 99).unwrap(), None);
}

#[test]
fn a_session_ends_by_time_by_sign_out_and_by_sweep() {
    let Home { records, folder: _folder } = home();
    for (byte, expires_us) in [(1, 100), (2, 200), (3, 300)] {
        let hash = [byte; 32];
        let session = Session { hash, person: ana(), csrf_secret: [9; 32], created_us: 5, expires_us };
        records.session_add(&session).unwrap();
        assert_eq!(records.session(&hash, 6).unwrap(), Some((person("ana", Role::Learner), session)));
    }
    assert_eq!(records.session(&[1; 32], 100).unwrap(), None);
    assert_eq!(records.session_sweep(100).unwrap(), 1);
    records.session_remove(&[2; 32]).unwrap();
    assert_eq!(records.session(&[2; 32], 6).unwrap(), None);
    assert_eq!(records.session_remove_of(&ana()).unwrap(), 1);
}

#[test]
fn a_single_use_link_works_once_and_a_reusable_one_until_it_expires() {
    let Home { records, folder: _folder } = home();
    let link =
        |byte, reusable, expires_us| SignInLink { hash: [byte; 32], person: ana(), reusable, expires_us };
    records.sign_in_link_add(&link(1, false, Some(100))).unwrap();
    records.sign_in_link_add(&link(2, true, None)).unwrap();
    records.sign_in_link_add(&link(3, false, Some(100))).unwrap();
    assert_eq!(records.sign_in_link_use(&[1; 32], 50).unwrap(), Some(ana()));
    assert_eq!(records.sign_in_link_use(&[1; 32], 50).unwrap(), None);
    assert_eq!(records.sign_in_link_use(&[2; 32], 50).unwrap(), Some(ana()));
    assert_eq!(records.sign_in_link_use(&[2; 32], 51).unwrap(), Some(ana()));
    assert_eq!(records.sign_in_link_use(&[3; 32], 100).unwrap(), None);
    assert_eq!(records.sign_in_link_remove_of(&ana()).unwrap(), 2);
}

#[test]
fn a_learner_holds_sandboxes_up_to_the_limit() {
    let Home { records, folder: _folder } = home();
    records.sandbox_add(&sandbox("aaaaaaaa"), 2).unwrap();
    records.sandbox_add(&SandboxRecord { created_us: 11, ..sandbox("bbbbbbbb") }, 2).unwrap();
    assert!(matches!(records.sandbox_add(&sandbox("cccccccc"), 2), Err(StoreError::Full { .. })));
    records.sandbox_touch(&"aaaaaaaa".into(), 77).unwrap();
    let held = records.sandbox_list_of(&ana()).unwrap();
    let ids: Vec<_> = held.iter().map(|held| held.id.as_str()).collect();
    assert_eq!(ids, ["bbbbbbbb", "aaaaaaaa"]);
    assert_eq!(held[1].last_used_us, 77);
    records.sandbox_remove(&"bbbbbbbb".into()).unwrap();
    assert!(matches!(records.sandbox_remove(&"bbbbbbbb".into()), Err(StoreError::NotFound { .. })));
    assert_eq!(records.sandbox_owner(&"bbbbbbbb".into()).unwrap(), None);
    assert_eq!(records.sandbox_list().unwrap().len(), 1);
}

#[test]
fn an_attempt_comes_back_as_it_was_stored() {
    let Home { records, folder: _folder } = home();
    records.sandbox_add(&sandbox("aaaaaaaa"), 9).unwrap();
    assert_eq!(records.attempt_next_number(&ana(), "first-shift").unwrap(), 1);
    let first = attempt("first", 1, "aaaaaaaa");
    records.attempt_add(&first).unwrap();
    assert_eq!(records.attempt(&first.id).unwrap(), Some(first.clone()));
    assert_eq!(records.attempt_next_number(&ana(), "first-shift").unwrap(), 2);
    let rival = records.attempt_add(&attempt("rival", 1, "aaaaaaaa"));
    assert!(matches!(rival, Err(StoreError::Conflict { .. })));
    assert_eq!(records.sandbox(&"aaaaaaaa".into()).unwrap().unwrap().attempt, Some(first.id));
}

#[test]
fn an_attempt_keeps_its_history_when_its_sandbox_goes() {
    let Home { records, folder: _folder } = home();
    records.sandbox_add(&sandbox("aaaaaaaa"), 9).unwrap();
    let first = attempt("first", 1, "aaaaaaaa");
    records.attempt_add(&first).unwrap();
    assert_eq!(records.attempt_list_open_in(&"aaaaaaaa".into()).unwrap(), std::slice::from_ref(&first));
    records.attempt_trip(&first.id, "no-duplicate-mrn").unwrap();
    records.attempt_trip(&first.id, "nothing-deleted").unwrap();
    records.attempt_trip(&first.id, "no-duplicate-mrn").unwrap();
    records.attempt_set_state(&first.id, AttemptState::Finished, Some(90)).unwrap();
    assert!(records.attempt_list_open_in(&"aaaaaaaa".into()).unwrap().is_empty());
    records.sandbox_remove(&"aaaaaaaa".into()).unwrap();
    let kept = records.attempt_latest(&ana(), "first-shift").unwrap().unwrap();
    assert_eq!(kept.tripped, ["no-duplicate-mrn", "nothing-deleted"]);
    assert_eq!((kept.state, kept.finished_us, kept.sandbox), (AttemptState::Finished, Some(90), None));
    assert_eq!(records.attempt_list_of(&ana()).unwrap().len(), 1);
}

#[test]
fn evidence_grows_and_the_latest_of_each_check_counts() {
    let Home { records, folder: _folder } = home();
    records.sandbox_add(&sandbox("aaaaaaaa"), 9).unwrap();
    let first = attempt("first", 1, "aaaaaaaa");
    records.attempt_add(&first).unwrap();
    let by_itself = Verdict { asked: false, ..verdict("census", false, 33) };
    let run = [verdict("census", false, 30), verdict("admitted", true, 30)];
    records.verdict_add(&first.id, &run).unwrap();
    records.verdict_add(&first.id, &[by_itself]).unwrap();
    records.verdict_add(&first.id, &[verdict("census", true, 40)]).unwrap();
    assert_eq!(
        records.verdict_latest(&first.id).unwrap(),
        [verdict("admitted", true, 30), verdict("census", true, 40)]
    );
    assert_eq!(records.verdict_history(&first.id).unwrap().len(), 4);
    assert_eq!(records.verdict_count_failed(&first.id, "census").unwrap(), 1);
    for (value, at_us) in [("12", 31), ("13", 32)] {
        records.answer_add(&first.id, &Answer { check: "beds".into(), value: value.into(), at_us }).unwrap();
    }
    assert_eq!(records.answer_latest(&first.id).unwrap()[0].value, "13");
    assert_eq!(records.answer_history(&first.id).unwrap().len(), 2);
}

#[test]
fn a_hint_is_paid_once_and_resets_are_counted() {
    let Home { records, folder: _folder } = home();
    records.sandbox_add(&sandbox("aaaaaaaa"), 9).unwrap();
    let first = attempt("first", 1, "aaaaaaaa");
    records.attempt_add(&first).unwrap();
    let hint = Hint { check: "census".into(), rung: 0, price: 0.1, at_us: 50 };
    assert!(records.hint_add(&first.id, &hint).unwrap());
    assert!(!records.hint_add(&first.id, &Hint { price: 0.5, at_us: 51, ..hint.clone() }).unwrap());
    assert_eq!(records.hint_list(&first.id).unwrap(), [hint]);
    let reset = Reset { grain: ResetGrain::Lab, at_us: 60 };
    records.reset_add(&first.id, reset).unwrap();
    assert_eq!(records.reset_list(&first.id).unwrap(), [reset]);
}

#[test]
fn the_overview_shows_the_latest_attempt_of_each_lab() {
    let Home { records, folder: _folder } = home();
    records.sandbox_add(&sandbox("aaaaaaaa"), 9).unwrap();
    for (id, number) in [("first", 1), ("second", 2)] {
        records.attempt_add(&attempt(id, number, "aaaaaaaa")).unwrap();
        records
            .verdict_add(&id.into(), &[verdict("census", false, 30), verdict("admitted", false, 31)])
            .unwrap();
    }
    records.verdict_add(&"second".into(), &[verdict("census", true, 40)]).unwrap();
    let other = Attempt { lab: "fhir-by-hand".into(), ..attempt("other", 1, "aaaaaaaa") };
    records.attempt_add(&other).unwrap();
    let standings = records.standing_list().unwrap();
    let rows: Vec<_> = standings
        .iter()
        .map(|row| (row.attempt.id.as_str(), row.passed, row.failed, row.hints, row.last_verdict_us))
        .collect();
    assert_eq!(rows, [("other", 0, 0, 0, None), ("second", 1, 1, 0, Some(40))]);
}

#[test]
fn a_judgement_is_added_whole_or_not_at_all() {
    let Home { records, folder: _folder } = home();
    records.sandbox_add(&sandbox("aaaaaaaa"), 9).unwrap();
    records.attempt_add(&attempt("first", 1, "aaaaaaaa")).unwrap();
    let first: AttemptId = "first".into();
    assert_eq!(records.check_states(&first).unwrap(), None);
    let judgement = Judgement {
        verdicts: vec![verdict("census", true, 30)],
        tripped: vec!["one-bed-each".into()],
        states: CheckStates { states: json!({"census": {"green": true}}), changed_us: 30 },
        finished_us: Some(31),
    };
    records.judgement_add(&first, &judgement).unwrap();
    assert_eq!(records.check_states(&first).unwrap(), Some(judgement.states.clone()));
    let stored = records.attempt(&first).unwrap().unwrap();
    assert_eq!((stored.state, stored.finished_us), (AttemptState::Finished, Some(31)));
    assert_eq!(stored.tripped, ["one-bed-each"]);
    assert_eq!(records.verdict_latest(&first).unwrap(), judgement.verdicts);

    assert!(records.judgement_add(&"none".into(), &judgement).is_err());
    assert_eq!(records.check_states(&"none".into()).unwrap(), None);
    let forgotten = CheckStates { states: json!({}), changed_us: 40 };
    records.check_states_set(&first, &forgotten).unwrap();
    assert_eq!(records.check_states(&first).unwrap(), Some(forgotten));
}

#[test]
fn a_key_is_made_once() {
    let Home { records, folder: _folder } = home();
    assert_eq!(records.key("seeds", [1; 32]).unwrap(), [1; 32]);
    assert_eq!(records.key("seeds", [2; 32]).unwrap(), [1; 32]);
    assert_eq!(records.key("other", [3; 32]).unwrap(), [3; 32]);
}

#[test]
fn nothing_points_at_people_or_attempts_that_do_not_exist() {
    let Home { records, folder: _folder } = home();
    let nobody = SandboxRecord { owner: "nobody".into(), ..sandbox("aaaaaaaa") };
    assert!(matches!(records.sandbox_add(&nobody, 9), Err(StoreError::Sqlite(_))));
    assert!(records.verdict_add(&"none".into(), &[verdict("census", true, 1)]).is_err());
    assert!(records.sandbox_list().unwrap().is_empty());
}

#[test]
fn everything_is_there_after_opening_again() {
    let Home { records, folder } = home();
    drop(records);
    let path = folder.path().join("platform.sqlite");
    let files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["platform.sqlite"], "closing leaves one file and no log");
    assert_eq!(Records::open(&path).unwrap().person_list().unwrap().len(), 2);
}

#[test]
fn a_file_of_a_newer_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("platform.sqlite");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = Records::open(&path).err().unwrap().to_string();
    assert!(refused.contains("format 99"), "{refused}");
}

#[test]
fn something_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("platform.sqlite");
    std::fs::write(&path, "not a database at all, but long enough to look at").unwrap();
    assert!(matches!(Records::open(&path), Err(StoreError::Sqlite(_))));
}

#[test]
fn a_backup_taken_during_writes_is_a_whole_database() {
    let Home { records, folder } = home();
    let target = folder.path().join("copy.sqlite");
    std::fs::write(&target, "an older backup").unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..50 {
                records.person_add(&person(&format!("learner{number}"), Role::Learner), None).unwrap();
            }
        });
        while !writer.is_finished() {
            records.backup_to(&target).unwrap();
        }
    });
    records.backup_to(&target).unwrap();
    assert_eq!(Records::open(&target).unwrap().person_list().unwrap().len(), 52);
}

#[test]
fn an_event_of_a_workshop_has_a_number_of_its_own() {
    let home = home();
    let records = &home.records;
    let workshop = Workshop {
        id: "w1".into(),
        case: "small".into(),
        version: "1.0.0".into(),
        owner: ana(),
        code: "code".into(),
        begins_us: 5,
        minutes: 60,
        cancelled: false,
        revision: 0,
        changed_us: 5,
        sandbox: None,
        ended_us: None,
    };
    records.workshop_set(&workshop).unwrap();
    let event = |seq: u64| (seq, format!("event {seq}"));
    records.workshop_events_add("w1", &[event(1), event(2)]).unwrap();
    let taken = records.workshop_events_add("w1", &[event(3), event(2)]);
    assert!(matches!(taken, Err(StoreError::Conflict { .. })));
    assert_eq!(records.workshop_events("w1", 1).unwrap(), ["event 2"], "all of them are kept, or none");
    assert!(records.workshop_list_of(&ana()).unwrap().is_empty());
    records.workshop_person_add("w1", &ana()).unwrap();
    records.workshop_person_add("w1", &ana()).unwrap();
    assert_eq!(records.workshop_list_of(&ana()).unwrap(), [workshop]);
}

#[test]
fn a_board_is_kept_whole_and_by_its_updates() {
    let home = home();
    let records = &home.records;
    let workshop = Workshop {
        id: "w1".into(),
        case: "small".into(),
        version: "1.0.0".into(),
        owner: ana(),
        code: "abcdefgh".into(),
        begins_us: 1,
        minutes: 60,
        cancelled: false,
        revision: 0,
        changed_us: 1,
        sandbox: None,
        ended_us: None,
    };
    records.workshop_set(&workshop).unwrap();
    assert_eq!(records.board("w1").unwrap(), BoardKept::default());
    records.board_update_add("w1", 1, 5, b"one").unwrap();
    records.board_lock("w1", true).unwrap();
    records.board_update_add("w1", 2, 6, b"two").unwrap();
    assert!(matches!(records.board_update_add("w1", 2, 6, b"else"), Err(StoreError::Conflict { .. })));
    let kept = |state: &[u8], updates: &[&[u8]], seq| BoardKept {
        state: state.to_vec(),
        updates: updates.iter().map(|update| update.to_vec()).collect(),
        seq,
        locked: true,
    };
    assert_eq!(records.board("w1").unwrap(), kept(b"", &[b"one", b"two"], 2));
    records.board_fold("w1", 1, b"ONE").unwrap();
    assert_eq!(records.board("w1").unwrap(), kept(b"ONE", &[b"two"], 2));
    records.board_fold("w1", 2, b"BOTH").unwrap();
    assert_eq!(records.board("w1").unwrap(), kept(b"BOTH", &[], 2));
}
