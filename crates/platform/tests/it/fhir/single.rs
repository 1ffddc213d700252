//! Interactions on one resource.

use platform::fhir::{Answer, HistoryParameters, Interaction, Refusal};
use serde_json::json;
use standards::fhir::instant;

use super::desk::{NOW_US, desk, json_of, patient, refused};

#[test]
fn a_created_resource_gets_id_version_and_time() {
    let desk = desk();
    let made = desk.create("Patient", patient("Moor").to_string()).unwrap();
    assert!(
        made.id.len() == 12
            && made.id.bytes().all(|byte| b"abcdefghijklmnopqrstuvwxyz234567".contains(&byte))
    );
    let body = json_of(&made);
    assert_eq!((body["id"].as_str(), made.version), (Some(made.id.as_str()), 1));
    assert_eq!(body["meta"]["versionId"], "1");
    assert_eq!(body["meta"]["lastUpdated"], instant::format(NOW_US + 1_000_000), "by the hospital's clock");
    assert_eq!(desk.read("Patient", &made.id).unwrap(), made);
    let other = desk.create("Patient", made.body.clone()).unwrap();
    assert_ne!(other.id, made.id, "the client's id does not count on create");
}

#[test]
fn an_update_makes_the_next_version_or_the_first() {
    let desk = desk();
    let mut body = json!({"resourceType": "Patient", "id": "berg", "active": true});
    let Answer::Updated(second) = desk.update("Patient", "berg", &body).unwrap() else {
        panic!("not updated")
    };
    assert_eq!((second.version, json_of(&second)["meta"]["versionId"].as_str()), (2, Some("2")));
    body["id"] = json!("own-Id.1");
    let Answer::Created(first) = desk.update("Patient", "own-Id.1", &body).unwrap() else {
        panic!("not created")
    };
    assert_eq!((first.version, first.id.as_str()), (1, "own-Id.1"));
    desk.delete("Patient", "own-Id.1").unwrap();
    let Answer::Created(again) = desk.update("Patient", "own-Id.1", &body).unwrap() else {
        panic!("not created")
    };
    assert_eq!(again.version, 3, "what comes back after a delete goes on counting");
}

#[test]
fn the_body_of_an_update_carries_the_id_of_its_address() {
    let desk = desk();
    for id in [json!("tal"), json!(null), json!("")] {
        let mut body = patient("Moor");
        if id.is_string() {
            body["id"] = id;
        }
        let refusal = refused(desk.update("Patient", "berg", &body));
        assert!(matches!(refusal, Refusal::Malformed | Refusal::Unprocessable), "{refusal:?}");
    }
    assert_eq!(
        refused(desk.update("Patient", "no_such", &json!({"resourceType": "Patient", "id": "no_such"}))),
        Refusal::Unprocessable
    );
}

#[test]
fn what_is_deleted_is_gone_but_its_past_stays() {
    let desk = desk();
    assert_eq!(desk.delete("Patient", "berg").unwrap(), Answer::Deleted(2));
    assert_eq!(refused(desk.read("Patient", "berg")), Refusal::Gone);
    assert_eq!(desk.delete("Patient", "berg").unwrap(), Answer::Deleted(2), "deleting twice changes nothing");
    assert_eq!(desk.delete("Patient", "never").unwrap(), Answer::Deleted(0));
    assert_eq!(refused(desk.read("Patient", "never")), Refusal::NotFound);
    let vread = |version| desk.ask(&Interaction::Vread { kind: "Patient", id: "berg", version });
    assert!(matches!(vread("1"), Ok(Answer::Resource(stored)) if stored.version == 1));
    assert_eq!(refused(vread("2")), Refusal::Gone);
    for version in ["3", "0", "-1", "", "x", "+1", "01", "99999999999999999999"] {
        assert_eq!(refused(vread(version)), Refusal::NotFound, "version '{version}'");
    }
}

