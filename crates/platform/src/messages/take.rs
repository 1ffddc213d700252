//! What the receiving system makes of a message.

use hospital::systems::{Answer, come_due, receive, reported};
use hospital::topology::{System, SystemKind};
use standards::hl7::message::Message as Hl7;
use store::StoreError;
use store::sandbox::systems::{Message, SystemRecord};
use store::sandbox::{Change, View};

use super::begin::begin;
use super::holdings::Holdings;
use super::keep::keep;
use super::met::met;
use super::queue::QUEUED;
use super::way::Way;
use crate::ehr::commands::{CommandError, file_report};
use crate::ehr::lookup::get;
use crate::fhir::Context;
use crate::topology::topology;

/// What a system makes of a message that reached it. The chart files results at once; what the others write is in the answer.
///
/// The same bytes under a control id that was accepted before are acknowledged and not worked on twice.
pub(super) fn take(
    context: &Context<'_>,
    change: &mut Change<'_>,
    way: &Way,
    message: &Message,
) -> Result<Answer, CommandError> {
    let parsed = match Hl7::parse(message.body.clone()) {
        Ok(parsed) => parsed,
        Err(error) => return Ok(Answer::reject(error.to_string())),
    };
    if let Some(before) = change.view().message_delivered_before(message)? {
        let other = || format!("control id {} was another message; give each its own", message.control_id);
        return Ok(if before == message.body { Answer::accept(Vec::new()) } else { Answer::reject(other()) });
    }
    begin(change, context.access.virtual_us())?;
    met(context.access, change, (message, &parsed), |change| match way.system.kind {
        SystemKind::Ehr => file(context, change, way, &parsed),
        SystemKind::Engine => Ok(Answer::reject(
            "no channel listens; start one whose source is a TCP Listener for this system".to_owned(),
        )),
        _ => Ok(asked(change.view(), way.system, |holdings| {
            receive(way.system, &parsed, holdings, context.access.virtual_us())
        })?),
    })
}

/// An answer for what the chart refused. Nothing of it was written.
///
/// # Errors
/// When it was not the chart that refused, but the store that failed.
pub(super) fn refused(error: CommandError) -> Result<Answer, StoreError> {
    Ok(Answer::error(error.refusal()?.to_string()))
}

/// What the chart makes of a message: it files results, and knows appointments already, since it is told of them by itself.
fn file(
    context: &Context<'_>,
    change: &mut Change<'_>,
    way: &Way,
    message: &Hl7,
) -> Result<Answer, CommandError> {
    let kind = message.kind();
    if kind.starts_with("SIU^") {
        return appointment(change.view(), message);
    }
    if kind != "ORU^R01" {
        let what = format!("EHR takes ORU^R01 and SIU, not {kind}; a channel can make FHIR of it");
        return Ok(Answer::reject(what));
    }
    match reported(message) {
        Err(reason) => Ok(Answer::error(reason)),
        Ok(report) => {
            let sender = topology().system(&way.from).map_or("MLLP", |system| system.id.as_str());
            let sender = context.access.acting_as(&way.from, sender);
            file_report(&Context { access: &sender, ..*context }, change, &report)?;
            Ok(Answer::accept(Vec::new()))
        }
    }
}

fn appointment(view: View<'_>, message: &Hl7) -> Result<Answer, CommandError> {
    let sch = message.segment("SCH");
    let number =
        |field| Some(sch.as_ref()?.field(field)?.component(1)?.text()).filter(|text| !text.is_empty());
    let Some(id) = number(2).or_else(|| number(1)) else {
        return Ok(Answer::reject("SCH-1 and SCH-2 have no number of an appointment".to_owned()));
    };
    Ok(match get(view, "Appointment", &id)? {
        Some(_) => Answer::accept(Vec::new()),
        None => Answer::error(format!("no appointment {id}")),
    })
}

fn asked(
    view: View<'_>,
    system: &System,
    ask: impl FnOnce(&Holdings<'_>) -> Answer,
) -> Result<Answer, StoreError> {
    let holdings = Holdings::of(view, store_of(system));
    let answer = ask(&holdings);
    holdings.into_error().map_or(Ok(answer), Err)
}

/// Where a system keeps its records.
pub(crate) fn store_of(system: &System) -> &str {
    system.store.as_deref().unwrap_or(&system.id)
}

/// What an order's system does when its time has come.
pub(crate) fn report(context: &Context<'_>, due: &SystemRecord) -> Result<(), StoreError> {
    let access = context.access;
    access.change(QUEUED, |change| {
        change.settle_system_record(due)?;
        let Some(system) = topology().system(&due.system) else { return Ok(()) };
        let answer = asked(change.view(), system, |holdings| {
            come_due(system, &due.key, holdings, access.virtual_us())
        })?;
        keep(context, change, system, &answer, None)
    })
}
