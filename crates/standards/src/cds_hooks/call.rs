use serde_json::{Map, Value};

use super::hook::Hook;

/// What a client asks of a service (CDS Hooks 2.0, Calling a CDS Service).
#[derive(Debug, Clone, PartialEq)]
pub struct HookCall {
    /// The moment.
    pub hook: Hook,
    /// The client's own name for this moment, the same in every call that belongs to it.
    pub hook_instance: String,
    /// The id of the patient.
    pub patient: String,
    /// Orders that are not signed. Each is an object with a `resourceType` and an `id`; one that came without an id has one
    /// that says its place, so that two of them can be told apart.
    pub drafts: Vec<Value>,
    /// What the client fetched beforehand, by the service's own keys. A `null` says that there was nothing to fetch.
    pub prefetch: Map<String, Value>,
}

impl HookCall {
    /// Reads the body of a call.
    ///
    /// # Errors
    /// Every problem found, each with its place.
    pub fn read(body: &Value) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let hook = text(body, "hook");
        let known = hook.and_then(Hook::of);
        if known.is_none() {
            let names = Hook::ALL.map(Hook::word).join(", ");
            let said = hook.unwrap_or("nothing");
            problems.push(format!("hook is {said}; the hooks known here are {names}"));
        }
        let instance = text(body, "hookInstance");
        if instance.is_none() {
            problems.push("hookInstance is missing; send a new UUID for each moment".to_owned());
        }
        let context = &body["context"];
        for member in known.map_or(&[][..], Hook::context_texts) {
            if text(context, member).is_none() {
                problems.push(format!("context.{member} is missing or not a text"));
            }
        }
        let drafts = match known.is_some_and(Hook::has_drafts) {
            true => drafts(&context["draftOrders"], &mut problems),
            false => Vec::new(),
        };
        let prefetch = match body.get("prefetch") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(members)) => members.clone(),
            Some(_) => {
                problems.push("prefetch is not an object".to_owned());
                Map::new()
            }
        };
        match (known, problems.is_empty()) {
            (Some(hook), true) => Ok(Self {
                hook,
                hook_instance: instance.unwrap_or_default().to_owned(),
                patient: text(context, "patientId").unwrap_or_default().to_owned(),
                drafts,
                prefetch,
            }),
            _ => Err(problems),
        }
    }

    /// The resources of one type under a prefetched key: of a Bundle its entries, otherwise the resource itself. `None` if
    /// the key was not sent, so that a service knows to look for itself.
    pub fn prefetched(&self, key: &str, kinds: &[&str]) -> Option<Vec<Value>> {
        let sent = self.prefetch.get(key)?;
        let is_bundle = text(sent, "resourceType") == Some("Bundle");
        let all: Vec<&Value> = match is_bundle {
            true => entries(sent).iter().filter_map(|entry| entry.get("resource")).collect(),
            false => vec![sent],
        };
        let wanted = |one: &&Value| text(one, "resourceType").is_some_and(|kind| kinds.contains(&kind));
        Some(all.into_iter().filter(wanted).cloned().collect())
    }
}

fn drafts(bundle: &Value, problems: &mut Vec<String>) -> Vec<Value> {
    if text(bundle, "resourceType") != Some("Bundle") {
        problems.push("context.draftOrders is not a Bundle".to_owned());
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for (at, entry) in entries(bundle).iter().enumerate() {
        match entry.get("resource") {
            Some(order) if text(order, "resourceType").is_some() => {
                let mut order = order.clone();
                if text(&order, "id").is_none() {
                    order["id"] = format!("draft-{at}").into();
                }
                drafts.push(order);
            }
            _ => problems.push(format!("context.draftOrders.entry[{at}] holds no resource")),
        }
    }
    drafts
}

fn entries(bundle: &Value) -> &[Value] {
    bundle.get("entry").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str).filter(|text| !text.is_empty())
}
