//! The programme's books: class lists in and out, the matrix, grades changed by hand, and who may see any of it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::house::{House, house};
use crate::pages::Browser;

fn files() -> Value {
    json!({"files": {
        "orgs.csv": "sourcedId,status,name,type\ns1,active,Riverside College,school\n",
        "users.csv": "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,password\n\
            t1,active,true,s1,teacher,ida,Ida,Ines,x\nu1,active,true,s1,student,ana,Ana,Lund,x\nu2,active,true,s1,student,cy.new,Cy,New,x\np1,active,true,s1,parent,pat,Pat,Lund,x\n",
        "classes.csv": "sourcedId,status,title,schoolSourcedId,termSourcedIds\nc1,active,Health IT 2031,s1,a\n",
        "enrollments.csv": "sourcedId,status,classSourcedId,userSourcedId,role\ne1,active,c1,t1,teacher\ne2,active,c1,u1,student\ne3,active,c1,u2,student\n",
        "academicSessions.csv": "sourcedId,status,title,type,startDate,endDate\na,active,Spring,term,2031-03-01,2031-06-30\n",
    }})
}

impl House {
    async fn cohort(&self) -> String {
        let taken = self.ask("POST", "/api/roster", &self.ida, &files().to_string()).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
        let cohorts = self.ask("GET", "/api/cohorts", &self.ida, "").await.json();
        cohorts["cohorts"][0]["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_class_list_makes_accounts_and_cohorts_and_can_be_taken_again() {
    let house = house();
    let taken = house.ask("POST", "/api/roster", &house.ida, &files().to_string()).await.json();
    assert_eq!(
        (&taken["accounts"], &taken["known"], &taken["cohorts"]),
        (&json!(1), &json!(2), &json!(1)),
        "{taken}"
    );
    assert_eq!(taken["left_out"]["other_roles"], 1, "{taken}");
    let again = house.ask("POST", "/api/roster", &house.ida, &files().to_string()).await.json();
    assert_eq!(
        (&again["accounts"], &again["known"], &again["cohorts"]),
        (&json!(0), &json!(3), &json!(0)),
        "{again}"
    );
    let cohorts = house.ask("GET", "/api/cohorts", &house.ida, "").await.json();
    let cohort = &cohorts["cohorts"][0];
    assert_eq!(
        (&cohort["title"], &cohort["learners"], &cohort["begins_on"]),
        (&json!("Health IT 2031"), &json!(2), &json!("2031-03-01"))
    );
    let people = house.ask("GET", "/api/people", &house.ida, "").await.json();
    assert!(people.to_string().contains("Ana Lund"), "the name of the class list counts: {people}");
}

#[tokio::test]
async fn a_class_list_with_mistakes_is_told_line_by_line_and_changes_nothing() {
    let house = house();
    let mut wrong = files();
    wrong["files"]["users.csv"] = "sourcedId,role,orgSourcedIds,username,givenName,familyName\n\
        u1,student,s1,ida,Ida,Ines\nu2,student,s1,=cmd,Cy,New\nt1,teacher,s1,tea,Tea,T\n"
        .into();
    let refused = house.ask("POST", "/api/roster", &house.ida, &wrong.to_string()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problems = refused.json()["problems"].to_string();
    assert!(problems.contains("begins like a formula"), "{problems}");
    wrong["files"]["users.csv"] = "sourcedId,role,orgSourcedIds,username,givenName,familyName\n\
        u1,student,s1,ida,Ida,Ines\nu2,student,s1,cy,Cy,New\nt1,teacher,s1,tea,Tea,T\n"
        .into();
    let refused = house.ask("POST", "/api/roster", &house.ida, &wrong.to_string()).await.json();
    assert_eq!(refused["problems"][0]["line"], 2, "an instructor does not become a learner: {refused}");
    let cohorts = house.ask("GET", "/api/cohorts", &house.ida, "").await.json();
    assert_eq!(cohorts["cohorts"], json!([]));
}

#[tokio::test]
async fn a_grade_changed_by_hand_keeps_its_history_and_can_be_taken_back() {
    let house = house();
    let cohort = house.cohort().await;
    let book = format!("/api/cohorts/{cohort}/gradebook");
    let before = house.ask("GET", &book, &house.ida, "").await.json();
    let ana = before["learners"][0]["person"]["id"].as_str().unwrap().to_owned();
    let lab = before["learners"][0]["grades"][0]["lab"].as_str().unwrap().to_owned();
    let change = |grade: Value, reason: &str| {
        json!({"learner": ana, "lab": lab, "grade": grade, "reason": reason}).to_string()
    };
    let grades = format!("/api/cohorts/{cohort}/grades");
    for (body, field) in [
        (change(json!(0.9), ""), "reason"),
        (change(json!(1.5), "too good"), "score"),
        (change(Value::Null, "nothing there"), "score"),
    ] {
        let refused = house.ask("POST", &grades, &house.ida, &body).await;
        assert_eq!(
            (refused.status, &refused.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
            "{}",
            refused.text
        );
    }
    let changed =
        house.ask("POST", &grades, &house.ida, &change(json!(0.9), "The network was down")).await.json();
    assert_eq!(changed["learners"][0]["grades"][0]["grade"], 0.9, "{changed}");
    let back = house.ask("POST", &grades, &house.ida, &change(Value::Null, "It was not")).await.json();
    assert_eq!(back["learners"][0]["grades"][0]["grade"], Value::Null);
    assert_eq!(back["changes"].as_array().unwrap().len(), 2, "both stay on record: {back}");

    let ida = Browser::of(&house, "ida");
    house.ask("POST", &grades, &house.ida, &change(json!(0.5), "=1+1 is a reason")).await;
    let csv = ida.get(&format!("/programme/cohorts/{cohort}/gradebook.csv")).await;
    assert!(csv.text.contains(",50.0,") && csv.text.contains("'=1+1 is a reason"), "{}", csv.text);
}

#[tokio::test]
async fn the_matrix_shows_what_was_assigned_and_pages_are_for_instructors() {
    let house = house();
    let cohort = house.cohort().await;
    let (ida, bo) = (Browser::of(&house, "ida"), Browser::of(&house, "bo"));
    let matrix = house.ask("GET", &format!("/api/cohorts/{cohort}/matrix"), &house.ida, "").await.json();
    assert_eq!(matrix["learners"].as_array().unwrap().len(), 2);
    let outcomes = house.ask("GET", &format!("/api/cohorts/{cohort}/outcomes"), &house.ida, "").await.json();
    assert_eq!((&outcomes["learners"], &outcomes["capstone_days"]), (&json!(2), &Value::Null));
    assert_eq!(outcomes["retained"][1], json!({"months": 6, "due": 0, "stayed": 0}));
    for page in ["", "/matrix", "/people", "/gradebook", "/outcomes"] {
        let address = format!("/programme/cohorts/{cohort}{page}");
        assert_eq!(ida.get(&address).await.status, StatusCode::OK, "{address}");
        assert_eq!(bo.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    for page in ["/programme", "/programme/roster", "/programme/organisations", "/programme/roster/1.2"] {
        assert_eq!(bo.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(house.ask("GET", "/api/cohorts", &house.bo, "").await.status, StatusCode::FORBIDDEN);
    let wrong = ida.post(&format!("/programme/cohorts/{cohort}/tracks"), "track=none-such").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_class_list_is_sent_as_a_file_with_the_form_s_token_or_not_taken() {
    let house = house();
    let ida = Browser::of(&house, "ida");
    let send = |token: String| {
        let file = "sourcedId,name\ns1,\n";
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"orgs.csv\"\r\n\r\n{file}\r\n--b--\r\n"
        );
        let request = Request::post("/programme/roster")
            .header("host", "practicum.test")
            .header("cookie", ida.cookie())
            .header("content-type", "multipart/form-data; boundary=b");
        house.send(request.body(Body::from(body)).unwrap())
    };
    assert_eq!(send("wrong".to_owned()).await.status, StatusCode::FORBIDDEN);
    let told = send(ida.csrf()).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text.contains("users.csv:1"), "{}", told.text);
}

#[tokio::test]
async fn who_leaves_is_forgotten_and_their_work_stays_without_a_name() {
    let house = house();
    let cohort = house.cohort().await;
    let sandbox = house.sandbox().await;
    let people = house.ask("GET", "/api/people", &house.ida, "").await.json();
    let id_of = |login: &str| {
        let all = people["people"].as_array().unwrap();
        let found = all.iter().find(|person| person["login"] == login).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let (ana, ida) = (id_of("ana"), id_of("ida"));
    let erase =
        async |token: &str, id: &str| house.ask("DELETE", &format!("/api/people/{id}"), token, "").await;
    assert_eq!(erase(&house.ana, &ana).await.status, StatusCode::FORBIDDEN);
    assert_eq!(erase(&house.ida, &ida).await.status, StatusCode::FORBIDDEN, "nobody erases themselves");
    assert_eq!(erase(&house.ida, "nobody").await.status, StatusCode::NOT_FOUND);
    assert_eq!(erase(&house.ida, &ana).await.status, StatusCode::NO_CONTENT);
    // Her token opens nothing any more, her hospital is gone, and her place in the cohort has no name.
    assert_eq!(house.ask("GET", "/api/sandboxes", &house.ana, "").await.status, StatusCode::UNAUTHORIZED);
    let gone = house.ask("GET", &format!("/s/{sandbox}/fhir/Patient"), &house.ida, "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "{}", gone.text);
    let matrix = house.ask("GET", &format!("/api/cohorts/{cohort}/matrix"), &house.ida, "").await.text;
    assert!(matrix.contains("Somebody who left") && !matrix.contains("Ana Lund"), "{matrix}");
    assert_eq!(erase(&house.ida, &ana).await.status, StatusCode::NO_CONTENT, "once more finds nothing to do");
    // The login is free for somebody else.
    let new = json!({"login": "ana", "name": "Another Ana"}).to_string();
    assert_eq!(house.ask("POST", "/api/people", &house.ida, &new).await.status, StatusCode::CREATED);
}
