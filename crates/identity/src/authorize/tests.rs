use serde_json::json;

use super::*;
use crate::Code;
use crate::client::Client;

const FHIR: &str = "http://127.0.0.1/s/abc/fhir";

fn client() -> Client {
    let said = json!({
        "client_name": "App",
        "redirect_uris": ["https://app.example/cb", "http://127.0.0.1:9/cb"],
        "token_endpoint_auth_method": "none",
        "scope": "patient/*.rs openid",
    });
    Client { id: "app".to_owned(), ..Client::read(said.to_string().as_bytes()).expect("it is sound") }
}

fn good() -> Vec<(String, String)> {
    let challenge = crate::pkce::challenge_of(&"v".repeat(43));
    let pairs = [
        ("response_type", "code"),
        ("client_id", "app"),
        ("redirect_uri", "https://app.example/cb"),
        ("scope", "patient/Observation.rs"),
        ("state", "s"),
        ("aud", FHIR),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

fn with(name: &str, value: &str) -> Vec<(String, String)> {
    let mut pairs = good();
    pairs.retain(|(own, _)| own != name);
    pairs.push((name.to_owned(), value.to_owned()));
    pairs
}

#[test]
fn a_sound_request_is_read() {
    let request = Request::read(&good(), Some(&client()), FHIR).expect("it is sound");
    assert_eq!(request.scopes.to_string(), "patient/Observation.rs");
    assert!(Request::read(&with("aud", &format!("{FHIR}/")), Some(&client()), FHIR).is_ok());
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let addresses = [
        "https://evil.example/",
        "https://app.example/cb/",
        "https://app.example/cb?x=1",
        "https://app.example/CB",
        "https://app.example/cb#",
        "https://app.example.evil.example/cb",
        "http://127.0.0.1:10/cb",
        "",
    ];
    for address in addresses {
        let refused = Request::read(&with("redirect_uri", address), Some(&client()), FHIR);
        assert!(matches!(refused, Err(Refused::Here(_))), "{address}: {refused:?}");
    }
    let mut twice = good();
    twice.push(("redirect_uri".to_owned(), "https://evil.example/".to_owned()));
    assert!(matches!(Request::read(&twice, Some(&client()), FHIR), Err(Refused::Here(_))));
    assert!(matches!(Request::read(&good(), None, FHIR), Err(Refused::Here(_))));
}

#[test]
fn other_faults_go_back_to_the_client() {
    let cases = [
        ("response_type", "token", Code::UnsupportedResponseType),
        ("response_type", "", Code::UnsupportedResponseType),
        ("state", "", Code::InvalidRequest),
        ("code_challenge_method", "plain", Code::InvalidRequest),
        ("code_challenge", "short", Code::InvalidRequest),
        ("aud", "https://other.example/fhir", Code::InvalidRequest),
        ("scope", "", Code::InvalidScope),
        ("scope", "nonsense", Code::InvalidScope),
        ("scope", "system/*.rs", Code::InvalidScope),
        ("scope", "user/Patient.rs", Code::InvalidScope),
    ];
    for (name, value, code) in cases {
        match Request::read(&with(name, value), Some(&client()), FHIR) {
            Err(Refused::Back { refusal, redirect_uri, .. }) => {
                assert_eq!(
                    (refusal.code, redirect_uri.as_str()),
                    (code, "https://app.example/cb"),
                    "{name}={value}"
                );
            }
            other => panic!("{name}={value}: {other:?}"),
        }
    }
}
