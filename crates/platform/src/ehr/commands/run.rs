use hospital::ehr::{EhrError, Entered, Severity};
use hospital::staff::{ALL_ROUND, Matrix};
use hospital::systems::Reported;
use serde_json::{Value, json};
use store::sandbox::Change;

use super::command::{Command, permission_for};
use super::decide::{Decision, Occasion, Write, decide};
use super::desk::{Desk, id_in};
use super::error::CommandError;
use super::outcome::{CommandOutcome, Written};
use crate::access::outcome::OK;
use crate::ehr::chart::closed;
use crate::ehr::lookup::subject;
use crate::ehr::roles::{Glasses, Working, working};
use crate::ehr::support::{BLOCKED, FIRED, SHOWN, fired};
use crate::fhir::{Context, create_within, update_within};
use crate::ids::new_id;

/// The journal kind of commands.
const KIND: &str = "command";

/// Carries out the command `name` with the fields of `form`, as one change, or refuses it.
///
/// Either way the journal says who gave it, as which role, and how it ended, never what the form held; only the reason for
/// opening a restricted chart is kept there.
///
/// # Errors
/// [`CommandError`], with every wrong field at once.
pub fn run_command(context: &Context<'_>, name: &str, form: &Value) -> Result<CommandOutcome, CommandError> {
    let by = working(context.access)?;
    let done = permitted(&by, name).and_then(|()| Command::read(name, form)).and_then(|command| {
        let glasses = Glasses::of(context.access, &by)?;
        let by = By { name, working: &by, glasses: &glasses };
        context.access.change(KIND, |change| carry_out(context, change, &by, &command, None))
    });
    if let Err(error) = &done {
        note_support(context, error)?;
        let about = form.get("patient").cloned().map(Entered::from);
        let about = about.and_then(|patient| id_in("Patient", &patient));
        let subject = about.and_then(|id| subject(&id));
        let event = context.access.event(KIND, subject, error.word(), json!({"name": name, "role": by.role}));
        context.access.note(event)?;
    }
    done
}

/// Files what another system reported for an order, as if somebody had typed it in: the same checks, the same resources. No
/// role has to permit it, since no person does it.
///
/// # Errors
/// As of the command `record_result`.
pub(crate) fn file_report(
    context: &Context<'_>,
    change: &mut Change<'_>,
    report: &Reported,
) -> Result<CommandOutcome, CommandError> {
    let values: Vec<String> = report.values.iter().map(|(code, value)| format!("{code} {value}")).collect();
    let form = json!({"order": report.placer, "values": values.join("\n"), "conclusion": report.words});
    run_by_house(context, change, "record_result", &form, None)
}

/// Carries out a command that no learner gave: a colleague whom the hospital plays, or another system. The first new resource
/// gets `first_id`, where one is given.
///
/// # Errors
/// [`CommandError`], with every wrong field at once; nothing says so in the journal.
pub(crate) fn run_by_house(
    context: &Context<'_>,
    change: &mut Change<'_>,
    name: &str,
    form: &Value,
    first_id: Option<String>,
) -> Result<CommandOutcome, CommandError> {
    let command = Command::read(name, form)?;
    let working = Working { role: ALL_ROUND.to_owned(), matrix: Matrix::read(None) };
    let by = By { name, working: &working, glasses: &Glasses::All };
    carry_out(context, change, &by, &command, first_id)
}

/// Refuses a command for which the role lacks the permission. A name that no command has is told later.
fn permitted(by: &Working, name: &str) -> Result<(), CommandError> {
    permission_for(name).map_or(Ok(()), |permission| Ok(by.check(permission)?))
}

/// A command with the role it is given in, and the restricted charts that are open to it.
struct By<'a> {
    name: &'a str,
    working: &'a Working,
    glasses: &'a Glasses,
}

impl By<'_> {
    /// Refuses what is about a restricted chart that is not open: who may not look may not write.
    fn check_open(
        &self,
        command: &Command,
        desk: &Desk<'_>,
        decision: &Decision,
    ) -> Result<(), CommandError> {
        if matches!(command, Command::Register(_) | Command::BreakGlass(_)) {
            return Ok(());
        }
        let patient = desk.named("Patient", &decision.patient.as_str().into())?;
        let written = decision.writes.iter().filter_map(|write| match write {
            Write::Next(resource, _) if resource["resourceType"] == "Patient" => Some(resource),
            _ => None,
        });
        if patient.iter().chain(written).all(|patient| self.glasses.open(patient)) {
            return Ok(());
        }
        Err(closed(self.working).into())
    }
}

fn carry_out(
    context: &Context<'_>,
    change: &mut Change<'_>,
    by: &By<'_>,
    command: &Command,
    mut first_id: Option<String>,
) -> Result<CommandOutcome, CommandError> {
    let access = context.access;
    let mut occasion = Occasion {
        now_us: access.virtual_us(),
        author: access.actor(),
        role: &by.working.role,
        new_id: &mut || first_id.take().unwrap_or_else(|| new_id(context.entropy)),
    };
    let desk = Desk::new(access, change.view());
    let decision = decide(command, &desk, &mut occasion)?;
    by.check_open(command, &desk, &decision)?;
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
    let detail = json!({"name": by.name, "role": by.working.role, "resources": resources});
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
