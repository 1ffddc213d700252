use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::draft::Drafts;
use super::request;
use super::rows::follow;
use super::scope::Scope;
use super::value;
use crate::hl7::message::{Message, Part, Segment};

/// A message as a transaction Bundle, written as JSON. Numbers keep the digits they were sent with, so that `6.10` does not
/// become `6.1`.
///
/// ADT says who a patient is and where; there the Patient and the Encounter replace what is known. Every other message only
/// refers to them, and makes them where nobody knows them yet. Segments that no map covers leave no trace.
pub fn bundle_of(message: &Message) -> String {
    let mut reading = Reading::new(message);
    for segment in message.segments() {
        reading.take(segment);
    }
    reading.finish();
    written(&request::transaction(&mut reading.drafts))
}

/// A Bundle as text, with marked digits as numbers.
fn written(bundle: &Value) -> String {
    let text = bundle.to_string();
    let mark = format!("\"{}", value::DIGITS.replace('\u{1}', "\\u0001"));
    let mut pieces = text.split(mark.as_str());
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (digits, rest) = piece.split_once('"').unwrap_or((piece, ""));
        whole.push_str(digits);
        whole.push_str(rest);
    }
    whole
}

/// What has been read so far: the resources that following segments add to.
pub(super) struct Reading<'m> {
    pub(super) message: &'m Message,
    pub(super) kind: Kind,
    pub(super) drafts: Drafts,
    pub(super) patient: Option<usize>,
    pub(super) encounter: Option<usize>,
    /// ORC, OBR and RXA of the order at hand.
    pub(super) group: Vec<Segment<'m>>,
    pub(super) request: Option<usize>,
    pub(super) report: Option<usize>,
    pub(super) observation: Option<usize>,
    pub(super) immunization: Option<usize>,
    pub(super) appointment: Option<usize>,
    pub(super) document: Option<usize>,
    /// Lines of text that make up the document.
    pub(super) lines: Vec<String>,
    /// How many segments of a name went into the resource at hand.
    pub(super) counted: BTreeMap<(String, usize), u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Adt,
    Result,
    Order,
    Vaccination,
    Document,
    Other,
}

impl<'m> Reading<'m> {
    fn new(message: &'m Message) -> Self {
        let kind = match message.kind().get(..3) {
            Some("ADT") => Kind::Adt,
            Some("ORU") => Kind::Result,
            Some("ORM" | "OML") => Kind::Order,
            Some("VXU") => Kind::Vaccination,
            Some("MDM") => Kind::Document,
            _ => Kind::Other,
        };
        let seed = message.bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self {
            message,
            kind,
            drafts: Drafts::new(seed),
            patient: None,
            encounter: None,
            group: Vec::new(),
            request: None,
            report: None,
            observation: None,
            immunization: None,
            appointment: None,
            document: None,
            lines: Vec::new(),
            counted: BTreeMap::new(),
        }
    }

    pub(super) fn follow(&mut self, resource: usize, map: &str, segment: Segment<'m>) {
        let nth = self.counted.entry((segment.name().to_owned(), resource)).or_insert(0);
        let (number, scope) = (*nth, Scope::of(self.message, segment, &self.group));
        *nth += 1;
        follow(&mut self.drafts, resource, map, &scope, number);
    }

    /// The same for a segment of which a resource has one only, whichever map it goes through.
    pub(super) fn follow_once(&mut self, resource: usize, map: &str, segment: Segment<'m>) {
        let scope = Scope::of(self.message, segment, &self.group);
        follow(&mut self.drafts, resource, map, &scope, 0);
    }

    fn take(&mut self, segment: Segment<'m>) {
        match segment.name() {
            "PID" => self.patient(segment),
            "PD1" => self.primary_care(segment),
            "NK1" => self.next_of_kin(segment),
            "PV1" => self.visit(segment),
            "PV2" => {
                if let Some(encounter) = self.encounter {
                    self.follow_once(encounter, "PV2[Encounter]", segment);
                }
            }
            "AL1" => self.allergy(segment),
            "DG1" => self.diagnosis(segment),
            "ORC" => self.order(segment),
            "OBR" => self.observation_request(segment),
            "OBX" => self.observation(segment),
            "NTE" => self.note(segment),
            "SPM" => self.specimen(segment),
            "SCH" => self.schedule(segment),
            "AIS" | "AIG" | "AIL" | "AIP" => {
                if let Some(appointment) = self.appointment {
                    self.follow(appointment, &format!("{}[Appointment]", segment.name()), segment);
                }
            }
            "RXA" => self.vaccine(segment),
            "RXR" => {
                if let Some(immunization) = self.immunization {
                    self.follow_once(immunization, "RXR[Immunization]", segment);
                }
            }
            "TXA" => self.document(segment),
            _ => {}
        }
    }

    fn patient(&mut self, segment: Segment<'m>) {
        let patient = self.drafts.add("Patient");
        self.drafts.list[patient].owned = self.kind == Kind::Adt;
        self.patient = Some(patient);
        self.follow_once(patient, "PID[Patient]", segment);
    }

