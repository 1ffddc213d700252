//! A search asked again: what was answered to it is not kept.

use store::journal::Entry;
use store::sandbox::View;

use super::decode::Decoded;
use super::exchange::{line, pretty};
use crate::fhir::{Answer, Context, Interaction, glance, pairs_of};

/// Resources that are shown of a search at most, and bytes.
const SHOWN_MAX: &str = "20";
const BYTES_MAX: usize = 256 * 1024;

/// What a search of a type finds now, as far as `context` reaches; nothing for any other entry, or where it cannot be shown.
pub(super) fn found_now(context: &Context<'_>, view: View<'_>, entry: &Entry) -> Option<Decoded> {
    let detail = &entry.event.detail;
    let (kind, query) = (detail["type"].as_str()?, detail["query"].as_str()?);
    if entry.event.kind != "fhir.search" || detail.get("compartment").is_some() {
        return None;
    }
    let mut parameters = pairs_of(query);
    // The journal has the parameters as people read them. One that they cannot be told from again is left alone.
    let written: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if written.join("&") != query {
        return None;
    }
    parameters.retain(|(name, _)| name != "_count");
    parameters.push(("_count".to_owned(), SHOWN_MAX.to_owned()));
    let asked = Interaction::Search { kind, parameters: &parameters, strict: false };
    let Ok(Answer::Made(bytes)) = glance(context, view, &asked) else { return None };
    let body = (bytes.len() <= BYTES_MAX).then(|| pretty(&bytes))?;
    Some(Decoded::Now { line: line(entry), body })
}
