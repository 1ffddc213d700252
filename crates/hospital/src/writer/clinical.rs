//! Conditions, procedures, allergies and immunisations.

use super::Json;
use crate::codes::Code;
use crate::id::Id;

const CLINICAL: &str = r#""clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":""#;
const VERIFIED: &str = r#""}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category","code":""#;

/// A diagnosis or problem (US Core Condition profiles).
pub(crate) struct Condition<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) encounter: Id,
    pub(crate) code: &'a Code,
    /// On the problem list, or a diagnosis of one encounter.
    pub(crate) chronic: bool,
    pub(crate) onset_us: i64,
    pub(crate) abated_us: Option<i64>,
    pub(crate) recorded_us: i64,
}

impl Condition<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        let (profile, category) = if self.chronic {
            ("us-core-condition-problems-health-concerns", "problem-list-item")
        } else {
            ("us-core-condition-encounter-diagnosis", "encounter-diagnosis")
        };
        let status = if self.abated_us.is_some() { "resolved" } else { "active" };
        json.open("Condition", self.id, self.recorded_us, profile);
        json.raw(CLINICAL).raw(status).raw(VERIFIED).raw(category);
        json.raw(r#""}]}],"code":"#).concept(self.code);
        json.raw(r#","subject":"#).reference("Patient", self.patient);
        json.raw(r#","encounter":"#).reference("Encounter", self.encounter);
        json.raw(r#","onsetDateTime":"#).instant(self.onset_us);
        if let Some(us) = self.abated_us {
            json.raw(r#","abatementDateTime":"#).instant(us);
        }
        json.raw(r#","recordedDate":"#).instant(self.recorded_us);
    }
}

/// Something done to the patient (US Core Procedure).
pub(crate) struct Procedure<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) encounter: Id,
    pub(crate) performer: Id,
    pub(crate) code: &'a Code,
    pub(crate) start_us: i64,
    pub(crate) end_us: i64,
}

impl Procedure<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("Procedure", self.id, self.end_us, "us-core-procedure");
        json.raw(r#""status":"completed","code":"#).concept(self.code);
        json.raw(r#","subject":"#).reference("Patient", self.patient);
        json.raw(r#","encounter":"#).reference("Encounter", self.encounter);
        json.raw(r#","performedPeriod":"#).period(self.start_us, Some(self.end_us));
        json.raw(r#","performer":[{"actor":"#).reference("Practitioner", self.performer);
        json.raw("}]");
    }
}

/// An intolerance (US Core `AllergyIntolerance`).
pub(crate) struct Allergy<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    /// A coded drug ingredient, or a food or pollen in words.
    pub(crate) substance: Result<&'a Code, &'a str>,
    pub(crate) category: &'a str,
    pub(crate) severe: bool,
    pub(crate) reaction: &'a str,
    pub(crate) recorded_us: i64,
}

impl Allergy<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("AllergyIntolerance", self.id, self.recorded_us, "us-core-allergyintolerance");
        json.raw(r#""clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"confirmed"}]},"category":[""#);
        json.raw(self.category).raw(r#""],"criticality":""#);
        json.raw(if self.severe { "high" } else { "low" });
        json.raw(r#"","code":"#);
        match self.substance {
            Ok(code) => json.concept(code),
            Err(words) => json.raw(r#"{"text":"#).text(words).raw("}"),
        };
        json.raw(r#","patient":"#).reference("Patient", self.patient);
        json.raw(r#","recordedDate":"#).instant(self.recorded_us);
        json.raw(r#","reaction":[{"manifestation":[{"text":"#).text(self.reaction);
        json.raw(r#"}],"severity":""#);
        json.raw(if self.severe { "severe" } else { "mild" }).raw(r#""}]"#);
    }
}

/// A vaccine given (US Core Immunization).
pub(crate) struct Immunization<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) encounter: Id,
    pub(crate) location: Id,
    pub(crate) vaccine: &'a Code,
    pub(crate) given_us: i64,
}

impl Immunization<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("Immunization", self.id, self.given_us, "us-core-immunization");
        json.raw(r#""status":"completed","vaccineCode":"#).concept(self.vaccine);
        json.raw(r#","patient":"#).reference("Patient", self.patient);
        json.raw(r#","encounter":"#).reference("Encounter", self.encounter);
        json.raw(r#","occurrenceDateTime":"#).instant(self.given_us);
        json.raw(r#","primarySource":true,"location":"#).reference("Location", self.location);
    }
}
