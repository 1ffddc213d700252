//! From looking for a mentor to a session, a look into a hospital, and another mentor.

use axum::http::StatusCode;
use platform::people::{NewPerson, Role};

use crate::house::house;
use crate::pages::Browser;

const TALKS: &str = "languages=english&offset_min=0&from=09:00&until=17:00&active=yes";

/// The value of the hidden field of this name that stands first on a page.
fn hidden(text: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let from = text.find(&field).unwrap_or_else(|| panic!("no field {name} in {text}")) + field.len();
    text[from..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_learner_is_paired_meets_their_mentor_and_lets_them_look_in_without_touching_anything() {
    let house = house();
    for login in ["max", "nell"] {
        let new = NewPerson { login, name: login, role: Role::Associate, password: None };
        house.platform.people().add(new).unwrap();
    }
    let (ana, ida) = (Browser::of(&house, "ana"), Browser::of(&house, "ida"));
    let (max, nell) = (Browser::of(&house, "max"), Browser::of(&house, "nell"));
    for mentor in [&max, &nell] {
        let kept = mentor.post("/mentoring/profile", &format!("{TALKS}&capacity=2")).await;
        assert_eq!(kept.header("location"), "/mentoring", "{}", kept.text);
    }
    let wrong = ana.post("/mentoring/profile", &format!("{TALKS}&not_with=nobody")).await;
    assert_eq!(wrong.header("location"), "/mentoring/profile");
    assert_eq!(ana.post("/mentoring/profile", TALKS).await.header("location"), "/mentoring");

    assert_eq!(ana.get("/mentoring/pairing").await.status, StatusCode::NOT_FOUND);
    let plan = ida.get("/mentoring/pairing").await;
    assert!(plan.text.contains("both talk english"), "{}", plan.text);
    ida.post("/mentoring/pairing", "").await;
    let (asked, other) = if max.get("/mentoring").await.text.contains("looks for a mentor") {
        (&max, &nell)
    } else {
        (&nell, &max)
    };
    let ask = hidden(&asked.get("/mentoring").await.text, "ask");
    assert_eq!(
        other.post("/mentoring/answer", &format!("ask={ask}&yes=yes")).await.status,
        StatusCode::NOT_FOUND
    );
    asked.post("/mentoring/answer", &format!("ask={ask}&yes=yes")).await;
    assert!(ana.get("/mentoring").await.text.contains("Your mentor is"));

    let arranged = ana
        .post(
            "/mentoring/sessions",
            &format!("pair={ask}&title=First+hour&begins=2031-03-05T15:00&minutes=45&agenda=Goals"),
        )
        .await;
    assert_eq!(arranged.status, StatusCode::SEE_OTHER, "{}", arranged.text);
    let calendar = asked.get("/mentoring/sessions.ics").await;
    assert!(calendar.text.contains("DTSTART:20310305T150000Z\r\n"), "{}", calendar.text);
    assert!(!other.get("/mentoring/sessions.ics").await.text.contains("VEVENT"));

    let sandbox = house.sandbox().await;
    let journal = format!("/sandboxes/{sandbox}/journal");
    assert_eq!(asked.get(&journal).await.status, StatusCode::NOT_FOUND, "nobody asked them in");
    ana.post("/mentoring/guests", &format!("sandbox={sandbox}&open=yes")).await;
    assert_eq!(asked.post(&format!("/mentoring/look/{sandbox}"), "").await.header("location"), journal);
    let patients = asked.get(&format!("/sandboxes/{sandbox}/patients")).await;
    assert_eq!(patients.status, StatusCode::OK, "{}", patients.text);
    for act in ["reset", "undo", "delete", "snapshots", "role", "map/act"] {
        let refused = asked.post(&format!("/sandboxes/{sandbox}/{act}"), "name=x&role=nurse").await;
        assert!(refused.status.is_client_error(), "{act}: {}", refused.status);
    }
    let written = house.ask("GET", &format!("/s/{sandbox}/fhir/Patient"), &house.bo, "").await;
    assert_eq!(written.status, StatusCode::NOT_FOUND, "being somebody's guest opens no other door");
    asked.post(&format!("/mentoring/look/{sandbox}/mark"), "words=Look+at+this+merge&entry=1").await;
    let seen = ana.get(&journal).await;
    assert!(seen.text.contains("mentor.mark") && seen.text.contains("mentor.look"), "{}", seen.text);

    ana.post("/mentoring/rematch", &format!("ask={ask}")).await;
    assert_eq!(asked.get(&journal).await.status, StatusCode::NOT_FOUND, "the pair is ended");
    assert!(
        other.get("/mentoring").await.text.contains("looks for a mentor"),
        "the next one is asked at once"
    );
}
