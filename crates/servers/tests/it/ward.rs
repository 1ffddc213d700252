//! A clinical day by the pages' forms, without a browser.

use axum::http::StatusCode;

use crate::house::house;
use crate::pages::Browser;

/// A sandbox of Ana's with a patient in it: the addresses of both.
async fn chart(ana: &Browser<'_>) -> (String, String) {
    let made = ana.post("/sandboxes", "image=general-hospital&title=Mine").await;
    let root = made.header("location").trim_end_matches("/patients").to_owned();
    let fields = "family=Okafor&given=Ruth&birth_date=1984-02-29&sex=female";
    let registered = ana.post(&format!("{root}/register"), fields).await;
    let chart = registered.header("location").trim_end_matches("/summary").to_owned();
    (root, chart)
}

/// The first text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let start = text.find(before).unwrap_or_else(|| panic!("no {before}")) + before.len();
    text[start..].split(after).next().unwrap()
}

#[tokio::test]
async fn an_order_is_chosen_drafted_signed_reported_and_acknowledged() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let (root, chart) = chart(&ana).await;
    assert!(ana.get(&format!("{chart}/order")).await.text.contains("Potassium chloride"));
    let refused = ana.post(&format!("{chart}/order"), "orderable=med-metformin&dose=much&reason=sugar").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("dose-error") && refused.text.contains(r#"value="sugar""#),
        "{}",
        refused.text
    );

    let drafted = ana.post(&format!("{chart}/order"), "orderable=lab-potassium&priority=stat").await;
    assert_eq!(drafted.status, StatusCode::SEE_OTHER, "{}", drafted.text);
    let nothing = ana.post(&format!("{chart}/sign"), "").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let orders = ana.get(&format!("{chart}/orders")).await.text;
    let order = between(&orders, "name=\"order.", "\"").to_owned();
    let signed = ana.post(&format!("{chart}/sign"), &format!("order.{order}=yes")).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);

    let form = ana.get(&format!("{chart}/result?order={order}")).await.text;
    assert!(form.contains("test.2823-3"));
    let wrong = ana.post(&format!("{chart}/result"), &format!("order={order}&test.2823-3=high")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains(r#"value="high""#));
    ana.post(&format!("{chart}/result"), &format!("order={order}&test.2823-3=6.9")).await;
    let basket = ana.get(&format!("{root}/in-basket")).await.text;
    let observation = between(&basket, "acknowledge?observation=", "\"").to_owned();
    let form = format!("observation={observation}&read_back=Okafor+potassium+9.6&action=ECG");
    let misread = ana.post(&format!("{chart}/acknowledge"), &form).await;
    assert!(misread.status == StatusCode::UNPROCESSABLE_ENTITY && misread.text.contains("digit by digit"));
    ana.post(&format!("{chart}/acknowledge"), &form.replace("9.6", "6.9")).await;
    assert!(
        ana.get(&format!("{root}/in-basket")).await.text.contains("Every critical result has been read back")
    );
    assert!(ana.get(&format!("{chart}/results?test=2823-3")).await.text.contains("after 0 min"));
}

#[tokio::test]
async fn a_rule_stands_between_an_order_set_and_its_signature() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let (root, chart) = chart(&ana).await;
    ana.post(&format!("{chart}/allergy"), "substance=penicillin+G&criticality=high&reaction=hives").await;
    let set = ana.get(&format!("{chart}/order-set?set=set-sepsis")).await.text;
    assert!(set.contains("Lactate") && set.contains("Antibiotics"));
    let body = "order_set=set-sepsis&item.lab-lactate=yes&item.med-piperacillin=yes&then=sign";
    let warned = ana.post(&format!("{chart}/order-set"), body).await;
    assert_eq!(warned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        warned.text.contains("Allergy conflict") && warned.text.contains("override_reason"),
        "{}",
        warned.text
    );
    let drafts: Vec<&str> =
        warned.text.split("name=\"order.").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(drafts.len(), 2);
    let fields = drafts.iter().map(|order| format!("order.{order}=yes&")).collect::<String>();
    let signed =
        ana.post(&format!("{chart}/sign"), &format!("{fields}override_reason=tolerated+twice")).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
    let rule = ana.get(&format!("{root}/build/rule?id=rule-allergy-conflict&days=30")).await.text;
    assert!(rule.contains("tolerated twice") && rule.contains("Orders looked at"));
    let empty = ana.post(&format!("{chart}/order-set"), "order_set=set-sepsis").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        empty.text.contains("Tick at least one item")
            || empty.text.contains("nothing is ticked")
            || empty.text.contains("Nothing is ticked")
    );
}

