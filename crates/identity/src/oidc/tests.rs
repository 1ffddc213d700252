use data_encoding::BASE64URL_NOPAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://login.example";
const NOW_S: i64 = 2_000_000_000;

struct Provider(EcdsaKeyPair, SystemRandom);

impl Provider {
    fn new() -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &random).unwrap();
        Self(key, random)
    }

    fn jwks(&self) -> Value {
        let point = self.0.public_key().as_ref();
        let (x, y) = (BASE64URL_NOPAD.encode(&point[1..33]), BASE64URL_NOPAD.encode(&point[33..]));
        json!({"keys": [
            {"kty": "oct", "k": "c2VjcmV0"},
            {"kty": "EC", "crv": "P-256", "kid": "e", "use": "enc", "x": x, "y": y},
            {"kty": "EC", "crv": "P-256", "kid": "k", "use": "sig", "x": x, "y": y},
        ]})
    }

    fn sign(&self, head: &Value, body: &Value) -> String {
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(head), part(body));
        let signature = self.0.sign(&self.1, signed.as_bytes()).unwrap();
        format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }
}

fn body() -> Value {
    json!({
        "iss": ISSUER, "aud": "practicum", "sub": "42", "nonce": "n", "iat": NOW_S - 1, "exp": NOW_S + 60,
        "email": "ana@school.example", "email_verified": true, "preferred_username": "ana", "name": "Ana Lund",
    })
}

fn read(provider: &Provider, token: &str) -> Result<Claims, &'static str> {
    let keys = ProviderKeys::read(&provider.jwks()).unwrap();
    id_token(token, &keys, Expected { issuer: ISSUER, client: "practicum", nonce: "n", now_s: NOW_S })
}

#[test]
fn a_token_says_who_came_back() {
    let provider = Provider::new();
    let claims = read(&provider, &provider.sign(&json!({"alg": "ES256", "kid": "k"}), &body())).unwrap();
    assert_eq!((claims.subject.as_str(), claims.email.as_deref()), ("42", Some("ana@school.example")));
    let mut unverified = body();
    unverified["email_verified"] = json!(false);
    let claims = read(&provider, &provider.sign(&json!({"alg": "ES256"}), &unverified)).unwrap();
    assert_eq!((claims.email, claims.preferred_username.as_deref()), (None, Some("ana")));
}

#[test]
fn a_token_that_does_not_hold_is_refused_for_its_reason() {
    let provider = Provider::new();
    let head = json!({"alg": "ES256", "kid": "k"});
    let cases: [(&str, Value, &str); 10] = [
        ("iss", json!("https://other.example"), "another provider"),
        ("aud", json!("other"), "another client"),
        ("aud", json!(["practicum", "other"]), "another client"),
        ("aud", json!(null), "another client"),
        ("exp", json!(NOW_S - 200), "too old"),
        ("exp", json!(null), "too old"),
        ("iat", json!(NOW_S + 900), "in the future"),
        ("nonce", json!("m"), "another sign-in"),
        ("nonce", json!(null), "another sign-in"),
        ("sub", json!(""), "names nobody"),
    ];
    for (member, value, why) in cases {
        let mut changed = body();
        changed[member] = value.clone();
        let refused = read(&provider, &provider.sign(&head, &changed)).unwrap_err();
        assert!(refused.contains(why), "{member} {value}: {refused}");
    }
    let good = provider.sign(&head, &body());
    let heads =
        [json!({"alg": "none"}), json!({"alg": "HS256"}), json!({"alg": "ES256", "kid": "e"}), json!({})];
    for head in heads {
        assert!(read(&provider, &provider.sign(&head, &body())).is_err(), "{head}");
    }
    assert!(read(&Provider::new(), &good).unwrap_err().contains("signature"), "another's key");
    let unsigned = &good[..=good.rfind('.').unwrap()];
    for broken in ["", ".", "..", "a.b.c", unsigned, &good[1..]] {
        assert!(read(&provider, broken).is_err(), "{broken}");
    }
}

#[test]
fn a_provider_is_read_under_its_own_name() {
    let said = |issuer: &str, token: &str| {
        json!({
            "issuer": issuer, "authorization_endpoint": "https://login.example/auth?tenant=1",
            "token_endpoint": token, "jwks_uri": "http://127.0.0.1:9/jwks",
        })
    };
    let read = Metadata::read(ISSUER, &said(ISSUER, "https://login.example/token")).unwrap();
    assert_eq!(
        Metadata::address("https://login.example/"),
        format!("{ISSUER}/.well-known/openid-configuration")
    );
    assert!(
        Metadata::read(ISSUER, &said("https://other.example", "https://x/"))
            .unwrap_err()
            .contains("calls itself")
    );
    assert!(
        Metadata::read(ISSUER, &said(ISSUER, "http://login.example/token")).unwrap_err().contains("https://")
    );
    assert!(Metadata::read(ISSUER, &json!({"issuer": ISSUER})).unwrap_err().contains("says no"));
    let challenge = Challenge { state: "s".to_owned(), nonce: "n".to_owned(), verifier: "v".repeat(43) };
    let to = request(&read, "practicum", "http://127.0.0.1:8080/back", &challenge);
    assert!(to.starts_with(
        "https://login.example/auth?tenant=1&response_type=code&scope=openid%20profile%20email&"
    ));
    assert!(
        to.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fback&state=s&nonce=n&code_challenge="),
        "{to}"
    );
    assert!(!to.contains(&challenge.verifier));
    let body = redemption(("practicum", Some("a&b")), "http://127.0.0.1:8080/back", "c=1", &challenge);
    assert!(body.contains("&code=c%3D1&") && body.ends_with("&client_secret=a%26b"), "{body}");
    assert!(body.contains(&format!("&code_verifier={}&", challenge.verifier)), "{body}");
}
