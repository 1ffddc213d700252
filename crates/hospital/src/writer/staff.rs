//! Clinicians and their roles.

use super::Json;
use crate::id::Id;

/// A clinician (US Core Practitioner).
pub(crate) struct Practitioner<'a> {
    pub(crate) id: Id,
    /// Ten digits with a Luhn check digit, from a range that is never issued.
    pub(crate) npi: &'a str,
    pub(crate) family: &'a str,
    pub(crate) given: &'a str,
    pub(crate) suffix: &'a str,
    pub(crate) gender: &'a str,
    pub(crate) updated_us: i64,
}

impl Practitioner<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("Practitioner", self.id, self.updated_us, "us-core-practitioner");
        json.raw(r#""identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":""#);
        json.raw(self.npi).raw(r#""}],"active":true,"name":[{"use":"official","family":"#);
        json.text(self.family).raw(r#","given":["#).text(self.given);
        json.raw(r#"],"suffix":["#).text(self.suffix);
        json.raw(r#"]}],"gender":""#).raw(self.gender).raw("\"");
    }
}

/// What a clinician does, and where (US Core `PractitionerRole`).
pub(crate) struct Role<'a> {
    pub(crate) id: Id,
    pub(crate) practitioner: Id,
    pub(crate) organization: Id,
    pub(crate) location: Id,
    /// A practitioner-role code and its display.
    pub(crate) code: (&'a str, &'a str),
    pub(crate) specialty: &'a str,
    pub(crate) phone: &'a str,
    pub(crate) updated_us: i64,
}

impl Role<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("PractitionerRole", self.id, self.updated_us, "us-core-practitionerrole");
        json.raw(r#""active":true,"practitioner":"#);
        json.reference("Practitioner", self.practitioner);
        json.raw(r#","organization":"#).reference("Organization", self.organization);
        json.raw(r#","code":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/practitioner-role","code":""#);
        json.raw(self.code.0).raw(r#"","display":""#).raw(self.code.1);
        json.raw(r#""}]}],"specialty":[{"text":"#).text(self.specialty);
        json.raw(r#"}],"location":["#).reference("Location", self.location);
        json.raw(r#"],"telecom":[{"system":"phone","value":"#).text(self.phone);
        json.raw(r#","use":"work"}]"#);
    }
}
