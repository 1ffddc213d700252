//! The pages without a browser: who may see what, and what a form must carry.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use platform::people::SignedIn;

use crate::house::{Answer, House, house};

/// A browser in which somebody is signed in.
pub(crate) struct Browser<'a> {
    house: &'a House,
    session: SignedIn,
}

impl<'a> Browser<'a> {
    pub(crate) fn of(house: &'a House, login: &str) -> Self {
        let people = house.platform.people();
        let person = people.list().unwrap().into_iter().find(|person| person.login == login).unwrap();
        let secret = people.add_sign_in_link(&person.id, 60).unwrap();
        Self { house, session: people.sign_in_by_link(&secret, "test").unwrap() }
    }

    pub(crate) fn cookie(&self) -> String {
        format!("practicum_session={}", self.session.cookie)
    }

    /// What a form of this browser's pages carries.
    pub(crate) fn csrf(&self) -> String {
        self.session.csrf.as_str().to_owned()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header("host", "practicum.test").header("cookie", self.cookie());
        self.house.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &str) -> Answer {
        self.send(path, &format!("csrf={}&{fields}", self.session.csrf.as_str())).await
    }

    async fn send(&self, path: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header("host", "practicum.test")
            .header("cookie", self.cookie())
            .header("content-type", "application/x-www-form-urlencoded");
        self.house.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }
}

const PAGES: [&str; 7] =
    ["/", "/tracks", "/sandboxes", "/me/tokens", "/class", "/labs/x", "/attempts/x/patients"];

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_changes_nothing() {
    let house = house();
    for page in PAGES {
        let answer = house.ask("GET", page, "", "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
        assert!(answer.header("location").starts_with("/sign-in"), "{page}");
    }
    for form in ["/sandboxes", "/me/tokens", "/class/people", "/attempts/x/check", "/labs/x/start"] {
        let request = Request::post(form).header("content-type", "application/x-www-form-urlencoded");
        let answer = house.send(request.body(Body::from("csrf=x")).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{form}");
    }
}

#[tokio::test]
async fn a_form_without_the_session_s_token_changes_nothing() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    for body in [
        "title=x&image=general-hospital",
        "csrf=&title=x&image=general-hospital",
        "csrf=aGVsbG8&title=x&image=g",
    ] {
        assert_eq!(ana.send("/sandboxes", body).await.status, StatusCode::FORBIDDEN, "{body}");
    }
    assert!(house.platform.sandboxes_of(&ana.session.person).unwrap().is_empty());
    assert_eq!(ana.post("/sandboxes", "nothing=here").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nobody_sees_a_hospital_of_somebody_else_but_those_who_teach() {
    let house = house();
    let id = house.sandbox().await;
    let patient = house.patient(&id).await;
    let (ana, bo, ida) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"), Browser::of(&house, "ida"));
    let chart = format!("patients/{patient}");
    let mut pages: Vec<String> = [
        "patients",
        "beds",
        "in-basket",
        "build",
        "build/rule",
        "map",
        "map/adt-lis",
        "map/compare",
        "fhir",
        "journal",
        "register",
    ]
    .map(str::to_owned)
    .into();
    for part in [
        "summary",
        "timeline",
        "results",
        "orders",
        "medications",
        "administration",
        "notes",
        "order",
        "allergy",
        "problem",
        "reconcile",
        "stays",
        "journal",
        "admit",
        "transfer",
        "discharge",
        "vitals",
        "note",
    ] {
        pages.push(format!("{chart}/{part}"));
    }
    for page in &pages {
        let path = format!("/sandboxes/{id}/{page}");
        for (browser, status) in
            [(&ana, StatusCode::OK), (&ida, StatusCode::OK), (&bo, StatusCode::NOT_FOUND)]
        {
            assert_eq!(
                browser.get(&path).await.status,
                status,
                "{path} for {}",
                browser.session.person.login
            );
        }
    }
    for form in
        ["undo", "reset", "snapshots", "return", "delete", "register", "build/restore", "patients/x/sign"]
    {
        let answer = bo.post(&format!("/sandboxes/{id}/{form}"), "name=x").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{form}");
    }
    assert_eq!(bo.get("/class").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bo.post("/class/people", "name=Eve&login=eve").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ida.get("/class").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_people_type_is_shown_and_never_run() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let made = ana.post("/sandboxes", "image=general-hospital&title=%3Cscript%3Ealert(1)%3C/script%3E").await;
    let root = made.header("location").trim_end_matches("/patients").to_owned();
    let fields = "family=%3Cimg%20src%3Dx%3E&given=%22%27%3B--&birth_date=1980-01-01&sex=other";
    let registered = ana.post(&format!("{root}/register"), fields).await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER, "{}", registered.text);
    let refused = ana.post(&format!("{root}/register"), &format!("{fields}&phone=%3Cb%3E")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = ana.get(&format!("{root}/patients")).await;
    let chart = ana.get(registered.header("location")).await;
    for page in [&refused, &list, &chart] {
        assert!(page.text.contains("&lt;script&gt;alert(1)"), "the title is there as text");
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"));
    }
    assert!(chart.text.contains("&lt;img src=x&gt;"));
}

#[tokio::test]
async fn what_a_form_did_is_said_once() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let made = ana.post("/sandboxes", "image=general-hospital&title=Mine").await;
    let said = made.header("set-cookie").split(';').next().unwrap().to_owned();
    let request = Request::get(made.header("location"))
        .header("host", "practicum.test")
        .header("cookie", format!("{}; {said}", ana.cookie()));
    let shown = house.send(request.body(Body::empty()).unwrap()).await;
    assert!(shown.text.contains("Your hospital is ready."));
    assert!(shown.header("set-cookie").contains("Max-Age=0"), "the browser forgets it");
}

#[tokio::test]
async fn a_chart_that_is_not_there_says_so() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let id = house.sandbox().await;
    for path in [
        "patients/nobody/summary",
        "patients/nobody/admit",
        "patients/../x/summary",
        "patients/nobody/horoscope",
    ] {
        let answer = ana.get(&format!("/sandboxes/{id}/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text.contains("Nothing here"), "{path}");
    }
}
