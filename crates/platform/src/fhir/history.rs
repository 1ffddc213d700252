use data_encoding::BASE64URL_NOPAD;
use serde_json::json;
use standards::fhir::instant;
use standards::fhir::outcome::IssueCode;
use store::journal::NewEntry;
use store::sandbox::{HistoryCursor, HistoryQuery, View};

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::interaction::{HistoryParameters, Interaction};
use super::page::{Page, link};
use super::perform::granted;
use super::search::{COUNT_DEFAULT, COUNT_MAX};
use super::write::check_type;

/// The versions of a resource or of a type, newest first (R4, 3.1.0.11).
pub(super) fn history(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    id: Option<&str>,
    parameters: &HistoryParameters,
) -> Result<(Answer, NewEntry), FhirError> {
    check_type(kind)?;
    let after = parameters.cursor.as_deref().map(read_cursor).transpose()?;
    let count = parameters.count.unwrap_or(COUNT_DEFAULT).clamp(1, COUNT_MAX);
    let query = HistoryQuery { kind: Some(kind), id, since_us: parameters.since_us, count, after };
    let found = view.history(&query)?;
    if let Some(id) = id
        && found.total == 0
        && view.get(kind, id)?.is_none()
    {
        return Err(FhirError::not_found(kind, id));
    }
    let subject = id.filter(|_| kind == "Patient").map(|id| format!("Patient/{id}"));
    let event = granted(context, asked, subject, &[("total", json!(found.total))]);

    let path = id.map_or_else(|| format!("{kind}/_history"), |id| format!("{kind}/{id}/_history"));
    let mut applied = vec![("_count".to_owned(), count.to_string())];
    applied.extend(parameters.since_us.map(|since_us| ("_since".to_owned(), instant::format(since_us))));
    let mut links = vec![("self", link(context.base_url, &path, &applied, parameters.cursor.as_deref()))];
    if let Some(next) = found.next {
        links.push(("next", link(context.base_url, &path, &applied, Some(&write_cursor(next)))));
    }
    let mut page = Page::new("history", Some(found.total), &links);
    for stored in &found.versions {
        page.version(&format!("{}/{kind}/{}", context.base_url, stored.id), stored);
    }
    Ok((Answer::Made(page.finish()), event))
}

fn write_cursor(cursor: HistoryCursor) -> String {
    BASE64URL_NOPAD.encode(json!(cursor).to_string().as_bytes())
}

fn read_cursor(text: &str) -> Result<HistoryCursor, FhirError> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
    serde_json::from_slice(&bytes).map_err(|_| {
        let what = "'_cursor' is not one this server made; follow the links of the first page";
        FhirError::new(Refusal::Malformed, IssueCode::Value, what)
    })
}
