//! Every placeholder must name a value that the attempt will have.

use serde_json::Value;

use super::rules_text::brief_place;
use super::shape::{Scope, Shape, follow, of_resource, scope};
use super::sink::Sink;
use crate::check::{texts_of as texts_of_ledger, texts_of_release};
use crate::lab::{CheckKind, Generator, Lab, Truth, Try, Variant, Wanted};
use crate::problem::Place;
use crate::script::{Action, ActionKind, Body, Interaction, Script};
use crate::text::placeholders;

/// Checks the texts of a lab as this variant shows them.
pub(super) fn check_variant(lab: &Lab, variant: &Variant, sink: &Sink) {
    let scope = scope(variant);
    for found in placeholders(&lab.brief) {
        complain(found.path, &scope, &brief_place(lab, found.start), sink);
    }
    for question in &lab.debrief {
        check_text(question, &scope, &lab.place, sink);
    }
    for value in variant.values.values() {
        check_json(value, &scope, &variant.place, sink);
    }
    for param in &variant.params {
        if let Generator::Select { search, only, unless, .. } = &param.generator {
            check_text(search, &scope, &param.place, sink);
            only.iter().for_each(|only| check_text(only, &scope, &param.place, sink));
            let mut own = scope.clone();
            own.insert("each".to_owned(), of_resource(search.split('?').next().unwrap_or_default()));
            unless.iter().for_each(|unless| check_text(unless, &own, &param.place, sink));
        }
    }
    for fault in &variant.faults {
        check_json(&fault.with, &scope, &fault.place, sink);
    }
    for step in &variant.steps {
        check_text(&step.title, &scope, &step.place, sink);
        for check in &step.checks {
            let own = with_each(for_each(&check.kind), &scope, &check.place, sink);
            let plain = check.hints.iter().chain([&check.title]).chain(&check.say);
            plain.for_each(|text| check_text(text, &scope, &check.place, sink));
            for text in texts_of(&check.kind) {
                check_text(text, &own, &check.place, sink);
            }
            if let CheckKind::Support(test) = &check.kind {
                test.orders.iter().for_each(|hidden| check_json(&hidden.order, &own, &hidden.place, sink));
            }
            if let CheckKind::Service(test) = &check.kind {
                test.orders.iter().for_each(|hidden| check_json(&hidden.order, &own, &hidden.place, sink));
            }
            if let CheckKind::Channel(test) = &check.kind {
                test.tries.iter().for_each(|hidden| check_try(hidden, &own, sink));
            }
        }
    }
}

fn check_try(hidden: &Try, scope: &Scope, sink: &Sink) {
    let wanted: Vec<&str> = match &hidden.outcome {
        Wanted::Filtered | Wanted::Error => Vec::new(),
        Wanted::Json(expect) => vec![expect],
        Wanted::Message(fields) => {
            fields.0.values().flat_map(|pattern| &pattern.alternatives).map(String::as_str).collect()
        }
    };
    let texts = std::iter::once(hidden.message.as_str()).chain(wanted);
    texts.for_each(|text| check_text(text, scope, &hidden.place, sink));
}

fn for_each(kind: &CheckKind) -> Option<&str> {
    match kind {
        CheckKind::Fhir { for_each, .. } => for_each.as_deref(),
        CheckKind::Message(test) => test.for_each.as_deref(),
        CheckKind::Record(test) => test.for_each.as_deref(),
        CheckKind::Reach(test) => test.for_each.as_deref(),
        _ => None,
    }
}

/// The texts of a check's kind that are filled when it is judged.
fn texts_of(kind: &CheckKind) -> Vec<&str> {
    match kind {
        CheckKind::Fhir { search, expect, observe, .. } => {
            [Some(search), Some(expect), observe.as_ref()].into_iter().flatten().map(String::as_str).collect()
        }
        CheckKind::Journal { filter, expect } => std::iter::once(filter)
            .chain(&expect.order)
            .flat_map(|filter| filter.fields.values())
            .flat_map(|pattern| &pattern.alternatives)
            .map(String::as_str)
            .collect(),
        CheckKind::Http(probe) => {
            let mut texts: Vec<&str> = [Some(&probe.path), probe.expect.as_ref()]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            probe.body.iter().for_each(|body| json_texts(body, &mut texts));
            texts
        }
        CheckKind::Message(test) => {
            let fields = test.fields.0.values().flat_map(|pattern| &pattern.alternatives);
            fields.chain([&test.system]).map(String::as_str).collect()
        }
        CheckKind::Record(test) => {
            let fields = test.fields.values().flat_map(|pattern| &pattern.alternatives);
            fields.chain([&test.system]).map(String::as_str).collect()
        }
        CheckKind::Ledger(test) => texts_of_ledger(test),
        CheckKind::Rows(test) => vec![&test.question, &test.truth],
        CheckKind::Release(test) => texts_of_release(&test.protocol),
        CheckKind::Reach(test) => vec![test.app.as_str(), test.tried.text()],
        // Each hidden order and each hidden message has a place of its own.
        CheckKind::Support(_) | CheckKind::Channel(_) | CheckKind::Security(_) | CheckKind::Flow(_) => {
            Vec::new()
        }
        CheckKind::Service(test) => vec![&test.hook],
        CheckKind::Bedside(test) => vec![&test.model, &test.needs],
        CheckKind::Answer { ask, truth, placeholder, .. } => {
            let truth = match truth {
                Truth::Value(text) => vec![text],
                Truth::Search { search, value } => vec![search, value],
            };
            truth.into_iter().chain([ask]).chain(placeholder).map(String::as_str).collect()
        }
    }
}