#[test]
fn a_history_tells_how_each_version_came_to_be() {
    let desk = desk();
    let made = desk.create("Patient", patient("Moor").to_string()).unwrap();
    let id = made.id.as_str();
    desk.update("Patient", id, &json!({"resourceType": "Patient", "id": id, "active": true})).unwrap();
    desk.delete("Patient", id).unwrap();
    let history = desk.history("Patient", Some(id), 10).unwrap();
    assert_eq!((history["type"].as_str(), history["total"].as_u64()), (Some("history"), Some(3)));
    let told: Vec<_> = history["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let request = &entry["request"];
            let has_body = entry["resource"]["meta"]["versionId"].as_str().unwrap_or("-").to_owned();
            (
                request["method"].as_str().unwrap(),
                request["url"].as_str().unwrap(),
                entry["response"]["status"].as_str().unwrap(),
                entry["response"]["etag"].as_str().unwrap(),
                has_body,
            )
        })
        .collect();
    let address = format!("Patient/{id}");
    let expected = [
        ("DELETE", address.as_str(), "204 No Content", "W/\"3\"", "-".to_owned()),
        ("PUT", address.as_str(), "200 OK", "W/\"2\"", "2".to_owned()),
        ("POST", "Patient", "201 Created", "W/\"1\"", "1".to_owned()),
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_history_of_a_type_is_paged_by_its_links() {
    let desk = desk();
    for name in ["A", "B", "C"] {
        desk.create("Patient", patient(name).to_string()).unwrap();
    }
    let mut page = desk.history("Patient", None, 2).unwrap();
    let mut families = Vec::new();
    loop {
        assert_eq!(page["total"], 5);
        families.extend(
            page["entry"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["resource"]["name"][0]["family"].as_str().unwrap().to_owned()),
        );
        let Some(next) = super::desk::link(&page, "next").map(str::to_owned) else { break };
        let query = platform::fhir::pairs_of(next.split_once('?').unwrap().1);
        let given =
            |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let parameters = HistoryParameters {
            count: Some(given("_count").unwrap().parse().unwrap()),
            cursor: given("_cursor"),
            ..HistoryParameters::default()
        };
        desk.create("Patient", patient("late").to_string()).unwrap();
        let Answer::Made(bytes) =
            desk.ask(&Interaction::History { kind: "Patient", id: None, parameters }).unwrap()
        else {
            panic!()
        };
        page = serde_json::from_slice(&bytes).unwrap();
        page["total"] = 5.into();
    }
    assert_eq!(families[..3], ["C", "B", "A"]);
    assert_eq!(families.len(), 5, "what is written meanwhile does not appear: {families:?}");
}

#[test]
fn the_history_of_what_never_was_is_not_found() {
    let desk = desk();
    let history = |id: Option<&'static str>, since_us| {
        let parameters = HistoryParameters { since_us, ..HistoryParameters::default() };
        desk.ask(&Interaction::History { kind: "Patient", id, parameters })
    };
    assert_eq!(refused(history(Some("never"), None)), Refusal::NotFound);
    assert_eq!(refused(history(Some("never"), Some(NOW_US))), Refusal::NotFound);
    history(Some("berg"), Some(i64::MAX)).expect("one that exists has an empty history since tomorrow");
    let parameters = HistoryParameters { cursor: Some("garbage".to_owned()), ..HistoryParameters::default() };
    assert_eq!(
        refused(desk.ask(&Interaction::History { kind: "Patient", id: None, parameters })),
        Refusal::Malformed
    );
}

#[test]
fn an_unknown_type_is_not_found_by_any_interaction() {
    let desk = desk();
    for kind in ["patient", "Nonsense", "", "Resource", "DomainResource", "Element", "Patient/../Group"] {
        let interactions = [
            Interaction::Read { kind, id: "a", known_version: None },
            Interaction::Vread { kind, id: "a", version: "1" },
            Interaction::Create { kind, body: b"{}", if_none_exist: None },
            Interaction::Update { kind, id: "a", body: b"{}", if_match: None },
            Interaction::Delete { kind, id: "a", if_match: None },
            Interaction::Patch { kind, id: "a", patch: b"[]", if_match: None },
            Interaction::ConditionalUpdate { kind, condition: "_id=a", body: b"{}" },
            Interaction::ConditionalPatch { kind, condition: "_id=a", patch: b"[]", if_match: None },
            Interaction::ConditionalDelete { kind, condition: "_id=a" },
            Interaction::History { kind, id: None, parameters: HistoryParameters::default() },
            Interaction::Search { kind, parameters: &[], strict: false },
        ];
        for interaction in interactions {
            assert_eq!(refused(desk.ask(&interaction)), Refusal::NotFound, "{interaction:?}");
        }
    }
}
