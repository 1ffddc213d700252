use identity::assertion::{self, KeySet, Keys};
use identity::client::Client;
use kits::wire::http::Request;
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::View;

use super::authenticate::Presented;
use super::keep::{Kind, event, find, keep};
use crate::access::{Access, outcome};
use crate::dial::dial;
use crate::platform::Platform;

/// The journal kind of looking keys up.
const LOOKED_UP: &str = "auth.keys";

impl Platform {
    /// Fetches the keys of the client that presents itself from its `jwks_uri`, if they are due. Call it before a use case
    /// that asks who a client is: it dials a server of somebody else, which no change of the hospital may wait for.
    ///
    /// Nothing of the assertion is believed yet, so what it can cause is one request to an address that the person whose
    /// hospital this is registered, within the limits of every such request.
    ///
    /// # Errors
    /// When the store fails. Keys that cannot be had are no error here: the assertion is refused, with the reason.
    pub fn look_up_keys(&self, access: &Access, presented: &Presented) -> Result<(), StoreError> {
        let Some(claimed) = presented.assertion.as_deref().and_then(assertion::claimed) else {
            return Ok(());
        };
        let found = access.sandbox().view(|view| -> Result<_, StoreError> {
            let client: Option<Client> = find(view, Kind::App, &claimed.client)?;
            Ok((client, find::<KeySet>(view, Kind::KeySet, &claimed.client)?))
        });
        let (Some(client), before) = found? else { return Ok(()) };
        let now_s = access.wall_us() / 1_000_000;
        let Some(address) = client.jwks_uri else { return Ok(()) };
        if before.as_ref().is_some_and(|set| !set.is_due(&claimed.key, now_s)) {
            return Ok(());
        }
        let (set, word, mut detail) = match fetch(&address, now_s) {
            Ok(set) => (set, outcome::OK, json!({})),
            Err(what) => (KeySet::in_vain(before, what.clone(), now_s), "unheard", json!({"what": what})),
        };
        detail["client"] = json!(client.id);
        detail["url"] = json!(address);
        access.change(LOOKED_UP, |change| {
            keep(change, access, Kind::KeySet, &client.id, &set)?;
            change.note(&event(access, LOOKED_UP, word, detail)).map(|_| ())
        })
    }
}

fn fetch(address: &str, now_s: i64) -> Result<KeySet, String> {
    let came = dial(&Request::get(address).with("accept", "application/json"));
    match (came.trouble, came.response.status) {
        (Some(trouble), _) => Err(trouble.to_string()),
        (None, 200) => KeySet::fetched(&came.response.body, came.response.header("cache-control"), now_s),
        (None, status) => Err(format!("it answers with {status}, not 200")),
    }
}

/// The public keys of a client: those it sent, or those it shows and that were looked up.
///
/// # Errors
/// The inner error says why there are none.
pub(super) fn keys_of(
    access: &Access,
    view: View<'_>,
    client: &Client,
) -> Result<Result<Keys, String>, StoreError> {
    if client.jwks_uri.is_none() {
        return Ok(Keys::read(client.jwks.as_ref().unwrap_or(&Value::Null)));
    }
    let set: Option<KeySet> = find(view, Kind::KeySet, &client.id)?;
    let never = || "cannot be checked: the keys at the client's jwks_uri were not looked up".to_owned();
    Ok(set.ok_or_else(never).and_then(|set| set.keys(access.wall_us() / 1_000_000)))
}
