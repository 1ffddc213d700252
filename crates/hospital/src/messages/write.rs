use standards::hl7::charset::Charset;
use standards::hl7::message::{Line, Message, Separators};

use crate::messages::segments::{
    Absent, appointments, charges, document, header, orders, patient, prescriptions, results, retired,
    vaccinations, visit,
};
use crate::messages::{Event, Interface, MessageError};

/// The message that tells an event to the system behind an interface, under this control id (MSH-10).
///
/// # Errors
/// [`MessageError`], when the version lacks the trigger, the event lacks what the trigger is about, or a text does not fit
/// the interface's character set.
pub fn write_message(
    event: &Event<'_>,
    interface: &Interface,
    control_id: &str,
) -> Result<Message, MessageError> {
    let trigger = event.trigger;
    if let Some((since, instead)) = trigger.since.filter(|(since, _)| !interface.speaks(since)) {
        let version = interface.version.clone();
        return Err(MessageError::Version { trigger: trigger.name, since, version, instead });
    }
    let mut lines = header(event, interface, control_id);
    lines.extend(content(event, interface)?);
    Ok(Message::compose(&Separators::STANDARD, &Charset::named(&interface.charset), &lines)?)
}

/// All segments behind MSH and EVN.
fn content(event: &Event<'_>, interface: &Interface) -> Result<Vec<Line>, MessageError> {
    let person = patient(event, interface);
    let visit = |absent| visit(event, interface, absent);
    let lines = match event.trigger.name {
        "ADT^A34" | "ADT^A40" => [person, retired(event, interface)?].concat(),
        "ADT^A28" | "ADT^A31" => [person, visit(Absent::Person)?].concat(),
        "ORM^O01" | "OML^O21" => [person, visit(Absent::LeftOut)?, orders(event, interface)?].concat(),
        "RDE^O11" => [person, visit(Absent::LeftOut)?, prescriptions(event, interface)?].concat(),
        "ORU^R01" => [person, visit(Absent::LeftOut)?, results(event, interface)?].concat(),
        "DFT^P03" => [person, visit(Absent::LeftOut)?, charges(event, interface)?].concat(),
        "MDM^T02" => {
            // This structure has no PD1.
            let person = person.into_iter().filter(|line| line.name() == "PID").collect();
            [person, visit(Absent::Person)?, document(event, interface)?].concat()
        }
        "VXU^V04" => [person, visit(Absent::LeftOut)?, vaccinations(event, interface)?].concat(),
        "SIU^S12" | "SIU^S13" | "SIU^S14" | "SIU^S15" => appointments(event, interface, person)?,
        _ => [person, visit(Absent::Refused)?].concat(),
    };
    Ok(lines)
}
