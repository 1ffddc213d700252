//! Searches for the platform's own eyes: all pages in one, and no entry in the journal.

use serde_json::{Value, json};

use crate::access::Access;
use crate::fhir::{Answer, Context, Interaction, pairs_of, peek};
use crate::platform::Platform;

/// Resources fetched at a time: with two includes for each, a page stays below the limit on what includes may add.
const PAGE: &str = "500";

/// The searchset Bundle of `url`, such as `Patient?family=Okafor`: all pages in one, unless the url has a `_count` of its
/// own.
///
/// # Errors
/// Why the search was refused, in plain words.
pub(crate) fn search(
    platform: &Platform,
    access: &Access,
    base_url: &str,
    url: &str,
) -> Result<Value, String> {
    let context =
        Context { access, base_url, entropy: platform.entropy.as_ref(), limits: &platform.limits.json };
    let (kind, query) = url.split_once('?').unwrap_or((url, ""));
    let mut parameters = pairs_of(query);
    if parameters.iter().any(|(name, _)| name == "_count") {
        return page(&context, kind, &parameters);
    }
    parameters.push(("_count".to_owned(), PAGE.to_owned()));
    let mut whole = page(&context, kind, &parameters)?;
    let mut next = next_cursor(&whole);
    while let Some(cursor) = next {
        parameters.retain(|(name, _)| name != "_cursor");
        parameters.push(("_cursor".to_owned(), cursor));
        let mut more = page(&context, kind, &parameters)?;
        next = next_cursor(&more);
        if let (Some(all), Some(entries)) = (whole["entry"].as_array_mut(), more["entry"].as_array_mut()) {
            all.append(entries);
        }
    }
    Ok(whole)
}

fn page(context: &Context<'_>, kind: &str, parameters: &[(String, String)]) -> Result<Value, String> {
    let asked = Interaction::Search { kind, parameters, strict: true };
    match peek(context, &asked).map_err(|error| error.to_string())? {
        Answer::Made(text) => serde_json::from_slice(&text).map_err(|error| error.to_string()),
        _ => Ok(json!({"resourceType": "Bundle", "type": "searchset"})),
    }
}

fn next_cursor(bundle: &Value) -> Option<String> {
    let next = bundle["link"].as_array()?.iter().find(|link| link["relation"] == "next")?;
    let (_, query) = next["url"].as_str()?.split_once('?')?;
    pairs_of(query).into_iter().find(|(name, _)| name == "_cursor").map(|(_, cursor)| cursor)
}
