//! Workshops in the browser's terms and over the API: a role tries every address to see another's secret, and what is written stays text.

use axum::http::StatusCode;
use platform::workshops::case;
use serde_json::{Value, json};
use servers::api::route_infos;

use crate::api::filled;
use crate::house::{House, house};
use crate::pages::Browser;

/// Arranges a workshop of ana's in which bo is the IT lead and scripted colleagues cover the rest, and goes on to its third phase.
pub(crate) async fn played(house: &House) -> String {
    let (ana, bo) = (Browser::of(house, "ana"), Browser::of(house, "bo"));
    let root = ana.post("/workshops", "case=ehr-go-live").await.header("location").to_owned();
    assert!(root.starts_with("/workshops/"), "{root}");
    assert_eq!(bo.get(&root).await.status, StatusCode::NOT_FOUND);
    let code = ana.get(&root).await.text.split("with the code <code>").nth(1).unwrap()[..8].to_owned();
    assert_eq!(bo.post("/workshops/join", &format!("code={code}")).await.header("location"), root);
    assert_eq!(bo.post("/workshops/join", "code=nothing1").await.header("location"), "/workshops");
    let act = format!("{root}/act");
    bo.post(&act, "do=sit&role=it-lead").await;
    for role in ["cno", "cmio", "registration", "trainer"] {
        ana.post(&act, &format!("do=cover&role={role}&covered=yes")).await;
    }
    for after in ["", "briefing", "go-no-go"] {
        ana.post(&act, &format!("do=next&after={after}")).await;
    }
    ana.post(&act, "do=pause&paused=yes").await;
    ana.post(&act, "do=pass&minutes=8").await;
    root
}

#[tokio::test]
async fn a_role_finds_anothers_secret_at_no_address() {
    let house = house();
    let root = played(&house).await;
    let (ana, bo) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"));
    ana.post(&format!("{root}/act"), "do=note&text=MARK-note").await;
    let workshop = root.trim_start_matches("/workshops/");
    let seen: Value = house.ask("GET", &format!("/api{root}"), &house.bo, "").await.json();
    let sandbox = seen["workshop"]["sandbox"].as_str().unwrap();
    let mut tried = Vec::new();
    for info in route_infos().iter().filter(|info| info.method == "GET") {
        for part in [workshop, sandbox] {
            let path = filled(info.path, part);
            tried.push((path.clone(), house.ask("GET", &path, &house.bo, "").await.text));
        }
    }
    let board = ["/board", "/board/print", "/board.md", "/board-cards.csv", "/board-table.csv"];
    let pages = ["", "/report", "/report.md", "/plan.csv", "/decisions.csv", "/workshop.ics"]
        .into_iter()
        .chain(board)
        .map(|page| format!("{root}{page}"));
    let inside =
        ["patients", "journal", "map", "beds"].map(|page| format!("/mentoring/look/{sandbox}/{page}"));
    for path in pages.chain(inside).chain(["/workshops", "/drills", "/sandboxes"].map(str::to_owned)) {
        let text = bo.get(&path).await.text;
        tried.push((path, text));
    }
    assert!(
        tried.iter().any(|(path, text)| *path == root && text.contains("the one of the old floor plan")),
        "bo has an envelope"
    );
    let case = case("ehr-go-live").unwrap();
    let others = case.roles.iter().filter(|role| role.id != "it-lead");
    let secrets =
        others.flat_map(|role| role.facts.iter().map(|fact| fact.says.as_str()).chain([role.brief.as_str()]));
    let keys =
        case.decisions.iter().flat_map(|decision| decision.options.iter().map(|option| option.why.as_str()));
    for secret in secrets.chain(keys).chain(["MARK-note", "Bed 7 has not been stuck yet", "two-okafors"]) {
        for (path, text) in &tried {
            assert!(!text.contains(secret), "{path} tells: {secret}");
        }
    }
    // The facilitator sees what came to registration alone, and their own note.
    let console = ana.get(&root).await.text;
    assert!(console.contains("Bed 7 has not been stuck yet") && console.contains("MARK-note"));
}

#[tokio::test]
async fn what_is_written_is_text_and_a_form_that_nobody_draws_is_refused() {
    let house = house();
    let root = played(&house).await;
    let (ana, bo) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"));
    let act = format!("{root}/act");
    bo.post(&act, "do=say&text=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    let page = ana.get(&root).await.text;
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert(1)"));
    assert_eq!(bo.post(&act, "do=become-facilitator").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(bo.post("/workshops/none/act", "do=say&text=x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bo.get("/workshops/none/workshop.ics").await.status, StatusCode::NOT_FOUND);
    bo.post(&act, "do=end").await;
    assert!(!ana.get(&root).await.text.contains("The workshop is over"), "only the facilitator ends it");
}

#[tokio::test]
async fn the_api_plays_too_and_answers_with_what_the_caller_may_see() {
    let house = house();
    let root = played(&house).await;
    let acts = format!("/api{root}/acts");
    let share = json!({"act": {"do": "share", "fact": "printer-table"}}).to_string();
    let told = house.ask("POST", &acts, &house.bo, &share).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text);
    assert_eq!(told.json()["seen"]["table"][0]["id"], "printer-table");
    let again = house.ask("POST", &acts, &house.bo, &share).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.json()["detail"].as_str().unwrap().contains("said that already"));
    let odd = house.ask("POST", &acts, &house.bo, r#"{"act": {"do": "share"}}"#).await;
    assert!(odd.status.is_client_error());
    let newest = house.ask("GET", &format!("/api{root}/events"), &house.bo, "").await.json();
    assert_eq!(newest["seq"], told.json()["seen"]["seq"]);
    let report = house.ask("GET", &format!("/api{root}/report"), &house.ana, "").await;
    assert_eq!(report.status, StatusCode::UNPROCESSABLE_ENTITY, "it goes on");
    house.ask("POST", &acts, &house.ana, r#"{"act": {"do": "end"}}"#).await;
    let report = house.ask("GET", &format!("/api{root}/report"), &house.bo, "").await;
    assert_eq!(report.json()["measures"]["facts"]["roles"][2]["on_table"], 1, "{}", report.text);
}
