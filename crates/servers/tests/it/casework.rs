//! What a security desk and a compliance office keep, by the API and by pages.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{Answer, House, house};
use crate::pages::Browser;

struct Desk {
    house: House,
    sandbox: String,
    patient: String,
}

impl Desk {
    async fn new() -> Self {
        let house = house();
        let sandbox = house.sandbox().await;
        let patient = house.patient(&sandbox).await;
        Self { house, sandbox, patient }
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.house.ask(method, &format!("/s/{}/{path}", self.sandbox), &self.house.ana, &body).await
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, &Value::Null).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer.json()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.ask("POST", path, &body).await;
        assert!(answer.status.is_success(), "{path} {body}: {} {}", answer.status, answer.text);
        answer.json()
    }

    async fn refused(&self, path: &str, body: Value, status: StatusCode) {
        let answer = self.ask("POST", path, &body).await;
        assert_eq!(answer.status, status, "{path} {body}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_case_keeps_notes_and_evidence() {
    let desk = Desk::new().await;
    let case = desk.post("cases", json!({"title": "Who was it?", "severity": "high"})).await;
    assert_eq!((&case["id"], &case["state"]), (&json!("case-1"), &json!("open")));
    desk.post("cases/case-1", json!({"note": "<b>Asked</b> the ward."})).await;
    desk.post("cases/case-1", json!({"pin": 1, "why": "the first entry"})).await;
    for (body, status) in [
        (json!({"pin": 1, "why": "again"}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"pin": 100_000, "why": "nothing there"}), StatusCode::NOT_FOUND),
        (json!({"note": ""}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"note": "a", "pin": 2}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"close": "solved", "why": "a long enough reason"}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({}), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        desk.refused("cases/case-1", body, status).await;
    }
    desk.refused("cases/case-9", json!({"note": "lost"}), StatusCode::NOT_FOUND).await;
    let closed =
        desk.post("cases/case-1", json!({"close": "explained", "why": "A drill that was announced."})).await;
    assert_eq!((&closed["state"], &closed["finding"]), (&json!("closed"), &json!("explained")));
    desk.refused("cases/case-1", json!({"note": "more"}), StatusCode::UNPROCESSABLE_ENTITY).await;
    let read = desk.get("cases/case-1").await;
    assert_eq!(read["evidence"][0]["stands"], json!(true), "{read}");
    let journal = desk.get("journal?kind=desk.*").await;
    let entries = journal["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 4, "opened, noted, pinned, closed: {journal}");
    assert_eq!(
        desk.house.ask("GET", &format!("/s/{}/cases", desk.sandbox), &desk.house.bo, "").await.status,
        StatusCode::NOT_FOUND
    );
}

const OWN: &str = "title: Anybody reads\nid: 11111111-1111-4111-8111-111111111111\nlevel: low\nlogsource:\n  product: practicum\n  service: fhir\ndetection:\n  s:\n    kind: fhir.read\n  condition: s\n";

#[tokio::test]
async fn rules_are_kept_switched_and_suppressed() {
    let desk = Desk::new().await;
    desk.get(&format!("fhir/Patient/{}", desk.patient)).await;
    let raised = async || {
        let told = desk.get("alerts").await;
        (told["alerts"].as_array().unwrap().len(), told["suppressed"].as_array().unwrap().len())
    };
    assert_eq!(raised().await, (0, 0));
    desk.post("rules", json!({"name": "anybody", "rules": OWN})).await;
    assert_eq!(raised().await, (1, 0));
    let kept = desk.post("rules", json!({"name": "anybody", "rules": OWN, "note": "as before"})).await;
    assert_eq!(kept["versions"].as_array().unwrap().len(), 2);
    desk.post("rules/anybody", json!({"on": false})).await;
    assert_eq!(raised().await, (0, 0));
    desk.post("rules/anybody", json!({"on": true})).await;
    let quiet = json!({"rule": "11111111-1111-4111-8111-111111111111", "field": "user", "value": "ana", "hours": 2, "why": "That is me at work."});
    let quiet = desk.post("suppressions", quiet).await;
    assert_eq!(raised().await, (0, 1));
    let gone =
        desk.ask("DELETE", &format!("suppressions/{}", quiet["id"].as_str().unwrap()), &Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(raised().await, (1, 0));
    let off = desk.post("rules/many-charts", json!({"on": false})).await;
    assert_eq!(
        (&off["on"], off["versions"].as_array().unwrap().len()),
        (&json!(false), 1),
        "a rule of the pack"
    );
    desk.refused("rules", json!({"name": "bad", "rules": "title: A"}), StatusCode::UNPROCESSABLE_ENTITY)
        .await;
    desk.refused("rules", json!({"name": "Bad Name", "rules": OWN}), StatusCode::UNPROCESSABLE_ENTITY).await;
    desk.refused("rules/none", json!({"on": true}), StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn hunts_are_kept_and_time_lines_drawn() {
    let desk = Desk::new().await;
    desk.get(&format!("fhir/Patient/{}", desk.patient)).await;
    desk.post("hunts", json!({"name": "reads", "query": "kind = fhir.read"})).await;
    desk.refused("hunts", json!({"name": "bad", "query": "kind = "}), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(desk.get("hunts").await["hunts"][0]["query"], "kind = fhir.read");
    assert_eq!(desk.ask("DELETE", "hunts/reads", &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.ask("DELETE", "hunts/reads", &Value::Null).await.status, StatusCode::NOT_FOUND);
    let drawn = desk.get(&format!("timeline?patient={}", desk.patient)).await;
    assert_eq!(
        (&drawn["moments"][0]["kind"], &drawn["moments"][0]["user"]),
        (&json!("fhir.read"), &json!("ana"))
    );
    assert_eq!(desk.get("timeline?user=ana").await["all"], desk.get("timeline?user=ana").await["all"]);
    for bad in ["timeline", "timeline?user=a&client=b", "timeline?who=a"] {
        assert_eq!(desk.ask("GET", bad, &Value::Null).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

fn assessment(patient: &str, entry: i64) -> Value {
    let factor = json!({"low": false, "why": "As the cited entry shows, plainly.", "evidence": [entry]});
    json!({
        "title": "A chart", "case": "case-1", "known_on": "2031-03-01", "involves_phi": true, "permitted": false,
        "protection": "none", "conclusion": "breach", "people": [format!("Patient/{patient}")],
        "factors": {"nature": factor, "recipient": factor, "acquired": factor, "mitigation": factor},
    })
}

#[tokio::test]
async fn papers_are_filed_with_their_faults() {
    let desk = Desk::new().await;
    desk.refused(
        "compliance/breach-assessment",
        assessment(&desk.patient, 1),
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await;
    desk.post("cases", json!({"title": "A chart"})).await;
    let faulty = desk.post("compliance/breach-assessment", assessment(&desk.patient, 1)).await;
    assert_eq!(faulty["faults"].as_array().unwrap().len(), 4, "nothing is pinned yet: {faulty}");
    desk.post("cases/case-1", json!({"pin": 1, "why": "the first entry"})).await;
    let mut form = assessment(&desk.patient, 1);
    form["known_on"] = json!("2030-12-23");
    let sound = desk.post("compliance/breach-assessment", form).await;
    assert_eq!((&sound["faults"], &sound["result"]["breach"]), (&json!([]), &json!(true)), "{sound}");
    let log = desk.get("compliance/log").await;
    assert_eq!(
        (&log["breaches"][0]["due_on"], &log["breaches"][0]["people"]),
        (&json!("2031-03-01"), &json!(1)),
        "{log}"
    );
    for (kind, form, status) in [
        ("poem", json!({}), StatusCode::NOT_FOUND),
        ("letter", json!({"assessment": "paper-9"}), StatusCode::UNPROCESSABLE_ENTITY),
        ("breach-assessment", assessment("nobody", 1), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        desk.refused(&format!("compliance/{kind}"), form, status).await;
    }
    let analysis =
        desk.post("compliance/risk-analysis", json!({"answers": {"second-factor": {"answer": "yes"}}})).await;
    let faults = analysis["faults"].as_array().unwrap();
    assert_eq!(faults.len(), 8, "everything else is not answered: {analysis}");
    let filed = desk.get("compliance/papers?kind=breach-assessment").await;
    assert_eq!(filed["papers"].as_array().unwrap().len(), 2);
    assert_eq!(filed["papers"][0]["id"], "paper-2", "the newest first");
    let journal = desk.get("journal?kind=compliance.*").await;
    assert_eq!(journal["entries"].as_array().unwrap().len(), 3, "{journal}");
}

#[tokio::test]
async fn pages_of_the_desk_are_drawn_and_work() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let made = ana.post("/sandboxes", "image=general-hospital&title=Mine").await;
    let root = made.header("location").trim_end_matches("/patients").to_owned();
    let opened =
        ana.post(&format!("{root}/security/cases"), "title=%3Cscript%3Ewho&severity=high&pins=1,2").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    let case = ana.get(opened.header("location")).await;
    assert!(case.text.contains("&lt;script&gt;who") && case.text.contains("as pinned"), "{}", case.text);
    let noted = ana.post(&format!("{root}/security/cases/case-1"), "do=note&text=Seen").await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER);
    for page in [
        "security",
        "security/timeline?of=user&is=ana",
        "security/alerts",
        "security/rules?from=many-charts",
        "security/cases",
        "compliance",
        "compliance/new/breach-assessment",
        "compliance/new/letter",
        "compliance/new/secretary-notice",
        "compliance/new/media-notice",
        "compliance/new/risk-analysis",
        "compliance/new/policy",
        "compliance/new/sanction",
        "compliance/new/associate-agreement",
    ] {
        let shown = ana.get(&format!("{root}/{page}")).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.text);
    }
    let form = "associate=Ledger&service=Claims+and+statements+for+us&breach_days=10&signed_on=2031-01-01&clauses.report=They+report+what+they+see+to+us.";
    let filed = ana.post(&format!("{root}/compliance/new/associate-agreement"), form).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    let paper = ana.get(filed.header("location")).await;
    assert!(
        paper.text.contains("return-or-destroy") && paper.text.contains("164.504(e)(2)(iii)"),
        "{}",
        paper.text
    );
    let form = "topic=associates&rule=No+company+reads+charts+without+a+contract.&procedure=The+registrar+signs+before+access.&\
                evidence=The+list+of+contracts%2C+once+a+month.&role=registrar&in_force_on=2031-01-01&review_on=2033-01-01&keep_until=2039-01-01";
    let filed = ana.post(&format!("{root}/compliance/new/policy"), form).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    let paper = ana.get(filed.header("location")).await;
    assert!(paper.text.contains("registrar") && !paper.text.contains("nobody here is"), "{}", paper.text);
    let again =
        ana.post(&format!("{root}/compliance/new/letter"), "assessment=paper-9&patient=Patient%2Fx").await;
    assert_eq!(again.status, StatusCode::OK, "the form comes back with the reason");
    assert!(again.text.contains("This cannot be filed yet"), "{}", again.text);
}
