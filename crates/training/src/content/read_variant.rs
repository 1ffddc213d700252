//! Variants: the lab's own tables with the variant's laid over them.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::node::{Field, Kind, Node, Table};
use super::read_check;
use super::read_param;
use super::read_release::share_protocols;
use super::read_rows::share_truths;
use super::read_service::share_orders;
use super::sink::Sink;
use crate::lab::{Duration, Fault, FaultTime, Param, Step, Variant};
use crate::problem::Place;
use crate::text::placeholders;

/// What a lab shares with its variants, as it stands in `lab.md`.
pub(super) struct Shared<'a> {
    pub(super) params: Vec<(&'a String, &'a Field)>,
    pub(super) faults: &'a [Node],
    pub(super) steps: &'a [Node],
}

/// Reads one variant, complete with what it shares.
pub(super) fn variant(id: &str, root: &Node, shared: &Shared<'_>, sink: &Sink) -> Variant {
    let fields = Fields::new(root, "a variant", sink);
    let params = shared.params.iter().copied().chain(fields.entries("params"));
    let params: BTreeMap<&String, &Field> = params.collect();
    let steps = steps(shared.steps, &fields, sink);
    let mut steps: Vec<Step> = steps.iter().map(|node| read_check::step(node, sink)).collect();
    share_orders(&mut steps, sink);
    share_truths(&mut steps, sink);
    share_protocols(&mut steps, sink);
    let variant = Variant {
        id: id.to_owned(),
        title: fields.need_text("title"),
        values: fields
            .entries("values")
            .iter()
            .map(|(key, field)| ((*key).clone(), field.node.to_json()))
            .collect(),
        params: in_order(params, sink),
        faults: faults(shared.faults, fields.node("fault"), sink)
            .iter()
            .map(|node| fault(node, sink))
            .collect(),
        steps,
        place: Place::start(&root.place.file),
    };
    fields.close();
    variant
}

/// Params so that each comes after those it uses.
fn in_order(params: BTreeMap<&String, &Field>, sink: &Sink) -> Vec<Param> {
    let read = |(name, field): (&String, &Field)| read_param::param(name, &field.key, &field.node, sink);
    let mut waiting: Vec<Param> = params.into_iter().filter_map(read).collect();
    let mut ordered: Vec<Param> = Vec::new();
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|param| param.name.clone()).collect();
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|param| !uses_any(param, &names));
        if ready.is_empty() {
            for param in &rest {
                sink.say(
                    &param.place,
                    format!("the param `{}` needs itself", param.name),
                    "break the circle",
                );
            }
            ordered.extend(rest);
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}

fn uses_any(param: &Param, names: &[String]) -> bool {
    let crate::lab::Generator::Select { search, only, unless, .. } = &param.generator else { return false };
    let texts = [Some(search), only.as_ref(), unless.as_ref()];
    texts
        .into_iter()
        .flatten()
        .flat_map(|text| placeholders(text))
        .any(|p| names.iter().any(|name| name == p.name()))
}

/// The lab's faults with the variant's: `[fault.0]` changes the first, `[[fault]]` adds one.
fn faults(shared: &[Node], own: Option<&Node>, sink: &Sink) -> Vec<Node> {
    let mut faults = shared.to_vec();
    match own.map(|node| &node.kind) {
        None => {}
        Some(Kind::List(more)) => faults.extend(more.iter().cloned()),
        Some(Kind::Table(edits)) => {
            for (index, field) in edits {
                match index.parse::<usize>().ok().and_then(|index| faults.get_mut(index)) {
                    Some(fault) => lay_over(fault, &field.node),
                    None => sink.say(
                        &field.key,
                        format!("the lab has no fault `{index}`"),
                        "count its [[fault]] tables from 0, or add one with [[fault]]",
                    ),
                }
            }
        }
        Some(_) => sink.say(
            &own.map_or_else(Place::default, |node| node.place.clone()),
            "`fault` must be a table",
            "write [fault.0] or [[fault]]",
        ),
    }
    faults
}

/// The lab's steps with the variant's `[check.ID]` tables laid over the checks they name.
fn steps(shared: &[Node], variant: &Fields<'_>, sink: &Sink) -> Vec<Node> {
    let mut steps = shared.to_vec();
    for (id, field) in variant.entries("check") {
        let mut checks = steps.iter_mut().filter_map(table_mut).filter_map(|step| step.get_mut("check"));
        let found = checks.find_map(|field| match &mut field.node.kind {
            Kind::List(checks) => checks.iter_mut().find(|check| id_of(check) == Some(id)),
            _ => None,
        });
        match found {
            Some(check) => lay_over(check, &field.node),
            None => sink.say(&field.key, format!("the lab has no check `{id}`"), "name a check of lab.md"),
        }
    }
    steps
}

fn table_mut(node: &mut Node) -> Option<&mut Table> {
    match &mut node.kind {
        Kind::Table(table) => Some(table),
        _ => None,
    }
}

fn id_of(node: &Node) -> Option<&str> {
    let Kind::Table(table) = &node.kind else { return None };
    match &table.get("id")?.node.kind {
        Kind::Text(id) => Some(id),
        _ => None,
    }
}

/// Keys of `over` replace those of `under`.
fn lay_over(under: &mut Node, over: &Node) {
    if let (Kind::Table(under), Kind::Table(over)) = (&mut under.kind, &over.kind) {
        under.extend(over.iter().map(|(key, field)| (key.clone(), field.clone())));
    }
}

fn fault(node: &Node, sink: &Sink) -> Fault {
    let fields = Fields::new(node, "a fault", sink);
    let at = fields.parsed("at", "start, or a time after it such as `20 min`", |text| match text {
        "start" => Some(FaultTime::Start),
        _ => Duration::parse(text).map(|duration| FaultTime::AfterUs(duration.us)),
    });
    let mut with = node.to_json();
    if let Some(settings) = with.as_object_mut() {
        settings.shift_remove("at");
    }
    // The settings are the hospital's to judge, so the reader is not closed here.
    let does = fields.need_text("do");
    fields.need("at");
    Fault { at: at.unwrap_or(FaultTime::Start), does, with, place: fields.place.clone() }
}
