use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// Noon of 4 March 2031, UTC.
const NOW_US: i64 = 1_930_392_000_000_000;

fn order_sign() -> Value {
    json!({
        "hook": "order-sign",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {
            "userId": "Practitioner/1",
            "patientId": "p",
            "draftOrders": {"resourceType": "Bundle", "entry": [
                {"resource": {"resourceType": "MedicationRequest", "id": "m"}},
                {"resource": {"resourceType": "ServiceRequest"}},
            ]},
        },
        "prefetch": {
            "patient": {"resourceType": "Patient", "id": "p"},
            "results": {"resourceType": "Bundle", "entry": [
                {"resource": {"resourceType": "Observation", "id": "o"}},
                {"resource": {"resourceType": "OperationOutcome"}},
            ]},
            "allergies": null,
        },
    })
}

#[test]
fn a_call_is_read_whole() {
    let call = HookCall::read(&order_sign()).unwrap();
    assert_eq!((call.hook, call.patient.as_str()), (Hook::OrderSign, "p"));
    let ids: Vec<&Value> = call.drafts.iter().map(|order| &order["id"]).collect();
    assert_eq!(ids, ["m", "draft-1"], "an order without an id has one that says its place");
    let count = |key: &str, kind: &str| call.prefetched(key, &[kind]).map(|found| found.len());
    assert_eq!(count("patient", "Patient"), Some(1));
    assert_eq!(count("results", "Observation"), Some(1), "what is not a result is left out");
    assert_eq!(count("allergies", "AllergyIntolerance"), Some(0), "nothing there is an answer");
    assert_eq!(count("orders", "ServiceRequest"), None, "what was not sent is not known");
}

#[test]
fn every_problem_of_a_call_is_told_with_its_place() {
    let cases = [
        ("/hook", json!("order-dispatch"), "hook is order-dispatch"),
        ("/hookInstance", json!(""), "hookInstance is missing"),
        ("/context/userId", json!(7), "context.userId"),
        ("/context/patientId", Value::Null, "context.patientId"),
        ("/context/draftOrders", json!([]), "context.draftOrders is not a Bundle"),
        ("/context/draftOrders/entry/0/resource", json!("x"), "context.draftOrders.entry[0]"),
        ("/prefetch", json!([1]), "prefetch is not an object"),
    ];
    for (place, wrong, said) in cases {
        let mut body = order_sign();
        *body.pointer_mut(place).unwrap() = wrong;
        let problems = HookCall::read(&body).unwrap_err();
        assert!(problems.len() == 1 && problems[0].starts_with(said), "{place}: {problems:?}");
    }
    assert!(HookCall::read(&json!({"hook": "order-sign"})).unwrap_err().len() >= 4);
}

#[test]
fn a_stay_that_ends_names_the_stay() {
    let context = json!({"userId": "Practitioner/1", "patientId": "p"});
    let body = json!({"hook": "encounter-discharge", "hookInstance": "i", "context": context});
    assert_eq!(HookCall::read(&body).unwrap_err(), ["context.encounterId is missing or not a text"]);
}

#[test]
fn feedback_says_what_became_of_each_card() {
    let at = "2026-03-02T08:00:00Z";
    let body = json!({"feedback": [
        {"card": "a", "outcome": "accepted", "acceptedSuggestions": [{"id": "s"}], "outcomeTimestamp": at},
        {"card": "b", "outcome": "overridden", "outcomeTimestamp": at, "overrideReason": {"userComment": "short course"}},
    ]});
    let told = feedback(&body).unwrap();
    assert!(told[0].accepted && told[0].suggestions == ["s"]);
    assert!(!told[1].accepted && told[1].reason.as_deref() == Some("short course"));
    let wrong = json!({"feedback": [
        {"card": "a", "outcome": "ignored", "outcomeTimestamp": at},
        {"outcome": "overridden", "outcomeTimestamp": at},
        {"card": "a", "outcome": "accepted", "outcomeTimestamp": at},
        {"card": "a", "outcome": "overridden"},
    ]});
    let problems = feedback(&wrong).unwrap_err();
    let starts = [
        "feedback[0].outcome",
        "feedback[1].card",
        "feedback[2].acceptedSuggestions",
        "feedback[3].outcomeTimestamp",
    ];
    assert_eq!(problems.len(), starts.len());
    assert!(problems.iter().zip(starts).all(|(problem, start)| problem.starts_with(start)), "{problems:?}");
    assert!(feedback(&json!({"feedback": []})).is_err() && feedback(&json!(null)).is_err());
}

