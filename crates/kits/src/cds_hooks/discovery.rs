use std::collections::BTreeSet;

use serde_json::Value;
use standards::cds_hooks::{Fetch, Hook, is_service_id};

use super::call::{ask, discovery, object};
use crate::model::{Group, Stop, Test, Weight};
use crate::run::Step;
use crate::wire::http::Request;

/// What the discovery tells.
pub(super) fn group() -> Group {
    let id = |name: &str| format!("cds-hooks-service/discovery/{name}");
    Group {
        id: "cds-hooks-service/discovery".to_owned(),
        title: "Discovery".to_owned(),
        about: "What a client learns before it calls.".to_owned(),
        tests: vec![
            Test::new(id("answers"), "The discovery address lists services", answers)
                .of(&["cds.discovery"])
                .gives(&["discovery"]),
            Test::new(id("services"), "Each service says what it is and when to call it", services)
                .about("id, hook and description of every service; of hooks that no client here knows there is a note.")
                .of(&["cds.service"])
                .needs(&["discovery"]),
            Test::new(id("prefetch"), "Clients can fill in every prefetch template", prefetch)
                .about("Members of the context are filled in. FHIRPath and other tokens need a client that knows them.")
                .of(&["cds.prefetch"])
                .needs(&["discovery"]),
        ],
        ..Group::default()
    }
}

fn answers(step: &mut Step<'_>) -> Result<(), Stop> {
    let url = discovery(step);
    let response = ask(step, Request::get(url.as_str()))?;
    if response.status != 200 {
        return Err(Stop::Fail(format!("{url} was answered with {}, not 200", response.status)));
    }
    let found = object(&response)?;
    let Some(services) = found["services"].as_array() else {
        return Err(Stop::Fail(format!("the answer of {url} has no list services")));
    };
    let only = step.value("service");
    if !only.is_empty() && !services.iter().any(|one| one["id"] == only.as_str()) {
        return Err(Stop::Fail(format!("{url} lists no service {only}")));
    }
    step.give("discovery", found.to_string());
    match services.is_empty() {
        true => Err(Stop::Fail(format!("{url} lists no service at all"))),
        false => Ok(()),
    }
}

/// The listed services that are asked about.
fn listed(step: &Step<'_>) -> Vec<Value> {
    let found: Value = serde_json::from_str(&step.value("discovery")).unwrap_or_default();
    let only = step.value("service");
    let services = found["services"].as_array().cloned().unwrap_or_default();
    services.into_iter().filter(|one| only.is_empty() || one["id"] == only.as_str()).collect()
}

fn services(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut ids = BTreeSet::new();
    let mut wrong = Vec::new();
    for (at, service) in listed(step).iter().enumerate() {
        let text = |member: &str| service[member].as_str().filter(|text| !text.is_empty());
        let lacking = ["id", "hook", "description"].into_iter().filter(|member| text(member).is_none());
        wrong.extend(lacking.map(|member| format!("services[{at}] has no {member}")));
        let Some(id) = text("id") else { continue };
        if !is_service_id(id) {
            wrong.push(format!("the id {id:?} cannot stand in an address as it is"));
        }
        if !ids.insert(id.to_owned()) {
            wrong.push(format!("two services have the id {id}"));
        }
        if text("hook").is_some_and(|hook| Hook::of(hook).is_none()) {
            let hook = &service["hook"];
            step.note(
                Weight::Warning,
                format!("{id} is for the hook {hook}, at which this kit does not call"),
            );
        }
        if text("title").is_none() {
            step.unseen([format!("a title of {id}")]);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Stop::Fail(wrong.join("; "))) }
}

fn prefetch(step: &mut Step<'_>) -> Result<(), Stop> {
    let (mut wrong, mut seen) = (Vec::new(), false);
    for service in listed(step) {
        let id = service["id"].as_str().unwrap_or_default().to_owned();
        let Some(hook) = service["hook"].as_str().and_then(Hook::of) else { continue };
        match &service["prefetch"] {
            Value::Null => {}
            Value::Object(templates) => {
                for (key, template) in templates {
                    seen = true;
                    match template.as_str().map(|template| Fetch::check(template, hook)) {
                        Some(Ok(())) => {}
                        Some(Err(error)) => wrong.push(format!("{key} of {id}: {error}")),
                        None => wrong.push(format!("{key} of {id} is no text")),
                    }
                }
            }
            _ => wrong.push(format!("prefetch of {id} is no object")),
        }
    }
    match (wrong.is_empty(), seen) {
        (false, _) => Err(Stop::Fail(wrong.join("; "))),
        (true, false) => Err(Stop::Omit("no service asks to know anything beforehand".to_owned())),
        (true, true) => Ok(()),
    }
}
