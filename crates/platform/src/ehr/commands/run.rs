use hospital::ehr::{EhrError, Entered, Severity};
use serde_json::{Value, json};
use store::sandbox::Change;

use super::command::Command;
use super::decide::{Decision, Occasion, Write, decide};
use super::desk::{Desk, id_in};
use super::error::CommandError;
use super::outcome::{CommandOutcome, Written};
use crate::access::outcome::OK;
use crate::ehr::lookup::subject;
use crate::ehr::support::{BLOCKED, FIRED, SHOWN, fired};
use crate::fhir::{Context, create_within, update_within};
use crate::ids::new_id;

/// The journal kind of commands.
const KIND: &str = "command";

/// Carries out the command `name` with the fields of `form`, as one change, or refuses it. Either way the journal says
/// who gave it and how it ended, never what the form held.
///
/// # Errors
/// [`CommandError`], with every wrong field at once.
pub fn run_command(context: &Context<'_>, name: &str, form: &Value) -> Result<CommandOutcome, CommandError> {
    let done = Command::read(name, form)
        .and_then(|command| context.access.change(KIND, |change| carry_out(context, change, name, &command)));
    if let Err(error) = &done {
        note_support(context, error)?;
        let about = form.get("patient").cloned().map(Entered::from);
        let about = about.and_then(|patient| id_in("Patient", &patient));
        let subject = about.and_then(|id| subject(&id));
        let event = context.access.event(KIND, subject, error.word(), json!({"name": name}));
        context.access.note(event)?;
    }
    done
}

fn carry_out(
    context: &Context<'_>,
    change: &mut Change<'_>,
    name: &str,
    command: &Command,
) -> Result<CommandOutcome, CommandError> {
    let access = context.access;
    let mut occasion = Occasion {
        now_us: access.virtual_us(),
        author: access.actor(),
        new_id: &mut || new_id(context.entropy),
    };
    let decision = decide(command, &Desk::new(access, change.view()), &mut occasion)?;
    let Decision { patient, writes, message, notes } = decision;
    let mut resources = Vec::with_capacity(writes.len());
    for write in &writes {
        let stored = match write {
            Write::New(resource) => create_within(context, change, resource)?,
            Write::Next(resource, version) => update_within(context, change, resource, *version)?,
        };
        resources.push(Written { kind: stored.kind, id: stored.id, version: stored.version });
    }
    for (kind, detail) in notes {
        change.note(&access.event(kind, subject(&patient), OK, detail))?;
    }
    let detail = json!({"name": name, "resources": resources});
    change.note(&access.event(KIND, subject(&patient), OK, detail))?;
    Ok(CommandOutcome { patient, resources, message })
}

/// Journals what rules said where they kept a command from being carried out.
fn note_support(context: &Context<'_>, error: &CommandError) -> Result<(), CommandError> {
    let CommandError::Refused(EhrError::Support(firings)) = error else { return Ok(()) };
    for firing in firings {
        let response = if firing.severity == Severity::Stop { BLOCKED } else { SHOWN };
        let about = subject(&firing.patient);
        let event = context.access.event(FIRED, about, OK, fired(firing, response, None));
        context.access.note(event)?;
    }
    Ok(())
}
