use std::collections::BTreeSet;

use serde_json::Value;
use standards::fhir::json;
use standards::fhir::outcome::IssueCode;
use store::sandbox::Change;

use super::entry::{Entry, Target, write_response};
use super::references::{Replacements, conditional, replace, resolve};
use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::create::{create_in, the_one};
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
    existing: Option<Answer>,
    body: String,
}

/// Performs all entries as one change, or none: deletes, then creates, then updates, then reads, which see the outcome
/// (R4, 3.1.0.11.2).
pub(super) fn run(context: &Context<'_>, entries: &[Entry<'_>]) -> Result<Vec<u8>, FhirError> {
    let mut answers: Vec<Option<Answer>> = entries.iter().map(|_| None).collect();
    context.access.change("fhir.bundle", |change| {
        let mut steps = plan(context, change, entries)?;
        check_once(&steps)?;
        write_out(context, change, &mut steps)?;
        for method in METHODS {
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
fn plan<'a>(
    context: &Context<'_>,
    change: &Change<'_>,
    entries: &'a [Entry<'a>],
) -> Result<Vec<Step<'a>>, FhirError> {
    let mut steps = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let target = entry.request.target();
        let mut existing = None;
        if let (Some(condition), [kind]) = (&entry.request.if_none_exist, target.parts.as_slice()) {
            existing = the_one(context, change, kind, condition).map_err(|error| error.within(at))?;
        }
        let id = match (&existing, target.parts.as_slice()) {
            (Some(stored), _) => stored.id.clone(),
            (None, [_, id]) => (*id).to_owned(),
            _ => new_id(context.entropy),
        };
        let existing = existing.map(Answer::Resource);
        steps.push(Step { at, entry, target, id, existing, body: String::new() });
    }
    Ok(steps)
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
    for step in steps.iter() {
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
            if !replacements.contains_key(&reference) {
                let found = resolve(context, change, &reference).map_err(|error| error.within(step.at))?;
                replacements.insert(reference, found);
            }
        }
        step.body = replace(resource, &replacements);
    }
    Ok(())
}

fn take(context: &Context<'_>, change: &mut Change<'_>, step: &Step<'_>) -> Result<Answer, FhirError> {
    if let Some(existing) = &step.existing {
        return Ok(existing.clone());
    }
    let asked = step.entry.interaction(&step.target, step.body.as_bytes())?;
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
