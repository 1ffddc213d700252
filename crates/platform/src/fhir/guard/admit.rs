use identity::scope::{Permissions, Reach};

use super::rules::{Open, open, out_of_reach};
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;
use crate::fhir::interaction::Interaction;
use crate::fhir::operations::Place;
use crate::fhir::search::Scope;

/// Lets an interaction in, as far as its kind and type tell. What it finds is looked at when it is found.
pub(in crate::fhir) fn admit(context: &Context<'_>, asked: &Interaction<'_>) -> Result<(), FhirError> {
    let Some(reach) = context.access.reach() else { return Ok(()) };
    let (create, read, update) = (Permissions::CREATE, Permissions::READ, Permissions::UPDATE);
    let (delete, search) = (Permissions::DELETE, Permissions::SEARCH);
    let gate = Gate { context, reach };
    match asked {
        Interaction::Read { kind, .. } | Interaction::Vread { kind, .. } => gate.some(kind, read),
        Interaction::History { kind, id: Some(_), .. } => gate.some(kind, read),
        // Going through the versions of a type is a search that cannot be narrowed.
        Interaction::History { kind, id: None, .. } => gate.whole(kind, search | read),
        Interaction::SystemHistory { .. } => gate.whole("*", search | read),
        Interaction::Search { kind, .. } | Interaction::SearchIn { scope: Scope::Type(kind), .. } => {
            gate.some(kind, search)
        }
        Interaction::SearchIn { .. } | Interaction::Bundle { .. } => Ok(()),
        Interaction::Create { kind, if_none_exist: None, .. } => gate.some(kind, create),
        Interaction::Create { kind, .. } => gate.whole(kind, create | read | search),
        Interaction::Update { kind, .. } => gate.some(kind, update).or_else(|_| gate.some(kind, create)),
        Interaction::ConditionalUpdate { kind, .. } => gate.whole(kind, create | update | search),
        // A patch can test what is there, and answers with all of it.
        Interaction::Patch { kind, .. } => gate.some(kind, read | update),
        Interaction::ConditionalPatch { kind, .. } => gate.whole(kind, read | update | search),
        Interaction::Delete { kind, .. } => gate.some(kind, delete),
        Interaction::ConditionalDelete { kind, .. } => gate.whole(kind, delete | search),
        Interaction::Operation { name, place, .. } => gate.operation(name, *place),
    }
}

struct Gate<'a> {
    context: &'a Context<'a>,
    reach: &'a Reach,
}

impl Gate<'_> {
    fn some(&self, kind: &str, permissions: Permissions) -> Result<(), FhirError> {
        match open(self.context, self.reach, kind, permissions) {
            Open::Nothing => Err(out_of_reach(kind, permissions)),
            Open::Everything | Open::Where(_) => Ok(()),
        }
    }

    fn whole(&self, kind: &str, permissions: Permissions) -> Result<(), FhirError> {
        match open(self.context, self.reach, kind, permissions) {
            Open::Everything => Ok(()),
            Open::Nothing | Open::Where(_) => Err(out_of_reach(kind, permissions)),
        }
    }

    fn operation(&self, name: &str, place: Place<'_>) -> Result<(), FhirError> {
        match (name, place) {
            // Their answers are narrowed.
            ("everything", Place::Type(kind)) => self.some(kind, Permissions::SEARCH),
            ("lastn", Place::Type(kind)) => self.some(kind, Permissions::SEARCH),
            ("match", Place::Type(kind)) => self.whole(kind, Permissions::SEARCH),
            // What a view reads is known when it is read, and looked at there.
            ("run" | "viewdefinition-run", _) => Ok(()),
            (_, Place::Instance(kind, _)) => self.some(kind, Permissions::READ),
            // Codes are nobody's secret, and what is validated or evaluated is the caller's own.
            (
                "expand" | "lookup" | "subsumes" | "translate" | "validate-code" | "validate" | "fhirpath",
                _,
            ) => Ok(()),
            _ => self.whole("*", Permissions::READ | Permissions::SEARCH),
        }
    }
}
