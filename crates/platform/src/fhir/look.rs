use store::journal::NewEntry;
use store::sandbox::View;

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::interaction::Interaction;
use super::search::Scope;
use super::{history, operations, read, search};

/// Performs an interaction that changes nothing on `view`: what it gave, and the journal entry about it, which the
/// caller writes.
pub(super) fn look(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
) -> Result<(Answer, NewEntry), FhirError> {
    match asked {
        Interaction::Read { kind, id, known_version } => {
            read::read(context, view, asked, kind, id, *known_version)
        }
        Interaction::Vread { kind, id, version } => read::vread(context, view, asked, kind, id, version),
        Interaction::History { kind, id, parameters } => {
            history::history(context, view, asked, (Some(kind), *id), parameters)
        }
        Interaction::SystemHistory { parameters } => {
            history::history(context, view, asked, (None, None), parameters)
        }
        Interaction::Search { kind, parameters, strict } => {
            search::search(context, view, asked, Scope::Type(kind), parameters, *strict)
        }
        Interaction::SearchIn { scope, parameters, strict } => {
            search::search(context, view, asked, *scope, parameters, *strict)
        }
        Interaction::Operation { name, place, query, body } => {
            operations::run(context, view, asked, name, *place, (query, *body))
        }
        Interaction::Create { .. }
        | Interaction::Update { .. }
        | Interaction::ConditionalUpdate { .. }
        | Interaction::Patch { .. }
        | Interaction::ConditionalPatch { .. }
        | Interaction::Delete { .. }
        | Interaction::ConditionalDelete { .. }
        | Interaction::Bundle { .. } => {
            let what = "this interaction writes and cannot be asked for as a read";
            Err(FhirError::new(
                Refusal::NotSupported,
                standards::fhir::outcome::IssueCode::NotSupported,
                what,
            ))
        }
    }
}
