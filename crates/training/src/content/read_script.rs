//! Solutions and wrong answers.

use serde_json::Value;

use super::fields::Fields;
use super::node::{self, Kind, Node};
use super::read_app;
use super::read_check::{method, role};
use super::sink::Sink;
use super::tree::{LabFiles, Text};
use super::{read_dicom, read_service};
use crate::lab::Duration;
use crate::script::{Action, ActionKind, Body, Interaction, Script};

const ACTIONS: [&str; 11] =
    ["http", "fhir", "command", "hl7", "app", "rpc", "dicom", "service", "answer", "advance", "play"];
const INTERACTIONS: [&str; 6] = ["read", "search", "create", "update", "delete", "batch"];

/// Reads a script; `lab` is for its fixtures.
pub(super) fn script(file: &Text<'_>, lab: &LabFiles<'_>, sink: &Sink) -> Script {
    let root = node::parse(file.path, file.text, 1, sink);
    let fields = Fields::new(&root, "a script", sink);
    let script = Script {
        id: file.id.to_owned(),
        title: fields.need_text("title"),
        variants: fields.texts("variants"),
        fails: fields.texts("fails"),
        actions: fields.list("do").iter().filter_map(|node| action(node, lab, sink)).collect(),
        place: fields.place.clone(),
    };
    if fields.list("do").is_empty() {
        sink.say(fields.place, "a script does nothing", "add a [[do]] with an action");
    }
    fields.close();
    script
}

fn action(node: &Node, lab: &LabFiles<'_>, sink: &Sink) -> Option<Action> {
    let fields = Fields::new(node, "an action", sink);
    let kind = fields.one_of(&ACTIONS).and_then(|(word, field)| kind(word, &field.node, &fields, lab, sink));
    let action = kind.map(|kind| Action {
        id: fields.text("id"),
        save: fields.text("save"),
        save_place: fields.text("save_place"),
        again_on: status_of(&fields, "again_on"),
        for_each: fields.text("for_each"),
        variants: fields.texts("variants"),
        status: status_of(&fields, "status"),
        kind,
        place: fields.place.clone(),
    });
    for key in ["id", "save", "save_place", "again_on", "for_each", "variants", "status"] {
        fields.field(key);
    }
    fields.close();
    action
}

fn status_of(fields: &Fields<'_>, key: &'static str) -> Option<u16> {
    fields.whole(key, 100, 599).and_then(|status| u16::try_from(status).ok())
}

fn kind(word: &str, node: &Node, fields: &Fields<'_>, lab: &LabFiles<'_>, sink: &Sink) -> Option<ActionKind> {
    match word {
        "http" => http(node, lab, sink),
        "fhir" => fhir(node, lab, sink).map(ActionKind::Fhir),
        "command" => Some(ActionKind::Command {
            name: fields.as_text(node, "command")?,
            with: fields.node("with").map_or(Value::Object(serde_json::Map::new()), Node::to_json),
        }),
        "hl7" => {
            let sent = Fields::new(node, "an hl7 action", sink);
            let kind = ActionKind::Hl7 { to: sent.need_text("to"), message: sent.need_text("message") };
            sent.close();
            Some(kind)
        }
        "rpc" => Some(ActionKind::Rpc {
            method: fields.as_text(node, "rpc")?,
            params: fields.list("params").iter().map(|param| built_in(param, lab, sink)).collect(),
        }),
        "dicom" => read_dicom::action(node, sink),
        "service" => Some(ActionKind::Service(read_service::served(node, sink))),
        "app" => read_app::app(node, sink).map(ActionKind::App),
        "answer" => {
            let answer = Fields::new(node, "an answer", sink);
            let kind =
                ActionKind::Answer { check: answer.need_text("check"), value: answer.need_text("value") };
            answer.close();
            Some(kind)
        }
        "advance" => {
            fields.parsed("advance", "a time such as `30 min`", Duration::parse).map(ActionKind::Advance)
        }
        _ => Some(ActionKind::Play {
            solution: fields.as_text(node, "play")?,
            without: fields.texts("without"),
        }),
    }
}

fn http(node: &Node, lab: &LabFiles<'_>, sink: &Sink) -> Option<ActionKind> {
    let fields = Fields::new(node, "an http action", sink);
    let role = role(&fields);
    let method =
        fields.parsed("method", "GET, POST, PUT or DELETE", method).unwrap_or_else(|| "GET".to_owned());
    let path = fields.need_text("path");
    let headers = fields.entries("headers");
    let headers = headers
        .into_iter()
        .filter_map(|(name, field)| Some((name.clone(), fields.as_text(&field.node, name)?)))
        .collect();
    let body = body(&fields, lab, sink);
    fields.close();
    Some(ActionKind::Http { role, method, path, headers, body })
}

fn fhir(node: &Node, lab: &LabFiles<'_>, sink: &Sink) -> Option<Interaction> {
    let fields = Fields::new(node, "a fhir action", sink);
    let interaction = fields.one_of(&INTERACTIONS).and_then(|(word, field)| {
        let at = || fields.as_text(&field.node, word);
        Some(match word {
            "read" => Interaction::Read(at()?),
            "search" => Interaction::Search(at()?),
            "create" => Interaction::Create { at: at()?, body: need_body(&fields, lab, sink)? },
            "update" => Interaction::Update {
                at: at()?,
                body: need_body(&fields, lab, sink)?,
                if_match: fields.text("if_match"),
            },
            "delete" => Interaction::Delete { at: at()?, if_match: fields.text("if_match") },
            _ => Interaction::Batch(base(&field.node, lab, sink).map(|base| Body { base, set: Vec::new() })?),
        })
    });
    fields.close();
    interaction
}

fn need_body(fields: &Fields<'_>, lab: &LabFiles<'_>, sink: &Sink) -> Option<Body> {
    fields.need("body")?;
    body(fields, lab, sink)
}

fn body(fields: &Fields<'_>, lab: &LabFiles<'_>, sink: &Sink) -> Option<Body> {
    let set =
        fields.entries("set").into_iter().map(|(path, field)| (path.clone(), field.node.to_json())).collect();
    Some(Body { base: base(fields.node("body")?, lab, sink)?, set })
}

/// A value in which every text that names a fixture has become that fixture's JSON, however deep it stands.
fn built_in(node: &Node, lab: &LabFiles<'_>, sink: &Sink) -> Value {
    match &node.kind {
        Kind::Text(text) if text.starts_with("fixtures/") => base(node, lab, sink).unwrap_or_default(),
        Kind::List(items) => items.iter().map(|item| built_in(item, lab, sink)).collect(),
        Kind::Table(table) => table
            .iter()
            .map(|(key, field)| (key.clone(), built_in(&field.node, lab, sink)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        _ => node.to_json(),
    }
}

/// A table as it stands, a text as a placeholder, or the JSON of a fixture.
fn base(node: &Node, lab: &LabFiles<'_>, sink: &Sink) -> Option<Value> {
    let Kind::Text(text) = &node.kind else { return Some(node.to_json()) };
    let Some(name) = text.strip_prefix("fixtures/") else { return Some(Value::from(text.as_str())) };
    let Some(bytes) = lab.fixtures.get(name) else {
        sink.say(&node.place, format!("there is no file `{text}`"), "write the path below the lab's folder");
        return None;
    };
    match serde_json::from_slice(bytes) {
        Ok(value) => Some(value),
        Err(error) => {
            sink.say(&node.place, format!("`{text}` is not JSON: {error}"), "correct the fixture");
            None
        }
    }
}
