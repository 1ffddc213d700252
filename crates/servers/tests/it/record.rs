//! From an agreement to signed hours, what stays sealed, and what a link shows of somebody's readiness.

use axum::http::StatusCode;
use platform::programme::{Belonging, NewAssociate, NewOrganisation, OrganisationKind};
use platform::record::{Deed, RecordError};
use serde_json::{Value, json};

use crate::house::{House, house};
use crate::pages::Browser;

const DAY_US: i64 = 86_400_000_000;

/// The answer that everything is sealed under: found nowhere but where it was asked for.
const SECRET: &str = "1999-12-31";

/// A host with an education office (`olga`), a supervisor (`sam`), and a mentor from nowhere (`max`).
fn employer(house: &House) -> String {
    let people = house.platform.people();
    let ida = people.list().unwrap().into_iter().find(|person| person.login == "ida").unwrap();
    let new = NewOrganisation { name: "Mercy", kind: OrganisationKind::Host, parent: None };
    let host = house.platform.add_organisation(&ida, &new).unwrap().id;
    let at = |part| Some((host.as_str(), part));
    for (login, at) in [("olga", at(Belonging::Office)), ("sam", at(Belonging::Supervisor)), ("max", None)] {
        house.platform.add_associate(&ida, &NewAssociate { login, name: login, at }).unwrap();
    }
    host
}

fn agreement(host: &str, begins_on: &str) -> String {
    format!(
        "employer={host}&schedule=interface-analyst&apprentice=ana&supervisor=sam&programme=Mercy+health+IT&begins_on={begins_on}&ends_on=2032-03-01&wages=0,0,22.00%0A2,0,24.50&document.photo=yes"
    )
}

impl House {
    /// The id of an apprenticeship of Ana's at a new host, which she has accepted if asked.
    async fn apprenticed(&self, begins_on: &str, accepted: bool) -> (String, String) {
        let host = employer(self);
        let made = Browser::of(self, "olga").post("/record/new", &agreement(&host, begins_on)).await;
        assert_eq!(made.header("location"), "/record", "{}", made.header("set-cookie"));
        let listed = self.ask("GET", "/api/apprenticeships", &self.ana, "").await.json();
        let id = listed["apprenticeships"][0]["id"].as_str().unwrap().to_owned();
        if accepted {
            Browser::of(self, "ana").post(&format!("/record/{id}/write/accept"), "").await;
        }
        (host, id)
    }

    fn token(&self, login: &str) -> String {
        let people = self.platform.people();
        let person = people.list().unwrap().into_iter().find(|person| person.login == login).unwrap();
        people.add_token(&person.id, "record", None).unwrap()
    }

    async fn log(&self, id: &str, day: &str, hours: &str) -> Value {
        let line = json!({"day": day, "at": "watch", "hours": hours, "what": "Answered alarms"}).to_string();
        let logged = self.ask("POST", &format!("/api/apprenticeships/{id}/lines"), &self.ana, &line).await;
        let mut told = logged.json();
        told["status"] = logged.status.as_u16().into();
        told
    }
}

#[tokio::test]
async fn two_weeks_are_logged_signed_and_corrected() {
    let house = house();
    let (_, id) = house.apprenticed("2031-02-24", false).await;
    let ana = Browser::of(&house, "ana");
    assert!(
        house.log(&id, "2031-03-03", "8").await["detail"].as_str().unwrap().contains("accept the agreement")
    );
    assert!(ana.get(&format!("/record/{id}")).await.text.contains("Accept the agreement"));
    ana.post(&format!("/record/{id}/write/accept"), "").await;
    for (day, hours) in [("2031-02-27", "8"), ("2031-02-28", "7.5"), ("2031-03-03", "8")] {
        assert_eq!(house.log(&id, day, hours).await["status"], 201, "{day}");
    }
    let late = house.log(&id, "2031-02-24", "8").await;
    assert_eq!((late["status"].as_u64(), late["field"].as_str()), (Some(422), Some("day")), "{late}");
    assert!(late["detail"].as_str().unwrap().contains("more than 7 days ago"), "{late}");

    let sam = Browser::of(&house, "sam");
    let page = sam.get(&format!("/record/{id}")).await.text;
    assert!(page.contains("Sign the week of 24 Feb 2031") && page.contains("Sign the week of 3 Mar 2031"));
    let signed = sam
        .post(&format!("/record/{id}/write/sign"), "week=2031-02-24&line.3=yes&line.4=yes&words=A+calm+week")
        .await;
    assert!(signed.header("set-cookie").contains("well"), "{}", signed.header("set-cookie"));
    let record = house.ask("GET", &format!("/api/apprenticeships/{id}"), &house.ana, "").await.json();
    assert_eq!((record["job_minutes"].as_u64(), record["waiting_minutes"].as_u64()), (Some(930), Some(480)));
    assert_eq!(record["wage_step"], 2, "two hours and nothing entrusted were agreed for the second step");

    let back = ana.post(&format!("/record/{id}/write/withdraw"), "line=3").await;
    assert!(back.header("set-cookie").contains("is%20signed%20and%20stays"), "{}", back.header("set-cookie"));
    assert!(ana.get(&format!("/record/{id}/lines/3")).await.text.contains("Correct line 3"));
    let sent = "line=3&at=watch&hours=6&what=Answered+alarms&why=Counted+lunch";
    ana.post(&format!("/record/{id}/write/correct"), sent).await;
    let record = house.ask("GET", &format!("/api/apprenticeships/{id}"), &house.ana, "").await.json();
    assert_eq!(record["job_minutes"], 930, "until it is signed the old line counts");
    let sign = json!({"week": "2031-02-24", "lines": [7]}).to_string();
    let at = format!("/api/apprenticeships/{id}/signatures");
    let done = house.ask("POST", &at, &house.token("sam"), &sign).await;
    assert_eq!(
        (done.status, &done.json()["job_minutes"]),
        (StatusCode::CREATED, &json!(810)),
        "{}",
        done.text
    );
    let csv = ana.get(&format!("/record/{id}/hours.csv")).await.text;
    assert!(
        csv.contains("watch,on the job,Watching interfaces and answering alarms,13.5,13.5,300,700"),
        "{csv}"
    );
}

