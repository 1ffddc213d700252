use std::sync::Arc;

use store::StoreError;
use store::records::Records;
use tempfile::TempDir;

use super::*;
use crate::clock::ManualClock;
use crate::entropy::SeededEntropy;

const PASSWORD: &str = "four plain little words";
const SECOND: i64 = 1_000_000;

struct House {
    people: People,
    records: Arc<Records>,
    clock: Arc<ManualClock>,
    _folder: TempDir,
}

/// An empty house at noon, with the learner `ana` in it.
fn house() -> (House, Person) {
    let folder = tempfile::tempdir().unwrap();
    let records = Arc::new(Records::open(&folder.path().join("platform.sqlite")).unwrap());
    let clock = Arc::new(ManualClock::at(1_900_000_000 * SECOND));
    let people = People::new(records.clone(), clock.clone(), Arc::new(SeededEntropy::new(7)));
    let ana = people.add(learner("ana", Some(PASSWORD))).unwrap();
    (House { people, records, clock, _folder: folder }, ana)
}

fn learner<'a>(login: &'a str, password: Option<&'a str>) -> NewPerson<'a> {
    NewPerson { login, name: "Ana Berg", role: Role::Learner, password }
}

fn field(result: Result<Person, PeopleError>) -> &'static str {
    match result {
        Err(PeopleError::Invalid { field, .. }) => field,
        other => panic!("expected a refused field, got {other:?}"),
    }
}

#[test]
fn the_right_password_signs_in_whatever_the_case_of_the_login() {
    let (house, ana) = house();
    let signed_in = house.people.sign_in("ANA", PASSWORD, "10.0.0.1").unwrap();
    assert_eq!(signed_in.person, ana);
    let (person, csrf) = house.people.session(&signed_in.cookie).unwrap().unwrap();
    assert_eq!((person, csrf.clone()), (ana, signed_in.csrf));
    assert!(csrf.matches(csrf.as_str()));
    assert!(!csrf.matches(""));
}

#[test]
fn a_wrong_password_and_an_unknown_login_are_told_apart_by_nothing() {
    let (house, _) = house();
    house.people.add(learner("bo", None)).unwrap();
    for (login, password) in [("ana", "four plain little wordz"), ("nobody", PASSWORD), ("bo", "")] {
        let refused = house.people.sign_in(login, password, "10.0.0.1").unwrap_err();
        assert!(matches!(refused, PeopleError::WrongPassword), "{login}: {refused}");
    }
}

#[test]
fn the_password_nobody_has_is_a_real_hash() {
    let passwords = password::Passwords::default();
    let hash = passwords.hash("ten letters", &SeededEntropy::new(1)).unwrap();
    let cost = |phc: &str| phc.split('$').nth(3).unwrap().to_owned();
    assert_eq!(cost(password::NOBODY), cost(&hash));
    assert!(passwords.matches("ten letters", Some(&hash)));
    assert!(!passwords.matches("ten letterz", Some(&hash)));
    assert!(!passwords.matches("ten letters", Some("$argon2id$damaged")));
    argon2::password_hash::phc::PasswordHash::new(password::NOBODY).unwrap().hash.unwrap();
}

