use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fetch::Fetch;
use super::hook::Hook;

/// Services that are read of one discovery.
const SERVICES_MAX: usize = 50;
/// Prefetch templates of one service.
const TEMPLATES_MAX: usize = 20;
/// The longest text that is kept of a service, in characters.
const TEXT_CHARS_MAX: usize = 1_000;

/// A service as its discovery tells of it (CDS Hooks 2.0, Discovery).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The last part of its address.
    pub id: String,
    /// When it wants to be called.
    pub hook: Hook,
    /// What people call it; its id, if it has no title.
    pub title: String,
    /// What it does.
    pub description: String,
    /// What it wishes to know beforehand, by its own keys.
    pub prefetch: BTreeMap<String, String>,
}

/// The services of a discovery's answer that can be called here, and what is wrong with it and with the others, each with
/// its place.
pub fn offers(discovery: &Value) -> (Vec<Offer>, Vec<String>) {
    let Some(services) = discovery.get("services").and_then(Value::as_array) else {
        let what = "services is missing or not a list; the discovery address answers {\"services\": [...]}";
        return (Vec::new(), vec![what.to_owned()]);
    };
    let (mut read, mut problems): (Vec<Offer>, Vec<String>) = (Vec::new(), Vec::new());
    if services.len() > SERVICES_MAX {
        problems.push(format!("there are {} services; the first {SERVICES_MAX} are read", services.len()));
    }
    for (at, service) in services.iter().take(SERVICES_MAX).enumerate() {
        match one(service) {
            Ok(offer) if read.iter().any(|known| known.id == offer.id && known.hook == offer.hook) => {
                problems.push(format!("services[{at}] is called {} like another one", offer.id));
            }
            Ok(offer) => read.push(offer),
            Err(wrong) => problems.extend(wrong.iter().map(|what| format!("services[{at}].{what}"))),
        }
    }
    (read, problems)
}

fn one(service: &Value) -> Result<Offer, Vec<String>> {
    let mut problems = Vec::new();
    let id = text(service, "id");
    if !id.is_some_and(is_service_id) {
        problems.push("id is missing, or is more than letters, digits, '-', '_', '.' and '~'".to_owned());
    }
    let hook = text(service, "hook").and_then(Hook::of);
    if hook.is_none() {
        let known = Hook::ALL.map(Hook::word).join(", ");
        problems.push(format!("hook is none that is called here: {known}"));
    }
    if text(service, "description").is_none() {
        problems.push("description is missing".to_owned());
    }
    let prefetch = match (service.get("prefetch"), hook) {
        (None | Some(Value::Null), _) | (_, None) => BTreeMap::new(),
        (Some(templates), Some(hook)) => prefetch(templates, hook, &mut problems),
    };
    match (id, hook, problems.is_empty()) {
        (Some(id), Some(hook), true) => Ok(Offer {
            id: id.to_owned(),
            hook,
            title: cut(text(service, "title").unwrap_or(id)),
            description: cut(text(service, "description").unwrap_or_default()),
            prefetch,
        }),
        _ => Err(problems),
    }
}

fn prefetch(templates: &Value, hook: Hook, problems: &mut Vec<String>) -> BTreeMap<String, String> {
    let Some(templates) = templates.as_object() else {
        problems.push("prefetch is not an object of templates".to_owned());
        return BTreeMap::new();
    };
    if templates.len() > TEMPLATES_MAX {
        problems.push(format!("prefetch has more than {TEMPLATES_MAX} templates"));
    }
    let mut read = BTreeMap::new();
    for (key, template) in templates.iter().take(TEMPLATES_MAX) {
        let Some(template) = template.as_str() else {
            problems.push(format!("prefetch.{key} is not a text"));
            continue;
        };
        match Fetch::check(template, hook) {
            Ok(()) => drop(read.insert(key.clone(), template.to_owned())),
            Err(error) => problems.push(format!("prefetch.{key}: {error}")),
        }
    }
    read
}

/// Whether a text can be the id of a service, and so a part of its address.
pub fn is_service_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    (1..=64).contains(&text.len()) && text.chars().all(fits) && !text.chars().all(|c| c == '.')
}

fn cut(text: &str) -> String {
    text.chars().take(TEXT_CHARS_MAX).collect()
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str).filter(|text| !text.is_empty())
}