#[tokio::test]
async fn nobody_signs_their_own_hours_and_strangers_find_nothing() {
    let house = house();
    let (_, id) = house.apprenticed("2031-02-24", true).await;
    house.log(&id, "2031-03-03", "8").await;
    let sign = json!({"week": "2031-03-03", "lines": [3]}).to_string();
    let at = format!("/api/apprenticeships/{id}/signatures");
    for (token, status) in [
        (house.ana.clone(), StatusCode::UNPROCESSABLE_ENTITY),
        (house.token("olga"), StatusCode::UNPROCESSABLE_ENTITY),
        (house.ida.clone(), StatusCode::NOT_FOUND),
        (house.bo.clone(), StatusCode::NOT_FOUND),
        (house.token("max"), StatusCode::NOT_FOUND),
    ] {
        let refused = house.ask("POST", &at, &token, &sign).await;
        assert_eq!(refused.status, status, "{}", refused.text);
    }
    for login in ["bo", "max"] {
        let stranger = Browser::of(&house, login);
        for path in ["", "/hours.csv", "/lines/3"] {
            assert_eq!(
                stranger.get(&format!("/record/{id}{path}")).await.status,
                StatusCode::NOT_FOUND,
                "{login} {path}"
            );
        }
    }
    assert_eq!(
        Browser::of(&house, "ida").get(&format!("/record/{id}")).await.status,
        StatusCode::OK,
        "who teaches reads"
    );
    let line = json!({"day": "2031-03-03", "at": "watch", "hours": "1", "what": "Not mine"}).to_string();
    let lines = format!("/api/apprenticeships/{id}/lines");
    let refused = house.ask("POST", &lines, &house.token("sam"), &line).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
}

#[tokio::test]
async fn an_agreement_that_does_not_fit_is_refused_with_words() {
    let house = house();
    let host = employer(&house);
    let olga = Browser::of(&house, "olga");
    let good = agreement(&host, "2031-03-10");
    for (from, to, words) in [
        ("supervisor=sam", "supervisor=max", "does not supervise"),
        ("supervisor=sam", "supervisor=ana", "does not supervise"),
        ("apprentice=ana", "apprentice=nobody", "has this login"),
        ("apprentice=ana", "apprentice=sam", "a learner of this house"),
        ("2,0,24.50", "2,0,21.00", "pays more"),
        ("2,0,24.50", "2,0", "no wage step"),
        ("ends_on=2032-03-01", "ends_on=2031-03-01", "not after the first day"),
        ("begins_on=2031-03-10", "begins_on=soon", "no day"),
        ("document.photo", "document.horoscope", "no kind of document"),
    ] {
        let refused = olga.post("/record/new", &good.replace(from, to)).await;
        let said = refused.header("set-cookie").replace("%20", " ");
        assert!(refused.header("location") == "/record/new" && said.contains(words), "{to}: {said}");
    }
    assert_eq!(Browser::of(&house, "ana").post("/record/new", &good).await.status, StatusCode::NOT_FOUND);
    let none = house.ask("GET", "/api/apprenticeships", &house.ana, "").await.json();
    assert_eq!(none["apprenticeships"], json!([]), "nothing was put down");
}

