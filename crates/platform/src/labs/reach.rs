//! What the newest token of an app opens, tried without leaving a trace.

use identity::grant::Grant;
use identity::scope::Scopes;
use store::journal::{Entry, Filter};
use training::facts::Opened;
use training::lab::Tried;

use super::search::search;
use crate::access::{Access, outcome};
use crate::platform::Platform;
use crate::sandboxes::begun_seq;

/// How far it is open; `None` where no app of this name was given a token since the attempt began.
///
/// # Errors
/// When the store failed, or what is tried cannot be read.
pub(super) fn reached(
    platform: &Platform,
    access: &Access,
    base_url: &str,
    app: &str,
    tried: &Tried,
) -> Result<Option<Opened>, String> {
    let Some(grant) = newest_grant(platform, access, app)? else { return Ok(None) };
    let (is_some, is_all) = match tried {
        Tried::May(scope) => {
            let (asked, unknown) = Scopes::read(scope);
            if let Some(word) = unknown.first() {
                return Err(format!("the scope '{word}' means nothing here"));
            }
            (!grant.scopes.meet(&asked).is_empty(), grant.scopes.contains(&asked))
        }
        Tried::Get(url) => {
            let within = access.clone().within(grant.reach(None));
            // A search that is out of reach is refused; one that cannot be read would be refused without a token, too.
            let found = match search(platform, &within, base_url, url) {
                Ok(bundle) => finds_something(&bundle),
                Err(_) => search(platform, access, base_url, url).map(|_| false)?,
            };
            (found, found)
        }
    };
    Ok(Some(match (is_some, is_all) {
        (_, true) => Opened::All,
        (true, false) => Opened::Part,
        (false, false) => Opened::Nothing,
    }))
}

fn finds_something(bundle: &serde_json::Value) -> bool {
    let mut entries = bundle["entry"].as_array().into_iter().flatten();
    entries.any(|entry| entry["search"]["mode"] != "outcome")
}

/// What the newest token opens that an app of this name was given, as the journal has it. An app that was removed has none.
fn newest_grant(platform: &Platform, access: &Access, app: &str) -> Result<Option<Grant>, String> {
    let in_words = |error: store::StoreError| error.to_string();
    let apps = platform.apps(access).map_err(in_words)?;
    let named = |entry: &Entry| {
        let client = entry.event.detail["client"].as_str();
        apps.iter().any(|known| known.name.eq_ignore_ascii_case(app) && Some(known.id.as_str()) == client)
    };
    let given = |entry: &Entry| {
        entry.event.kind == "auth.token" && entry.event.outcome == outcome::OK && named(entry)
    };
    let after_seq = begun_seq(access.sandbox()).map_err(in_words)?;
    let entries = access.sandbox().journal(&Filter { after_seq, ..Filter::default() }).map_err(in_words)?;
    let Some(newest) = entries.into_iter().rfind(given) else { return Ok(None) };
    let text = |name: &str| newest.event.detail[name].as_str().map(str::to_owned);
    Ok(Some(Grant {
        client: text("client").unwrap_or_default(),
        subject: None,
        scopes: Scopes::read(&text("scope").unwrap_or_default()).0,
        patient: text("patient"),
        encounter: None,
    }))
}
