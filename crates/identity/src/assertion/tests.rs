use data_encoding::BASE64URL_NOPAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::*;

const AUDIENCE: &str = "http://127.0.0.1/s/abc/auth/token";
const NOW_S: i64 = 1_800_000_000;

struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Self {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, pair.as_ref(), &random);
        Self(pair.expect("it can be read"))
    }

    fn jwks(&self) -> Value {
        let point = self.0.public_key().as_ref();
        let coordinate = |from: usize| BASE64URL_NOPAD.encode(&point[from..from + 48]);
        json!({"keys": [{"kty": "EC", "crv": "P-384", "kid": "k", "x": coordinate(1), "y": coordinate(49)}]})
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).expect("it signs");
        format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }
}

fn header() -> Value {
    json!({"alg": "ES384", "kid": "k", "typ": "JWT"})
}

fn claims() -> Value {
    json!({"iss": "app", "sub": "app", "aud": AUDIENCE, "exp": NOW_S + 200, "jti": "1"})
}

fn checked(signer: &Signer, token: &str) -> Result<Assertion, String> {
    check(token, "app", &Keys::read(&signer.jwks()).expect("the keys are sound"), AUDIENCE, NOW_S)
}

#[test]
fn a_sound_assertion_is_believed() {
    let signer = Signer::new();
    let token = signer.sign(&header(), &claims());
    assert_eq!(checked(&signer, &token).map(|assertion| assertion.id).as_deref(), Ok("1"));
    let says = |key_set: Option<&str>| {
        Some(Claimed { client: "app".to_owned(), key: "k".to_owned(), key_set: key_set.map(str::to_owned) })
    };
    assert_eq!(claimed(&token), says(None));
    let mut elsewhere = header();
    elsewhere["jku"] = json!("https://evil.example/jwks");
    assert_eq!(claimed(&signer.sign(&elsewhere, &claims())), says(Some("https://evil.example/jwks")));
}

/// What is changed in the header or the claims, and a word of the refusal.
#[test]
fn an_assertion_that_is_off_in_one_thing_is_refused() {
    let signer = Signer::new();
    let in_header = [
        ("alg", json!("none"), "none"),
        ("alg", json!("HS384"), "HS384"),
        ("alg", json!("RS384"), "not signed with RS384"),
        ("alg", json!("ES256"), "ES256"),
        ("kid", json!("other"), "registered key"),
        ("kid", Value::Null, "kid"),
        ("crit", json!(["b64"]), "crit"),
    ];
    let in_claims = [
        ("iss", json!("other"), "iss"),
        ("sub", json!("other"), "iss and sub"),
        ("aud", json!("http://127.0.0.1/s/other/auth/token"), "aud"),
        ("aud", Value::Null, "aud"),
        ("exp", json!(NOW_S - 60), "expired"),
        ("exp", json!(NOW_S + 3600), "too long"),
        ("exp", json!("soon"), "number"),
        ("exp", json!(-1), "number"),
        ("nbf", json!(NOW_S + 60), "future"),
        ("iat", json!(NOW_S + 60), "future"),
        ("jti", json!(""), "jti"),
        ("jti", Value::Null, "jti"),
    ];
    let refused = |header: &Value, claims: &Value, word: &str| {
        let found = checked(&signer, &signer.sign(header, claims)).expect_err(word);
        assert!(found.contains(word), "{found}, not {word}");
    };
    for (member, value, word) in in_header {
        let mut changed = header();
        changed[member] = value;
        refused(&changed, &claims(), word);
    }
    for (member, value, word) in in_claims {
        let mut changed = claims();
        changed[member] = value;
        refused(&header(), &changed, word);
    }
}

#[test]
fn a_signature_must_be_over_what_is_read() {
    let signer = Signer::new();
    let token = signer.sign(&header(), &claims());
    let parts: Vec<&str> = token.split('.').collect();
    let forged = BASE64URL_NOPAD.encode(json!({"iss": "root"}).to_string().as_bytes());
    let cases = [
        format!("{}.{forged}.{}", parts[0], parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        String::new(),
        "..".to_owned(),
        "a".repeat(10_000),
    ];
    for token in cases {
        assert!(checked(&signer, &token).is_err(), "{token}");
    }
    assert!(checked(&Signer::new(), &token).is_err(), "another's key");
    // Key confusion: the public key used as a shared secret, and named so.
    let public = signer.jwks();
    let mut header = header();
    header["alg"] = json!("HS384");
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&header), part(&claims()));
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA384, public.to_string().as_bytes());
    let tag = BASE64URL_NOPAD.encode(ring::hmac::sign(&secret, signed.as_bytes()).as_ref());
    assert!(checked(&signer, &format!("{signed}.{tag}")).is_err());
}
