//! Resources come back byte for byte, apart from id and meta (R4, 2.6.2).

use platform::fhir::Interaction;
use serde_json::{Value, json};

use super::desk::{desk, ids};

/// Bodies with `@` where id and meta will stand.
const BODIES: [&str; 6] = [
    r#"{"resourceType":"Patient"@,"active":true}"#,
    "{\r\n\t\"resourceType\" :\t\"Patient\"@ ,\n\n  \"active\":   true\n}\n",
    r#"{"birthDate":"1950-01-01","resourceType":"Patient"@,"name":[{"given":["A","B"],"family":"C"}]}"#,
    r#"{"resourceType":"Patient"@,"name":[{"family":"Zo\u00eb \ud83d\ude00 \/ \"q\" \\ ","given":["Zoë 😀"]}]}"#,
    r#"{"resourceType":"Patient"@,"extension":[{"url":"http:\/\/x.example","valueDecimal":1.00},{"url":"http://y.example","valueDecimal":1.0E+2},{"url":"http://z.example","valueDecimal":0.10000000000000000000001}]}"#,
    r#"{"resourceType":"Patient"@,"_birthDate":{"extension":[{"url":"http://x.example","valueInteger":-10}]},"multipleBirthInteger":2}"#,
];

#[test]
fn bytes_are_kept() {
    let desk = desk();
    for body in BODIES {
        let made = desk.create("Patient", body.replace('@', "")).unwrap();
        let text = String::from_utf8(made.body.clone()).unwrap();
        let (before, after) = body.split_once('@').unwrap();
        assert!(text.starts_with(before) && text.ends_with(after), "{text}");
        let inserted = &text[before.len()..text.len() - after.len()];
        let server_made: Value =
            serde_json::from_str(&format!("{{{}}}", inserted.trim_start().trim_start_matches(','))).unwrap();
        let names: Vec<&String> = server_made.as_object().unwrap().keys().collect();
        assert_eq!(names, ["id", "meta"], "{text}");
        assert_eq!(desk.read("Patient", &made.id).unwrap().body, made.body);
    }
}

#[test]
fn bytes_are_kept_in_searches_histories_and_transactions() {
    let desk = desk();
    for body in BODIES {
        let plain = body.replace('@', "");
        let bundle = format!(
            r#"{{"resourceType":"Bundle","type":"transaction","entry":[{{"resource":{plain},"request":{{"method":"POST","url":"Patient"}}}}]}}"#
        );
        desk.ask(&Interaction::Bundle { body: bundle.as_bytes(), give: platform::fhir::Give::Minimal })
            .unwrap();
        let found = desk.search("Patient", "_sort=-_lastUpdated&_count=1").unwrap();
        let id = ids(&found)[0].to_owned();
        let stored = desk.read("Patient", &id).unwrap();
        let text = String::from_utf8(stored.body).unwrap();
        let after = body.split_once('@').unwrap().1.trim_end();
        assert!(text.trim_end().ends_with(after), "{text}");
        let parameters = [("_id".to_owned(), id.clone())];
        let history = platform::fhir::HistoryParameters::default();
        for asked in [
            Interaction::Search { kind: "Patient", parameters: &parameters, strict: true },
            Interaction::History { kind: "Patient", id: Some(&id), parameters: history },
        ] {
            let platform::fhir::Answer::Made(page) = desk.ask(&asked).unwrap() else { panic!() };
            assert!(String::from_utf8(page).unwrap().contains(&text), "{asked:?}");
        }
    }
}

#[test]
fn the_rest_of_meta_is_the_clients() {
    let desk = desk();
    let body = r#"{"resourceType":"Patient","id":"old","meta":{ "profile":["http://p.example"] ,"versionId":"77","tag":[{"code":"t"}]}}"#;
    let made = desk.create("Patient", body).unwrap();
    let text = String::from_utf8(made.body).unwrap();
    assert!(
        text.contains(r#""profile":["http://p.example"] ,"versionId":"1","tag":[{"code":"t"}]"#),
        "{text}"
    );
    assert!(!text.contains("old"), "{text}");
}

#[test]
fn text_is_only_text() {
    let desk = desk();
    let evil = [
        "'; DROP TABLE resource; --",
        "\" OR 1=1 --",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "%00\u{202e}",
        "{{7*7}} ${7*7}",
        "../../../etc/passwd",
    ];
    for text in evil {
        let patient = json!({
            "resourceType": "Patient",
            "identifier": [{"system": "http://x.example", "value": text, "assigner": {"display": text}}],
            "name": [{"text": text, "family": text, "given": [text], "prefix": [text], "suffix": [text]}],
            "telecom": [{"system": "phone", "value": text}],
            "address": [{"text": text, "line": [text], "city": text, "district": text, "state": text, "postalCode": text, "country": text}],
            "maritalStatus": {"text": text, "coding": [{"display": text}]},
            "contact": [{"name": {"text": text}}],
            "communication": [{"language": {"text": text}}],
            "managingOrganization": {"display": text},
        });
        let made = desk.create("Patient", patient.to_string()).unwrap();
        let mut back: Value = serde_json::from_slice(&desk.read("Patient", &made.id).unwrap().body).unwrap();
        let members = back.as_object_mut().unwrap();
        members.remove("id");
        members.remove("meta");
        assert_eq!(back, patient);
        let exact: String = text
            .bytes()
            .map(|byte| match byte {
                b'\\' | b',' | b'|' | b'$' => format!("%5C%{byte:02X}"),
                _ => format!("%{byte:02X}"),
            })
            .collect();
        for code in ["family:exact", "identifier", "address-city:exact", "name:exact"] {
            let found = desk.search("Patient", &format!("{code}={exact}")).unwrap();
            assert_eq!(ids(&found), [made.id.as_str()], "{code}={text:?}");
        }
    }
}
