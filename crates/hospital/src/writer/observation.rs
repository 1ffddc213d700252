//! Vital signs, laboratory results and scores.

use super::{Decimal, Json};
use crate::codes::{Code, vital};
use crate::id::Id;

/// What was found.
pub(crate) enum Measured<'a> {
    /// A number in a UCUM unit.
    Quantity(Decimal, &'a str),
    /// A coded answer.
    Coded(&'a Code),
    /// Words, for cultures and test strips.
    Text(&'a str),
    /// Systolic and diastolic pressure in mmHg, as components.
    Pressure(i64, i64),
}

/// A reference range in the unit of the value; either end may be open.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    pub(crate) low: Option<Decimal>,
    pub(crate) high: Option<Decimal>,
}

/// One measurement (US Core Observation profiles).
pub(crate) struct Observation<'a> {
    pub(crate) id: Id,
    pub(crate) patient: Id,
    pub(crate) encounter: Id,
    pub(crate) profile: &'a str,
    pub(crate) category: &'a str,
    pub(crate) code: &'a Code,
    pub(crate) at_us: i64,
    pub(crate) value: Measured<'a>,
    /// A v3-ObservationInterpretation code: H, L, HH, LL or A; none for a normal value.
    pub(crate) interpretation: Option<&'a str>,
    pub(crate) range: Option<Range>,
}

impl Observation<'_> {
    pub(crate) fn write(&self, json: &mut Json) {
        json.open("Observation", self.id, self.at_us, self.profile);
        json.raw(r#""status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":""#);
        json.raw(self.category).raw(r#""}]}],"code":"#);
        self.write_code(json);
        json.raw(r#","subject":"#).reference("Patient", self.patient);
        json.raw(r#","encounter":"#).reference("Encounter", self.encounter);
        json.raw(r#","effectiveDateTime":"#).instant(self.at_us);
        self.write_value(json);
        if let Some(code) = self.interpretation {
            json.raw(r#","interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":""#);
            json.raw(code).raw(r#""}]}]"#);
        }
        self.write_range(json);
    }

    /// US Core Pulse Oximetry asks for both LOINC codes.
    fn write_code(&self, json: &mut Json) {
        if *self.code != vital::PULSE_OXIMETRY {
            json.concept(self.code);
            return;
        }
        json.raw(r#"{"coding":["#).coding(self.code).raw(",");
        json.coding(&vital::OXYGEN_SATURATION);
        json.raw("]}");
    }

    fn write_value(&self, json: &mut Json) {
        match self.value {
            Measured::Quantity(value, unit) => json.raw(r#","valueQuantity":"#).quantity(value, unit),
            Measured::Coded(code) => json.raw(r#","valueCodeableConcept":"#).concept(code),
            Measured::Text(text) => json.raw(r#","valueString":"#).text(text),
            Measured::Pressure(systolic, diastolic) => {
                let mmhg = |units| Decimal { units, scale: 0 };
                json.raw(r#","component":[{"code":"#).concept(&vital::SYSTOLIC);
                json.raw(r#","valueQuantity":"#).quantity(mmhg(systolic), "mm[Hg]");
                json.raw(r#"},{"code":"#).concept(&vital::DIASTOLIC);
                json.raw(r#","valueQuantity":"#).quantity(mmhg(diastolic), "mm[Hg]");
                json.raw("}]")
            }
        };
    }

    fn write_range(&self, json: &mut Json) {
        let (Some(range), Measured::Quantity(_, unit)) = (&self.range, &self.value) else {
            return;
        };
        json.raw(r#","referenceRange":[{"#);
        if let Some(low) = range.low {
            json.raw(r#""low":"#).plain_quantity(low, unit);
        }
        if let Some(high) = range.high {
            json.raw(if range.low.is_some() { r#","high":"# } else { r#""high":"# });
            json.plain_quantity(high, unit);
        }
        json.raw("}]");
    }
}