#[test]
fn tokens_are_replaced_by_what_the_context_says() {
    let context = json!({"patientId": "p-1", "userId": "Practitioner/7", "odd": "1&_count=9#x", "list": []});
    let resolved = |template: &str| resolve(template, &context, NOW_US);
    assert_eq!(resolved("Patient/{{context.patientId}}").as_deref(), Ok("Patient/p-1"));
    assert_eq!(resolved("{{ context.userId }}").as_deref(), Ok("Practitioner/7"));
    let two = "Observation?patient={{context.patientId}}&performer={{context.userId}}";
    assert_eq!(resolved(two).as_deref(), Ok("Observation?patient=p-1&performer=Practitioner/7"));
    let odd = "Patient?_id={{context.odd}}";
    assert_eq!(resolved(odd).as_deref(), Ok("Patient?_id=1%26_count%3D9%23x"), "a value adds no parameter");
    assert_eq!(resolved("Patient"), Ok("Patient".to_owned()));
    let absent = |name: &str| Err(TemplateError::Absent(name.to_owned()));
    assert_eq!(resolved("Encounter/{{context.encounterId}}"), absent("encounterId"));
    assert_eq!(resolved("Encounter/{{context.list}}"), absent("list"));
    assert_eq!(resolved("Patient/{{context.patientId"), Err(TemplateError::Open(8)));
    assert_eq!(resolved("Practitioner/{{userPractitionerId}}").as_deref(), Ok("Practitioner/7"));
    assert_eq!(resolved("{{userPatientId}}"), absent("userPatientId"), "who works is none");
    for (token, date) in [
        ("today()", "2031-03-04"),
        ("today() - 90 days", "2030-12-04"),
        ("today()+1 day", "2031-03-05"),
        ("today()-366days", "2030-03-03"),
    ] {
        let template = format!("Observation?date=ge{{{{ {token} }}}}");
        assert_eq!(resolved(&template), Ok(format!("Observation?date=ge{date}")));
    }
    for token in [
        "user",
        "Patient.id",
        "today",
        "today().toString()",
        "today() - 3 months",
        "today() - days",
        "today() - -1 days",
        "today() - 99999999999999999999 days",
        "today() - 36501 days",
        "context.patientId | today()",
        "now()",
        "",
    ] {
        let template = format!("Patient?x={{{{{token}}}}}");
        assert_eq!(resolved(&template), Err(TemplateError::Unknown(token.to_owned())), "{token}");
    }
}

fn answer() -> Value {
    json!({"cards": [{
        "summary": "Look at the kidneys",
        "indicator": "warning",
        "source": {"label": "Renal", "url": "https://example.org/renal"},
        "selectionBehavior": "any",
        "suggestions": [{"label": "End", "actions": [
            {"type": "delete", "description": "End it", "resourceId": "MedicationRequest/m"}]}],
        "links": [{"label": "Why", "url": "https://example.org", "type": "absolute"}],
        "overrideReasons": [{"code": "a", "system": "s", "display": "d"}],
    }]})
}

#[test]
fn an_answer_is_held_to_the_standard() {
    assert_eq!(problems_of_answer(&answer()), Vec::<String>::new());
    assert_eq!(problems_of_answer(&json!({"cards": []})), Vec::<String>::new());
    assert_eq!(problems_of_answer(&json!({})).len(), 1);
    assert!(problems_of_answer(&json!({"cards": [null]})).len() >= 3);
    let cases = [
        ("/summary", json!("x".repeat(140)), "summary"),
        ("/summary", json!(""), "summary"),
        ("/indicator", json!("hard-stop"), "indicator"),
        ("/source", json!({}), "source.label"),
        ("/source/url", json!("javascript:alert(1)"), "source.url"),
        ("/selectionBehavior", json!("all"), "selectionBehavior"),
        ("/suggestions/0/label", json!(1), "suggestions[0].label"),
        ("/suggestions/0/actions/0/type", json!("create"), "suggestions[0].actions[0].resource "),
        ("/suggestions/0/actions/0/type", json!("run"), "suggestions[0].actions[0].type"),
        ("/suggestions/0/actions/0/resourceId", json!(null), "suggestions[0].actions[0].resourceId"),
        ("/links/0/url", json!("javascript:alert(1)"), "links[0].url"),
        ("/links/0/type", json!("other"), "links[0].type"),
        ("/overrideReasons/0/system", json!(null), "overrideReasons[0].system"),
    ];
    for (place, wrong, said) in cases {
        let mut answer = answer();
        *answer.pointer_mut(&format!("/cards/0{place}")).unwrap() = wrong;
        let problems = problems_of_answer(&answer);
        let fits = problems.len() == 1 && problems[0].starts_with(&format!("cards[0].{said}"));
        assert!(fits, "{place}: {problems:?}");
    }
}

