//! Organisations and locations.

use super::Json;
use crate::id::Id;

/// The hospital's own address, as JSON.
const ADDRESS: &str = r#"{"line":["400 Mill Race Road"],"city":"Alder Falls","state":"OH","postalCode":"45980","country":"US"}"#;

/// A hospital, department, laboratory or payer (US Core Organization).
pub(crate) struct Organization<'a> {
    pub(crate) id: Id,
    pub(crate) name: &'a str,
    /// An organization-type code and its display.
    pub(crate) kind: (&'a str, &'a str),
    pub(crate) part_of: Option<Id>,
    pub(crate) updated_us: i64,
}

impl Organization<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("Organization", self.id, self.updated_us, "us-core-organization");
        json.raw(r#""identifier":[{"system":"https://practicum.example/organization","value":""#);
        json.raw(self.id.as_str()).raw(r#""}],"active":true,"type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/organization-type","code":""#);
        json.raw(self.kind.0).raw(r#"","display":""#).raw(self.kind.1);
        json.raw(r#""}]}],"name":"#).text(self.name);
        json.raw(r#","telecom":[{"system":"phone","value":"555-010-0100","use":"work"}],"address":["#);
        json.raw(ADDRESS).raw("]");
        if let Some(parent) = self.part_of {
            json.raw(r#","partOf":"#).reference("Organization", parent);
        }
    }
}

/// A ward, clinic, theatre or bed (US Core Location).
pub(crate) struct Location<'a> {
    pub(crate) id: Id,
    /// The short name on the door, unique in the hospital.
    pub(crate) label: &'a str,
    pub(crate) name: &'a str,
    /// A v3-RoleCode and its display.
    pub(crate) kind: (&'a str, &'a str),
    /// A location-physical-type code and its display.
    pub(crate) form: (&'a str, &'a str),
    pub(crate) organization: Id,
    pub(crate) part_of: Option<Id>,
    pub(crate) updated_us: i64,
}

impl Location<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("Location", self.id, self.updated_us, "us-core-location");
        json.raw(r#""identifier":[{"system":"https://practicum.example/location","value":"#);
        json.text(self.label).raw(r#"}],"status":"active","name":"#).text(self.name);
        json.raw(r#","mode":"instance","type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":""#);
        json.raw(self.kind.0).raw(r#"","display":""#).raw(self.kind.1);
        json.raw(r#""}]}],"physicalType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":""#);
        json.raw(self.form.0).raw(r#"","display":""#).raw(self.form.1);
        json.raw(r#""}]},"managingOrganization":"#);
        json.reference("Organization", self.organization);
        if let Some(parent) = self.part_of {
            json.raw(r#","partOf":"#).reference("Location", parent);
        } else {
            json.raw(r#","address":"#).raw(ADDRESS);
        }
    }
}