#[tokio::test]
async fn what_is_sealed_is_seen_by_its_owner_and_their_office_and_by_nobody_else() {
    let house = house();
    let (host, id) = house.apprenticed("2031-03-10", true).await;
    let (ana, olga) = (Browser::of(&house, "ana"), Browser::of(&house, "olga"));
    ana.post("/record/particulars", &format!("born={SECRET}&sex=&ethnicity=&veteran=no&disability=")).await;
    assert!(ana.get("/record/particulars").await.text.contains(SECRET));
    // Nobody else's door leads there: not the supervisor's, a mentor's, another learner's or that of who teaches.
    let look = format!("/record/{id}/particulars");
    for login in ["sam", "max", "bo", "ida"] {
        let other = Browser::of(&house, login);
        assert_eq!(other.post(&look, "").await.status, StatusCode::NOT_FOUND, "{login}");
        for page in
            ["/record", "/record/particulars", "/places", "/mentoring", "/places/match", "/mentoring/pairing"]
        {
            assert!(!other.get(page).await.text.contains(SECRET), "{login} {page}");
        }
        assert!(!other.get(&format!("/record/{id}")).await.text.contains(SECRET), "{login}");
    }
    let opened = olga.post(&look, "").await;
    assert!(opened.text.contains("31 Dec 1999"), "{}", opened.text);
    let told = ana.get(&format!("/record/{id}")).await.text;
    assert!(told.contains("The sealed particulars were opened by olga"), "the owner sees each look");
    // Not in a match, not in what is taken along, and not readable in the file of the records.
    let offer = format!("organisation={host}&title=Help+desk&capacity=1&begins_on=2031-09-01");
    olga.post("/places/offer", &offer).await;
    let place = house.ask("GET", "/api/places", &house.ana, "").await.json()["places"][0]["id"].clone();
    house.ask("POST", "/api/wishes", &house.ana, &json!({"places": [place]}).to_string()).await;
    let run = house.ask("POST", "/api/matches", &house.ida, "{}").await;
    assert_eq!(run.status, StatusCode::CREATED, "{}", run.text);
    let run = run.json()["run"]["id"].as_str().unwrap().to_owned();
    for file in ["programs.csv", "applicants.csv", "ranks.csv", "couples.csv"] {
        let text = Browser::of(&house, "ida").get(&format!("/places/match/{run}/files/{file}")).await.text;
        assert!(!text.contains(SECRET), "{file}");
    }
    let person = house.platform.people().list().unwrap().into_iter().find(|one| one.login == "olga").unwrap();
    let archive = house.platform.record_archive(&person, &id).unwrap();
    let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
    assert!(!holds(&archive));
    for file in ["platform.sqlite", "platform.sqlite-wal"] {
        let bytes = std::fs::read(house.platform.data().join(file)).unwrap_or_default();
        assert!(!holds(&bytes), "{file}");
    }
    ana.post("/record/particulars", "born=").await;
    assert!(!ana.get("/record/particulars").await.text.contains(SECRET), "left out, it is forgotten");
}

#[tokio::test]
async fn the_board_tells_who_begins_soon_and_what_is_missing() {
    let house = house();
    let (_, id) = house.apprenticed("2031-03-10", false).await;
    let (ana, olga) = (Browser::of(&house, "ana"), Browser::of(&house, "olga"));
    let page = olga.get("/record").await.text;
    for missing in
        ["The agreement is not accepted", "No photo for the badge", "The sealed particulars are not given"]
    {
        assert!(page.contains(missing), "{missing}: {page}");
    }
    ana.post(&format!("/record/{id}/write/accept"), "").await;
    ana.post("/record/particulars", &format!("born={SECRET}")).await;
    ana.post("/places/documents", "kind=photo&expires_on=").await;
    let person = house.platform.people().list().unwrap().into_iter().find(|one| one.login == "ana").unwrap();
    let check = format!("person={}&kind=photo&back=", person.id);
    assert_eq!(olga.post("/places/documents/check", &check).await.status, StatusCode::SEE_OTHER);
    let starters = |house: &House| {
        let olga =
            house.platform.people().list().unwrap().into_iter().find(|one| one.login == "olga").unwrap();
        house.platform.starters(&olga).unwrap()
    };
    assert_eq!(starters(&house)[0].missing, Vec::<String>::new());
    house.clock.advance(7 * DAY_US);
    assert!(starters(&house).is_empty(), "who has begun is no longer a starter");
    // A session does not last a week.
    let due = Browser::of(&house, "ana").get("/record/due.ics").await.text;
    assert!(due.starts_with("BEGIN:VCALENDAR"), "{due}");
}

