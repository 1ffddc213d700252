//! Roles, by pages and by the API, without a browser.

use axum::http::StatusCode;
use serde_json::json;

use crate::house::{House, house};
use crate::pages::Browser;

/// The address of a sandbox of Ana's.
async fn hospital(ana: &Browser<'_>) -> String {
    let made = ana.post("/sandboxes", "image=general-hospital&title=Mine").await;
    made.header("location").trim_end_matches("/patients").to_owned()
}

async fn work_as(ana: &Browser<'_>, root: &str, role: &str) {
    let back = format!("{root}/beds");
    let switched = ana.post(&format!("{root}/role"), &format!("role={role}&back={back}")).await;
    assert_eq!((switched.status, switched.header("location")), (StatusCode::SEE_OTHER, back.as_str()));
}

/// Ana's patient in a sandbox, whose chart is restricted if so wished: the id.
async fn registered(house: &House, sandbox: &str, restricted: bool) -> String {
    let form = r#"{"family": "Okafor", "given": "Ruth", "birth_date": "1984-02-29", "sex": "female"}"#;
    let made = house.ask("POST", &format!("/s/{sandbox}/commands/register"), &house.ana, form).await;
    let patient = made.json()["patient"].as_str().unwrap().to_owned();
    if restricted {
        let address = format!("/s/{sandbox}/fhir/Patient/{patient}");
        let patch = json!([{"op": "add", "path": "/meta/security", "value": [
            {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}]);
        let request = axum::http::Request::patch(&address)
            .header("host", "practicum.test")
            .header("authorization", format!("Bearer {}", house.ana))
            .header("content-type", "application/json-patch+json")
            .body(axum::body::Body::from(patch.to_string()))
            .unwrap();
        let patched = house.send(request).await;
        assert_eq!(patched.status, StatusCode::OK, "{}", patched.text);
    }
    patient
}

#[tokio::test]
async fn a_role_is_switched_on_the_page_and_refused_where_it_may_not() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let root = hospital(&ana).await;
    let sandbox = root.rsplit('/').next().unwrap().to_owned();
    let patient = registered(&house, &sandbox, false).await;
    let chart = format!("{root}/patients/{patient}");
    let whole = ana.get(&format!("{chart}/summary")).await.text;
    assert!(whole.contains("Record vital signs") && whole.contains("/results\""), "{whole}");

    work_as(&ana, &root, "registrar").await;
    let front = ana.get(&format!("{chart}/summary")).await.text;
    assert!(front.contains("not shown to this role"));
    assert!(!front.contains("Record vital signs") && !front.contains("/results\""), "{front}");
    let refused = ana.get(&format!("{chart}/results")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.text.contains("Not permitted") && refused.text.contains("working-as"),
        "{}",
        refused.text
    );
    let written = ana.post(&format!("{chart}/vitals"), "heart_rate=91").await;
    assert!(written.status == StatusCode::FORBIDDEN && written.text.contains("vitals.record"));

    let away = ana.post(&format!("{root}/role"), "role=nurse&back=https://elsewhere.test/").await;
    assert_eq!(away.header("location"), format!("{root}/patients"));
    let unknown = ana.post(&format!("{root}/role"), "role=surgeon").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Every form of a chart and the role that may not send it: it is told who may, and sees no form.
#[tokio::test]
async fn a_form_is_shown_to_who_may_send_it() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let root = hospital(&ana).await;
    let sandbox = root.rsplit('/').next().unwrap().to_owned();
    let patient = registered(&house, &sandbox, false).await;
    let forms = |names: &[&str]| {
        names.iter().map(|name| format!("{root}/patients/{patient}/{name}")).collect::<Vec<_>>()
    };
    let mut registrar = forms(&[
        "vitals",
        "order",
        "order-set",
        "end-order",
        "verify",
        "return-order",
        "change-order",
        "cosign",
        "sign-again",
        "result",
        "acknowledge",
        "give",
        "reconcile",
        "allergy",
        "problem",
        "note",
        "merge",
        "unmerge",
    ]);
    registrar.extend(["rule", "order-set", "orderable"].map(|kind| format!("{root}/build/{kind}")));
    let mut nurse = forms(&["admit", "problem", "merge", "verify", "reconcile"]);
    nurse.push(format!("{root}/register"));
    for (role, forms) in [("registrar", registrar), ("nurse", nurse)] {
        work_as(&ana, &root, role).await;
        for form in forms {
            let shown = ana.get(&form).await;
            assert_eq!(shown.status, StatusCode::FORBIDDEN, "{role} {form}");
            assert!(
                shown.text.contains(" may; ask one of them")
                    && !shown.text.contains(&format!("action=\"{form}")),
                "{form}"
            );
        }
    }
    let kept = ana.get(&format!("{root}/build/rule?id=rule-nsaid-kidney")).await.text;
    assert!(kept.contains("fieldset class=\"plain\" disabled") && !kept.contains("Keep as a new version"));
    assert!(!ana.get(&format!("{root}/build/roles")).await.text.contains("Keep as a new version"));
}

#[tokio::test]
async fn the_api_works_as_the_same_role_and_fhir_as_none() {
    let house = house();
    let sandbox = house.sandbox().await;
    let role = format!("/s/{sandbox}/role");
    let first = house.ask("GET", &role, &house.ana, "").await.json();
    assert_eq!((&first["role"], first["roles"].as_array().map(Vec::len)), (&json!("all-round"), Some(8)));
    let analyst = house.ask("POST", &role, &house.ana, r#"{"role": "analyst"}"#).await.json();
    assert_eq!(analyst["may"], json!(["channel.view", "channel.manage", "build.change"]));
    let form = r#"{"family": "Okafor"}"#;
    let denied = house.ask("POST", &format!("/s/{sandbox}/commands/register"), &house.ana, form).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let said = denied.json();
    assert_eq!((&said["role"], &said["permission"]), (&json!("analyst"), &json!("patient.register")));
    assert!(said["detail"].as_str().unwrap().contains("Registrar may"), "{said}");
    house.patient(&sandbox).await;
    let unknown = house.ask("POST", &role, &house.ana, r#"{"role": "surgeon"}"#).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.ask("GET", &role, &house.bo, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_restricted_chart_asks_for_a_reason_and_tells_who_looked() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let root = hospital(&ana).await;
    let sandbox = root.rsplit('/').next().unwrap().to_owned();
    let patient = registered(&house, &sandbox, true).await;
    let chart = format!("{root}/patients/{patient}");
    work_as(&ana, &root, "nurse").await;
    let led = ana.get(&format!("{chart}/results")).await;
    let glass = format!("{chart}/break-glass");
    assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, glass.as_str()));
    let form = ana.get(&glass).await;
    assert!(form.text.contains("This chart is restricted") && !form.text.contains("Okafor"));
    let silent = ana.post(&glass, "reason=").await;
    assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.text.contains("reason-error"));
    ana.post(&glass, "reason=I+treat+her+today").await;
    assert_eq!(ana.get(&format!("{chart}/results")).await.status, StatusCode::OK);
    assert_eq!(ana.get(&format!("{chart}/journal")).await.status, StatusCode::FORBIDDEN);
    work_as(&ana, &root, "him-clerk").await;
    let looked = ana.get(&format!("{chart}/journal")).await.text;
    assert!(
        looked.contains("I treat her today") && looked.contains("nurse") && looked.contains("results"),
        "{looked}"
    );
}

