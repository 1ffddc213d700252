use std::collections::BTreeSet;
use std::collections::btree_map::Entry::Vacant;

use serde::Deserialize;
use serde_json::Value;
use standards::fhir::json;
use standards::fhir::outcome::IssueCode;
use store::sandbox::{Change, Stored};

use super::entry::{Entry, Target, shaped, write_response};
use super::references::{Replacements, conditional, replace, resolve};
use crate::fhir::answer::Answer;
use crate::fhir::conditional::{delete_found, nothing, update_found};
use crate::fhir::context::Context;
use crate::fhir::create::{create_in, found, the_one};
use crate::fhir::delete::delete_in;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::give::Give;
use crate::fhir::guard::{admit, in_sight};
use crate::fhir::interaction::Interaction;
use crate::fhir::look::look;
use crate::fhir::page::Page;
use crate::fhir::patch::patch_in;
use crate::fhir::read::alive;
use crate::fhir::update::update_in;
use crate::fhir::write::sound;
use crate::ids::new_id;

/// The order in which a transaction's entries are performed.
const METHODS: [&str; 5] = ["DELETE", "POST", "PUT", "PATCH", "GET"];

/// An entry on its way: where it goes, the id it gets, and its body with real references.
struct Step<'a> {
    at: usize,
    entry: &'a Entry<'a>,
    target: Target<'a>,
    id: String,
    /// What the entry's condition selects, if it has one.
    existing: Option<Stored>,
    body: String,
}

impl Step<'_> {
    /// The type and the search by which the entry selects its resource, if it does.
    fn condition(&self) -> Option<(&str, &str)> {
        match (self.entry.request.method.as_str(), self.target.parts.as_slice()) {
            ("POST", [kind]) => {
                self.entry.request.if_none_exist.as_deref().map(|condition| (*kind, condition))
            }
            ("PUT" | "PATCH" | "DELETE", [kind]) => Some((kind, self.target.query)),
            _ => None,
        }
    }

    /// Whether it writes a resource: neither a read nor an operation, nor a create of what is there.
    fn writes(&self) -> bool {
        let method = self.entry.request.method.as_str();
        let is_operation = self.target.parts.last().is_some_and(|last| last.starts_with('$'));
        method != "GET" && !is_operation && (method != "POST" || self.existing.is_none())
    }
}

/// Performs all entries as one change, or none: deletes, then creates, then updates and patches, then reads, which see
/// the outcome (R4, 3.1.0.11.2). Conditions are looked at after the deletes: what goes is not found any more.
pub(super) fn run(context: &Context<'_>, entries: &[Entry<'_>], give: Give) -> Result<Vec<u8>, FhirError> {
    let mut answers: Vec<Option<Answer>> = entries.iter().map(|_| None).collect();
    context.access.change("fhir.bundle", |change| {
        let mut steps = plan(context, entries);
        find_existing(context, change, &mut steps, &["DELETE"])?;
        for method in METHODS {
            if method == "POST" {
                find_existing(context, change, &mut steps, &["POST", "PUT", "PATCH"])?;
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
        let give = if entry.request.method == "GET" { Give::Representation } else { give };
        write_response(&mut page, context, answer, give);
    }
    Ok(page.finish())
}

/// Gives every entry its id, so that references between entries can be written before anything is stored.
fn plan<'a>(context: &Context<'_>, entries: &'a [Entry<'a>]) -> Vec<Step<'a>> {
    let step = |(at, entry): (usize, &'a Entry<'a>)| {
        let target = entry.request.target();
        let id = match target.parts.as_slice() {
            [_, id] => (*id).to_owned(),
            _ => own_id(entry).unwrap_or_else(|| new_id(context.entropy)),
        };
        Step { at, entry, target, id, existing: None, body: String::new() }
    };
    entries.iter().enumerate().map(step).collect()
}

/// The id that the body of a conditional update gives to a resource that is not there yet.
fn own_id(entry: &Entry<'_>) -> Option<String> {
    #[derive(Deserialize)]
    struct Shape {
        id: Option<String>,
    }
    let body = entry.resource.as_deref().filter(|_| entry.request.method == "PUT")?;
    serde_json::from_str::<Shape>(body).ok()?.id
}

/// Looks for what the conditions of entries with these methods select.
fn find_existing(
    context: &Context<'_>,
    change: &Change<'_>,
    steps: &mut [Step<'_>],
    methods: &[&str],
) -> Result<(), FhirError> {
    for step in steps.iter_mut().filter(|step| methods.contains(&step.entry.request.method.as_str())) {
        if let Some((kind, condition)) = step.condition() {
            let found = the_one(context, change, kind, condition);
            step.existing = found.map_err(|error| error.within(step.at))?;
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
    for step in steps.iter().filter(|step| step.writes()) {
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
        let Some(resource) = step.entry.resource.as_deref() else { continue };
        let mut conditions = BTreeSet::new();
        if resource.contains('?') {
            let value: Value = json::parse_any(resource.as_bytes(), context.limits).map_err(|issue| {
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
    admit(context, &asked)?;
    let existing = step.existing.as_ref();
    match &asked {
        Interaction::Create { kind, body, .. } => {
            if let Some(existing) = existing {
                return found(context, change, &asked, existing.clone());
            }
            let sound = sound(context, kind, body)?;
            create_in(context, change, &asked, kind, &step.id, None, &sound)
        }
        Interaction::Update { kind, id, body, if_match } => {
            let sound = sound(context, kind, body)?;
            update_in(context, change, &asked, kind, id, *if_match, &sound)
        }
        Interaction::ConditionalUpdate { kind, body, .. } => {
            let sound = sound(context, kind, body)?;
            update_found(context, change, &asked, existing, &step.id, &sound)
        }
        Interaction::Patch { kind, id, patch, if_match } => {
            let stored = alive(in_sight(context, change.view().get(kind, id)?), kind, id)?;
            patch_in(context, change, &asked, stored, patch, *if_match)
        }
        Interaction::ConditionalPatch { kind, condition, patch, if_match } => {
            let found = existing.cloned().ok_or_else(|| nothing(kind, condition))?;
            patch_in(context, change, &asked, found, patch, *if_match)
        }
        Interaction::ConditionalDelete { .. } => delete_found(context, change, &asked, existing),
        Interaction::Delete { kind, id, if_match } => delete_in(context, change, &asked, kind, id, *if_match),
        read => {
            let (answer, event) = look(context, change.view(), read)?;
            change.note(&event)?;
            shaped(answer, &step.target)
        }
    }
}

fn not_offered(entry: &Entry<'_>) -> FhirError {
    let what = format!("'{}' is not a method of a transaction entry here", entry.request.method);
    FhirError::new(Refusal::Malformed, IssueCode::NotSupported, what)
}
