use serde_json::Value;

use super::envelope::Envelope;
use super::keys::Keys;

/// How far in the future an assertion may end, in seconds (SMART App Launch 2.2, 5.1.3).
pub const LIFE_S_MAX: i64 = 300;
/// How far two clocks may differ, in seconds.
const SKEW_S: i64 = 5;

/// An assertion that was believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// Its name, which must not be seen again before it ends.
    pub id: String,
    /// When it ends, seconds since 1970 UTC.
    pub expires_s: i64,
}

/// What an assertion says of itself before anything of it is believed: for finding the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The client it is from.
    pub client: String,
    /// The key it is signed with.
    pub key: String,
    /// Where that key is shown, if it says so.
    pub key_set: Option<String>,
}

/// What an assertion says of itself; nothing, if it is none.
#[must_use]
pub fn claimed(token: &str) -> Option<Claimed> {
    let envelope = Envelope::open(token).ok()?;
    let text = |within: &Value, member: &str| within.get(member).and_then(Value::as_str).map(str::to_owned);
    Some(Claimed {
        client: text(&envelope.claims, "sub")?,
        key: text(&envelope.header, "kid").unwrap_or_default(),
        key_set: text(&envelope.header, "jku"),
    })
}

/// Checks that `client` signed `token` with one of its `keys` for this `audience`, the token endpoint, not long ago. Whether
/// it was seen before is the caller's to know.
///
/// # Errors
/// What is wrong with it.
pub fn check(
    token: &str,
    client: &str,
    keys: &Keys,
    audience: &str,
    now_s: i64,
) -> Result<Assertion, String> {
    let envelope = Envelope::open(token)?;
    let header = |member: &str| envelope.header.get(member).and_then(Value::as_str);
    if envelope.header.get("crit").is_some() {
        return Err("has 'crit', which is not understood here".to_owned());
    }
    let algorithm = header("alg").unwrap_or_default();
    if !["ES384", "RS384"].contains(&algorithm) {
        return Err(format!("is signed with '{algorithm}'; ES384 and RS384 are accepted"));
    }
    let key = header("kid").ok_or("names no key; its header needs 'kid'")?;
    if !keys.verify(key, algorithm, envelope.signed, &envelope.signature) {
        return Err(format!("is not signed with {algorithm} by the registered key '{key}'"));
    }
    let claim = |name: &str| envelope.claims.get(name);
    let text = |name: &str| claim(name).and_then(Value::as_str);
    if text("iss") != Some(client) || text("sub") != Some(client) {
        return Err(format!("must have iss and sub '{client}'"));
    }
    let is_for_us = match claim("aud") {
        Some(Value::String(one)) => one == audience,
        Some(Value::Array(several)) => several.iter().any(|one| one == audience),
        _ => false,
    };
    if !is_for_us {
        return Err(format!("is not meant for this server; its aud must be {audience}"));
    }
    let seconds = |name: &str| {
        claim(name).map(|value| number(value).ok_or_else(|| format!("has no number as {name}"))).transpose()
    };
    let expires_s = seconds("exp")?.ok_or("has no exp")?;
    if expires_s + SKEW_S <= now_s {
        return Err("has expired".to_owned());
    }
    if expires_s > now_s + LIFE_S_MAX + SKEW_S {
        return Err(format!("lives too long; exp may be {LIFE_S_MAX} seconds from now"));
    }
    for name in ["nbf", "iat"] {
        if seconds(name)?.is_some_and(|from_s| from_s > now_s + SKEW_S) {
            return Err(format!("is from the future by its {name}"));
        }
    }
    let id =
        text("jti").filter(|id| (1..=255).contains(&id.len())).ok_or("needs a jti of 1 to 255 characters")?;
    Ok(Assertion { id: id.to_owned(), expires_s: expires_s + SKEW_S })
}

/// Seconds, which some write with a fraction.
fn number(value: &Value) -> Option<i64> {
    let in_range = |number: &f64| (0.0..1e11).contains(number);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked, and the fraction does not matter"
    )]
    value.as_f64().filter(in_range).map(|number| number as i64)
}