#[tokio::test]
async fn the_matrix_is_ticked_kept_and_restored() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let root = hospital(&ana).await;
    let address = format!("{root}/build/roles");
    let page = ana.get(&address).await.text;
    let boxes = page.split("name=\"grant.").skip(1);
    let ticked: Vec<&str> = boxes.filter(|one| one.split('>').next().unwrap().contains(" checked")).collect();
    let names: Vec<&str> = ticked.iter().map(|one| one.split('"').next().unwrap()).collect();
    let body = |names: &[&str]| {
        let each = names.iter().map(|name| format!("grant.{}=yes&", name.replace('=', "%3D")));
        format!("{}expected_version=1", each.collect::<String>())
    };
    let locked: Vec<&str> = names.iter().copied().filter(|name| !name.ends_with("build.change")).collect();
    let refused = ana.post(&address, &body(&locked)).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text.contains("No role would be left")
    );
    let fewer: Vec<&str> = names.iter().copied().filter(|name| *name != "nurse=note.write").collect();
    assert_eq!(ana.post(&address, &body(&fewer)).await.status, StatusCode::SEE_OTHER);
    let late = ana.post(&address, &body(&names)).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text.contains("has changed"));
    let past = ana.get(&address).await.text;
    assert!(past.contains("Version 2") && past.contains("<del>nurse may write notes</del>"), "{past}");
    let form = "definition=CodeSystem/practicum-roles&version=1&expected_version=2&back=roles";
    let restored = ana.post(&format!("{root}/build/restore"), form).await;
    assert_eq!(restored.header("location"), address);
    assert!(ana.get(&address).await.text.contains("<ins>nurse may write notes</ins>"));
}

