//! Reports over results.

use super::Json;
use crate::codes::Code;
use crate::id::Id;

/// The service that made a report (US Core 6.1.0, categories of `DiagnosticReport`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportKind {
    Laboratory,
    Radiology,
    Cardiology,
}

/// A report (US Core `DiagnosticReport` profiles).
pub(crate) struct Report<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) encounter: Id,
    pub(crate) performer: Id,
    pub(crate) kind: ReportKind,
    pub(crate) code: &'a Code,
    pub(crate) at_us: i64,
    pub(crate) issued_us: i64,
    pub(crate) results: &'a [Id],
    pub(crate) conclusion: Option<&'a str>,
}

impl Report<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        let (profile, category) = match self.kind {
            ReportKind::Laboratory => (
                "us-core-diagnosticreport-lab",
                r#"{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB"}"#,
            ),
            ReportKind::Radiology => (
                "us-core-diagnosticreport-note",
                r#"{"system":"http://loinc.org","code":"LP29684-5","display":"Radiology"}"#,
            ),
            ReportKind::Cardiology => (
                "us-core-diagnosticreport-note",
                r#"{"system":"http://loinc.org","code":"LP29708-2","display":"Cardiology"}"#,
            ),
        };
        json.open("DiagnosticReport", self.id, self.issued_us, profile);
        json.raw(r#""status":"final","category":[{"coding":["#).raw(category);
        json.raw(r#"]}],"code":"#).concept(self.code);
        json.raw(r#","subject":"#).reference("Patient", self.patient);
        json.raw(r#","encounter":"#).reference("Encounter", self.encounter);
        json.raw(r#","effectiveDateTime":"#).instant(self.at_us);
        json.raw(r#","issued":"#).instant(self.issued_us);
        json.raw(r#","performer":["#).reference("Organization", self.performer).raw("]");
        for (place, result) in self.results.iter().enumerate() {
            json.raw(if place == 0 { r#","result":["# } else { "," });
            json.reference("Observation", *result);
        }
        if !self.results.is_empty() {
            json.raw("]");
        }
        if let Some(words) = self.conclusion {
            json.raw(r#","conclusion":"#).text(words);
        }
    }
}
