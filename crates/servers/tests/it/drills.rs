//! Drills in the browser's terms: begin, give a command, see what happened, read the debrief; and what is not for everybody.

use axum::http::StatusCode;
use serde_json::Value;

use crate::house::{House, house};
use crate::live::Client;
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
    assert!(ana.get(&format!("{drill}/replay")).await.text.contains("The drill still goes on"));
    ana.post(&format!("{drill}/end"), "").await;
    let debrief = ben.get(&format!("{drill}/debrief")).await.text;
    assert!(debrief.contains("Not passed") && debrief.contains("Declare downtime"), "{debrief}");
    assert!(ana.get("/drills").await.text.contains("not passed"));
    assert_eq!(ana.post("/drills", "scenario=none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ana.get("/drills/none").await.status, StatusCode::NOT_FOUND);
}

/// A drill of ana's, whose clock stands.
async fn drill_of_ana(house: &House, scenario: &str) -> String {
    let body = format!(r#"{{"scenario": "{scenario}", "team": true}}"#);
    let begun = house.ask("POST", "/api/drills", &house.ana, &body).await.json();
    let code = begun["code"].as_str().unwrap().to_owned();
    let roles = r#""lead", "security", "infrastructure", "ward-lead""#;
    house
        .ask(
            "POST",
            "/api/drill-members",
            &house.ana,
            &format!(r#"{{"code": "{code}", "roles": [{roles}]}}"#),
        )
        .await;
    format!("/api/drills/{}", begun["id"].as_str().unwrap())
}

#[tokio::test]
async fn rooms_are_drawn_from_the_plan_and_show_the_state() {
    let house = house();
    let drill = drill_of_ana(&house, "ransomware-night").await;
    let plan = house.ask("GET", &format!("{drill}/plan"), &house.ana, "").await.json();
    let network = &plan["network"];
    assert_eq!(network["rack"].as_array().unwrap().len(), 6);
    assert_eq!(plan["roles"].as_array().unwrap().len(), 4);

    let given = r#"{"key": "1", "command": "cut-laboratory"}"#;
    let answer = house.ask("POST", &format!("{drill}/commands"), &house.ana, given).await.json();
    assert_eq!(answer["outcome"], "begun");
    let state = house.ask("POST", &format!("{drill}/pass"), &house.ana, r#"{"minutes": 4}"#).await.json();
    // A plug hangs out of its socket when nothing of its machine carries anything.
    let laboratory =
        state["hosts"].as_array().unwrap().iter().find(|host| host["host"] == "host-lis").unwrap();
    assert_eq!(laboratory["health"], "cut");
    let cut = state["commands"].as_array().unwrap().iter().find(|one| one["id"] == "cut-laboratory").unwrap();
    assert_eq!((&cut["place"], &cut["done"]), (&"cable:host-lis".into(), &true.into()));
    let told: Vec<&str> =
        state["told"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    assert!(told.contains(&"Cut the laboratory from the rest"), "{told:?}");

    // Messages are followed over cables that follow one another, and are somewhere on their way.
    let messages = house.ask("GET", &format!("{drill}/messages"), &house.ana, "").await.json();
    let links = network["link"].as_array().unwrap();
    for message in messages["messages"].as_array().unwrap() {
        let stops = message["stops"].as_array().unwrap();
        assert!(stops.contains(&message["at"]), "{message}");
        let mut here = stops[0].clone();
        for cable in message["cables"].as_array().unwrap() {
            let link = &links[usize::try_from(cable.as_u64().unwrap()).unwrap()];
            here = if link["from"] == here { link["to"].clone() } else { link["from"].clone() };
        }
        assert_eq!(Some(&here), stops.last(), "{message}");
    }
    for path in ["", "/plan", "/messages"] {
        let other = house.ask("GET", &format!("{drill}{path}"), &house.bo, "").await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// The next event of this name.
async fn next(stream: &mut Client, wanted: &str) -> Value {
    loop {
        let (name, data) = stream.event().await.unwrap();
        if name == wanted {
            return data;
        }
    }
}

#[tokio::test]
async fn whoever_is_in_the_rooms_is_sent_the_state_and_sees_the_others() {
    let house = house();
    let drill = drill_of_ana(&house, "ransomware-night").await;
    let mut stream = Client::connect(&house, &drill, None).await;
    let (name, state) = stream.event().await.unwrap();
    assert_eq!((name.as_str(), &state["minute"]), ("state", &0.into()));
    house.ask("POST", &format!("{drill}/pass"), &house.ana, r#"{"minutes": 2}"#).await;
    while next(&mut stream, "state").await["minute"] != 2 {}

    let pose = r#"{"head": [1, 1.6, 2], "turn": [0, 0, 0, 1], "hands": [[1, 1, 1]], "points": [0, 1, -4]}"#;
    let there = |token: &str, body: &str| {
        let (token, body, path) = (token.to_owned(), body.to_owned(), format!("{drill}/pose"));
        let house = &house;
        async move { house.ask("POST", &path, &token, &body).await }
    };
    assert_eq!(there(&house.bo, pose).await.status, StatusCode::NOT_FOUND);
    let forged = pose.replace("1.6", "1600");
    assert_eq!(there(&house.ana, &forged).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(there(&house.ana, r#"{"head": "here"}"#).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(there(&house.ana, pose).await.json()["others"], 0);
    let team = next(&mut stream, "team").await;
    assert_eq!(team[0]["points"][2], -4.0);
    assert_eq!(team.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_over_is_seen_again_at_any_moment_by_those_who_may_read_the_debrief() {
    let house = house();
    let drill = drill_of_ana(&house, "ransomware-night").await;
    let replay = |second: &str| {
        let (house, path) = (&house, format!("{drill}/replay?second={second}"));
        async move { house.ask("GET", &path, &house.ana, "").await }
    };
    assert_eq!(replay("0").await.status, StatusCode::UNPROCESSABLE_ENTITY, "it still goes on");
    let given = r#"{"key": "1", "command": "cut-laboratory"}"#;
    house.ask("POST", &format!("{drill}/commands"), &house.ana, given).await;
    house.ask("POST", &format!("{drill}/pass"), &house.ana, r#"{"minutes": 6}"#).await;
    let page = drill.replace("/api", "");
    let (ana, bo) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"));
    ana.post(&format!("{page}/end"), "").await;

    let health = |state: &Value| {
        let hosts = state["hosts"].as_array().unwrap();
        hosts.iter().find(|host| host["host"] == "host-lis").unwrap()["health"].clone()
    };
    let then = replay("60").await.json();
    assert_eq!((&then["minute"], &then["over"]), (&1.into(), &false.into()));
    assert_eq!((health(&then), &then["busy"][0]["command"]), ("up".into(), &"cut-laboratory".into()));
    let later = replay("240").await.json();
    assert_eq!((health(&later), later["busy"].as_array().unwrap().len()), ("cut".into(), 0));
    assert!(later["commands"].as_array().unwrap().iter().all(|one| !one["why_not"].is_null()));
    assert_eq!(replay("999999").await.json()["over"], true, "after its end is its end");
    assert_eq!(replay("-1").await.status, StatusCode::BAD_REQUEST);
    let other = house.ask("GET", &format!("{drill}/replay"), &house.bo, "").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);

    assert!(ana.get(&format!("{page}/debrief")).await.text.contains("/replay\""));
    let shown = ana.get(&format!("{page}/replay?second=240")).await.text;
    assert!(shown.contains("<drill-replay") && shown.contains("minute 4"), "{shown}");
    assert!(shown.contains("?second=180\"") && shown.contains("aria-current=\"step\""), "{shown}");
    assert_eq!(bo.get(&format!("{page}/replay")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn rooms_and_labels_are_pages_for_those_who_take_part() {
    let house = house();
    let drill = drill_of_ana(&house, "ransomware-night").await.replace("/api", "");
    let (ana, bo) = (Browser::of(&house, "ana"), Browser::of(&house, "bo"));
    let rooms = ana.get(&format!("{drill}/rooms")).await.text;
    assert!(rooms.contains("<drill-rooms") && rooms.contains("/assets/rooms-"), "{rooms}");
    let labels = ana.get(&format!("{drill}/labels")).await.text;
    assert_eq!(labels.matches("as a QR code").count(), 19, "a label for every machine and switch");
    assert!(ana.get(&format!("{drill}/at/host-lis")).await.text.contains("data-thing=\"host-lis\""));
    assert_eq!(ana.get(&format!("{drill}/at/host-moon")).await.status, StatusCode::NOT_FOUND);
    for page in ["rooms", "labels", "at/host-lis"] {
        assert_eq!(bo.get(&format!("{drill}/{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert!(ana.get("/enrol").await.text.contains("There is nothing to enrol with"));
    assert_eq!(ana.get("/enrol/authority.crt").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_record_system_that_fails_over_serves_from_its_copy_and_takes_no_writes() {
    let house = house();
    let drill = drill_of_ana(&house, "ransomware-night").await;
    let act = |path: &str, body: String| {
        let (house, path) = (&house, format!("{drill}/{path}"));
        async move { house.ask("POST", &path, &house.ana, &body).await.json() }
    };
    let pass = |minutes: u32| act("pass", format!(r#"{{"minutes": {minutes}}}"#));
    let give = |command: &str| act("commands", format!(r#"{{"key": "{command}", "command": "{command}"}}"#));
    let sandbox = house.ask("GET", &drill, &house.ana, "").await.json()["drill"]["sandbox"].clone();
    let fhir = format!("/s/{}/fhir", sandbox.as_str().unwrap());
    let patients = format!("{fhir}/Patient");
    let person = r#"{"resourceType": "Patient", "name": [{"family": "Okafor"}]}"#;
    let write = || async { house.ask("POST", &patients, &house.ana, person).await };
    let read = |id: &str| {
        let (house, path) = (&house, format!("{patients}/{id}"));
        async move { house.ask("GET", &path, &house.ana, "").await.status }
    };
    let id = |written: Value| written["id"].as_str().unwrap().to_owned();
    let before = id(write().await.json());
    // The standby takes its copy; who comes after that is not in it.
    pass(2).await;
    let after = id(write().await.json());
    give("pull-plug").await;
    pass(2).await;
    assert_eq!(read(&before).await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(give("read-copy").await["outcome"], "begun");
    pass(6).await;
    assert_eq!((read(&before).await, read(&after).await), (StatusCode::OK, StatusCode::NOT_FOUND));
    let written = write().await;
    assert_eq!(written.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(written.text.contains("copy of 2031-03-06T01:41"), "{}", written.text);
    // What was read is on record in the hospital, and not in the copy that will be thrown away.
    let journal = format!("/s/{}/journal?kind=fhir.read-of-copy&limit=10", sandbox.as_str().unwrap());
    let journal = house.ask("GET", &journal, &house.ana, "").await.json();
    assert_eq!(journal["entries"].as_array().unwrap().len(), 2, "{journal}");
    give("plug-back").await;
    pass(13).await;
    assert_eq!((read(&before).await, read(&after).await), (StatusCode::OK, StatusCode::OK));
    assert_eq!(write().await.status, StatusCode::CREATED);
}
