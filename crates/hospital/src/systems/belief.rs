use serde::{Deserialize, Serialize};
use serde_json::Value;
use standards::hl7::message::Message;

use super::segment::at;
use crate::ehr::{mrn_of, reference_id};

/// What a system believes of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belief {
    /// Medical record number.
    pub mrn: String,
    /// Family name.
    pub family: String,
    /// Given names, separated by spaces.
    pub given: String,
    /// `YYYYMMDD`.
    pub birth_date: String,
    /// HL7 table 0001: `F`, `M`, `O` or `U`.
    pub sex: String,
    /// Street, town, state and postal code.
    pub address: [String; 4],
    /// Telephone number.
    pub phone: String,
    /// Where they lie; `None` when they are not in the house.
    pub stay: Option<Stay>,
    /// The MRN that stands in the place of this one since a merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
}

/// Being in the house.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The number of the visit.
    pub visit: String,
    /// HL7 table 0004: `I` inpatient, `E` emergency.
    pub class: String,
    /// The label on the unit's doors.
    pub unit: String,
    /// The label on the bed; empty for a place without one.
    pub bed: String,
}

/// Where a bed or a ward is, by the labels on the doors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit: String,
    /// The bed.
    pub bed: String,
}

impl Belief {
    /// What the chart says: a Patient, and the Encounter that keeps them in the house with its place, if any does.
    pub fn of(patient: &Value, stay: Option<(&Value, &Place)>) -> Self {
        let text =
            |pointer: &str| patient.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let given = patient.pointer("/name/0/given").and_then(Value::as_array).into_iter().flatten();
        let given: Vec<&str> = given.filter_map(Value::as_str).collect();
        let phones = patient["telecom"].as_array().into_iter().flatten();
        let mut phones: Vec<&Value> = phones.filter(|telecom| telecom["system"] == "phone").collect();
        phones.sort_by_key(|telecom| telecom["use"] == "work");
        let phone = phones.iter().find_map(|telecom| telecom["value"].as_str());
        Self {
            mrn: mrn_of(patient).unwrap_or_default().to_owned(),
            family: text("/name/0/family"),
            given: given.join(" "),
            birth_date: text("/birthDate").replace('-', ""),
            sex: match patient["gender"].as_str() {
                Some("female") => "F",
                Some("male") => "M",
                Some("other") => "O",
                _ => "U",
            }
            .to_owned(),
            address: ["/address/0/line/0", "/address/0/city", "/address/0/state", "/address/0/postalCode"]
                .map(text),
            phone: phone.unwrap_or_default().to_owned(),
            stay: stay.map(|(encounter, place)| Stay::of(encounter, place)),
            merged_into: None,
        }
    }

    /// What PID says (HL7 v2.5.1, 3.4.2); nothing of where they are.
    pub(super) fn read(message: &Message) -> Self {
        let pid = |field, component| at(message, "PID", field, component);
        let middle = pid(5, 3);
        let given =
            [pid(5, 2), middle].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        Self {
            mrn: pid(3, 1),
            family: pid(5, 1),
            given,
            birth_date: pid(7, 1),
            sex: pid(8, 1),
            address: [pid(11, 1), pid(11, 3), pid(11, 4), pid(11, 5)],
            phone: phone(message),
            stay: None,
            merged_into: None,
        }
    }

    /// Takes over who they are, and keeps where they are.
    pub(super) fn renamed(self, told: &Self) -> Self {
        Self { stay: self.stay, merged_into: self.merged_into, ..told.clone() }
    }
}

/// The first telephone of PID-13, at home, or else of PID-14, at work.
fn phone(message: &Message) -> String {
    let pid = message.segment("PID");
    let fields = [13, 14].into_iter().filter_map(|number| pid.as_ref()?.field(number));
    let mut numbers = fields.flat_map(|field| {
        let written = (1..).map_while(|number| field.repetition(number));
        written.filter_map(|one| one.component(1)).map(|number| number.text()).collect::<Vec<String>>()
    });
    numbers.find(|number| !number.is_empty()).unwrap_or_default()
}

impl Stay {
    fn of(encounter: &Value, place: &Place) -> Self {
        let emergency = crate::ehr::is_emergency(encounter);
        let number = encounter.pointer("/identifier/0/value").and_then(Value::as_str);
        Self {
            visit: number.or(encounter["id"].as_str()).unwrap_or_default().to_owned(),
            class: if emergency { "E" } else { "I" }.to_owned(),
            unit: place.unit.clone(),
            bed: place.bed.clone(),
        }
    }

    /// What PV1 says (HL7 v2.5.1, 3.4.3).
    pub(super) fn read(message: &Message) -> Self {
        let pv1 = |field, component| at(message, "PV1", field, component);
        Self { visit: pv1(19, 1), class: pv1(2, 1), unit: pv1(3, 1), bed: pv1(3, 3) }
    }
}

impl Place {
    /// The labels of a bed or ward, and of what it is part of.
    pub fn of(place: Option<&Value>, around: Option<&Value>) -> Self {
        let label = |one: &Value| {
            one.pointer("/identifier/0/value").and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        match place {
            None => Self::default(),
            Some(bed) if crate::ehr::is_bed(bed) => {
                Self { unit: around.map(label).unwrap_or_default(), bed: label(bed) }
            }
            Some(ward) => Self { unit: label(ward), bed: String::new() },
        }
    }

    /// The place a bed is part of.
    pub fn around(place: &Value) -> Option<&str> {
        reference_id(place.get("partOf")?, "Location")
    }
}
