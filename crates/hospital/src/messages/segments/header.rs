use standards::hl7::message::{Content, Line};

use crate::messages::value::{moment_of, shown_person};
use crate::messages::{Event, Interface, System};

/// MSH, and EVN where the message has one.
pub(in crate::messages) fn header(event: &Event<'_>, interface: &Interface, control_id: &str) -> Vec<Line> {
    let trigger = event.trigger;
    let structure = interface.speaks("2.3.1").then_some(trigger.structure);
    let kind = [Some(trigger.code()), Some(trigger.event()), structure];
    let named = |system: &System| (system.application.clone(), system.facility.clone());
    let ((sender, sending), (receiver, receiving)) = (named(&interface.sender), named(&interface.receiver));
    let header = Line::new("MSH")
        .with(3, sender)
        .with(4, sending)
        .with(5, receiver)
        .with(6, receiving)
        .with(7, moment_of(event.recorded_us))
        .with(9, kind.map(Content::from))
        .with(10, control_id)
        .with(11, interface.processing.as_str())
        .with(12, interface.version.as_str())
        .with(15, interface.accept.as_str())
        .with(16, interface.application.as_str())
        .with(18, interface.charset.as_str());
    if !matches!(trigger.code(), "ADT" | "DFT" | "MDM") {
        return vec![header];
    }
    // The trigger stands in EVN-1 until it was withdrawn.
    let repeated = (!interface.speaks("2.7")).then_some(trigger.event());
    let recorded = moment_of(event.recorded_us);
    vec![
        header,
        Line::new("EVN").with(1, repeated).with(2, recorded).with(5, shown_person(Some(event.author))),
    ]
}
