//! Reading FHIR elements that may be missing, or not what they should be.

use serde::Serialize;
use serde_json::Value;

pub(super) use crate::ehr::lookup::has_code;

/// A value as people read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// The value with its unit: `37.2 °C`, `128/76 mmHg`, `Negative`.
    pub text: String,
    /// The number alone, for drawing: of a blood pressure the systolic one.
    pub number: Option<f64>,
    /// The second number: of a blood pressure the diastolic one.
    pub second: Option<f64>,
    /// The unit as shown.
    pub unit: Option<String>,
}

impl Measured {
    fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: None, second: None, unit: None }
    }
}

/// What stands out about a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// A v3-ObservationInterpretation code, such as `H` or `LL`; otherwise the words that were written.
    pub code: String,
    /// In words: `high`, `critically low`.
    pub label: String,
    /// Whether somebody has to act now.
    pub critical: bool,
}

pub(super) fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str)
}

pub(super) fn items<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn id(resource: &Value) -> String {
    text(resource, "id").unwrap_or_default().to_owned()
}

/// The version a resource is at, for forms that must not overwrite a newer one.
pub(super) fn version(resource: &Value) -> u64 {
    let version = resource.pointer("/meta/versionId").and_then(Value::as_str);
    version.and_then(|version| version.parse().ok()).unwrap_or_default()
}

/// `Type/ID` of a resource.
pub(super) fn address(resource: &Value) -> String {
    format!("{}/{}", text(resource, "resourceType").unwrap_or_default(), id(resource))
}

/// A `CodeableConcept` as people read it: its text, otherwise a display, otherwise a code.
pub(super) fn concept(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let of_codings = |member| items(value, "coding").iter().find_map(|coding| text(coding, member));
    text(value, "text").or_else(|| of_codings("display")).or_else(|| of_codings("code")).map(str::to_owned)
}

/// The first of these members that is a concept, or a list whose first item is one.
pub(super) fn concept_of(resource: &Value, members: &[&str]) -> Option<String> {
    members.iter().find_map(|member| {
        let value = resource.get(member)?;
        concept(Some(value.get(0).unwrap_or(value)))
    })
}

/// What a thing is grouped by: its first code, otherwise its text.
pub(super) fn key(concept: Option<&Value>) -> String {
    let code =
        concept.and_then(|concept| items(concept, "coding").iter().find_map(|coding| text(coding, "code")));
    let words = || concept.and_then(|concept| text(concept, "text"));
    code.or_else(words).unwrap_or("no code").to_owned()
}

/// `value[x]` of an Observation or of one of its components; otherwise why there is none.
pub(super) fn measured(observation: &Value) -> Option<Measured> {
    let value = |suffix: &str| observation.get(format!("value{suffix}"));
    if let Some(found) = value("Quantity") {
        return Some(quantity(found));
    }
    let plain = ["String", "DateTime", "Time"].iter().find_map(|suffix| value(suffix)?.as_str());
    let printed = || ["Integer", "Boolean"].iter().find_map(|suffix| value(suffix)).map(Value::to_string);
    let range = || value("Range").and_then(range_text);
    let words = plain.map(str::to_owned).or_else(printed).or_else(|| concept(value("CodeableConcept")));
    let absent = || concept(observation.get("dataAbsentReason"));
    words
        .or_else(range)
        .map(Measured::words)
        .or_else(|| components(observation))
        .or_else(|| absent().map(Measured::words))
}

/// A `Quantity` with its comparator and unit.
fn quantity(value: &Value) -> Measured {
    let number = value.get("value").filter(|number| number.is_number());
    let unit = text(value, "unit").or_else(|| text(value, "code")).map(shown_unit);
    let comparator = text(value, "comparator").unwrap_or_default();
    let digits = number.map_or_else(|| "?".to_owned(), Value::to_string);
    let spaced = unit.as_deref().map(|unit| match unit {
        "%" => unit.to_owned(),
        _ if unit.starts_with('/') => unit.to_owned(),
        _ => format!(" {unit}"),
    });
    Measured {
        text: format!("{comparator}{digits}{}", spaced.unwrap_or_default()),
        number: number.and_then(Value::as_f64),
        second: None,
        unit,
    }
}

/// A panel in one line: a blood pressure as `128/76 mmHg`, others with the names of their parts.
fn components(observation: &Value) -> Option<Measured> {
    let parts: Vec<(&Value, Measured)> =
        items(observation, "component").iter().filter_map(|part| Some((part, measured(part)?))).collect();
    let of_code =
        |code: &str| parts.iter().find(|(part, _)| has_code(part.get("code"), code)).map(|(_, found)| found);
    if let (Some(systolic), Some(diastolic)) = (of_code("8480-6"), of_code("8462-4")) {
        let digits = |found: &Measured| found.text.split(' ').next().unwrap_or_default().to_owned();
        let unit = systolic.unit.clone();
        let after = unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let text = format!("{}/{}{after}", digits(systolic), digits(diastolic));
        return Some(Measured { text, number: systolic.number, second: diastolic.number, unit });
    }
    let named = parts.iter().map(|(part, found)| {
        format!("{} {}", concept(part.get("code")).unwrap_or_default(), found.text).trim().to_owned()
    });
    let text = named.collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then(|| Measured::words(text))
}