#[test]
fn a_client_reads_cards_whole_or_not_at_all() {
    let cards = given(&answer()).unwrap();
    assert_eq!(cards[0].suggestions[0].actions[0].change, GivenChange::Delete);
    assert_eq!(cards[0].override_reasons[0].code, "a");
    let mut one_bad = answer();
    one_bad["cards"].as_array_mut().unwrap().push(json!({"summary": "only this"}));
    assert!(given(&one_bad).unwrap_err()[0].starts_with("cards[1]."));
    let mut odd = answer();
    odd["cards"][0]["detail"] = json!({"markdown": "x"});
    assert!(given(&odd).unwrap_err()[0].starts_with("cards[0] cannot be read"));
    let card = answer()["cards"][0].clone();
    assert!(given(&json!({"cards": vec![card; CARDS_MAX + 1]})).is_err());
}

#[test]
fn a_template_asks_for_one_resource_or_for_a_search() {
    let context = json!({"userId": "Practitioner/7", "patientId": "p", "odd": "a?b=c/.."});
    let read = |kind: &str, id: &str| Fetch::Read { kind: kind.to_owned(), id: id.to_owned() };
    let search = |kind: &str, query: &str| Fetch::Search { kind: kind.to_owned(), query: query.to_owned() };
    let fetched = [
        ("Patient/{{context.patientId}}", read("Patient", "p")),
        ("Practitioner/{{ userPractitionerId }}", read("Practitioner", "7")),
        ("Observation?patient={{context.patientId}}&code=a|b", search("Observation", "patient=p&code=a|b")),
        ("Condition?patient={{context.odd}}", search("Condition", "patient=a%3Fb%3Dc/..")),
        ("Observation?date=ge{{today() - 3 days}}", search("Observation", "date=ge2031-03-01")),
    ];
    for (template, wanted) in fetched {
        assert_eq!(Fetch::of(template, &context, NOW_US), Ok(wanted), "{template}");
    }
    let refused = [
        "Patient",
        "http://elsewhere.example/Patient/1",
        "patient/{{context.patientId}}",
        "Patient/{{context.patientId}}/$everything",
        "Patient/{{context.odd}}",
        "Patient/{{context.absent}}",
        "Observation?patient={{context.draftOrders.entry.first().resource.id}}",
        "Observation?date=ge{{today() - 3 weeks}}",
        "/etc/passwd",
        "{{context.patientId",
    ];
    for template in refused {
        assert!(Fetch::of(template, &context, NOW_US).is_err(), "{template}");
    }
    assert_eq!(Fetch::check("Encounter/{{context.encounterId}}", Hook::OrderSign), Ok(()));
    assert!(Fetch::check("Encounter/{{context.selections}}", Hook::OrderSign).is_err());
    for token in ["userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"] {
        let template = format!("Basic?author={{{{{token}}}}}");
        assert_eq!(Fetch::check(&template, Hook::PatientView), Ok(()), "{token}");
    }
    let never = "Basic?author={{userPatientId}},{{userPractitionerId}}";
    assert!(Fetch::check(never, Hook::PatientView).is_err(), "nobody is both");
}

#[test]
fn a_discovery_gives_what_can_be_called_and_says_what_cannot() {
    let good = json!({"id": "renal", "hook": "order-sign", "description": "Kidneys",
        "prefetch": {"patient": "Patient/{{context.patientId}}"}});
    let (read, problems) = offers(&json!({"services": [good]}));
    assert_eq!((read.len(), read[0].title.as_str(), problems), (1, "renal", Vec::<String>::new()));
    let cases = [
        ("/id", json!("../admin"), "services[0].id"),
        ("/id", json!(".."), "services[0].id"),
        ("/hook", json!("appointment-book"), "services[0].hook"),
        ("/description", json!(null), "services[0].description"),
        ("/prefetch", json!([]), "services[0].prefetch is not"),
        (
            "/prefetch/patient",
            json!("Patient/{{context.patientId.first()}}"),
            "services[0].prefetch.patient: ",
        ),
    ];
    for (place, wrong, said) in cases {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = wrong;
        let (read, problems) = offers(&json!({"services": [bad, good]}));
        assert_eq!(read.len(), 1, "the other one is read: {place}");
        assert!(problems.len() == 1 && problems[0].starts_with(said), "{place}: {problems:?}");
    }
    assert_eq!(offers(&json!({"services": [good, good]})).1.len(), 1);
    assert!(offers(&json!([])).1[0].starts_with("services is missing"));
}

proptest! {
    #[test]
    fn nothing_that_is_sent_stops_a_client(text in "\\PC{0,60}", number in any::<i64>()) {
        for odd in [json!(text), json!(number), json!([text]), json!({"cards": [{"summary": text}]}),
            json!({"services": [{"id": text, "hook": text, "prefetch": {"a": text}}]})] {
            given(&odd).ok();
            offers(&odd);
            Fetch::of(&text, &odd, NOW_US).ok();
        }
    }

    #[test]
    fn a_summary_always_fits(text in "\\PC{0,300}") {
        let fitted = Card::fitted(&text);
        prop_assert!(fitted.chars().count() <= SUMMARY_CHARS_MAX);
        prop_assert!(text.chars().count() > SUMMARY_CHARS_MAX || fitted == text);
    }
}
