//! Team projects in the browser's terms and over the API: who may enter the hospital, who sees what first, and what a form cannot do.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use platform::people::{NewPerson, Role};
use serde_json::{Value, json};

use crate::house::{House, house};
use crate::pages::Browser;

/// A project of ana, bo and cy, begun by ida; dan is nobody in it. Returns its address.
async fn begun(house: &House) -> String {
    for login in ["cy", "dan"] {
        let new = NewPerson { login, name: login, role: Role::Learner, password: None };
        house.platform.people().add(new).unwrap();
    }
    let ida = Browser::of(house, "ida");
    let two = ida.post("/projects", "project=outreach-clinic&members=ana+bo").await;
    assert_eq!(two.header("location"), "/projects", "two are no team");
    let begun = ida.post("/projects", "project=outreach-clinic&title=Valley&members=ana,bo,cy").await;
    let root = begun.header("location").to_owned();
    assert!(root.starts_with("/projects/"), "{root}");
    root
}

async fn sandbox_of(house: &House, root: &str) -> String {
    let seen = house.ask("GET", &format!("/api{root}"), &house.ana, "").await.json();
    seen["project"]["sandbox"].as_str().unwrap().to_owned()
}

async fn sign(house: &House, root: &str) {
    let act = format!("{root}/act");
    let ana = Browser::of(house, "ana");
    ana.post(&act, "do=charter&purpose=a&roles=b&agreement=c&risks=d").await;
    for login in ["ana", "bo", "cy"] {
        Browser::of(house, login).post(&act, "do=sign&version=1").await;
    }
}

