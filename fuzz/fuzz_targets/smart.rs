//! What clients send to the identity provider: scopes, metadata, assertions.
#![no_main]

use identity::assertion::{Keys, check};
use identity::client::Client;
use identity::redirect;
use identity::scope::Scopes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(client) = Client::read(bytes) {
        assert!(client.redirect_uris.iter().all(|address| redirect::problem(address).is_none()));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (scopes, _) = Scopes::read(text);
    assert_eq!(Scopes::read(&scopes.to_string()).0, scopes, "the normal form is stable");
    assert!(scopes.contains(&scopes.meet(&scopes)) && scopes.meet(&scopes).contains(&scopes));
    let keys = serde_json::json!({"keys": [{"kty": "EC", "crv": "P-384", "kid": "k",
        "x": "A".repeat(64), "y": "A".repeat(64)}]});
    if let Ok(keys) = Keys::read(&keys) {
        assert!(check(text, "c", &keys, "a", 0).is_err(), "nobody has this key");
    }
});
