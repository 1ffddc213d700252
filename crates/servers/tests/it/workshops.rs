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

/// Pages and files of a workshop, beside its board.
const PAGES: [&str; 7] =
    ["", "/rating", "/report", "/report.md", "/plan.csv", "/decisions.csv", "/workshop.ics"];

/// What every address of the API that shows something answers to somebody who puts these ids into it.
async fn over_the_api(house: &House, token: &str, parts: [&str; 2]) -> Vec<(String, String)> {
    let mut tried = Vec::new();
    for info in route_infos().iter().filter(|info| info.method == "GET") {
        for part in parts {
            let path = filled(info.path, part);
            tried.push((path.clone(), house.ask("GET", &path, token, "").await.text));
        }
    }
    tried
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
    let mut tried = over_the_api(&house, &house.bo, [workshop, sandbox]).await;
    let board = ["/board", "/board/print", "/board.md", "/board-cards.csv", "/board-table.csv"];
    let pages = PAGES.into_iter().chain(board).map(|page| format!("{root}{page}"));
    let inside = ["patients", "journal", "map", "beds"].map(|page| format!("/sandboxes/{sandbox}/{page}"));
    for path in &inside {
        assert_eq!(bo.get(path).await.status, StatusCode::OK, "{path} is looked at");
    }
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

const BEHAVIOURS: [&str; 5] = ["asked-for", "reasoned", "closed-loop", "lead", "care-safe"];

/// A form that marks the five behaviours so, with a word in each note.
fn marks(levels: [&str; 5], word: &str) -> String {
    let fields = BEHAVIOURS.iter().zip(levels);
    let fields = fields.map(|(id, level)| format!("&level-{id}={level}&note-{id}={word}"));
    format!("do=rate{}", fields.collect::<String>())
}

#[tokio::test]
async fn two_raters_find_each_others_marks_at_no_address_before_both_are_in() {
    let house = house();
    let root = played(&house).await;
    let browsers = ["ana", "bo", "ida"].map(|login| Browser::of(&house, login));
    let [ana, bo, ida] = &browsers;
    let rating = format!("{root}/rating");
    assert_eq!(bo.get(&rating).await.status, StatusCode::NOT_FOUND, "bo plays");
    for (login, why) in
        [("bo", "somebody who teaches"), ("ana", "teaches"), ("nobody-here", "nobody signs in as")]
    {
        let refused = ana.post(&rating, &format!("do=ask&rater={login}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(why), "{login}: {}", refused.text);
    }
    assert_eq!(bo.post(&rating, "do=ask&rater=ida").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ana.post(&rating, "do=ask&rater=ida").await.header("location"), rating);
    assert!(ida.get("/workshops").await.text.contains(&root), "she finds it on her page");
    let before = ida.get(&rating).await.text;
    assert!(before.contains("What each knows is asked for") && !before.contains("Hand in"), "{before}");
    ana.post(&format!("{root}/act"), "do=end").await;

    let level = |level: Option<usize>, note: &str| json!({"level": level, "note": note});
    let mut sheet = json!({"act": {"do": "rate", "marks": {}}});
    for (id, mark) in BEHAVIOURS.iter().zip([Some(4), Some(2), Some(3), Some(1), None]) {
        sheet["act"]["marks"][id] = level(mark, "MARK-IDA");
    }
    let acts = format!("/api{root}/acts");
    let taken = house.ask("POST", &acts, &house.ida, &sheet.to_string()).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    assert_eq!(taken.json()["rating"]["mine"]["lead"]["level"], 1);

    let workshop = root.trim_start_matches("/workshops/");
    let seen: Value = house.ask("GET", &format!("/api{root}"), &house.ana, "").await.json();
    let sandbox = seen["workshop"]["sandbox"].as_str().unwrap();
    assert_eq!(seen["rating"]["raters"][1], json!({"name": "ida", "is_me": false, "is_in": true}));
    for (token, browser) in [(&house.ana, ana), (&house.bo, bo)] {
        let mut tried = over_the_api(&house, token, [workshop, sandbox]).await;
        for page in PAGES.map(|page| format!("{root}{page}")) {
            let text = browser.get(&page).await.text;
            tried.push((page, text));
        }
        assert!(tried.len() > 100, "{}", tried.len());
        for (path, text) in tried {
            assert!(!text.contains("MARK-IDA"), "{path} tells: {text}");
        }
    }

    // What is missing is told, and what was filled in stands there still.
    let gaps = marks(["1", "2", "7", "unseen", "4"], "").replace("&level-reasoned=2&", "&") + "&note-lead=";
    let refused = ana.post(&rating, &gaps.replace("note-care-safe=", "note-care-safe=MARK-ANA")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "choose a level, or say why",
        "choose a level from 1 to 4",
        "say why it could not be seen",
        "MARK-ANA",
    ] {
        assert!(refused.text.contains(words), "{words}: {}", refused.text);
    }
    assert_eq!(
        house.ask("GET", &format!("/api{root}/report"), &house.bo, "").await.json()["rated"],
        Value::Null
    );
    let taken = ana.post(&rating, &marks(["4", "3", "1", "unseen", "2"], "MARK-ANA")).await;
    assert_eq!(taken.header("location"), rating, "{}", taken.text);

    // Now everybody reads both, and what lies far apart is settled by the two.
    let report = house.ask("GET", &format!("/api{root}/report"), &house.bo, "").await.json();
    let agreement = &report["rated"]["agreement"];
    assert_eq!([&agreement["seen_by_both"], &agreement["exact"], &agreement["within_one"]], [3, 1, 2]);
    // Squared differences 0, 1 and 4 are 5; dealt anew, nine pairs are 0 + 4 + 1 + 1 + 1 + 0 + 9 + 1 + 4 = 21.
    let kappa = agreement["kappa"]["value"].as_f64().unwrap();
    assert!((kappa - (1.0 - 5.0 * 3.0 / 21.0)).abs() < 1e-9, "{kappa}");
    let page = bo.get(&format!("{root}/report")).await.text;
    assert!(
        page.contains("MARK-ANA") && page.contains("MARK-IDA") && page.contains("1 and 3, open"),
        "{page}"
    );
    ana.post(&rating, "do=settle&behaviour=closed-loop&level=2&why=Two+of+three").await;
    let agree = json!({"act": {"do": "agree", "behaviour": "closed-loop"}}).to_string();
    assert_eq!(house.ask("POST", &acts, &house.ana, &agree).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.ask("POST", &acts, &house.ida, &agree).await.status, StatusCode::OK);
    let markdown = bo.get(&format!("{root}/report.md")).await.text;
    assert!(markdown.contains("2, settled: Two of three"), "{markdown}");
}
