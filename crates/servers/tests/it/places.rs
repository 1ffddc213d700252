//! From a place at a host to a match that everybody can check, and a change by hand with its price.

use axum::http::StatusCode;
use platform::programme::{Belonging, NewAssociate, NewOrganisation, OrganisationKind};
use serde_json::json;

use crate::house::{House, house};
use crate::pages::Browser;

/// Adds a host with an education office, `olga`, and returns the host's id.
fn host(house: &House) -> String {
    let people = house.platform.people();
    let ida = people.list().unwrap().into_iter().find(|person| person.login == "ida").unwrap();
    let new = NewOrganisation { name: "Mercy", kind: OrganisationKind::Host, parent: None };
    let host = house.platform.add_organisation(&ida, &new).unwrap().id;
    let office = NewAssociate { login: "olga", name: "Olga", at: Some((&host, Belonging::Office)) };
    house.platform.add_associate(&ida, &office).unwrap();
    host
}

impl House {
    async fn place_ids(&self) -> Vec<String> {
        let listed = self.ask("GET", "/api/places", &self.ana, "").await.json();
        listed["places"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    }

    fn id(&self, login: &str) -> String {
        let people = self.platform.people().list().unwrap();
        people.into_iter().find(|person| person.login == login).unwrap().id.to_string()
    }
}

/// The id of a dry run over one place that Ana wishes for.
pub(crate) async fn dry_run(house: &House) -> String {
    let host = host(house);
    let offer = format!("organisation={host}&title=Help+desk&capacity=1&begins_on=2031-09-01");
    Browser::of(house, "olga").post("/places/offer", &offer).await;
    let place = house.place_ids().await.remove(0);
    house.ask("POST", "/api/wishes", &house.ana, &json!({"places": [place]}).to_string()).await;
    let run = house.ask("POST", "/api/matches", &house.ida, "{}").await;
    run.json()["run"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn places_are_offered_by_their_hosts_and_wished_for_by_learners() {
    let house = house();
    let host = host(&house);
    let (olga, ana) = (Browser::of(&house, "olga"), Browser::of(&house, "ana"));
    let offer = |room: &str, first: &str| {
        format!("organisation={host}&title=Help+desk&capacity={room}&begins_on={first}&document.photo=yes")
    };
    for (room, first) in [("0", "2031-09-01"), ("1", "soon"), ("many", "2031-09-01")] {
        let refused = olga.post("/places/offer", &offer(room, first)).await;
        assert_eq!(refused.header("location"), "/places/offer", "{room} {first}");
    }
    assert_eq!(ana.post("/places/offer", &offer("1", "2031-09-01")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(olga.post("/places/offer", &offer("1", "2031-09-01")).await.header("location"), "/places");
    let place = house.place_ids().await.remove(0);
    let wish = |places: serde_json::Value| json!({"places": places}).to_string();
    let twice = house.ask("POST", "/api/wishes", &house.ana, &wish(json!([place, place]))).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        house.ask("POST", "/api/wishes", &house.ida, &wish(json!([place]))).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let kept = house.ask("POST", "/api/wishes", &house.ana, &wish(json!([place]))).await.json();
    assert_eq!(kept["places"][0]["lacks"], json!(["no photo for the badge"]), "{kept}");
    let nothing = house.ask("POST", "/api/matches", &house.ida, "{}").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody lacks nothing: {}", nothing.text);

    ana.post("/places/documents", "kind=photo&expires_on=").await;
    let check = format!("person={}&kind=photo&back={place}", house.id("ana"));
    assert_eq!(
        ana.post("/places/documents/check", &check).await.status,
        StatusCode::NOT_FOUND,
        "nobody checks their own"
    );
    assert_eq!(olga.post("/places/documents/check", &check).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.ask("GET", "/api/places", &house.ana, "").await.json()["places"][0]["lacks"], json!([]));
    assert_eq!(ana.get(&format!("/places/{place}")).await.status, StatusCode::NOT_FOUND);
    assert!(olga.get(&format!("/places/{place}")).await.text.contains("ana"));
}

#[tokio::test]
async fn a_match_is_dry_until_it_is_published_and_then_changes_only_at_a_price() {
    let house = house();
    let host = host(&house);
    let (olga, ana, bo, ida) = (
        Browser::of(&house, "olga"),
        Browser::of(&house, "ana"),
        Browser::of(&house, "bo"),
        Browser::of(&house, "ida"),
    );
    olga.post(
        "/places/offer",
        &format!("organisation={host}&title=Help+desk&capacity=1&begins_on=2031-09-01"),
    )
    .await;
    let place = house.place_ids().await.remove(0);
    for token in [&house.ana, &house.bo] {
        house.ask("POST", "/api/wishes", token, &json!({"places": [place]}).to_string()).await;
    }
    let (ana_id, bo_id) = (house.id("ana"), house.id("bo"));
    olga.post(&format!("/places/{place}/ranks"), &format!("rank.{ana_id}=1&rank.{bo_id}=2")).await;
    assert_eq!(house.ask("POST", "/api/matches", &house.ana, "{}").await.status, StatusCode::FORBIDDEN);
    let run = house.ask("POST", "/api/matches", &house.ida, r#"{"seed": 7}"#).await;
    assert_eq!(run.status, StatusCode::CREATED, "{}", run.text);
    let run = run.json();
    assert_eq!((&run["matched"][&ana_id], &run["stable"]), (&json!(place), &json!(true)), "{run}");
    assert!(run["why"][&bo_id][0]["why"].as_str().unwrap().contains("those it ranked above"), "{run}");
    let id = run["run"]["id"].as_str().unwrap().to_owned();
    let file = format!("/places/match/{id}/files/ranks.csv");
    assert!(!ana.get("/places").await.text.contains("You have a place"));
    assert_eq!(ana.get(&file).await.status, StatusCode::NOT_FOUND, "a dry run is nobody's business");

    let other = house.ask("POST", "/api/matches", &house.ida, r#"{"seed": 8}"#).await.json();
    let published = house.ask("POST", &format!("/api/matches/{id}/publish"), &house.ida, "").await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.text);
    let late = format!("/api/matches/{}/publish", other["run"]["id"].as_str().unwrap());
    assert_eq!(
        house.ask("POST", &late, &house.ida, "").await.status,
        StatusCode::CONFLICT,
        "a round is decided once"
    );
    assert!(ana.get("/places").await.text.contains("You have a place"));
    assert!(bo.get("/places").await.text.contains("Why not there?"));
    assert!(bo.get(&file).await.text.starts_with("program,rank,applicant\n"));

    let change = |look: &str| format!("applicant={ana_id}&place=&reason=She+moves+away&look={look}");
    let address = format!("/places/match/{id}/override");
    let price = ida.post(&address, &change("yes")).await;
    assert!(
        price.text.contains("would rather have each other") && price.text.contains("Nothing is changed yet"),
        "{}",
        price.text
    );
    assert!(ana.get("/places").await.text.contains("You have a place"), "looking changes nothing");
    ida.post(&address, &change("")).await;
    assert!(ana.get("/places").await.text.contains("No place in this round"));
    let full =
        ida.post(&address, &format!("applicant={bo_id}&place={place}&reason=There+is+room+now&look=")).await;
    assert_eq!(full.status, StatusCode::SEE_OTHER);
    assert!(bo.get("/places").await.text.contains("You have a place"));
    let over =
        ida.post(&address, &format!("applicant={ana_id}&place={place}&reason=She+came+back&look=")).await;
    assert!(over.header("set-cookie").contains("all%20are%20taken"), "{}", over.header("set-cookie"));
    assert_eq!(
        house.ask("GET", &format!("/api/matches/{id}"), &house.ida, "").await.json()["matched"][&bo_id],
        json!(place)
    );
}

#[tokio::test]
async fn two_who_agree_get_both_places_of_a_pair_or_neither() {
    let house = house();
    let host = host(&house);
    let olga = Browser::of(&house, "olga");
    for (title, capacity) in [("Help+desk", 2), ("Interfaces", 1), ("Security", 1)] {
        let offer = format!("organisation={host}&title={title}&capacity={capacity}&begins_on=2031-09-01");
        olga.post("/places/offer", &offer).await;
    }
    let listed = house.ask("GET", "/api/places", &house.ana, "").await.json();
    let [desk, interfaces, security] = ["Help desk", "Interfaces", "Security"].map(|title| {
        let places = listed["places"].as_array().unwrap();
        let found = places.iter().find(|place| place["title"] == title).unwrap();
        found["id"].as_str().unwrap().to_owned()
    });
    // Ana has a list of her own, which rests while she takes part as one of two.
    house.ask("POST", "/api/wishes", &house.ana, &json!({"places": [desk]}).to_string()).await;
    let couples = async |token: &str| house.ask("GET", "/api/couples", token, "").await.json();
    let ask = async |token: &str, login: &str| {
        house.ask("POST", "/api/couples", token, &json!({"login": login}).to_string()).await.status
    };
    for (token, login) in
        [(&house.ana, "ana"), (&house.ana, "ida"), (&house.ana, "nobody"), (&house.ida, "ana")]
    {
        assert_eq!(ask(token, login).await, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
    }
    assert_eq!(ask(&house.ana, "BO").await, StatusCode::CREATED);
    assert_eq!(ask(&house.bo, "ana").await, StatusCode::UNPROCESSABLE_ENTITY, "the answer is open");
    let couple = couples(&house.bo).await["couples"][0]["id"].as_str().unwrap().to_owned();
    let to = |deed: &str| format!("/api/couples/{couple}/{deed}");
    let pairs = json!({"pairs": [
        {"own": interfaces, "partner": security},
        {"own": desk, "partner": desk},
    ]});
    let wish = async |token: &str, pairs: serde_json::Value| {
        house.ask("POST", &to("wishes"), token, &pairs.to_string()).await
    };
    assert_eq!(wish(&house.bo, pairs.clone()).await.status, StatusCode::CONFLICT, "not agreed yet");
    assert_eq!(house.ask("POST", &to("agree"), &house.ana, "{}").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.ask("POST", &to("agree"), &house.bo, "{}").await.status, StatusCode::OK);
    for wrong in [
        json!({"pairs": [{"own": null, "partner": null}]}),
        json!({"pairs": [{"own": desk, "partner": "moon"}]}),
        json!({"pairs": [{"own": desk, "partner": null}, {"own": desk, "partner": null}]}),
    ] {
        assert_eq!(wish(&house.ana, wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(wish(&house.ana, pairs).await.status, StatusCode::OK);
    let seen = couples(&house.bo).await;
    assert_eq!(seen["couples"][0]["pairs"][0]["own"], json!(security), "each sees their own first: {seen}");

    // Security ranks nobody: of the first pair neither gets a place, though interfaces would take Ana.
    let (ana, bo) = (house.id("ana"), house.id("bo"));
    assert!(
        olga.get(&format!("/places/{interfaces}")).await.text.contains("ana"),
        "hosts see who wishes as one"
    );
    olga.post(&format!("/places/{interfaces}/ranks"), &format!("rank.{ana}=1")).await;
    olga.post(&format!("/places/{desk}/ranks"), &format!("rank.{ana}=1&rank.{bo}=2")).await;
    let run = house.ask("POST", "/api/matches", &house.ida, "{}").await;
    assert_eq!(run.status, StatusCode::CREATED, "{}", run.text);
    let run = run.json();
    assert_eq!((&run["matched"][&ana], &run["matched"][&bo]), (&json!(desk), &json!(desk)), "{run}");
    assert!(run["why"][&ana][0]["why"].as_str().unwrap().contains("couple"), "{run}");
    let file = format!("/places/match/{}/files/couples.csv", run["run"]["id"].as_str().unwrap());
    assert!(Browser::of(&house, "ida").get(&file).await.text.contains("partner_a,partner_b,rank"));

    assert_eq!(
        house.ask("DELETE", &format!("/api/couples/{couple}"), &house.bo, "").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(couples(&house.ana).await["couples"], json!([]));
}
