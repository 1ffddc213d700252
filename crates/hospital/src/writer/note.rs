//! Clinical notes.

use super::Json;
use crate::codes::Code;
use crate::id::Id;

/// A note in plain text (US Core `DocumentReference`).
pub(crate) struct Note<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) encounter: Id,
    pub(crate) author: Id,
    pub(crate) kind: &'a Code,
    pub(crate) text: &'a str,
    pub(crate) written_us: i64,
}

impl Note<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("DocumentReference", self.id, self.written_us, "us-core-documentreference");
        json.raw(r#""status":"current","docStatus":"final","type":"#).concept(self.kind);
        json.raw(r#","category":[{"coding":[{"system":"http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category","code":"clinical-note","display":"Clinical Note"}]}],"subject":"#);
        json.reference("Patient", self.patient).raw(r#","date":"#);
        json.instant(self.written_us).raw(r#","author":["#);
        json.reference("Practitioner", self.author);
        json.raw(r#"],"content":[{"attachment":{"contentType":"text/plain; charset=utf-8","data":"#);
        json.base64(self.text.as_bytes());
        json.raw(r#","creation":"#).instant(self.written_us);
        json.raw(r#"}}],"context":{"encounter":["#);
        json.reference("Encounter", self.encounter).raw("]}");
    }
}
