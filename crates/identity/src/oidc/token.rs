use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

use super::ProviderKeys;

/// How far the provider's clock may differ from ours, in seconds.
const SKEW_S: i64 = 120;

/// What an identity token must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who made it.
    pub issuer: &'a str,
    /// For whom: our client id.
    pub client: &'a str,
    /// For which sign-in.
    pub nonce: &'a str,
    /// The time, in seconds since 1970 UTC.
    pub now_s: i64,
}

/// Who somebody is, as the provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Never changes, and names nobody else at this provider.
    pub subject: String,
    /// The address, if the provider has verified it.
    pub email: Option<String>,
    /// The name they go by there.
    pub preferred_username: Option<String>,
    /// What they are called.
    pub name: Option<String>,
}

/// Reads an identity token and holds it to what it must be (section 3.1.3.7).
///
/// # Errors
/// Which of its parts does not hold, in words for a log: whoever sent it is told less.
pub fn id_token(token: &str, keys: &ProviderKeys, expected: Expected<'_>) -> Result<Claims, &'static str> {
    let (signed, signature) = token.rsplit_once('.').ok_or("it is no signed token")?;
    let (head, body) = signed.split_once('.').ok_or("it is no signed token")?;
    let part = |text: &str| -> Option<Value> {
        serde_json::from_slice(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
    };
    let (head, body) = (part(head).ok_or("its head is no JSON")?, part(body).ok_or("its body is no JSON")?);
    let signature =
        BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| "its signature cannot be read")?;
    let algorithm = head.get("alg").and_then(Value::as_str).unwrap_or_default();
    let id = head.get("kid").and_then(Value::as_str);
    if !keys.verify(id, algorithm, signed.as_bytes(), &signature) {
        return Err("no key of the provider made its signature");
    }
    let text = |member: &str| body.get(member).and_then(Value::as_str);
    let number = |member: &str| body.get(member).and_then(Value::as_i64);
    if text("iss") != Some(expected.issuer) {
        return Err("another provider made it");
    }
    let (is_ours, others) = match &body["aud"] {
        Value::String(one) => (one == expected.client, false),
        Value::Array(all) => (all.iter().any(|one| one == expected.client), all.len() > 1),
        _ => (false, false),
    };
    if !is_ours || (others && text("azp") != Some(expected.client)) {
        return Err("it is for another client");
    }
    if number("exp").is_none_or(|until_s| until_s + SKEW_S <= expected.now_s) {
        return Err("it is too old");
    }
    if number("iat").is_none_or(|made_s| made_s - SKEW_S > expected.now_s) {
        return Err("it was made in the future");
    }
    if text("nonce") != Some(expected.nonce) {
        return Err("it is of another sign-in");
    }
    let subject = text("sub").filter(|subject| !subject.is_empty()).ok_or("it names nobody")?.to_owned();
    let is_verified = body.get("email_verified").and_then(Value::as_bool) == Some(true);
    let said = |member: &str| text(member).filter(|said| !said.is_empty()).map(str::to_owned);
    Ok(Claims {
        subject,
        email: said("email").filter(|_| is_verified),
        preferred_username: said("preferred_username"),
        name: said("name"),
    })
}
