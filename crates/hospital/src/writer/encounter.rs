//! Visits and stays.

use super::Json;
use crate::codes::Code;
use crate::id::Id;

/// The class of an encounter (v3-ActCode, `ActEncounterCode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Ambulatory,
    Emergency,
    Inpatient,
}

impl Class {
    fn coding(self) -> (&'static str, &'static str) {
        match self {
            Self::Ambulatory => ("AMB", "ambulatory"),
            Self::Emergency => ("EMER", "emergency"),
            Self::Inpatient => ("IMP", "inpatient encounter"),
        }
    }
}

/// Where a patient went after a stay (discharge-disposition code system).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposition {
    Home,
    SkilledNursing,
    Rehabilitation,
    Expired,
}

impl Disposition {
    fn coding(self) -> (&'static str, &'static str) {
        match self {
            Self::Home => ("home", "Home"),
            Self::SkilledNursing => ("snf", "Skilled nursing facility"),
            Self::Rehabilitation => ("rehab", "Rehabilitation"),
            Self::Expired => ("exp", "Expired"),
        }
    }
}

/// The clinician answering for an encounter.
#[derive(Clone, Copy)]
pub(crate) struct Participant<'a> {
    pub(crate) id: Id,
    pub(crate) name: &'a str,
}

/// A visit or a stay (US Core Encounter).
pub(crate) struct Encounter<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) class: Class,
    pub(crate) kind: &'a Code,
    pub(crate) attending: Participant<'a>,
    pub(crate) reason: &'a Code,
    pub(crate) start_us: i64,
    /// `None` while in progress.
    pub(crate) end_us: Option<i64>,
    pub(crate) location: Id,
    pub(crate) disposition: Option<Disposition>,
    pub(crate) hospital: Id,
}

impl Encounter<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        let updated_us = self.end_us.unwrap_or(self.start_us);
        json.open("Encounter", self.id, updated_us, "us-core-encounter");
        json.raw(r#""identifier":[{"system":"https://practicum.example/visit","value":""#);
        json.raw(self.id.as_str()).raw(r#""}],"status":""#);
        json.raw(if self.end_us.is_some() { "finished" } else { "in-progress" });
        let (class, display) = self.class.coding();
        json.raw(r#"","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":""#);
        json.raw(class).raw(r#"","display":""#).raw(display);
        json.raw(r#""},"type":["#).concept(self.kind);
        json.raw(r#"],"subject":"#).reference("Patient", self.patient);
        self.write_attending(json);
        json.raw(r#","period":"#).period(self.start_us, self.end_us);
        json.raw(r#","reasonCode":["#).concept(self.reason).raw("]");
        self.write_disposition(json);
        json.raw(r#","location":[{"location":"#).reference("Location", self.location);
        if self.class != Class::Ambulatory {
            let status = if self.end_us.is_some() { "completed" } else { "active" };
            json.raw(r#","status":""#).raw(status);
            json.raw(r#"","period":"#).period(self.start_us, self.end_us);
        }
        json.raw(r#"}],"serviceProvider":"#).reference("Organization", self.hospital);
    }

    fn write_attending(&self, json: &mut Json) {
        let (code, display) = match self.class {
            Class::Inpatient => ("ATND", "attender"),
            _ => ("PPRF", "primary performer"),
        };
        json.raw(r#","participant":[{"type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":""#);
        json.raw(code).raw(r#"","display":""#).raw(display);
        json.raw(r#""}]}],"individual":{"reference":"Practitioner/"#);
        json.raw(self.attending.id.as_str()).raw(r#"","display":"#);
        json.text(self.attending.name).raw("}}]");
    }

    fn write_disposition(&self, json: &mut Json) {
        let Some(disposition) = self.disposition else {
            return;
        };
        let (code, display) = disposition.coding();
        json.raw(r#","hospitalization":{"dischargeDisposition":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/discharge-disposition","code":""#);
        json.raw(code).raw(r#"","display":""#).raw(display);
        json.raw(r#""}]}}"#);
    }
}