    fn primary_care(&mut self, segment: Segment<'m>) {
        if let Some(patient) = self.patient {
            self.follow_once(patient, "PD1[Patient]", segment);
        }
    }

    /// Next of kin stand in the Patient as contacts, each with the elements that the map has for one.
    fn next_of_kin(&mut self, segment: Segment<'m>) {
        let Some(patient) = self.patient else { return };
        let contact = self.drafts.add("Patient.contact");
        self.follow_once(contact, "NK1[Patient]", segment);
        // The contact was always the newest draft; the organisations it may refer to come behind it and stay.
        let mut made = std::mem::take(&mut self.drafts.list[contact].value);
        if let Some(members) = made.as_object_mut() {
            members.remove("resourceType");
        }
        self.drafts.push(patient, "contact", made);
    }

    fn visit(&mut self, segment: Segment<'m>) {
        if text(segment, 2).is_empty() {
            return;
        }
        let encounter = self.drafts.add("Encounter");
        self.drafts.list[encounter].owned = self.kind == Kind::Adt;
        self.encounter = Some(encounter);
        self.follow_once(encounter, "PV1[Encounter]", segment);
        let event = self.message.header();
        if self.kind == Kind::Adt && text(segment, 45).is_empty() && self.status_is_told() {
            self.follow_once(encounter, "MSH[Encounter]", event);
        }
        self.refer(encounter, "subject");
    }

    /// `A08` and its like say nothing of how the stay stands; the map has `unknown` for them.
    fn status_is_told(&self) -> bool {
        let kind = self.message.kind();
        ["A01", "A02", "A03", "A05", "A11", "A13"].iter().any(|event| kind.ends_with(event))
    }

    fn allergy(&mut self, segment: Segment<'m>) {
        let allergy = self.drafts.add("AllergyIntolerance");
        self.follow_once(allergy, "AL1[AllergyIntolerance]", segment);
        self.refer(allergy, "patient");
    }

    fn diagnosis(&mut self, segment: Segment<'m>) {
        let condition = self.drafts.add("Condition");
        self.follow_once(condition, "DG1[Condition]", segment);
        self.refer(condition, "subject");
        if let Some(encounter) = self.encounter {
            let reference = self.drafts.reference(encounter);
            self.drafts.set(condition, "encounter", reference);
            let mut diagnosis = json!({"condition": self.drafts.reference(condition)});
            if let Some(rank) = text(segment, 15).parse::<u32>().ok().filter(|rank| *rank > 0) {
                diagnosis["rank"] = Value::from(rank);
            }
            self.drafts.push(encounter, "diagnosis", diagnosis);
        }
    }

    fn note(&mut self, segment: Segment<'m>) {
        if let Some(observation) = self.observation {
            self.follow(observation, "NTE[Observation]", segment);
        } else if let Some(request) = self.request {
            self.follow(request, "NTE[ServiceRequest]", segment);
        } else if let Some(document) = self.document {
            self.follow(document, "NTE[DocumentReference]", segment);
        }
    }

    fn specimen(&mut self, segment: Segment<'m>) {
        let specimen = self.drafts.add("Specimen");
        self.follow_once(specimen, "SPM[Specimen]", segment);
        self.refer(specimen, "subject");
        let reference = self.drafts.reference(specimen);
        if let Some(holder) = self.report.or(self.request) {
            self.drafts.push(holder, "specimen", reference);
        }
    }

    /// The patient, where there is one.
    pub(super) fn refer(&mut self, resource: usize, name: &str) {
        if let Some(patient) = self.patient {
            let reference = self.drafts.reference(patient);
            self.drafts.set_missing(resource, name, reference);
        }
    }

    /// The patient and the stay.
    pub(super) fn belong(&mut self, resource: usize) {
        self.refer(resource, "subject");
        if let Some(encounter) = self.encounter {
            let reference = self.drafts.reference(encounter);
            self.drafts.set_missing(resource, "encounter", reference);
        }
    }

    /// What FHIR asks for and the message did not say.
    fn finish(&mut self) {
        if let (Some(appointment), Some(patient)) = (self.appointment, self.patient) {
            let reference = self.drafts.reference(patient);
            self.drafts.push(appointment, "participant", json!({"actor": reference}));
        }
        if let Some(document) = self.document.filter(|_| !self.lines.is_empty()) {
            let data = value::of_text(&self.lines.join("\n"), "base64Binary");
            let attachment = json!({"contentType": "text/plain", "data": data});
            self.drafts.push(document, "content", json!({"attachment": attachment}));
        }
    }
}

/// The first repetition of a field.
pub(super) fn first<'m>(field: &Part<'m>) -> Part<'m> {
    field.repetition(1).unwrap_or_else(|| field.clone())
}

pub(super) fn text(segment: Segment<'_>, number: u16) -> String {
    segment.field(number).map(|field| field.text()).unwrap_or_default()
}