/// A UCUM unit as clinicians write it.
fn shown_unit(unit: &str) -> String {
    match unit {
        "mm[Hg]" => "mmHg",
        "Cel" => "°C",
        "[degF]" => "°F",
        "10*3/uL" => "10³/µL",
        "10*6/uL" => "10⁶/µL",
        other => return other.replace("ug/", "µg/").replace("/uL", "/µL"),
    }
    .to_owned()
}

/// The reference range that applies, as people read it: `3.5 to 5.1 mmol/L`, `below 200 mg/dL`.
pub(super) fn reference_range(observation: &Value) -> Option<String> {
    let range = items(observation, "referenceRange").first()?;
    range_text(range).or_else(|| text(range, "text").map(str::to_owned))
}

fn range_text(range: &Value) -> Option<String> {
    let end = |member: &str| range.get(member).map(quantity).filter(|found| found.number.is_some());
    match (end("low"), end("high")) {
        (Some(low), Some(high)) => {
            let digits = low.text.split(' ').next().unwrap_or_default().to_owned();
            Some(format!("{digits} to {}", high.text))
        }
        (Some(low), None) => Some(format!("from {}", low.text)),
        (None, Some(high)) => Some(format!("up to {}", high.text)),
        (None, None) => None,
    }
}

/// What stands out: what the laboratory said, otherwise what the reference range says. Normal values have no flag.
pub(super) fn flag(observation: &Value, found: Option<&Measured>) -> Option<Flag> {
    let said = items(observation, "interpretation").first();
    let Some(said) = said else { return by_range(observation, found?.number?) };
    let code = items(said, "coding")
        .iter()
        .find_map(|coding| text(coding, "code"))
        .or_else(|| text(said, "text"))?;
    named_flag(code)
}

fn named_flag(code: &str) -> Option<Flag> {
    let label = match code {
        "N" => return None,
        "H" | "HU" => "high",
        "L" | "LU" => "low",
        "HH" => "critically high",
        "LL" => "critically low",
        "A" => "abnormal",
        "AA" => "critically abnormal",
        "POS" => "positive",
        "NEG" => return None,
        other => other,
    };
    Some(Flag {
        code: code.to_owned(),
        label: label.to_owned(),
        critical: ["HH", "LL", "AA"].contains(&code),
    })
}

fn by_range(observation: &Value, number: f64) -> Option<Flag> {
    let range = items(observation, "referenceRange").first()?;
    let end = |pointer: &str| range.pointer(pointer).and_then(Value::as_f64);
    if end("/low/value").is_some_and(|low| number < low) {
        return named_flag("L");
    }
    if end("/high/value").is_some_and(|high| number > high) { named_flag("H") } else { None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_read_as_clinicians_write_them() {
        let pressure = |systolic: Value, diastolic: Value| {
            json!({"component": [
                {"code": {"coding": [{"code": "8480-6"}]}, "valueQuantity": systolic},
                {"code": {"coding": [{"code": "8462-4"}]}, "valueQuantity": diastolic},
            ]})
        };
        let cases = [
            (json!({"valueQuantity": {"value": 37.2, "unit": "Cel"}}), Some("37.2 °C")),
            (json!({"valueQuantity": {"value": 97, "unit": "%"}}), Some("97%")),
            (json!({"valueQuantity": {"value": 72, "unit": "/min"}}), Some("72/min")),
            (json!({"valueQuantity": {"value": 5, "comparator": "<", "code": "ng/L"}}), Some("<5 ng/L")),
            (json!({"valueQuantity": "odd"}), Some("?")),
            (json!({"valueString": "No growth"}), Some("No growth")),
            (json!({"valueBoolean": true}), Some("true")),
            (json!({"valueCodeableConcept": {"coding": [{"code": "LA1"}]}}), Some("LA1")),
            (
                pressure(json!({"value": 128, "unit": "mm[Hg]"}), json!({"value": 76, "unit": "mm[Hg]"})),
                Some("128/76 mmHg"),
            ),
            (json!({"component": [{"code": {"text": "left"}, "valueInteger": 3}]}), Some("left 3")),
            (json!({"dataAbsentReason": {"text": "refused"}}), Some("refused")),
            (json!({"component": 3}), None),
            (json!({}), None),
        ];
        for (observation, text) in cases {
            assert_eq!(measured(&observation).map(|found| found.text).as_deref(), text, "{observation}");
        }
    }

    #[test]
    fn flags_come_from_the_laboratory_or_from_the_range() {
        let range =
            json!([{"low": {"value": 3.5, "unit": "mmol/L"}, "high": {"value": 5.1, "unit": "mmol/L"}}]);
        let with = |value: f64, said: Value| json!({"valueQuantity": {"value": value}, "referenceRange": range, "interpretation": said});
        let coded = |code: &str| json!([{"coding": [{"code": code}]}]);
        let cases = [
            (with(4.0, json!(null)), None),
            (with(3.4, json!(null)), Some("L")),
            (with(5.2, json!(null)), Some("H")),
            (with(6.9, coded("HH")), Some("HH")),
            (with(6.9, coded("N")), None),
            (with(4.0, json!([{"text": "see comment"}])), Some("see comment")),
        ];
        for (observation, code) in cases {
            let found = flag(&observation, measured(&observation).as_ref());
            assert_eq!(found.map(|flag| flag.code).as_deref(), code, "{observation}");
        }
        assert_eq!(reference_range(&with(4.0, json!(null))).as_deref(), Some("3.5 to 5.1 mmol/L"));
    }
}
