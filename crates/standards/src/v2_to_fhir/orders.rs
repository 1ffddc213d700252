use serde_json::{Value, json};

use super::message::{Kind, Reading, first, text};
use super::value;
use crate::hl7::message::Segment;

/// Orders and their results: ORC, OBR, OBX.
impl<'m> Reading<'m> {
    pub(super) fn order(&mut self, segment: Segment<'m>) {
        self.group = vec![segment];
        (self.request, self.report, self.observation, self.immunization) = (None, None, None, None);
        if self.kind == Kind::Order {
            // The OBR behind it belongs to the same order, and each of the two maps looks at the other.
            let behind = self.message.segments().skip(segment.index() + 1);
            self.group.extend(
                behind.take_while(|next| next.name() != "ORC").filter(|next| next.name() == "OBR").take(1),
            );
            let request = self.drafts.add("ServiceRequest");
            self.request = Some(request);
            self.drafts.list[request].owned = true;
            self.follow_once(request, "ORC[ServiceRequest]", segment);
            self.belong(request);
        }
    }

    pub(super) fn observation_request(&mut self, segment: Segment<'m>) {
        self.observation = None;
        self.group.retain(|other| other.name() == "ORC");
        let common = self.group.first().copied();
        self.group.push(segment);
        match self.kind {
            Kind::Order => {
                let request = self.request.unwrap_or_else(|| self.drafts.add("ServiceRequest"));
                self.request = Some(request);
                self.drafts.list[request].owned = true;
                self.follow_once(request, "OBR[ServiceRequest]", segment);
                self.belong(request);
            }
            Kind::Result => {
                let report = self.drafts.add("DiagnosticReport");
                self.report = Some(report);
                self.drafts.list[report].owned = true;
                if let Some(common) = common {
                    self.follow_once(report, "ORC[DiagnosticReport]", common);
                }
                self.follow_once(report, "OBR[DiagnosticReport]", segment);
                self.based_on(report, segment);
                self.belong(report);
            }
            _ => {}
        }
    }

    /// The order that is answered, named by its number, since the order itself may be known to others only.
    fn based_on(&mut self, report: usize, segment: Segment<'m>) {
        let order = |segment: Segment<'m>| segment.field(2).filter(|field| !field.is_empty());
        let number = self.group.iter().find_map(|other| order(*other)).or_else(|| order(segment));
        if let Some(identifier) = number.and_then(|part| value::identifier(&first(&part), "EI")) {
            let reference = json!({"type": "ServiceRequest", "identifier": identifier});
            self.drafts.push(report, "basedOn", reference);
        }
    }

    pub(super) fn observation(&mut self, segment: Segment<'m>) {
        if self.kind == Kind::Document {
            if let Some(document) = self.document {
                self.content(document, segment);
            }
            return;
        }
        let observation = self.drafts.add("Observation");
        self.observation = Some(observation);
        self.drafts.list[observation].owned = true;
        self.follow_once(observation, "OBX[Observation]", segment);
        self.identify(observation, segment);
        self.belong(observation);
        let reference = self.drafts.reference(observation);
        if let Some(report) = self.report {
            self.drafts.push(report, "result", reference);
        } else if let Some(request) = self.request {
            self.drafts.push(request, "supportingInfo", reference);
        }
    }

    /// A result that is sent again has to find the one it corrects: by its own number where it has one, otherwise by the
    /// filler's number with the test and sub-id.
    fn identify(&mut self, observation: usize, segment: Segment<'m>) {
        if self.drafts.list[observation].value.get("identifier").is_some() {
            return;
        }
        let filler =
            self.group.iter().rev().find_map(|other| other.field(3).filter(|field| !field.is_empty()));
        let Some(mut identifier) = filler.and_then(|part| value::identifier(&first(&part), "EI")) else {
            return;
        };
        let parts = [text(segment, 3), text(segment, 4)];
        let mut number = identifier["value"].as_str().unwrap_or_default().to_owned();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            number = format!("{number}-{part}");
        }
        identifier["value"] = Value::from(number);
        self.drafts.set(observation, "identifier", json!([identifier]));
    }
}
