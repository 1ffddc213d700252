//! Drills in the browser's terms: begin, give a command, see what happened, read the debrief; and what is not for everybody.

use axum::http::StatusCode;

use crate::house::house;
use crate::pages::Browser;

/// The value of the hidden field `key` of the form of a command.
fn key_of(text: &str, command: &str) -> String {
    let field = format!("value=\"{command}-");
    let from = text.find(&field).unwrap_or_else(|| panic!("{command} cannot be given: {text}"));
    text[from + "value=\"".len()..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_drill_is_begun_played_and_read_afterwards() {
    let house = house();
    let (ana, ben) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"));
    assert!(ana.get("/drills").await.text.contains("The engine dies"));

    let begun = ana.post("/drills", "scenario=engine-dies&how=team").await;
    let drill = begun.header("location").to_owned();
    assert!(drill.starts_with("/drills/"), "{}", begun.text);
    assert_eq!(ben.get(&drill).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ben.post(&format!("{drill}/give"), "command=declare&key=a").await.status,
        StatusCode::NOT_FOUND
    );

    let console = ana.get(&drill).await.text;
    let code = console.split("with the code <code>").nth(1).unwrap()[..8].to_owned();
    assert_eq!(ben.post("/drills/join", &format!("code={code}")).await.header("location"), drill);
    assert_eq!(ben.post("/drills/join", "code=nothing1").await.header("location"), "/drills");
    ana.post(&format!("{drill}/roles"), "role=supervisor").await;
    ben.post(&format!("{drill}/roles"), "role=analyst&role=laboratory-lead").await;

    let key = key_of(&ana.get(&drill).await.text, "declare");
    ana.post(&format!("{drill}/give"), &format!("command=declare&key={key}")).await;
    ana.post(&format!("{drill}/give"), &format!("command=declare&key={key}")).await;
    ana.post(&format!("{drill}/pass"), "minutes=5").await;
    let seen = ben.get(&drill).await.text;
    assert_eq!(seen.matches("Done: Declare downtime").count(), 1, "{seen}");
    assert!(seen.contains("The engine stops"));
    // A role that is not one's own has no buttons.
    assert!(!seen.contains("id=\"give-stand-down\""));

    assert!(ana.get(&format!("{drill}/debrief")).await.text.contains("The drill still goes on"));
    ana.post(&format!("{drill}/end"), "").await;
    let debrief = ben.get(&format!("{drill}/debrief")).await.text;
    assert!(debrief.contains("Not passed") && debrief.contains("Declare downtime"), "{debrief}");
    assert!(ana.get("/drills").await.text.contains("not passed"));
    assert_eq!(ana.post("/drills", "scenario=none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ana.get("/drills/none").await.status, StatusCode::NOT_FOUND);
}
