//! The byte buffer all resources are written into.

use super::Decimal;
use crate::calendar::{DAY_US, Date, SECOND_US, date_of};
use crate::codes::Code;
use crate::id::Id;

/// Marks a patient, and so everything about them, as synthetic (FHIR R4, Resource.meta.tag).
const SYNTHETIC: &str =
    r#","tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HTEST"}]"#;

/// Base of the US Core 6.1.0 profiles.
const PROFILES: &str = "http://hl7.org/fhir/us/core/StructureDefinition/";

/// A growing JSON text. Callers write the punctuation; the methods write values.
#[derive(Default)]
pub(crate) struct Json {
    bytes: Vec<u8>,
}

impl Json {
    /// Empties the buffer and starts a resource: type, id and meta, ending in a comma.
    pub(crate) fn open(&mut self, kind: &str, id: Id, updated_us: i64, profile: &str) {
        self.open_secured(kind, id, updated_us, profile, &[]);
    }

    /// The same with security labels: systems and codes.
    pub(crate) fn open_secured(
        &mut self,
        kind: &str,
        id: Id,
        updated_us: i64,
        profile: &str,
        security: &[(&str, &str)],
    ) {
        self.bytes.clear();
        self.raw(r#"{"resourceType":""#).raw(kind);
        self.raw(r#"","id":""#).raw(id.as_str());
        self.raw(r#"","meta":{"versionId":"1","lastUpdated":""#);
        self.bare_instant(updated_us).raw(r#"Z","profile":[""#);
        self.raw(PROFILES).raw(profile).raw(r#""]"#);
        for (at, (system, code)) in security.iter().enumerate() {
            self.raw(if at == 0 { r#","security":["# } else { "," });
            self.raw(r#"{"system":""#).raw(system).raw(r#"","code":""#).raw(code).raw(r#""}"#);
        }
        self.raw(if security.is_empty() { "" } else { "]" });
        self.raw(if kind == "Patient" { SYNTHETIC } else { "" }).raw("},");
    }

    /// Ends the resource and gives its bytes.
    pub(crate) fn close(&mut self) -> &[u8] {
        self.raw("}");
        &self.bytes
    }

    /// Text that is JSON already.
    pub(crate) fn raw(&mut self, text: &str) -> &mut Self {
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    /// A string value, quoted and escaped (RFC 8259 section 7).
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.bytes.push(b'"');
        for byte in text.bytes() {
            match byte {
                b'"' | b'\\' => self.bytes.extend_from_slice(&[b'\\', byte]),
                b'\n' => self.bytes.extend_from_slice(b"\\n"),
                0..=31 => self.control(byte),
                _ => self.bytes.push(byte),
            }
        }
        self.bytes.push(b'"');
        self
    }

    fn control(&mut self, byte: u8) {
        self.raw(r"\u00");
        for nibble in [byte >> 4, byte & 15] {
            self.bytes.push(b"0123456789abcdef"[nibble as usize]);
        }
    }

    /// Bytes as a quoted base-64 string (RFC 4648 section 4).
    pub(crate) fn base64(&mut self, data: &[u8]) -> &mut Self {
        self.bytes.push(b'"');
        crate::base64::encode(data, &mut self.bytes);
        self.bytes.push(b'"');
        self
    }

    /// A whole number.
    pub(crate) fn number(&mut self, value: i64) -> &mut Self {
        if value < 0 {
            self.bytes.push(b'-');
        }
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        let mut rest = value.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[at..]);
        self
    }

    /// A decimal number, with exactly its decimals.
    pub(crate) fn decimal(&mut self, value: Decimal) -> &mut Self {
        if value.scale == 0 {
            return self.number(value.units);
        }
        let unit = 10_u64.pow(value.scale);
        if value.units < 0 {
            self.bytes.push(b'-');
        }
        let digits = value.units.unsigned_abs();
        self.number((digits / unit) as i64).raw(".");
        self.padded(digits % unit, value.scale)
    }

    /// A quoted date.
    pub(crate) fn date(&mut self, date: Date) -> &mut Self {
        self.raw("\"").bare_date(date).raw("\"")
    }

    /// A quoted instant to the second, in UTC.
    pub(crate) fn instant(&mut self, us: i64) -> &mut Self {
        self.raw("\"").bare_instant(us).raw("Z\"")
    }

    /// A `Reference` to a resource.
    pub(crate) fn reference(&mut self, kind: &str, id: Id) -> &mut Self {
        self.raw(r#"{"reference":""#).raw(kind).raw("/");
        self.raw(id.as_str()).raw("\"}")
    }

    /// A `CodeableConcept` of one coding, named by its display.
    pub(crate) fn concept(&mut self, code: &Code) -> &mut Self {
        self.raw(r#"{"coding":["#).coding(code).raw("]}")
    }

    /// A `Coding`; tables of codes hold nothing that needs escaping.
    pub(crate) fn coding(&mut self, code: &Code) -> &mut Self {
        self.raw(r#"{"system":""#).raw(code.system);
        self.raw(r#"","code":""#).raw(code.code);
        self.raw(r#"","display":""#).raw(code.display).raw("\"}")
    }

    /// A `Quantity` in a UCUM unit, which is shown as it is coded.
    pub(crate) fn quantity(&mut self, value: Decimal, unit: &str) -> &mut Self {
        self.raw(r#"{"value":"#).decimal(value);
        self.raw(r#","unit":""#).raw(unit);
        self.raw(r#"","system":"http://unitsofmeasure.org","code":""#);
        self.raw(unit).raw("\"}")
    }

    /// A `Quantity` in words only, for the ends of a reference range.
    pub(crate) fn plain_quantity(&mut self, value: Decimal, unit: &str) -> &mut Self {
        self.raw(r#"{"value":"#).decimal(value);
        self.raw(r#","unit":""#).raw(unit).raw("\"}")
    }

    /// A `Period`; without an end it is still running.
    pub(crate) fn period(&mut self, start_us: i64, end_us: Option<i64>) -> &mut Self {
        self.raw(r#"{"start":"#).instant(start_us);
        if let Some(end_us) = end_us {
            self.raw(r#","end":"#).instant(end_us);
        }
        self.raw("}")
    }

    fn bare_date(&mut self, date: Date) -> &mut Self {
        let (year, month, day) = date.civil();
        self.padded(year as u64, 4).raw("-");
        self.padded(u64::from(month), 2).raw("-");
        self.padded(u64::from(day), 2)
    }

    fn bare_instant(&mut self, us: i64) -> &mut Self {
        let second = (us.rem_euclid(DAY_US) / SECOND_US) as u64;
        self.bare_date(date_of(us)).raw("T");
        self.padded(second / 3600, 2).raw(":");
        self.padded(second / 60 % 60, 2).raw(":");
        self.padded(second % 60, 2)
    }

    fn padded(&mut self, value: u64, width: u32) -> &mut Self {
        for place in (0..width).rev() {
            let digit = value / 10_u64.pow(place) % 10;
            self.bytes.push(b'0' + digit as u8);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Json)) -> serde_json::Value {
        let mut json = Json::default();
        write(&mut json);
        serde_json::from_slice(&json.bytes).unwrap()
    }

    proptest! {
        #[test]
        fn any_text_reads_back(text in ".*") {
            prop_assert_eq!(written(|json| { json.text(&text); }), serde_json::json!(text));
        }

        #[test]
        fn any_number_reads_back(value: i64) {
            prop_assert_eq!(written(|json| { json.number(value); }), serde_json::json!(value));
        }

        #[test]
        fn any_decimal_reads_back(units in -999_999..999_999_i64, scale in 0..4_u32) {
            let decimal = Decimal { units, scale };
            let read = written(|json| { json.decimal(decimal); }).as_f64().unwrap();
            prop_assert!((read - decimal.value()).abs() < 1e-9);
        }

        #[test]
        fn instants_agree_with_the_calendar(us in -2_000_000_000_000_000..4_000_000_000_000_000_i64) {
            let read = written(|json| { json.instant(us); });
            prop_assert_eq!(read, serde_json::json!(crate::calendar::instant_text(us)));
        }
    }
}
