use identity::Code;
use identity::assertion;
use identity::client::{Authentication, Client};
use store::sandbox::Change;
use subtle::ConstantTimeEq;

use super::error::IdentityError;
use super::keep::{Kind, all, find, forget, hashed, keep};
use super::key_sets::keys_of;
use crate::access::Access;

/// What a client brings to say who it is.
#[derive(Debug, Clone, Default)]
pub struct Presented {
    /// `client_id` of the body.
    pub client_id: Option<String>,
    /// Id and secret of the Authorization header.
    pub basic: Option<(String, String)>,
    /// `client_assertion`, of the type for JWTs.
    pub assertion: Option<String>,
}

/// The client that proved who it is, in the way it registered for. An assertion is used up.
pub(super) fn authenticate(
    access: &Access,
    change: &Change<'_>,
    presented: &Presented,
    audience: &str,
) -> Result<Client, IdentityError> {
    let refuse = |what: &str| IdentityError::refused(Code::InvalidClient, what);
    let Presented { client_id, basic, assertion } = presented;
    if basic.is_some() && assertion.is_some() {
        return Err(IdentityError::refused(
            Code::InvalidRequest,
            "a client proves who it is in one way, not in two",
        ));
    }
    let claimed = assertion.as_deref().and_then(assertion::claimed).map(|claimed| claimed.client);
    let id = basic.as_ref().map(|(id, _)| id.clone()).or(claimed).or_else(|| client_id.clone());
    let id = id.ok_or_else(|| refuse("the request does not say which client it is from"))?;
    if client_id.as_ref().is_some_and(|named| *named != id) {
        return Err(refuse("client_id names another client than the one that proved who it is"));
    }
    let client: Option<Client> = find(change.view(), Kind::App, &id)?;
    let client = client.ok_or_else(|| refuse("no such client is registered in this hospital"))?;
    match (client.authentication, basic, assertion) {
        (Authentication::None, None, None) => {}
        (Authentication::ClientSecretBasic, Some((_, secret)), None) => {
            let stored = client.secret_hash.as_deref().unwrap_or_default();
            if !bool::from(stored.as_bytes().ct_eq(hashed(secret).as_bytes())) {
                return Err(refuse("the client's secret is wrong"));
            }
        }
        (Authentication::PrivateKeyJwt, None, Some(token)) => {
            assert_once(access, change, &client, token, audience)?;
        }
        (registered, ..) => {
            let method = serde_json::to_value(registered).unwrap_or_default();
            let method = method.as_str().unwrap_or_default();
            return Err(refuse(&format!(
                "this client registered for {method}, and must prove who it is that way"
            )));
        }
    }
    Ok(client)
}

fn assert_once(
    access: &Access,
    change: &Change<'_>,
    client: &Client,
    token: &str,
    audience: &str,
) -> Result<(), IdentityError> {
    let refuse =
        |what: String| IdentityError::refused(Code::InvalidClient, format!("client_assertion {what}"));
    // A key set that an assertion names must be the one that was registered (SMART App Launch 2.2, Signature Verification).
    let named = assertion::claimed(token).and_then(|claimed| claimed.key_set);
    if named.is_some() && named != client.jwks_uri {
        return Err(refuse("names keys by a jku that is not the registered jwks_uri".to_owned()));
    }
    let keys = keys_of(access, change.view(), client)?.map_err(refuse)?;
    let now_s = access.wall_us() / 1_000_000;
    let believed = assertion::check(token, &client.id, &keys, audience, now_s).map_err(refuse)?;
    for (key, expires_s) in all::<i64>(change.view(), Kind::Assertion)? {
        if expires_s <= now_s {
            forget(change, Kind::Assertion, &key)?;
        }
    }
    let key = hashed(&format!("{} {}", client.id, believed.id));
    if find::<i64>(change.view(), Kind::Assertion, &key)?.is_some() {
        return Err(refuse("was used before; make each with a jti of its own".to_owned()));
    }
    Ok(keep(change, access, Kind::Assertion, &key, &believed.expires_s)?)
}
