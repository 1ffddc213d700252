use std::collections::BTreeMap;

use serde_json::{Map, Value};
use standards::cds_hooks::Fetch;
use store::sandbox::View;

use crate::fhir::{Answer, Context, Interaction, Refusal, glance, pairs_of};

/// Resources of one search, where the template does not say how many.
const COUNT: &str = "200";
/// Bytes of everything that is fetched for one call.
const BYTES_MAX: usize = 2 * 1024 * 1024;

/// What a service wished to know, by its keys, as far as `context` reaches: a service is told no more than its token opens.
///
/// What there is none of is `null`; what could not be fetched is left out, and the service may look for itself (CDS Hooks 2.0,
/// Prefetch Template).
pub(super) fn prefetch(
    context: &Context<'_>,
    view: View<'_>,
    templates: &BTreeMap<String, String>,
    moment: &Value,
) -> Map<String, Value> {
    let mut fetched = Map::new();
    let mut bytes = 0;
    for (key, template) in templates {
        let Ok(fetch) = Fetch::of(template, moment, context.access.virtual_us()) else { continue };
        let Some(found) = one(context, view, &fetch) else { continue };
        bytes += found.len();
        if bytes > BYTES_MAX {
            break;
        }
        fetched.insert(key.clone(), serde_json::from_slice(&found).unwrap_or(Value::Null));
    }
    fetched
}

/// The bytes of a resource or of a searchset; none at all if it could not be fetched.
fn one(context: &Context<'_>, view: View<'_>, fetch: &Fetch) -> Option<Vec<u8>> {
    let answer = match fetch {
        Fetch::Read { kind, id } => {
            glance(context, view, &Interaction::Read { kind, id, known_version: None })
        }
        Fetch::Search { kind, query } => {
            let mut parameters = pairs_of(query);
            if !parameters.iter().any(|(name, _)| name == "_count") {
                parameters.push(("_count".to_owned(), COUNT.to_owned()));
            }
            glance(context, view, &Interaction::Search { kind, parameters: &parameters, strict: true })
        }
    };
    match answer {
        Ok(Answer::Resource(stored)) => Some(stored.body.to_vec()),
        Ok(Answer::Made(bytes)) => Some(bytes),
        Ok(_) => None,
        Err(error) if matches!(error.refusal, Refusal::NotFound | Refusal::Gone) => Some(b"null".to_vec()),
        Err(_) => None,
    }
}
