//! People.

use super::Json;
use crate::calendar::Date;
use crate::id::Id;

/// A display and its code, in the code system the place implies.
pub(crate) type Coded<'a> = (&'a str, &'a str);

/// The code system of confidentiality (v3-Confidentiality).
const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
/// The code system that says why something is sensitive (v3-ActCode).
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// A patient (US Core Patient).
pub(crate) struct Patient<'a> {
    pub(crate) id: Id,
    pub(crate) mrn: &'a str,
    /// CDC race codes (OMB categories); several for people of several races.
    pub(crate) races: &'a [Coded<'a>],
    pub(crate) ethnicity: Coded<'a>,
    pub(crate) female: bool,
    pub(crate) family: &'a str,
    pub(crate) given: [&'a str; 2],
    pub(crate) birth: Date,
    pub(crate) deceased_us: Option<i64>,
    pub(crate) phone: Option<&'a str>,
    pub(crate) email: Option<&'a str>,
    pub(crate) street: &'a str,
    pub(crate) town: &'a str,
    pub(crate) postal_code: &'a str,
    pub(crate) marital_status: Option<Coded<'a>>,
    pub(crate) language: Coded<'a>,
    pub(crate) practitioner: Id,
    pub(crate) hospital: Id,
    /// Why the chart is restricted, if it is: a code of v3-ActCode.
    pub(crate) restricted: Option<&'a str>,
    pub(crate) updated_us: i64,
}

impl Patient<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        let labels = self.restricted.map(|reason| [(CONFIDENTIALITY, "R"), (ACT_CODE, reason)]);
        let labels = labels.as_ref().map_or(&[][..], |labels| labels);
        json.open_secured("Patient", self.id, self.updated_us, "us-core-patient", labels);
        self.write_extensions(json);
        json.raw(r#"],"identifier":[{"use":"usual","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR","display":"Medical record number"}]},"system":"https://practicum.example/mrn","value":""#);
        json.raw(self.mrn).raw(r#"","assigner":"#).reference("Organization", self.hospital);
        json.raw(r#"}],"active":true,"name":[{"use":"official","family":"#).text(self.family);
        json.raw(r#","given":["#).text(self.given[0]).raw(",").text(self.given[1]).raw("]}]");
        self.write_telecom(json);
        json.raw(r#","gender":""#).raw(if self.female { "female" } else { "male" });
        json.raw(r#"","birthDate":"#).date(self.birth);
        if let Some(us) = self.deceased_us {
            json.raw(r#","deceasedDateTime":"#).instant(us);
        }
        json.raw(r#","address":[{"use":"home","line":["#).text(self.street);
        json.raw(r#"],"city":"#).text(self.town).raw(r#","state":"OH","postalCode":""#);
        json.raw(self.postal_code).raw(r#"","country":"US"}]"#);
        if let Some((code, display)) = self.marital_status {
            json.raw(r#","maritalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":""#);
            json.raw(code).raw(r#"","display":""#).raw(display).raw(r#""}]}"#);
        }
        json.raw(r#","communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":""#);
        json.raw(self.language.0).raw(r#"","display":""#).raw(self.language.1);
        json.raw(r#""}]},"preferred":true}],"generalPractitioner":["#);
        json.reference("Practitioner", self.practitioner);
        json.raw(r#"],"managingOrganization":"#).reference("Organization", self.hospital);
    }

    fn write_extensions(&self, json: &mut Json) {
        json.raw(r#""extension":[{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race","extension":["#);
        for race in self.races {
            write_category(json, race);
        }
        json.raw(r#"{"url":"text","valueString":""#);
        json.raw(if let [(_, display)] = self.races { display } else { "Two or more races" });
        json.raw(r#""}]},{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity","extension":["#);
        write_category(json, &self.ethnicity);
        json.raw(r#"{"url":"text","valueString":""#).raw(self.ethnicity.1);
        json.raw(
            r#""}]},{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex","valueCode":""#,
        );
        json.raw(if self.female { r#"F"}"# } else { r#"M"}"# });
    }

    fn write_telecom(&self, json: &mut Json) {
        let Some(phone) = self.phone else {
            return;
        };
        json.raw(r#","telecom":[{"system":"phone","value":"#).text(phone);
        json.raw(r#","use":"mobile"}"#);
        if let Some(email) = self.email {
            json.raw(r#",{"system":"email","value":"#).text(email).raw("}");
        }
        json.raw("]");
    }
}

fn write_category(json: &mut Json, (code, display): &Coded<'_>) {
    json.raw(r#"{"url":"ombCategory","valueCoding":{"system":"urn:oid:2.16.840.1.113883.6.238","code":""#);
    json.raw(code).raw(r#"","display":""#).raw(display).raw(r#""}},"#);
}
