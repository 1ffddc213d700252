//! Visits and stays.

use serde::{Deserialize, Serialize};

use super::Json;
use crate::codes::Code;
use crate::id::Id;

/// The class of an encounter (v3-ActCode, `ActEncounterCode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Class {
    /// `AMB`: a visit to a clinic.
    Ambulatory,
    /// `EMER`: a visit to the emergency department.
    Emergency,
    /// `IMP`: a stay in a bed.
    Inpatient,
}

impl Class {
    /// Code and display.
    pub fn coding(self) -> (&'static str, &'static str) {
        match self {
            Self::Ambulatory => ("AMB", "ambulatory"),
            Self::Emergency => ("EMER", "emergency"),
            Self::Inpatient => ("IMP", "inpatient encounter"),
        }
    }
}

/// Where a patient went after a visit (discharge-disposition code system).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Disposition {
    /// Home.
    Home,
    /// To a skilled nursing facility.
    SkilledNursing,
    /// To rehabilitation.
    Rehabilitation,
    /// Against medical advice.
    AgainstAdvice,
    /// To a hospice.
    Hospice,
    /// They died.
    Expired,
    /// From the emergency department into a bed of this hospital; no code says that, and none is written.
    Admitted,
}

impl Disposition {
    /// Code and display; empty for [`Disposition::Admitted`].
    pub fn coding(self) -> (&'static str, &'static str) {
        match self {
            Self::Home => ("home", "Home"),
            Self::SkilledNursing => ("snf", "Skilled nursing facility"),
            Self::Rehabilitation => ("rehab", "Rehabilitation"),
            Self::AgainstAdvice => ("aadvice", "Left against advice"),
            Self::Hospice => ("hosp", "Hospice"),
            Self::Expired => ("exp", "Expired"),
            Self::Admitted => ("", ""),
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
    /// Each place with the instant they came to it, in order.
    pub(crate) places: &'a [(Id, i64)],
    pub(crate) disposition: Option<Disposition>,
    /// The stay began in the emergency department.
    pub(crate) from_emergency: bool,
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
        self.write_places(json);
        json.raw(r#","serviceProvider":"#).reference("Organization", self.hospital);
    }

    /// In a clinic the place alone; elsewhere each bed with the time spent in it.
    fn write_places(&self, json: &mut Json) {
        for (at, (location, since_us)) in self.places.iter().enumerate() {
            json.raw(if at == 0 { r#","location":[{"location":"# } else { r#"},{"location":"# });
            json.reference("Location", *location);
            if self.class != Class::Ambulatory {
                let until_us = self.places.get(at + 1).map(|next| next.1).or(self.end_us);
                let status = if until_us.is_some() { "completed" } else { "active" };
                json.raw(r#","status":""#).raw(status);
                json.raw(r#"","period":"#).period(*since_us, until_us);
            }
        }
        json.raw(if self.places.is_empty() { "" } else { "}]" });
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
        let disposition = self.disposition.filter(|way| *way != Disposition::Admitted);
        if disposition.is_none() && !self.from_emergency {
            return;
        }
        json.raw(r#","hospitalization":{"#);
        if self.from_emergency {
            json.raw(r#""admitSource":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/admit-source","code":"emd","display":"From accident/emergency department"}]}"#);
        }
        if let Some(disposition) = disposition {
            let (code, display) = disposition.coding();
            json.raw(if self.from_emergency { "," } else { "" });
            json.raw(r#""dischargeDisposition":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/discharge-disposition","code":""#);
            json.raw(code).raw(r#"","display":""#).raw(display);
            json.raw(r#""}]}"#);
        }
        json.raw("}");
    }
}