#[tokio::test]
async fn members_share_the_hospital_and_nobody_else_finds_it() {
    let house = house();
    let root = begun(&house).await;
    let sandbox = sandbox_of(&house, &root).await;
    let (ana, bo, dan) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"), Browser::of(&house, "dan"));
    for page in [
        root.clone(),
        format!("{root}/history"),
        format!("{root}/result"),
        format!("/sandboxes/{sandbox}/patients"),
    ] {
        assert_eq!(bo.get(&page).await.status, StatusCode::OK, "{page}");
        assert_eq!(dan.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    // Each works as a role of their own, and the journal says who.
    let switch = |token: &str, role: &str| {
        let (token, body) = (token.to_owned(), json!({"role": role}).to_string());
        let (house, path) = (&house, format!("/s/{sandbox}/role"));
        async move { house.ask("POST", &path, &token, &body).await }
    };
    assert_eq!(switch(&house.ana, "nurse").await.status, StatusCode::OK);
    let bos = house.ask("GET", &format!("/s/{sandbox}/role"), &house.bo, "").await;
    assert_ne!(bos.json()["role"], "nurse", "{}", bos.text);
    let history = ana.get(&format!("{root}/history")).await.text;
    assert!(history.contains("works as nurse"), "{history}");
    let bo_id = member_id(&house, &root, "bo").await;
    let of_bo = ana.get(&format!("{root}/history?member={bo_id}")).await.text;
    assert!(!of_bo.contains("works as nurse"), "bo did nothing");
    // What would take back others' work with one's own is not a member's to do.
    for (does, fields) in [("undo", ""), ("reset", ""), ("delete", "")] {
        let done = bo.post(&format!("/sandboxes/{sandbox}/{does}"), fields).await;
        let went_on = done.status == StatusCode::SEE_OTHER;
        assert!(
            !went_on || done.header("set-cookie").contains("badly."),
            "{does}: {} {}",
            done.status,
            done.text
        );
    }
    assert_eq!(ana.get(&format!("/sandboxes/{sandbox}/patients")).await.status, StatusCode::OK);
}

async fn member_id(house: &House, root: &str, name: &str) -> String {
    let seen = house.ask("GET", &format!("/api{root}"), &house.ana, "").await.json();
    let members = seen["members"].as_array().unwrap().clone();
    members.iter().find(|one| one["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_on_record_of_somebody_is_shown_to_them_first() {
    let house = house();
    let root = begun(&house).await;
    let on_record = |token: &str| {
        let (token, house, path) = (token.to_owned(), &house, format!("/api{root}"));
        async move {
            let seen: Value = house.ask("GET", &path, &token, "").await.json();
            let members = seen["members"].as_array().unwrap().clone();
            let of =
                |name: &str| !members.iter().find(|one| one["name"] == name).unwrap()["on_record"].is_null();
            (of("ana"), of("bo"))
        }
    };
    assert_eq!(on_record(&house.ana).await, (true, false));
    assert_eq!(on_record(&house.bo).await, (false, true));
    assert_eq!(on_record(&house.ida).await, (false, false), "nor to the panel");
    Browser::of(&house, "ana").post(&format!("{root}/act"), "do=contribute&to=analysis&text=The+feed.").await;
    assert_eq!(on_record(&house.bo).await, (true, true));
    assert_eq!(on_record(&house.ida).await, (true, false));
}

#[tokio::test]
async fn a_milestone_goes_its_way_and_what_is_written_stays_text() {
    let house = house();
    let root = begun(&house).await;
    let (ana, bo, ida) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"), Browser::of(&house, "ida"));
    let acts = format!("/api{root}/acts");
    let hand_in = json!({"act": {"do": "hand-in", "milestone": "feed", "text": "<script>alert(1)</script>\n\n[x](javascript:alert(1))"}});
    let early = house.ask("POST", &acts, &house.ana, &hand_in.to_string()).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "the charter is not signed: {}", early.text);
    sign(&house, &root).await;
    let done = house.ask("POST", &acts, &house.ana, &hand_in.to_string()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let forged =
        json!({"act": {"do": "hand-in", "milestone": "feed", "file": {"name": "x.md", "size_bytes": 1}}});
    let forged = house.ask("POST", &acts, &house.ana, &forged.to_string()).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY, "a file comes by its own way");
    let page = format!("{root}/milestones/feed");
    let text = bo.get(&page).await.text;
    assert!(!text.contains("<script>alert(1)") && !text.contains("href=\"javascript:"), "{text}");
    let act = format!("{root}/act");
    let marks =
        "mark-whole=2&because-whole=a&mark-meaning=1&because-meaning=b&mark-owners=2&because-owners=c";
    let review = format!("do=review&milestone=feed&version=1&words=d&{marks}");
    assert!(ana.post(&act, &review).await.header("set-cookie").contains("badly."), "not one's own");
    assert!(bo.post(&act, &review).await.header("set-cookie").contains("well."));
    let rule = "do=rule&milestone=feed&accepted=yes&words=Good.";
    assert!(ida.post(&act, rule).await.header("set-cookie").contains("badly."), "not answered");
    ana.post(&act, "do=answer&milestone=feed&review=1&text=Thank+you.").await;
    assert!(bo.post(&act, rule).await.header("set-cookie").contains("badly."), "the panel rules");
    assert!(ida.post(&act, rule).await.header("set-cookie").contains("well."));
    assert!(bo.get(&root).await.text.contains("accepted"));
    assert_eq!(bo.post(&act, "do=become-panel").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_file_is_kept_and_given_back_as_it_came() {
    let house = house();
    let root = begun(&house).await;
    sign(&house, &root).await;
    let ana = Browser::of(&house, "ana");
    let send = |name: &str| {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name=\"milestone\"\r\n\r\nfeed\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\none,two\r\n--x--\r\n",
            ana.csrf()
        );
        let request = Request::post(format!("{root}/hand-in"))
            .header("host", "practicum.test")
            .header("cookie", ana.cookie())
            .header("content-type", "multipart/form-data; boundary=x");
        house.send(request.body(Body::from(body)).unwrap())
    };
    assert!(send("page.html").await.header("set-cookie").contains("badly."));
    assert!(send("inventory.csv").await.header("set-cookie").contains("well."));
    let file = format!("{root}/milestones/feed/versions/1/file");
    let kept = Browser::of(&house, "bo").get(&file).await;
    assert_eq!((kept.text.as_str(), kept.header("content-type")), ("one,two", "application/octet-stream"));
    assert!(kept.header("content-disposition").starts_with("attachment; filename=\"inventory.csv\""));
    assert_eq!(Browser::of(&house, "dan").get(&file).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ana.get(&format!("{root}/milestones/feed/versions/2/file")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_closed_project_stays_as_it_was_and_its_hospital_with_it() {
    let house = house();
    let root = begun(&house).await;
    let sandbox = sandbox_of(&house, &root).await;
    let (ana, bo, ida) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"), Browser::of(&house, "ida"));
    let act = format!("{root}/act");
    ana.post(&act, "do=contribute&to=analysis&text=The+feed.").await;
    let ana_id = member_id(&house, &root, "ana").await;
    bo.post(&act, &format!("do=confirm&of={ana_id}&agrees=yes")).await;
    bo.post(&act, "do=contribute&to=testing&text=Much.").await;
    assert!(bo.post(&format!("{root}/close"), "").await.header("set-cookie").contains("badly."));
    assert!(ida.post(&format!("{root}/close"), "").await.header("set-cookie").contains("well."));
    assert!(
        ana.post(&act, "do=charter&purpose=a&roles=b&agreement=c&risks=d")
            .await
            .header("set-cookie")
            .contains("badly.")
    );
    assert!(
        ana.get(&format!("{root}/result")).await.text.contains("does not hold"),
        "the hospital was looked at"
    );
    // From now on they look at the hospital, and work in it no longer.
    let path = format!("/s/{sandbox}/role");
    let changed = house.ask("POST", &path, &house.ana, r#"{"role": "nurse"}"#).await;
    assert_eq!(changed.status, StatusCode::NOT_FOUND, "{}", changed.text);
    assert_eq!(ana.get(&format!("/sandboxes/{sandbox}/patients")).await.status, StatusCode::OK);
}
