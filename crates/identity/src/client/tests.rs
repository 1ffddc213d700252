use serde_json::{Value, json};

use super::*;

fn app() -> Value {
    json!({
        "client_name": "Growth Chart",
        "redirect_uris": ["https://app.example/cb"],
        "token_endpoint_auth_method": "none",
        "scope": "patient/*.rs launch/patient",
    })
}

/// A change to a good registration, and a word of the refusal.
#[test]
fn what_a_client_says_is_checked_member_by_member() {
    let keys = json!({"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "1"}]});
    let private =
        json!({"keys": [{"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA", "d": "AA", "kid": "1"}]});
    let cases = [
        ("client_name", json!(""), "client_name"),
        ("client_name", json!("a\u{0007}"), "client_name"),
        ("redirect_uris", json!([]), "at least one"),
        ("redirect_uris", json!(["http://evil.example/"]), "use https"),
        ("redirect_uris", json!(["javascript:alert(1)"]), "must be"),
        ("launch_url", json!("data:text/html,x"), "launch_url"),
        ("token_endpoint_auth_method", json!("client_secret_jwt"), "offered"),
        ("token_endpoint_auth_method", json!("private_key_jwt"), "jwks"),
        ("grant_types", json!(["implicit"]), "implicit"),
        ("grant_types", json!(["authorization_code", "client_credentials"]), "private_key_jwt"),
        ("jwks", keys, "kty"),
        ("jwks", private, "private"),
        ("jwks_uri", json!("https://app.example/jwks"), "private_key_jwt"),
        ("redirect_uris", json!("https://app.example/cb"), "cannot be read"),
    ];
    assert!(Client::read(app().to_string().as_bytes()).is_ok());
    for (member, value, word) in cases {
        let mut said = app();
        said[member] = value.clone();
        let refusal = Client::read(said.to_string().as_bytes()).expect_err(&format!("{member}: {value}"));
        assert!(refusal.what.contains(word), "{member}: {value}: {refusal}");
    }
}

/// An address of keys, and a word of the refusal; none, where it is accepted.
#[test]
fn keys_are_shown_at_an_address_that_may_be_asked() {
    let cases = [
        ("https://app.example/.well-known/jwks.json", None),
        ("http://127.0.0.1:3000/jwks", None),
        ("http://169.254.169.254/latest/meta-data", Some("https elsewhere")),
        ("http://app.example/jwks", Some("https elsewhere")),
        ("https://somebody@app.example/jwks", Some("must name a host")),
        ("com.example.app:/jwks", Some("must be https")),
        ("file:///etc/passwd", Some("must be")),
        ("", Some("must be")),
    ];
    for (address, word) in cases {
        let mut said = app();
        said["token_endpoint_auth_method"] = json!("private_key_jwt");
        said["jwks_uri"] = json!(address);
        let read = Client::read(said.to_string().as_bytes());
        match word {
            None => assert_eq!(read.expect(address).jwks_uri.as_deref(), Some(address)),
            Some(word) => {
                let refusal = read.expect_err(address);
                assert!(refusal.what.contains(word), "{address}: {refusal}");
            }
        }
        said["jwks"] = json!({"keys": []});
        assert!(Client::read(said.to_string().as_bytes()).is_err(), "both");
    }
}

#[test]
fn nobody_is_granted_more_than_they_registered_for() {
    let client = Client::read(app().to_string().as_bytes()).expect("it is sound");
    let asked = "patient/Observation.cruds user/*.rs openid launch/patient".to_owned().into();
    assert_eq!(client.bounded(&asked).to_string(), "launch/patient patient/Observation.rs");
}
