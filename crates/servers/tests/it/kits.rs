//! Test kits over the API, and the doors by which others come to a run.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, house};

struct Runs {
    house: House,
    at: String,
}

impl Runs {
    async fn new() -> Self {
        let house = house();
        let at = format!("/api/sandboxes/{}/kit-runs", house.sandbox().await);
        Self { house, at }
    }

    async fn start(&self, inputs: &Value) -> String {
        let asked = json!({"kit": "smart-app", "inputs": inputs}).to_string();
        let begun = self.house.ask("POST", &self.at, &self.house.ana, &asked).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
        begun.json()["run"].as_str().unwrap().to_owned()
    }

    async fn view(&self, run: &str) -> Value {
        self.house.ask("GET", &format!("{}/{run}", self.at), &self.house.ana, "").await.json()
    }

    /// Looks until it is as wanted.
    async fn until(&self, run: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let view = self.view(run).await;
            if wanted(&view) {
                return view;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_comes_to_the_hospital_that_a_run_plays() {
    let runs = Runs::new().await;
    let run = runs.start(&json!({"redirect_uri": "http://app.test/back"})).await;
    let waiting = runs.until(&run, |view| view["waits_for"].is_string()).await;
    let own = format!("http://practicum.test/kits/app/{run}/fhir");
    assert!(waiting["waits_for"].as_str().unwrap().contains(&own), "{waiting}");
    let path = format!("/kits/app/{run}/fhir/.well-known/smart-configuration");
    let document = runs.house.ask("GET", &path, "", "").await;
    assert_eq!(document.status, StatusCode::OK, "{}", document.text);
    assert_eq!(document.header("access-control-allow-origin"), "*");
    assert!(
        document.json()["token_endpoint"].as_str().unwrap().starts_with("http://practicum.test/kits/app/")
    );
    let stop = format!("{}/{run}/stop", runs.at);
    let stopped = runs.house.ask("POST", &stop, &runs.house.ana, "").await;
    assert_eq!(stopped.json()["stopped"], true);
    let view = runs.until(&run, |view| view["running"] == false).await;
    assert_eq!(view["outcome"], "cancel");
    assert_eq!(view["record"]["exchanges"][0]["inbound"], true);
    let listed = runs.house.ask("GET", &runs.at, &runs.house.ana, "").await.json();
    assert_eq!((&listed["runs"][0]["id"], &listed["runs"][0]["outcome"]), (&json!(run), &json!("cancel")));
    let report = runs.house.ask("GET", &format!("{}/{run}/report", runs.at), &runs.house.ana, "").await;
    assert_eq!(report.json()["resourceType"], "TestReport");
    let late = runs.house.ask("GET", &path, "", "").await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "nobody plays any more");
}

#[tokio::test]
async fn what_no_run_waits_for_is_refused() {
    let runs = Runs::new().await;
    for path in ["/kits/callback?state=x&code=y", "/kits/callback", "/kits/app/nobody/fhir/metadata"] {
        assert_eq!(runs.house.ask("GET", path, "", "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let cases = [
        (json!({"kit": "nonsense"}), StatusCode::NOT_FOUND),
        (json!({"kit": "smart-app"}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"kit": "smart-app", "inputs": {"redirect": "x"}}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"kit": "smart-app", "input": {}}), StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (body, status) in cases {
        let refused = runs.house.ask("POST", &runs.at, &runs.house.ana, &body.to_string()).await;
        assert_eq!(refused.status, status, "{body}: {}", refused.text);
    }
    let list = runs.house.ask("GET", "/api/kits", &runs.house.ana, "").await.json();
    let ids: Vec<&str> =
        list["kits"].as_array().unwrap().iter().filter_map(|kit| kit["id"].as_str()).collect();
    assert!(ids.contains(&"smart") && ids.contains(&"smart-app"), "{ids:?}");
    assert!(!list.to_string().contains("\"callback\""), "where this server is, it knows itself");
}
