//! What a page shows of an exchange that the journal does not hold word for word, and to whom.

use axum::http::StatusCode;
use platform::ehr::roles::switch_role;
use serde_json::json;

use crate::house::house;
use crate::pages::Browser;

#[tokio::test]
async fn a_search_is_asked_again_and_the_page_says_so() {
    let house = house();
    let sandbox = house.sandbox().await;
    let patient = house.patient(&sandbox).await;
    let result = json!({"resourceType": "Observation", "status": "final", "code": {"text": "Lactate seen"},
        "subject": {"reference": format!("Patient/{patient}")}});
    let fhir = format!("/s/{sandbox}/fhir/Observation");
    let made = house.ask("POST", &fhir, &house.ana, &result.to_string()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    for (query, is_asked_again) in [
        (format!("subject=Patient/{patient}&_count=500"), true),
        (format!("subject=Patient/{patient}&_summary=count"), true),
        // Two parameters or one? The journal's text does not tell, so nothing is made up.
        (format!("subject=Patient/{patient}&note=a%26b"), false),
    ] {
        let found = house.ask("GET", &format!("{fhir}?{query}"), &house.ana, "").await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.text);
        let path = format!("/s/{sandbox}/journal?kind=fhir.search");
        let entries = house.ask("GET", &path, &house.ana, "").await.json();
        let seq = entries["entries"].as_array().unwrap().iter().filter_map(|one| one["seq"].as_i64()).max();
        let page = format!("/sandboxes/{sandbox}/traffic/{}", seq.unwrap());
        let shown = Browser::of(&house, "ana").get(&page).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
        assert!(shown.text.contains("is not kept"), "{query}: {}", shown.text);
        assert_eq!(shown.text.contains("asked again"), is_asked_again, "{query}: {}", shown.text);
        let shows_result = shown.text.contains("Lactate seen");
        assert_eq!(shows_result, is_asked_again && !query.contains("_summary"), "{query}");

        let access = house.platform.at_the_gate(&sandbox).unwrap().unwrap();
        switch_role(&access, "registrar").unwrap();
        let shown = Browser::of(&house, "ana").get(&page).await;
        assert!(
            !shown.text.contains("Lactate seen") && shown.text.contains("may not see resources"),
            "{query}"
        );
        switch_role(&access, "all-round").unwrap();
    }
}
