use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::keys::Keys;

/// How long keys are good whose server does not say, and at most, in seconds.
const KEPT_S: i64 = 60 * 60;
const KEPT_S_MAX: i64 = 24 * 60 * 60;
/// How long keys are good that must not be kept: for the request they were fetched for.
const KEPT_S_MIN: i64 = 5;
/// How long nobody is asked again who did not answer, or did not have the key, in seconds.
const AGAIN_S: i64 = 10;

/// A client's public keys as they were fetched from its `jwks_uri`, and for how long they are good.
///
/// They are good no longer than the client's Cache-Control says (SMART App Launch 2.2, client-confidential-asymmetric,
/// Signature Verification).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySet {
    /// What came last that could be read.
    jwks: Option<Value>,
    good_until_s: i64,
    asked_s: i64,
    /// Why nothing came when it was asked for last.
    trouble: Option<String>,
}

impl KeySet {
    /// What came at `now_s`, with the `Cache-Control` it came with.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn fetched(body: &[u8], cache_control: Option<&str>, now_s: i64) -> Result<Self, String> {
        let jwks: Value = serde_json::from_slice(body).map_err(|_| "what came is no JSON".to_owned())?;
        Keys::of_others(&jwks)?;
        let kept_s = kept_s(cache_control.unwrap_or_default());
        Ok(Self { jwks: Some(jwks), good_until_s: now_s + kept_s, asked_s: now_s, trouble: None })
    }

    /// That nothing came at `now_s`. What was fetched `before` is good for as long as it was.
    #[must_use]
    pub fn in_vain(before: Option<Self>, trouble: String, now_s: i64) -> Self {
        let before =
            before.unwrap_or(Self { jwks: None, good_until_s: now_s, asked_s: now_s, trouble: None });
        Self { asked_s: now_s, trouble: Some(trouble), ..before }
    }

    /// Whether the keys are to be fetched again for an assertion that names the key `id`. A client may change its keys at
    /// any time, so one that is not known is asked for, but not again and again: whoever invents names for keys must
    /// not make this server call without end.
    #[must_use]
    pub fn is_due(&self, id: &str, now_s: i64) -> bool {
        let may_ask_again = !(self.asked_s..self.asked_s + AGAIN_S).contains(&now_s);
        match self.keys(now_s) {
            Ok(keys) => !keys.has(id) && may_ask_again,
            Err(_) => self.trouble.is_none() || may_ask_again,
        }
    }

    /// The keys, while they are good.
    ///
    /// # Errors
    /// Why there are none.
    pub fn keys(&self, now_s: i64) -> Result<Keys, String> {
        match &self.jwks {
            Some(jwks) if now_s < self.good_until_s => Keys::of_others(jwks),
            _ => {
                let why = self.trouble.as_deref().unwrap_or("they are too old");
                Err(format!("cannot be checked: the keys at the client's jwks_uri could not be had ({why})"))
            }
        }
    }
}

/// For how many seconds an answer may be kept (RFC 9111, 5.2.2).
fn kept_s(cache_control: &str) -> i64 {
    let words = || cache_control.split(',').map(|word| word.trim().to_ascii_lowercase());
    if words().any(|word| word == "no-store" || word == "no-cache") {
        return KEPT_S_MIN;
    }
    let said = words().find_map(|word| word.strip_prefix("max-age=")?.trim_matches('"').parse::<i64>().ok());
    said.map_or(KEPT_S, |said| said.clamp(KEPT_S_MIN, KEPT_S_MAX))
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;
    use serde_json::json;

    use super::*;

    fn jwks(id: &str) -> Vec<u8> {
        let coordinate = BASE64URL_NOPAD.encode(&[7; 48]);
        let key = json!({"kty": "EC", "crv": "P-384", "kid": id, "x": coordinate, "y": coordinate});
        // Keys of other kinds are other people's business.
        json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "old"}, {"kty": "OKP"}, key]}).to_string().into()
    }

    #[test]
    fn keys_are_good_for_as_long_as_their_server_says() {
        for (said, kept_s) in [
            (None, KEPT_S),
            (Some("public"), KEPT_S),
            (Some("public, max-age=60"), 60),
            (Some("Max-Age=\"120\""), 120),
            (Some("max-age=31536000"), KEPT_S_MAX),
            (Some("no-store, max-age=600"), KEPT_S_MIN),
            (Some("no-cache"), KEPT_S_MIN),
            (Some("max-age=-5"), KEPT_S_MIN),
        ] {
            let set = KeySet::fetched(&jwks("a"), said, 1000).expect("it can be read");
            assert!(set.keys(1000 + kept_s - 1).is_ok(), "{said:?}");
            assert!(set.keys(1000 + kept_s).is_err() && set.is_due("a", 1000 + kept_s), "{said:?}");
        }
    }

    #[test]
    fn a_key_that_is_not_known_is_asked_for_and_not_again_and_again() {
        let set = KeySet::fetched(&jwks("a"), None, 1000).expect("it can be read");
        assert!(!set.is_due("a", 1001), "it is there");
        assert!(!set.is_due("b", 1009) && set.is_due("b", 1010), "it is not");
        let after = KeySet::in_vain(Some(set), "nobody is there".to_owned(), 1010);
        assert!(!after.is_due("a", 1011) && after.keys(1011).is_ok(), "what was there is still good");
        assert!(!after.is_due("b", 1019) && after.is_due("b", 1020));
        let never = KeySet::in_vain(None, "nobody is there".to_owned(), 1000);
        assert!(!never.is_due("a", 1009) && never.is_due("a", 1010));
        assert!(never.keys(1001).expect_err("there are none").contains("nobody is there"));
    }

    #[test]
    fn what_is_no_set_of_keys_is_refused() {
        let private = json!({"keys": [{"kty": "EC", "crv": "P-384", "kid": "a", "d": "AA"}]}).to_string();
        let none = json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "old"}]}).to_string();
        for (body, word) in [
            ("<html>", "JSON"),
            ("{}", "list of keys"),
            ("{\"keys\": []}", "1 to"),
            (none.as_str(), "no key that"),
            (private.as_str(), "private"),
        ] {
            let found = KeySet::fetched(body.as_bytes(), None, 0).expect_err(body);
            assert!(found.contains(word), "{found}");
        }
    }
}
