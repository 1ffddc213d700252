//! Orders for drugs.

use super::Json;
use crate::codes::Code;
use crate::id::Id;

/// A prescription or inpatient order (US Core `MedicationRequest`).
pub(crate) struct Medication<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) encounter: Id,
    pub(crate) requester: Id,
    pub(crate) drug: &'a Code,
    pub(crate) sig: &'a str,
    pub(crate) reason: Option<Id>,
    pub(crate) inpatient: bool,
    /// Still running, or done with.
    pub(crate) active: bool,
    pub(crate) authored_us: i64,
}

impl Medication<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("MedicationRequest", self.id, self.authored_us, "us-core-medicationrequest");
        json.raw(r#""status":""#).raw(if self.active { "active" } else { "completed" });
        json.raw(r#"","intent":"order","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-category","code":""#);
        json.raw(if self.inpatient { "inpatient" } else { "community" });
        json.raw(r#""}]}],"reportedBoolean":false,"medicationCodeableConcept":"#);
        json.concept(self.drug);
        json.raw(r#","subject":"#).reference("Patient", self.patient);
        json.raw(r#","encounter":"#).reference("Encounter", self.encounter);
        json.raw(r#","authoredOn":"#).instant(self.authored_us);
        json.raw(r#","requester":"#).reference("Practitioner", self.requester);
        if let Some(reason) = self.reason {
            json.raw(r#","reasonReference":["#).reference("Condition", reason).raw("]");
        }
        json.raw(r#","dosageInstruction":[{"text":"#).text(self.sig).raw("}]");
    }
}
