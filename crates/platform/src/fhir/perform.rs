use store::sandbox::View;

use super::answer::Answer;
use super::context::Context;
use super::error::FhirError;
use super::guard::admit;
use super::interaction::Interaction;
use super::look::look;
use super::{bundle, conditional, create, delete, patch, update};
use crate::access::outcome;

/// Performs one interaction. A refusal changes nothing but the journal, which says what was asked and why it was not
/// done.
///
/// # Errors
/// [`FhirError`] with every issue found; the kind of refusal says which.
pub fn perform(context: &Context<'_>, interaction: &Interaction<'_>) -> Result<Answer, FhirError> {
    let result = admit(context, interaction).and_then(|()| perform_admitted(context, interaction));
    if let Err(error) = &result {
        note_refusal(context, interaction, error)?;
    }
    result
}

fn perform_admitted(context: &Context<'_>, interaction: &Interaction<'_>) -> Result<Answer, FhirError> {
    match interaction {
        Interaction::Create { kind, body, if_none_exist } => {
            create::create(context, interaction, kind, body, *if_none_exist)
        }
        Interaction::Update { kind, id, body, if_match } => {
            update::update(context, interaction, kind, id, body, *if_match)
        }
        Interaction::ConditionalUpdate { kind, condition, body } => {
            conditional::update(context, interaction, kind, condition, body)
        }
        Interaction::Patch { kind, id, patch, if_match } => {
            patch::patch(context, interaction, kind, id, patch, *if_match)
        }
        Interaction::ConditionalPatch { kind, condition, patch, if_match } => {
            conditional::patch(context, interaction, (kind, condition), patch, *if_match)
        }
        Interaction::ConditionalDelete { kind, condition } => {
            conditional::delete(context, interaction, kind, condition)
        }
        Interaction::Delete { kind, id, if_match } => {
            delete::delete(context, interaction, kind, id, *if_match)
        }
        Interaction::Bundle { body, give } => bundle::process(context, body, *give),
        Interaction::Read { .. }
        | Interaction::Vread { .. }
        | Interaction::History { .. }
        | Interaction::SystemHistory { .. }
        | Interaction::Search { .. }
        | Interaction::SearchIn { .. }
        | Interaction::Operation { .. } => look_and_note(context, interaction),
    }
}

/// Journals what was asked and why it was not done.
pub(super) fn note_refusal(
    context: &Context<'_>,
    interaction: &Interaction<'_>,
    error: &FhirError,
) -> Result<(), FhirError> {
    let mut detail = interaction.detail();
    detail["issues"] = error.issues.iter().map(|issue| issue.diagnostics.clone()).collect();
    let event = context.access.event(interaction.journal_kind(), None, error.refusal.word(), detail);
    Ok(context.access.note(event)?)
}

/// Performs an interaction that changes nothing, and leaves no trace in the journal: for the platform's own eyes, whose
/// looking must not pass for somebody's.
///
/// # Errors
/// Like [`perform`], and for interactions that write.
pub(crate) fn peek(context: &Context<'_>, interaction: &Interaction<'_>) -> Result<Answer, FhirError> {
    admit(context, interaction)?;
    context.access.sandbox().view(|view| look(context, view, interaction)).map(|(answer, _)| answer)
}

/// The same on a view that is open already, and no further than the way in reaches.
///
/// # Errors
/// Like [`perform`], and for interactions that write.
pub(crate) fn glance(
    context: &Context<'_>,
    view: View<'_>,
    interaction: &Interaction<'_>,
) -> Result<Answer, FhirError> {
    admit(context, interaction)?;
    look(context, view, interaction).map(|(answer, _)| answer)
}

/// The journal entry about an interaction that was granted.
pub(super) fn granted(
    context: &Context<'_>,
    interaction: &Interaction<'_>,
    subject: Option<String>,
    more: &[(&str, serde_json::Value)],
) -> store::journal::NewEntry {
    let mut detail = interaction.detail();
    for (name, value) in more {
        detail[*name] = value.clone();
    }
    context.access.event(interaction.journal_kind(), subject, outcome::OK, detail)
}

fn look_and_note(context: &Context<'_>, interaction: &Interaction<'_>) -> Result<Answer, FhirError> {
    let (answer, event) = context.access.sandbox().view(|view| look(context, view, interaction))?;
    context.access.note(event)?;
    Ok(answer)
}