#[test]
fn a_secret_that_was_drawn_is_checked_like_a_password() {
    let drawn = password::Passwords::hash_drawn("mfrggzdfmztwq2lknnwg", &SeededEntropy::new(1)).unwrap();
    let passwords = password::Passwords::default();
    assert!(drawn.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{drawn}");
    assert!(passwords.matches("mfrggzdfmztwq2lknnwg", Some(&drawn)));
    assert!(!passwords.matches("mfrggzdfmztwq2lknnwh", Some(&drawn)));
}

#[test]
fn passwords_are_stored_as_argon2id_with_a_salt_of_their_own() {
    let (house, _) = house();
    house.people.add(learner("bo", Some(PASSWORD))).unwrap();
    let hash = |login| house.records.person_by_login(login).unwrap().unwrap().1.unwrap();
    assert!(hash("ana").starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash("ana"));
    assert_ne!(hash("ana"), hash("bo"));
}

#[test]
fn guessing_one_login_is_stopped_and_others_are_not() {
    let (house, _) = house();
    house.people.add(learner("bo", Some(PASSWORD))).unwrap();
    for _ in 0..10 {
        house.people.sign_in("Ana", "wrong", "10.0.0.1").unwrap_err();
    }
    let refused = house.people.sign_in("ana", PASSWORD, "10.0.0.1").unwrap_err();
    assert!(matches!(refused, PeopleError::TooMany { wait_s: 300 }), "{refused}");
    house.people.sign_in("ana", PASSWORD, "10.0.0.2").unwrap();
    house.people.sign_in("bo", PASSWORD, "10.0.0.1").unwrap();
    house.clock.advance(300 * SECOND);
    house.people.sign_in("ana", PASSWORD, "10.0.0.1").unwrap();
}

#[test]
fn a_session_ends_at_its_time_at_sign_out_and_with_a_new_password() {
    let (house, ana) = house();
    let sign_in = || house.people.sign_in("ana", PASSWORD, "10.0.0.1").unwrap().cookie;
    let (first, second) = (sign_in(), sign_in());
    house.people.sign_out(&first).unwrap();
    assert!(house.people.session(&first).unwrap().is_none());
    assert!(house.people.session(&second).unwrap().is_some());
    house.clock.advance(i64::from(SESSION_SECONDS) * SECOND);
    assert!(house.people.session(&second).unwrap().is_none());
    let third = sign_in();
    house.people.set_password(&ana.id, "another good password").unwrap();
    assert!(house.people.session(&third).unwrap().is_none());
    assert!(house.people.sign_in("ana", PASSWORD, "10.0.0.1").is_err());
    house.people.sign_in("ana", "another good password", "10.0.0.1").unwrap();
}

#[test]
fn a_link_signs_in_once_and_in_time() {
    let (house, ana) = house();
    let link = house.people.add_sign_in_link(&ana.id, 60).unwrap();
    assert_eq!(house.people.sign_in_by_link(&link, "10.0.0.1").unwrap().person, ana);
    assert!(matches!(house.people.sign_in_by_link(&link, "10.0.0.1"), Err(PeopleError::WrongLink)));
    let late = house.people.add_sign_in_link(&ana.id, 60).unwrap();
    house.clock.advance(60 * SECOND);
    assert!(matches!(house.people.sign_in_by_link(&late, "10.0.0.1"), Err(PeopleError::WrongLink)));
}

#[test]
fn a_token_speaks_for_its_owner_until_it_is_withdrawn() {
    let (house, ana) = house();
    let token = house.people.add_token(&ana.id, " laptop ", Some(60)).unwrap();
    assert!(token.starts_with("prc_") && token.len() == 47, "{token}");
    assert_eq!(house.people.token(&token).unwrap(), Some(ana.clone()));
    assert_eq!(house.people.token(token.trim_start_matches("prc_")).unwrap(), None);
    assert_eq!(house.people.list_tokens(&ana.id).unwrap()[0].label, "laptop");
    house.clock.advance(60 * SECOND);
    assert_eq!(house.people.token(&token).unwrap(), None);
    assert_eq!(house.people.remove_tokens(&ana.id, "laptop").unwrap(), 1);
    assert!(house.people.add_token(&ana.id, "  ", None).is_err());
}

#[test]
fn what_people_type_is_checked() {
    fn add(house: &House, new: NewPerson<'_>) -> Result<Person, PeopleError> {
        house.people.add(new)
    }
    let (house, _) = house();
    for login in ["a", "ana berg", "ana'--", "<b>", "", &"a".repeat(65)] {
        assert_eq!(field(add(&house, learner(login, None))), "login", "{login}");
    }
    for password in ["", "too short", &"x".repeat(201)] {
        assert_eq!(field(add(&house, learner("cleo", Some(password)))), "password");
    }
    for name in ["  ", "two\nlines", &"n".repeat(101)] {
        assert_eq!(field(add(&house, NewPerson { name, ..learner("cleo", None) })), "name");
    }
    let taken = add(&house, learner("Ana", None)).unwrap_err();
    assert!(matches!(taken, PeopleError::Store(StoreError::Conflict { .. })), "{taken}");
    assert_eq!(field(add(&house, learner("Practicum.instructor", None))), "login");
    house.people.create(learner("practicum.instructor", None)).unwrap();
    assert_eq!(house.people.list().unwrap().len(), 1, "stand-ins are in no list");
}

#[test]
fn the_demonstration_is_set_up_again_with_new_secrets() {
    let (house, _) = house();
    let first = house.people.demo().unwrap();
    let second = house.people.demo().unwrap();
    assert_eq!((first.learner.name.as_str(), first.learner.role), ("Demo learner", Role::Learner));
    assert_eq!(
        (first.instructor.name.as_str(), first.instructor.role),
        ("Demo instructor", Role::Instructor)
    );
    assert_eq!((&first.learner, &first.instructor), (&second.learner, &second.instructor));
    assert_eq!(house.people.token(&first.learner_token).unwrap(), None);
    assert_eq!(house.people.token(&second.instructor_token).unwrap(), Some(second.instructor));
    assert!(house.people.sign_in_by_link(&first.learner_link, "10.0.0.1").is_err());
    for _ in 0..2 {
        house.people.sign_in_by_link(&second.learner_link, "10.0.0.1").unwrap();
    }
}

#[test]
fn a_throttle_counts_per_key_and_forgets_in_time() {
    let mut throttle = Throttle::new(2, 10 * SECOND);
    assert_eq!(throttle.take("a", 0), Ok(()));
    assert_eq!(throttle.take("a", SECOND), Ok(()));
    assert_eq!(throttle.take("a", SECOND + 1), Err(9));
    assert_eq!(throttle.take("b", SECOND + 1), Ok(()));
    assert_eq!(throttle.take("a", 10 * SECOND), Ok(()));
    throttle.take("a", 10 * SECOND).unwrap();
    throttle.forgive("a");
    assert_eq!(throttle.take("a", 10 * SECOND), Ok(()));
}

#[test]
fn a_throttle_stays_small_under_a_flood_of_keys() {
    let mut throttle = Throttle::new(1, SECOND);
    for key in 0..25_000 {
        throttle.take(&key.to_string(), key).unwrap();
    }
    assert_eq!(throttle.take("24999", 25_000), Err(1), "recent keys are still counted");
    assert_eq!(throttle.take("0", 25_000), Ok(()), "the oldest are not");
}