#[tokio::test]
async fn two_who_write_at_once_do_not_overwrite_each_other() {
    let house = house();
    let (_, id) = house.apprenticed("2031-02-24", true).await;
    let people = house.platform.people().list().unwrap();
    let ana = people.iter().find(|one| one.login == "ana").unwrap();
    let done: Vec<Result<u64, RecordError>> = std::thread::scope(|scope| {
        let log = |hours: u32| {
            let (what, at) = (format!("Part {hours}"), "watch".to_owned());
            Deed::Logged { day: "2031-03-03".parse().unwrap(), at, minutes: hours * 60, what }
        };
        let (house, id) = (&house, &id);
        let threads: Vec<_> = (1..=4)
            .map(|hours| scope.spawn(move || house.platform.write_record(ana, id, &log(hours))))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let written = done.iter().filter(|one| one.is_ok()).count();
    let one = house.platform.apprenticeship(ana, &id).unwrap();
    assert_eq!(one.record.lines.len(), written, "what was acknowledged is there, and nothing else");
    assert!(written > 0 && one.entries.len() == 2 + written);
}

#[tokio::test]
async fn a_link_shows_readiness_until_it_ends_and_its_owner_sees_each_look() {
    let house = house();
    let (ana, bo) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"));
    let page = ana.get("/readiness/interface-analyst").await.text;
    assert!(
        page.contains("Show it to somebody") && page.contains("Nobody has supervised this work yet"),
        "{page}"
    );
    let refused = ana.post("/readiness/interface-analyst/links", "label=&days=7").await;
    assert!(refused.header("set-cookie").contains("badly"));
    ana.post("/readiness/interface-analyst/links", "label=Mercy&days=7").await;
    let person = house.platform.people().list().unwrap().into_iter().find(|one| one.login == "ana").unwrap();
    let links = |house: &House| house.platform.readiness_links(&person).unwrap();
    let shown = links(&house).remove(0);
    let at = format!("/shown/{}", shown.token);
    let stranger = house.ask("GET", &at, "", "").await;
    assert_eq!((stranger.status, stranger.header("x-robots-tag")), (StatusCode::OK, "noindex, nofollow"));
    assert!(stranger.text.contains("ana, Interface analyst") && !stranger.text.contains("/attempts/"));
    assert_eq!(bo.get(&at).await.status, StatusCode::OK);
    assert_eq!(ana.get(&at).await.status, StatusCode::OK);
    let looks: Vec<String> = links(&house)[0].looks.iter().map(|look| look.who.clone()).collect();
    assert_eq!(looks, ["bo", "somebody with the link, not signed in"], "one's own looks are not noted");
    let forged = format!("/shown/{}.AAAAAAAAAAAAAAAAAAAAAA", shown.link.id);
    for wrong in [forged.as_str(), "/shown/x", "/shown/."] {
        assert_eq!(house.ask("GET", wrong, "", "").await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(
        bo.post(&format!("/readiness/links/{}/withdraw", shown.link.id), "").await.status,
        StatusCode::NOT_FOUND
    );
    ana.post(&format!("/readiness/links/{}/withdraw", shown.link.id), "").await;
    assert_eq!(house.ask("GET", &at, "", "").await.status, StatusCode::NOT_FOUND, "withdrawn");
    ana.post("/readiness/help-desk/links", "label=Riverside&days=7").await;
    let second = links(&house).into_iter().find(|one| one.open).unwrap();
    let at = format!("/shown/{}", second.token);
    house.clock.advance(7 * DAY_US - 1);
    assert_eq!(house.ask("GET", &at, "", "").await.status, StatusCode::OK);
    house.clock.advance(1);
    assert_eq!(house.ask("GET", &at, "", "").await.status, StatusCode::NOT_FOUND, "over");
    assert_eq!(links(&house).iter().map(|one| one.looks.len()).sum::<usize>(), 3);
}

#[tokio::test]
async fn a_supervisors_words_reach_the_readiness_page() {
    let house = house();
    let (_, id) = house.apprenticed("2031-02-24", true).await;
    let sam = Browser::of(&house, "sam");
    let sent = "competency=interfaces.find-break&level=4&seen=3&words=Found+the+stopped+queue+alone";
    sam.post(&format!("/record/{id}/write/entrust"), sent).await;
    let page = Browser::of(&house, "ana").get("/readiness/interface-analyst").await.text;
    assert!(page.contains("Found the stopped queue alone") && page.contains("sam, Mercy"), "{page}");
    let over_api = house.ask("GET", "/api/readiness/interface-analyst", &house.ana, "").await.json();
    assert_eq!(over_api["needs"][0]["state"], "not shown yet", "words are no proof: {over_api}");
}
