use std::collections::BTreeSet;
use std::collections::btree_map::Entry::Vacant;

use serde_json::Value;
use standards::fhir::json;
use standards::fhir::outcome::IssueCode;
use store::sandbox::{Change, Stored};

use super::entry::{Entry, Target, write_response};
use super::references::{Replacements, conditional, replace, resolve};
use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::create::{create_in, found, the_one};
use crate::fhir::delete::delete_in;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::interaction::Interaction;
use crate::fhir::look::look;
use crate::fhir::page::Page;
use crate::fhir::update::update_in;
use crate::fhir::write::sound;
use crate::ids::new_id;

/// The order in which a transaction's entries are performed.
const METHODS: [&str; 4] = ["DELETE", "POST", "PUT", "GET"];

/// An entry on its way: where it goes, the id it gets, and its body with real references.
struct Step<'a> {
    at: usize,
    entry: &'a Entry<'a>,
    target: Target<'a>,
    id: String,
    /// For a conditional create that finds its resource: what it found.
    existing: Option<Stored>,
    body: String,
}

/// Performs all entries as one change, or none: deletes, then creates, then updates, then reads, which see the outcome
/// (R4, 3.1.0.11.2). Conditions are looked at after the deletes: what goes is not found any more.
pub(super) fn run(context: &Context<'_>, entries: &[Entry<'_>]) -> Result<Vec<u8>, FhirError> {
    let mut answers: Vec<Option<Answer>> = entries.iter().map(|_| None).collect();
    context.access.change("fhir.bundle", |change| {
        let mut steps = plan(context, entries);
        for method in METHODS {
            if method == "POST" {
                find_existing(context, change, &mut steps)?;
                check_once(&steps)?;
                write_out(context, change, &mut steps)?;
            }
            for step in steps.iter().filter(|step| step.entry.request.method == method) {
                let answer = take(context, change, step).map_err(|error| error.within(step.at))?;
                answers[step.at] = Some(answer);
            }
        }
        match steps.iter().find(|step| answers[step.at].is_none()) {
            Some(step) => Err(not_offered(step.entry).within(step.at)),
            None => Ok(()),
        }
    })?;
    let mut page = Page::new("transaction-response", None, &[]);
    for (entry, answer) in entries.iter().zip(answers.iter().flatten()) {
        write_response(&mut page, context, answer, entry.request.method == "GET");
    }
    Ok(page.finish())
}

/// Gives every entry its id, so that references between entries can be written before anything is stored.
fn plan<'a>(context: &Context<'_>, entries: &'a [Entry<'a>]) -> Vec<Step<'a>> {
    let step = |(at, entry): (usize, &'a Entry<'a>)| {
        let target = entry.request.target();
        let id = match target.parts.as_slice() {
            [_, id] => (*id).to_owned(),
            _ => new_id(context.entropy),
        };
        Step { at, entry, target, id, existing: None, body: String::new() }
    };
    entries.iter().enumerate().map(step).collect()
}

/// Looks for the resources that conditional creates would make a second time.
fn find_existing(
    context: &Context<'_>,
    change: &Change<'_>,
    steps: &mut [Step<'_>],
) -> Result<(), FhirError> {
    for step in steps.iter_mut().filter(|step| step.entry.request.method == "POST") {
        if let (Some(condition), [kind]) = (&step.entry.request.if_none_exist, step.target.parts.as_slice()) {
            step.existing =
                the_one(context, change, kind, condition).map_err(|error| error.within(step.at))?;
        }
        if let Some(existing) = &step.existing {
            step.id.clone_from(&existing.id);
        }
    }
    Ok(())
}

/// No two entries may write the same resource: the outcome would depend on their order.
fn check_once(steps: &[Step<'_>]) -> Result<(), FhirError> {
    let mut seen = BTreeSet::new();
    for step in steps.iter().filter(|step| step.entry.request.method != "GET" && step.existing.is_none()) {
        let kind = step.target.parts.first().copied().unwrap_or_default();
        if !seen.insert((kind, step.id.as_str())) {
            let what = format!("{kind}/{} is written by more than one entry of this transaction", step.id);
            let error = FhirError::new(Refusal::Malformed, IssueCode::Invalid, what);
            return Err(error.within(step.at));
        }
    }
    Ok(())
}

/// Writes the real references into every body.
fn write_out(context: &Context<'_>, change: &Change<'_>, steps: &mut [Step<'_>]) -> Result<(), FhirError> {
    let mut replacements = Replacements::new();
    let writes = |step: &&Step<'_>| ["POST", "PUT"].contains(&step.entry.request.method.as_str());
    for step in steps.iter().filter(writes) {
        if let (Some(full_url), Some(kind)) = (&step.entry.full_url, step.target.parts.first()) {
            replacements.insert(full_url.clone(), format!("{kind}/{}", step.id));
        }
    }
    for step in steps.iter_mut() {
        let Some(resource) = step.entry.resource else { continue };
        let mut conditions = BTreeSet::new();
        if resource.contains('?') {
            let value: Value = json::parse(resource.as_bytes(), context.limits).map_err(|issue| {
                FhirError { refusal: Refusal::Malformed, issues: vec![issue] }.within(step.at)
            })?;
            conditional(&value, &mut conditions);
        }
        for reference in conditions {
            if let Vacant(new) = replacements.entry(reference) {
                let found = resolve(context, change, new.key()).map_err(|error| error.within(step.at))?;
                new.insert(found);
            }
        }
        step.body = replace(resource, &replacements);
    }
    Ok(())
}

fn take(context: &Context<'_>, change: &mut Change<'_>, step: &Step<'_>) -> Result<Answer, FhirError> {
    let asked = step.entry.interaction(&step.target, step.body.as_bytes())?;
    if let Some(existing) = &step.existing {
        return found(context, change, &asked, existing.clone());
    }
    match &asked {
        Interaction::Create { kind, body, .. } => {
            let sound = sound(context, kind, body)?;
            create_in(context, change, &asked, kind, &step.id, None, &sound)
        }
        Interaction::Update { kind, id, body, if_match } => {
            let sound = sound(context, kind, body)?;
            update_in(context, change, &asked, kind, id, *if_match, &sound)
        }
        Interaction::Delete { kind, id, if_match } => delete_in(context, change, &asked, kind, id, *if_match),
        read => {
            let (answer, event) = look(context, change.view(), read)?;
            change.note(&event)?;
            Ok(answer)
        }
    }
}

fn not_offered(entry: &Entry<'_>) -> FhirError {
    let what = format!("'{}' is not a method of a transaction entry here", entry.request.method);
    FhirError::new(Refusal::Malformed, IssueCode::NotSupported, what)
}