/// Checks the texts of a script in every variant it plays in.
pub(super) fn check_script(script: &Script, lab: &Lab, sink: &Sink) {
    for variant in lab.variants.iter().filter(|variant| script.plays_in(&variant.id)) {
        let mut scope = scope(variant);
        let actions: Vec<&Action> =
            script.actions.iter().filter(|action| action.plays_in(&variant.id)).collect();
        check_actions(&actions, lab, &mut scope, sink);
    }
}

fn check_actions(actions: &[&Action], lab: &Lab, scope: &mut Scope, sink: &Sink) {
    for action in actions {
        if let ActionKind::Play { solution, .. } = &action.kind {
            // The solution's own texts are checked in its own file; here only what it saves matters.
            let named = lab.solutions.iter().find(|script| script.id == *solution);
            let saved = named.into_iter().flat_map(|script| &script.actions).flat_map(Action::saves).cloned();
            scope.extend(saved.map(|name| (name, Shape::Open)));
        }
        let own = with_each(action.for_each.as_deref(), scope, &action.place, sink);
        for text in action_texts(&action.kind) {
            check_text(text, &own, &action.place, sink);
        }
        for name in action.saves() {
            let taken = scope.insert(name.clone(), Shape::Open);
            if taken.is_some_and(|shape| !matches!(shape, Shape::Open)) {
                let what = format!("`save` takes the name `{name}`, which is taken");
                sink.say(&action.place, what, "choose a name that no param has");
            }
        }
    }
}

fn action_texts(kind: &ActionKind) -> Vec<&str> {
    let mut texts = Vec::new();
    match kind {
        ActionKind::Http { path, headers, body, .. } => {
            texts.push(path.as_str());
            texts.extend(headers.iter().map(|(_, value)| value.as_str()));
            body.iter().for_each(|body| body_texts(body, &mut texts));
        }
        ActionKind::Fhir(Interaction::Read(at) | Interaction::Search(at)) => texts.push(at),
        ActionKind::Fhir(Interaction::Create { at, body }) => {
            texts.push(at);
            body_texts(body, &mut texts);
        }
        ActionKind::Fhir(Interaction::Update { at, body, if_match }) => {
            texts.push(at);
            texts.extend(if_match.as_deref());
            body_texts(body, &mut texts);
        }
        ActionKind::Fhir(Interaction::Delete { at, if_match }) => {
            texts.push(at);
            texts.extend(if_match.as_deref());
        }
        ActionKind::Fhir(Interaction::Batch(body)) => body_texts(body, &mut texts),
        ActionKind::Command { with, .. } => json_texts(with, &mut texts),
        ActionKind::Hl7 { message, .. } => texts.push(message),
        ActionKind::Dicom { calling, fields, .. } => {
            texts.push(calling);
            texts.extend(fields.values().map(String::as_str));
        }
        ActionKind::Service(served) => texts.extend(served.texts()),
        ActionKind::App(act) => texts.extend(act.texts()),
        ActionKind::Answer { value, .. } => texts.push(value),
        ActionKind::Rpc { params, .. } => params.iter().for_each(|param| json_texts(param, &mut texts)),
        ActionKind::Advance(_) | ActionKind::Play { .. } => {}
    }
    texts
}

fn body_texts<'a>(body: &'a Body, texts: &mut Vec<&'a str>) {
    json_texts(&body.base, texts);
    body.set.iter().for_each(|(_, value)| json_texts(value, texts));
}

fn json_texts<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| json_texts(item, texts)),
        Value::Object(fields) => fields.values().for_each(|item| json_texts(item, texts)),
        _ => {}
    }
}

fn check_json(value: &Value, scope: &Scope, place: &Place, sink: &Sink) {
    let mut texts = Vec::new();
    json_texts(value, &mut texts);
    texts.into_iter().for_each(|text| check_text(text, scope, place, sink));
}

fn check_text(text: &str, scope: &Scope, place: &Place, sink: &Sink) {
    placeholders(text).into_iter().for_each(|found| complain(found.path, scope, place, sink));
}

fn complain(path: &str, scope: &Scope, place: &Place, sink: &Sink) {
    if let Err(advice) = follow(path, scope) {
        sink.say(place, format!("the placeholder {{{path}}} has no value"), advice);
    }
}

/// The scope of a `for_each`, with `{each}` in it.
fn with_each(path: Option<&str>, scope: &Scope, place: &Place, sink: &Sink) -> Scope {
    let mut scope = scope.clone();
    if let Some(path) = path {
        match follow(path, &scope) {
            Ok(Shape::List(item)) => scope.insert("each".to_owned(), *item),
            Ok(other) => scope.insert("each".to_owned(), other),
            Err(advice) => {
                sink.say(place, format!("`for_each` goes through `{path}`, which has no value"), advice);
                scope.insert("each".to_owned(), Shape::Open)
            }
        };
    }
    scope
}