#[tokio::test]
async fn a_typo_is_forgiven_and_a_double_chart_merged() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let root = hospital(&ana).await;
    let sandbox = root.rsplit('/').next().unwrap().to_owned();
    let patient = registered(&house, &sandbox, false).await;
    let found = house.ask("GET", &format!("/s/{sandbox}/patients?text=Okafro"), &house.ana, "").await.json();
    assert_eq!((&found["total"], &found["similar"][0]["id"]), (&json!(0), &json!(patient)));
    let page = ana.get(&format!("{root}/patients?q=Okafro")).await.text;
    assert!(page.contains("Nearly the same") && page.contains("Okafor"), "{page}");

    let form = "family=Okafro&given=Ruth&birth_date=1984-02-29&sex=female";
    let warned = ana.post(&format!("{root}/register"), form).await;
    assert!(
        warned.status == StatusCode::UNPROCESSABLE_ENTITY && warned.text.contains("Somebody much like this")
    );
    let second = ana.post(&format!("{root}/register"), &format!("{form}&confirm_new=yes")).await;
    let second =
        second.header("location").trim_end_matches("/summary").rsplit('/').next().unwrap().to_owned();

    let merge = format!("{root}/patients/{patient}/merge");
    assert!(ana.get(&merge).await.text.contains(&format!("value=\"{second}\"")));
    let silent = ana.post(&merge, &format!("retired={second}")).await;
    assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.text.contains("reason-error"));
    let merged = ana.post(&merge, &format!("retired={second}&reason=misspelt")).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.text);
    let retired = format!("{root}/patients/{second}");
    let old = ana.get(&format!("{retired}/summary")).await.text;
    assert!(old.contains("this chart is retired") && old.contains("/unmerge"), "{old}");
    let back = ana.post(&format!("{retired}/unmerge"), "reason=two+people").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text);
    assert!(!ana.get(&format!("{retired}/summary")).await.text.contains("this chart is retired"));
}

#[tokio::test]
async fn the_bed_board_says_what_can_be_used() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let root = hospital(&ana).await;
    let board = ana.get(&format!("{root}/beds")).await.text;
    let bed = board
        .split("value=\"")
        .find_map(|one| one.split('"').next()?.strip_suffix(".closed"))
        .unwrap()
        .to_owned();
    let shown = |text: &str, words: &str| text.contains(&format!("value=\"{bed}.{words}\""));
    for (step, next) in
        [("closed", "dirty"), ("dirty", "cleaning"), ("cleaning", "clean"), ("clean", "closed")]
    {
        let set = ana.post(&format!("{root}/beds"), &format!("set={bed}.{step}")).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text);
        assert!(shown(&ana.get(&format!("{root}/beds")).await.text, next), "{step}");
    }
    work_as(&ana, &root, "physician").await;
    assert!(!shown(&ana.get(&format!("{root}/beds")).await.text, "closed"));
    let refused = ana.post(&format!("{root}/beds"), &format!("set={bed}.closed")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
