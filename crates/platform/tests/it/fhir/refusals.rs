//! Bad input: a clear refusal, a journal entry, and a hospital that is as it was.

use platform::fhir::{Interaction, Refusal};
use serde_json::{Value, json};

use super::desk::{desk, entry, patient};

fn nested(levels: usize) -> Vec<u8> {
    let open = r#"{"url":"http://x.example","extension":["#.repeat(levels);
    format!(r#"{{"resourceType":"Patient","extension":[{open}{}]}}"#, "]}".repeat(levels)).into_bytes()
}

/// Bodies that no Patient may have, and how they are refused.
fn bodies() -> Vec<(Vec<u8>, Refusal)> {
    use Refusal::{Malformed, Unprocessable};
    let texts = [
        ("", Malformed),
        (" ", Malformed),
        ("null", Malformed),
        ("[]", Malformed),
        ("\"Patient\"", Malformed),
        ("{", Malformed),
        ("{}", Malformed),
        (r#"{"resourceType":"Patient""#, Malformed),
        (r#"{"resourceType":"Patient",}"#, Malformed),
        (r#"{"resourceType":"Patient"} x"#, Malformed),
        (r#"{"resourceType":"Patient"}{"resourceType":"Patient"}"#, Malformed),
        (r#"{'resourceType':'Patient'}"#, Malformed),
        (r#"{"resourceType":"Patient","active":tru}"#, Malformed),
        (r#"{"resourceType":"Patient","active":true,"active":false}"#, Malformed),
        (r#"{"resourceType":"Patient","multipleBirthInteger":01}"#, Malformed),
        (r#"{"resourceType":"Patient","multipleBirthInteger":1e999}"#, Malformed),
        (r#"{"resourceType":"Patient","gender":"\ud800"}"#, Malformed),
        (r#"{"resourceType":"Group"}"#, Malformed),
        (r#"{"resourceType":7}"#, Malformed),
        (r#"{"resourceType":"Patient","shoes":2}"#, Unprocessable),
        (r#"{"resourceType":"Patient","active":"true"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","active":null}"#, Unprocessable),
        (r#"{"resourceType":"Patient","name":[{"family":"\u0000"}]}"#, Unprocessable),
        (r#"{"resourceType":"Patient","name":"Berg"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","name":{"family":"Berg"}}"#, Unprocessable),
        (r#"{"resourceType":"Patient","name":[]}"#, Unprocessable),
        (r#"{"resourceType":"Patient","gender":"f"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","birthDate":"1950-13-01"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","birthDate":"1950-02-30"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","birthDate":"01.01.1950"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","deceasedDateTime":"2020-01-01T25:00:00Z"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2020"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","meta":[]}"#, Unprocessable),
        (r#"{"resourceType":"Patient","meta":"x"}"#, Unprocessable),
        (r#"{"resourceType":"Patient","contact":[{"gender":"x"}]}"#, Unprocessable),
        (r#"{"resourceType":"Patient","link":[{"type":"seealso"}]}"#, Unprocessable),
        (r#"{"resourceType":"Patient","contained":[{"resourceType":"Nonsense"}]}"#, Unprocessable),
    ];
    let mut bodies: Vec<_> = texts.map(|(text, refusal)| (text.as_bytes().to_vec(), refusal)).into();
    bodies.extend([
        (b"\xef\xbb\xbf{\"resourceType\":\"Patient\"}".to_vec(), Malformed),
        (b"{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\xff\xfe\"}]}".to_vec(), Malformed),
        (b"{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\x00\"}]}".to_vec(), Malformed),
        (br#"{"resourceType":"Patient"}"#.iter().flat_map(|byte| [*byte, 0]).collect(), Malformed),
        (nested(100), Malformed),
        (nested(100_000), Malformed),
        (vec![b'['; 1 << 20], Malformed),
    ]);
    bodies
}

#[test]
fn bad_bodies_change_nothing_whichever_way_they_come() {
    let desk = desk();
    let before = desk.digest();
    for (body, expected) in bodies() {
        let shown = String::from_utf8_lossy(&body[..body.len().min(90)]).into_owned();
        let create = Interaction::Create { kind: "Patient", body: &body, if_none_exist: None };
        let error = desk.ask(&create).expect_err(&shown);
        assert_eq!(error.refusal, expected, "{shown}: {error}");
        let last = desk.last();
        assert_eq!((last.event.kind.as_str(), last.event.outcome.as_str()), ("fhir.create", expected.word()));
        desk.ask(&Interaction::Update { kind: "Patient", id: "tal", body: &body, if_match: None })
            .expect_err(&shown);
        assert_eq!(desk.last().event.kind, "fhir.update");
        desk.ask(&Interaction::Bundle { body: &body, give: platform::fhir::Give::Minimal })
            .expect_err(&shown);
        assert_eq!(desk.last().event.kind, "fhir.bundle");
        for kind in ["transaction", "batch"] {
            let mut bundle = format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{{"request":{{"method":"PUT","url":"Patient/tal"}},"resource":"#).into_bytes();
            bundle.extend_from_slice(&body);
            bundle.extend_from_slice(b"}]}");
            let answer =
                desk.ask(&Interaction::Bundle { body: &bundle, give: platform::fhir::Give::Minimal });
            assert!(answer.is_err() || kind == "batch", "{shown}");
        }
        assert_eq!(desk.digest(), before, "{shown}");
    }
}

#[test]
fn bad_ids_change_nothing() {
    let desk = desk();
    let before = desk.digest();
    let long = "a".repeat(65);
    for id in ["", "a b", "a/b", "ä", "a_b", "'", "<b>", "a%20", "\u{0}", &long, &"x".repeat(100_000)] {
        let body = json!({"resourceType": "Patient", "id": id}).to_string();
        let update = Interaction::Update { kind: "Patient", id, body: body.as_bytes(), if_match: None };
        let error = desk.ask(&update).expect_err(id);
        assert!(matches!(error.refusal, Refusal::Malformed | Refusal::Unprocessable), "{error}");
        assert_eq!(desk.read("Patient", id).unwrap_err().refusal, Refusal::NotFound);
        desk.delete("Patient", id).expect("what is not there is deleted already");
        assert_eq!(desk.digest(), before, "{id}");
    }
    let longest = "a".repeat(64);
    desk.update("Patient", &longest, &json!({"resourceType": "Patient", "id": longest})).unwrap();
}

#[test]
fn an_oversized_bundle_is_refused_before_it_starts() {
    let desk = desk();
    let before = desk.digest();
    for kind in ["batch", "transaction"] {
        let entries: Vec<Value> = (0..5001).map(|_| entry("POST", "Patient", patient("Moor"))).collect();
        let error = desk.bundle(kind, entries).expect_err(kind);
        assert_eq!(error.refusal, Refusal::Malformed, "{error}");
        assert_eq!(desk.digest(), before);
    }
}

#[test]
fn all_issues_of_a_body_are_told_at_once_with_their_places() {
    let desk = desk();
    let body = r#"{"resourceType":"Patient","gender":"f","shoes":2,"name":[{"family":7}]}"#;
    let error = desk.create("Patient", body).unwrap_err();
    let places: Vec<_> = error.issues.iter().filter_map(|issue| issue.expression.as_deref()).collect();
    for place in ["gender", "shoes", "name[0].family"] {
        assert!(places.iter().any(|found| found.ends_with(place)), "{place} in {places:?}");
    }
    let error = desk
        .bundle(
            "transaction",
            json!([
                entry("GET", "Patient/tal", Value::Null),
                entry("POST", "Patient", serde_json::from_str(body).unwrap())
            ]),
        )
        .unwrap_err();
    assert!(
        error.issues.iter().all(|issue| issue.expression.as_deref() == Some("Bundle.entry[1]")),
        "{error}"
    );
}
