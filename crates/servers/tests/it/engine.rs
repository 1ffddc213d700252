//! The interface engine through its API and its pages: a channel from its first version to the message in the chart.

use axum::http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::house::{Answer, House, house};
use crate::pages::Browser;

const CHANNEL: &str = "name = \"Lab results\"\n[source]\nsystem = \"EHR\"\n[[destinations]]\nname = \"EHR\"\nconnector = \"FHIR Sender\"\n\
system = \"EHR\"\n[[destinations.transformer]]\ntype = \"V2 to FHIR\"\n";

const RESULT: &str = "MSH|^~\\&|LIS|LAB|EHR|PRACTICUM|20260301101500||ORU^R01^ORU_R01|88|P|2.5.1\n\
PID|1||90000017^^^PRACTICUM^MR||LINDQVIST^MARTA||19710314|F\n\
OBR|1||F200^LIS|BMP^Basic metabolic panel^L|||20260301094500||||||||||||||||||F\n\
OBX|1|NM|2823-3^Potassium^LN||6.10|mmol/L^mmol/L^UCUM||HH|||F\n";

async fn post(house: &House, path: &str, body: Value) -> Answer {
    house.ask("POST", path, &house.ana, &body.to_string()).await
}

async fn get(house: &House, path: &str) -> Value {
    let answer = house.ask("GET", path, &house.ana, "").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    answer.json()
}

#[tokio::test]
async fn a_message_goes_from_the_api_into_the_chart() {
    let house = house();
    let base = format!("/api/sandboxes/{}", house.sandbox().await);
    let saved = post(&house, &format!("{base}/channels"), json!({"text": CHANNEL})).await;
    assert_eq!(saved.status, StatusCode::CREATED, "{}", saved.text);
    let sent = post(&house, &format!("{base}/channels/Lab%20results/messages"), json!({"raw": RESULT})).await;
    assert_eq!(sent.json(), json!({"message": 1, "state": "TRANSFORMED"}), "{}", sent.text);
    let delivered = post(&house, &format!("{base}/channels/deliver"), json!({})).await;
    assert_eq!(delivered.json()["attempts"][0]["state"], "SENT", "{}", delivered.text);
    let found = get(&house, &format!("{base}/messages?field=PID-3.1&value=90000017&state=SENT")).await;
    assert_eq!(found["messages"][0]["deliveries"][0]["state"], "SENT");
    assert_eq!(found["messages"][0]["raw"], RESULT.replace('\n', "\r"));
    let listed = get(&house, &format!("{base}/channels")).await;
    assert_eq!(listed["channels"][0]["sent"], 1);
    let again = post(&house, &format!("{base}/messages/1/replay"), json!({})).await;
    assert_eq!((again.status, &again.json()["message"]), (StatusCode::CREATED, &json!(2)));
    assert_eq!(get(&house, &format!("{base}/messages/2/diff?with=1")).await, json!({"differences": []}));
    let changed = CHANNEL.replacen("system = \"EHR\"", "system = \"ADT\"", 1);
    post(
        &house,
        &format!("{base}/channels/Lab%20results"),
        json!({"text": changed, "note": "another system"}),
    )
    .await;
    let diff = get(&house, &format!("{base}/channels/Lab%20results/diff?old=1&new=2")).await;
    assert_eq!(diff["settings"], json!([{"path": "source.system", "old": "EHR", "new": "ADT"}]));
    let back = post(&house, &format!("{base}/channels/Lab%20results/rollback"), json!({"version": 1})).await;
    assert_eq!(back.json()["version"], 3);
    assert_eq!(
        get(&house, &format!("{base}/channels/Lab%20results")).await["text"],
        CHANNEL,
        "what is exported imports again"
    );
}

#[tokio::test]
async fn a_channel_with_problems_is_refused_with_their_lines() {
    let house = house();
    let base = format!("/api/sandboxes/{}", house.sandbox().await);
    let refused = post(
        &house,
        &format!("{base}/channels"),
        json!({"text": "name = 'x'\n[source]\nconnector = 'Fax'\n"}),
    )
    .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["problems"][1]["line"], 3, "{}", refused.text);
    let missing = house.ask("GET", &format!("{base}/channels/nobody"), &house.ana, "").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let stopped = post(&house, &format!("{base}/channels/nobody/messages"), json!({"raw": "x"})).await;
    assert_eq!(stopped.status, StatusCode::NOT_FOUND);
    let other = house.ask("GET", &format!("{base}/channels"), &house.bo, "").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "a sandbox of somebody else");
}

#[tokio::test]
async fn the_pages_show_the_way_of_a_message() {
    let house = house();
    let id = house.sandbox().await;
    let browser = Browser::of(&house, "ana");
    let page = |path: &str| format!("/sandboxes/{id}/engine{path}");
    let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    assert!(browser.get(&page("")).await.text.contains("Write the first channel"));
    let example = browser.get(&page("/channel?from=results-to-chart")).await.text;
    assert!(
        example.contains("lookup(&#39;laboratory&#39;, code)")
            || example.contains("lookup('laboratory', code)"),
        "{example}"
    );
    let refused = browser.post(&page("/channel"), "name=&note=&text=name+%3D+1").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Line 1"), "{}", refused.text);
    let saved = browser.post(&page("/channel"), &format!("name=&note=first&text={}", coded(CHANNEL))).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let sent = browser.post(&page("/send"), &format!("channel=Lab+results&raw={}", coded(RESULT))).await;
    assert!(sent.header("location").ends_with("/engine/message?id=1"), "{}", sent.text);
    let message = browser.get(&page("/message?id=1")).await.text;
    for part in ["Raw", "Sent", "PENDING", "90000017", "Maps"] {
        assert!(message.contains(part), "{part} is not on the page");
    }
    assert!(
        browser.get(&page("/messages?channel=Lab%20results&field=PID-x")).await.text.contains("is no path")
    );
    assert!(browser.get(&page("")).await.text.contains("STARTED"));
    let stopped = browser.post(&page("/state"), "set=stop.Lab+results").await;
    assert_eq!(stopped.status, StatusCode::SEE_OTHER);
    let closed = browser.post(&page("/send"), &format!("channel=Lab+results&raw={}", coded(RESULT))).await;
    assert!(closed.header("location").contains("/engine/channel?name="), "{}", closed.text);
    let file = browser.get(&page("/channel/file?name=Lab%20results")).await;
    assert_eq!(file.text, CHANNEL);
    assert!(
        browser.get(&page("/difference?name=Lab%20results&old=0&new=1")).await.text.contains("source.system")
    );
    let role = browser.post(&format!("/sandboxes/{id}/role"), "role=nurse").await;
    assert_eq!(role.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get(&page("")).await.status, StatusCode::FORBIDDEN);
}