#[tokio::test]
async fn a_medicine_is_given_to_the_right_patient_only_and_reconciled() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let (_, chart) = chart(&ana).await;
    ana.post(
        &format!("{chart}/order"),
        "orderable=med-furosemide&dose=40&unit=mg&route=oral&frequency=daily&as_needed=",
    )
    .await;
    let orders = ana.get(&format!("{chart}/orders")).await.text;
    let order = between(&orders, "name=\"order.", "\"").to_owned();
    ana.post(&format!("{chart}/sign"), &format!("order.{order}=yes")).await;
    let sheet = ana.get(&format!("{chart}/administration")).await.text;
    let id = between(&sheet, "/give?order=", "\"").split("&amp;").next().unwrap().to_owned();
    let mrn = between(&sheet, "<dt>MRN</dt><dd><code>", "</code>").to_owned();
    let form = format!("order={id}&product=313988&override_reason=at+once&wristband=");
    let wrong = ana.post(&format!("{chart}/give"), &format!("{form}0000000")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("wristband-error"));
    let early = ana.post(&format!("{chart}/give"), &format!("{form}{mrn}")).await;
    assert!(
        early.status == StatusCode::UNPROCESSABLE_ENTITY && early.text.contains("unverified_reason-error")
    );
    assert!(sheet.contains("not verified"));
    let urgent = ana.post(&format!("{chart}/give"), &format!("{form}{mrn}&unverified_reason=urgent")).await;
    assert_eq!(urgent.status, StatusCode::SEE_OTHER, "{}", urgent.text);
    assert!(ana.get(&format!("{chart}/administration")).await.text.contains("at once"));

    let page = ana.get(&format!("{chart}/reconcile?at=discharge")).await.text;
    assert!(page.contains(&format!("decision.MedicationRequest/{id}")));
    let undecided = ana.post(&format!("{chart}/reconcile"), "at=discharge").await;
    assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields =
        format!("at=discharge&decision.MedicationRequest/{id}=stop&reason.MedicationRequest/{id}=dry+again");
    let done = ana.post(&format!("{chart}/reconcile"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
}

#[tokio::test]
async fn a_pharmacist_returns_changes_and_verifies() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let (root, chart) = chart(&ana).await;
    ana.post(&format!("{chart}/order"), "orderable=med-lisinopril").await;
    let orders = ana.get(&format!("{chart}/orders")).await.text;
    let order = between(&orders, "name=\"order.", "\"").to_owned();
    assert!(ana.get(&format!("{root}/in-basket")).await.text.contains("orders?draft="));
    ana.post(&format!("{chart}/sign"), &format!("order.{order}=yes")).await;
    let basket = ana.get(&format!("{root}/in-basket")).await.text;
    assert!(basket.contains("/verify?order=") && basket.contains("none known"), "{basket}");

    let form = ana.get(&format!("{chart}/verify?order={order}")).await;
    assert!(form.status == StatusCode::OK && form.text.contains("eGFR"), "{}", form.text);
    let silent = ana.post(&format!("{chart}/return-order"), &format!("order={order}&reason=")).await;
    assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.text.contains("reason-error"));
    ana.post(&format!("{chart}/return-order"), &format!("order={order}&reason=too+low+a+pressure")).await;
    let told = ana.get(&format!("{root}/in-basket?unit=&attending=")).await.text;
    assert!(told.contains("too low a pressure") && told.contains("/sign-again?order="), "{told}");
    let mute = ana.post(&format!("{chart}/sign-again"), &format!("order={order}&override_reason=")).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again =
        ana.post(&format!("{chart}/sign-again"), &format!("order={order}&override_reason=130+now")).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);

    let wrong =
        ana.post(&format!("{chart}/change-order"), &format!("order={order}&dose=much&reason=age")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains(r#"value="much""#));
    let changed =
        ana.post(&format!("{chart}/change-order"), &format!("order={order}&dose=5&reason=age")).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text);
    let basket = ana.get(&format!("{root}/in-basket")).await.text;
    let new = between(&basket, "/cosign?order=", "\"").to_owned();
    assert!(ana.get(&format!("{chart}/cosign?order={new}")).await.text.contains("Countersign"));
    let signed = ana.post(&format!("{chart}/cosign"), &format!("order={new}&expected_version=1")).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
    assert!(ana.get(&format!("{chart}/orders")).await.text.contains("verified by"));
    assert_eq!(ana.get(&format!("{chart}/verify?order=nothing")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn definitions_are_edited_and_restored_by_version() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let (root, _) = chart(&ana).await;
    for (kind, id) in
        [("rule", "rule-nsaid-kidney"), ("order-set", "set-sepsis"), ("orderable", "med-metformin")]
    {
        let page = ana.get(&format!("{root}/build/{kind}?id={id}")).await;
        assert!(page.status == StatusCode::OK && page.text.contains("Version 1"), "{kind}");
        assert_eq!(ana.get(&format!("{root}/build/{kind}?id=nothing")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(ana.get(&format!("{root}/build/{kind}")).await.status, StatusCode::OK);
    }
    let form = |condition: &str, version: u64| {
        format!(
            "id=rule-nsaid-kidney&title=Kidneys&condition={condition}&severity=info&message=Mind&status=active&expected_version={version}"
        )
    };
    let broken = ana.post(&format!("{root}/build/rule"), &form("%25egfr+%3C", 1)).await;
    assert!(broken.status == StatusCode::UNPROCESSABLE_ENTITY && broken.text.contains("condition-error"));
    let kept = ana.post(&format!("{root}/build/rule"), &form("%25egfr+%3C+45", 1)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let late = ana.post(&format!("{root}/build/rule"), &form("true", 1)).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let back = "definition=PlanDefinition/rule-nsaid-kidney&version=1&expected_version=2&back=rule";
    let restored = ana.post(&format!("{root}/build/restore"), back).await;
    let page = ana.get(restored.header("location")).await.text;
    assert!(page.contains("Version 3") && page.contains("NSAID with low eGFR"));
}

#[tokio::test]
async fn notes_begin_with_a_template_and_grow_by_addenda() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let (_, chart) = chart(&ana).await;
    assert!(ana.get(&format!("{chart}/note?kind=sbar")).await.text.contains("SITUATION"));
    ana.post(&format!("{chart}/note"), "kind=sbar&text=Stable").await;
    let notes = ana.get(&format!("{chart}/notes")).await.text;
    let first = between(&notes, "note?addends=", "\"").to_owned();
    let added = ana.post(&format!("{chart}/note"), &format!("addends={first}&text=Spouse+informed")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    assert!(ana.get(&format!("{chart}/notes")).await.text.contains("Adds to"));
    let lost = ana.post(&format!("{chart}/note"), "addends=nothing&text=x").await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    ana.post(&format!("{chart}/problem"), "problem=I10&onset=").await;
    let summary = ana.get(&format!("{chart}/summary")).await.text;
    let problem = between(&summary, "problem?problem=", "\"").to_owned();
    let form = ana.get(&format!("{chart}/problem?problem={problem}")).await;
    assert!(form.text.contains("Revise a problem"));
    let fields = format!("problem={problem}&expected_version=1&status=resolved&reason=white+coat");
    assert_eq!(ana.post(&format!("{chart}/problem"), &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_api_says_which_rules_stand_against_a_signature() {
    let house = house();
    let sandbox = house.sandbox().await;
    let patient = house.patient(&sandbox).await;
    let command = |name: &str, body: String| {
        let path = format!("/s/{sandbox}/commands/{name}");
        let house = &house;
        async move { house.ask("POST", &path, &house.ana, &body).await }
    };
    let allergy =
        command("record_allergy", format!(r#"{{"patient": "{patient}", "substance": "amoxicillin"}}"#)).await;
    assert!(allergy.status.is_success(), "{}", allergy.text);
    command("draft_order", format!(r#"{{"patient": "{patient}", "orderable": "med-amoxicillin"}}"#)).await;
    let refused = command("sign_orders", format!(r#"{{"patient": "{patient}"}}"#)).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    let firings = &refused.json()["firings"];
    assert_eq!(
        (&firings[0]["rule"], &firings[0]["severity"]),
        (&"rule-allergy-conflict".into(), &"warning".into())
    );
}

/// Every operation that the server claims has an example on the console's page, and what needs no id is answered.
#[tokio::test]
async fn the_console_offers_every_operation() {
    let house = house();
    let ana = Browser::of(&house, "ana");
    let (root, chart) = chart(&ana).await;
    let page = ana.get(&format!("{root}/fhir")).await.text;
    let patient = chart.rsplit('/').next().unwrap();
    let fhir = between(&page, "<fhir-console base=\"", "\"").to_owned();
    let statement = ana.get(&format!("{fhir}/metadata")).await.json();
    let rest = &statement["rest"][0];
    let of_types = rest["resource"].as_array().unwrap().iter().map(|one| (one["type"].as_str(), one));
    for (kind, offering) in of_types.chain([(None, rest)]) {
        for operation in offering["operation"].as_array().into_iter().flatten() {
            let name = format!("${}", operation["name"].as_str().unwrap());
            let of_kind = |path: &str| kind.is_none_or(|kind| path.starts_with(kind)) && path.contains(&name);
            let of_any = matches!(name.as_str(), "$validate" | "$fhirpath" | "$meta") && page.contains(&name);
            assert!(of_any || examples(&page).iter().any(|(_, path)| of_kind(path)), "{kind:?} {name}");
        }
    }
    for (method, path) in examples(&page) {
        let path =
            path.replace("Patient/ID", &format!("Patient/{patient}")).replace("=ID", &format!("={patient}"));
        if method == "GET" && !path.contains("/ID") && !path.contains("$export") {
            let answer = ana.get(&format!("{fhir}/{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        }
    }
    let begun = ana.get(&format!("{root}/fhir?method=POST&path=Patient%2F%24match")).await.text;
    assert!(begun.contains(r#"value="POST" selected"#) && begun.contains(r#"value="Patient/$match""#));
    assert!(begun.contains(r#"<option value="PATCH""#));
}

/// The methods and paths that the page offers to begin with.
fn examples(page: &str) -> Vec<(String, String)> {
    let from = page.find("<summary>Operations").unwrap();
    let rest = page[from..].split("</details>").next().unwrap();
    let shown = rest.split("<code class=\"wrap\">").skip(1).filter_map(|part| part.split("</code>").next());
    let pairs = shown.filter_map(|text| text.split_once(' '));
    pairs.map(|(method, path)| (method.to_owned(), path.replace("&amp;", "&"))).collect()
}
