//! Results: what comes back for an order, and who takes note of it.

use hospital::ehr::{
    AcknowledgeFacts, AcknowledgeResult, RecordResult, ResultFacts, acknowledge_result, is_critical,
    record_result,
};

use super::decide::{Decision, Occasion, Write};
use super::desk::{Desk, id_of, patient_of};
use super::error::CommandError;
use super::orders::next;

pub(super) fn record(
    command: &RecordResult,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let order = desk.named("ServiceRequest", &command.order)?;
    let name = order.as_ref().map(|order| format!("ServiceRequest/{}", id_of(order))).unwrap_or_default();
    let tasks = desk.open_tasks(&name)?;
    let facts = ResultFacts { order: order.as_ref(), tasks: &tasks, author: occasion.author };
    let (written, changed) = record_result(command, &facts, occasion.now_us, occasion.new_id)?;
    let critical = written.iter().filter(|one| is_critical(one)).count();
    let message = match critical {
        0 => "Reported.".to_owned(),
        1 => "Reported. 1 value is critical and waits for acknowledgement.".to_owned(),
        many => format!("Reported. {many} values are critical and wait for acknowledgement."),
    };
    let patient = order.as_ref().and_then(patient_of).unwrap_or_default().to_owned();
    let writes = written.into_iter().map(Write::New).chain(changed.into_iter().map(|one| next(one, None)));
    Ok(Decision { patient, writes: writes.collect(), message, ..Decision::default() })
}

pub(super) fn acknowledge(
    command: &AcknowledgeResult,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let observation = desk.named("Observation", &command.observation)?;
    let patient = observation.as_ref().and_then(patient_of).unwrap_or_default().to_owned();
    let name = observation.as_ref().map(|found| format!("Observation/{}", id_of(found))).unwrap_or_default();
    let told = desk.of_patient("Communication", &patient)?;
    let acknowledged =
        told.iter().any(|one| one.pointer("/about/0/reference") == Some(&name.as_str().into()));
    let tasks = desk.open_tasks(&name)?;
    let facts = AcknowledgeFacts {
        observation: observation.as_ref(),
        acknowledged,
        tasks: &tasks,
        author: occasion.author,
    };
    let (communication, tasks) = acknowledge_result(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let mut writes = vec![Write::New(communication)];
    writes.extend(tasks.into_iter().map(|task| next(task, None)));
    Ok(Decision { patient, writes, message: "Acknowledged the result.".to_owned(), ..Decision::default() })
}
