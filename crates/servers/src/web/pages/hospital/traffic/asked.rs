use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::traffic::{Asked, Protocol};
use serde::Deserialize;
use standards::fhir::instant;

/// The address of an exchange.
#[derive(Deserialize)]
pub(super) struct OfExchange {
    pub(super) seq: i64,
}

/// The form a diagram is wanted in.
#[derive(Deserialize)]
pub(super) struct OfForm {
    pub(super) form: String,
}

/// What the form above the list says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Words {
    pub(super) protocol: String,
    pub(super) system: String,
    pub(super) patient: String,
    pub(super) outcome: String,
    /// The hospital's time, as `2031-03-04T06:00`; whatever cannot be read bounds nothing.
    pub(super) from: String,
    pub(super) until: String,
    pub(super) before: Option<i64>,
}

impl Words {
    pub(super) fn asked(&self) -> Asked {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let patient = some(&self.patient).map(|text| text.trim_start_matches("Patient/").to_owned());
        Asked {
            protocol: Protocol::ALL.into_iter().find(|one| one.word() == self.protocol),
            system: some(&self.system),
            patient,
            done: match self.outcome.as_str() {
                "ok" => Some(true),
                "not-ok" => Some(false),
                _ => None,
            },
            from_us: moment(&self.from),
            until_us: moment(&self.until),
            before: self.before,
        }
    }

    /// The same as the query of an address, from another place on.
    pub(super) fn query(&self, before: Option<i64>) -> String {
        let pairs = [
            ("protocol", &self.protocol),
            ("system", &self.system),
            ("patient", &self.patient),
            ("outcome", &self.outcome),
            ("from", &self.from),
            ("until", &self.until),
        ];
        let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let said = pairs.iter().filter(|(_, value)| !value.is_empty());
        let mut all: Vec<String> = said.map(|(name, value)| format!("{name}={}", coded(value))).collect();
        all.extend(before.map(|before| format!("before={before}")));
        format!("?{}", all.join("&"))
    }
}

fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    let seconds = if text.len() == "2031-03-04T06:00".len() { ":00Z" } else { "Z" };
    instant::parse(&format!("{text}{seconds}")).or_else(|| instant::parse(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_a_filter_and_an_address() {
        let words = Words {
            protocol: "hl7".to_owned(),
            patient: "Patient/a".to_owned(),
            from: "2031-03-04T06:00".to_owned(),
            until: "tomorrow".to_owned(),
            ..Words::default()
        };
        let asked = words.asked();
        assert_eq!((asked.protocol, asked.patient.as_deref()), (Some(Protocol::Hl7), Some("a")));
        assert_eq!(asked.from_us, Some(1_930_370_400_000_000));
        assert_eq!(asked.until_us, None);
        assert_eq!(Words::default().query(Some(7)), "?before=7");
        assert!(words.query(None).starts_with("?protocol=hl7&patient=Patient%2Fa&from="));
    }
}
