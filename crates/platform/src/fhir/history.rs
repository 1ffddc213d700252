use data_encoding::BASE64URL_NOPAD;
use identity::scope::Permissions;
use serde_json::json;
use standards::fhir::outcome::IssueCode;
use store::journal::NewEntry;
use store::sandbox::{HistoryCursor, HistoryQuery, View};

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::guard::{in_sight, seen};
use super::history_parameters::HistoryParameters;
use super::interaction::Interaction;
use super::page::{Page, link};
use super::perform::granted;
use super::search::{COUNT_DEFAULT, COUNT_MAX};
use super::write::check_type;

/// The versions of a resource, of a type or of everything, newest first (R4, 3.1.0.11).
pub(super) fn history(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
    of: (Option<&str>, Option<&str>),
    parameters: &HistoryParameters,
) -> Result<(Answer, NewEntry), FhirError> {
    let (kind, id) = of;
    kind.map_or(Ok(()), check_type)?;
    let after = parameters.cursor.as_deref().map(read_cursor).transpose()?;
    let count = parameters.count.unwrap_or(COUNT_DEFAULT).clamp(1, COUNT_MAX);
    let at_us = parameters.at_us()?;
    let query = HistoryQuery { kind, id, since_us: parameters.since_us, at_us, count, after };
    let mut found = view.history(&query)?;
    let total = match (of, context.access.reach()) {
        ((Some(kind), Some(id)), Some(_)) => {
            // Versions of another time may have been out of reach; how many there are, nobody is told.
            in_sight(context, view.get(kind, id)?).ok_or_else(|| FhirError::not_found(kind, id))?;
            found.versions.retain(|version| seen(context, version, Permissions::READ));
            None
        }
        _ => Some(found.total),
    };
    if let (Some(kind), Some(id)) = of
        && found.total == 0
        && view.get(kind, id)?.is_none()
    {
        return Err(FhirError::not_found(kind, id));
    }
    let subject = id.filter(|_| kind == Some("Patient")).map(|id| format!("Patient/{id}"));
    let event = granted(context, asked, subject, &[("total", json!(total))]);

    let steps = [kind, id, Some("_history")];
    let path = steps.into_iter().flatten().collect::<Vec<_>>().join("/");
    let applied = parameters.applied(count);
    let mut links = vec![("self", link(context.base_url, &path, &applied, parameters.cursor.as_deref()))];
    if let Some(next) = found.next {
        links.push(("next", link(context.base_url, &path, &applied, Some(&write_cursor(next)))));
    }
    let mut page = Page::new("history", total, &links);
    for stored in &found.versions {
        page.version(&format!("{}/{}/{}", context.base_url, stored.kind, stored.id), stored);
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
