use serde_json::json;

use super::message::{Reading, first, text};
use super::value;
use crate::hl7::message::Segment;

/// Appointments, vaccinations and documents: SCH, RXA, TXA.
impl<'m> Reading<'m> {
    pub(super) fn schedule(&mut self, segment: Segment<'m>) {
        let appointment = self.drafts.add("Appointment");
        self.drafts.list[appointment].owned = true;
        self.appointment = Some(appointment);
        self.follow_once(appointment, "SCH[Appointment]", segment);
        let timing = segment.field(11).map(|part| first(&part));
        for (name, number) in [("start", 4), ("end", 5)] {
            let moment = timing
                .as_ref()
                .and_then(|part| part.component(number))
                .and_then(|part| value::of_text(&part.text(), "instant"));
            if let Some(moment) = moment {
                self.drafts.set(appointment, name, moment);
            }
        }
    }

    pub(super) fn vaccine(&mut self, segment: Segment<'m>) {
        let immunization = self.drafts.add("Immunization");
        self.drafts.list[immunization].owned = true;
        self.immunization = Some(immunization);
        let common = self.group.iter().find(|other| other.name() == "ORC").copied();
        self.group.push(segment);
        if let Some(common) = common {
            self.follow_once(immunization, "ORC[Immunization]", common);
        }
        self.follow_once(immunization, "RXA[Immunization]", segment);
        self.refer(immunization, "patient");
    }

    pub(super) fn document(&mut self, segment: Segment<'m>) {
        let document = self.drafts.add("DocumentReference");
        self.drafts.list[document].owned = true;
        self.document = Some(document);
        self.follow_once(document, "TXA[DocumentReference]", segment);
        self.refer(document, "subject");
        if let Some(encounter) = self.encounter {
            let reference = self.drafts.reference(encounter);
            self.drafts.set(document, "context", json!({"encounter": [reference]}));
        }
    }

    /// What an OBX adds to a document: a file, an address, or lines of text that become one.
    pub(super) fn content(&mut self, document: usize, segment: Segment<'m>) {
        if matches!(text(segment, 2).as_str(), "ED" | "RP") {
            self.follow_once(document, "OBX[DocumentReference]", segment);
            return;
        }
        let line = segment
            .field(5)
            .map(|field| field.parts().map(|part| part.text()).collect::<Vec<_>>().join("\n"));
        self.lines.extend(line);
    }
}
