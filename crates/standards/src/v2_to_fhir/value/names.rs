use serde_json::{Map, Value, json};

use super::any::component;
use super::codes::{is_code, system_named};
use super::times;
use crate::hl7::message::Part;
use crate::v2_to_fhir::maps::Maps;

/// An XPN, or the name within an XCN or CNN, whose parts stand one place later.
pub(super) fn human_name(part: &Part<'_>, v2_type: &str) -> Option<Value> {
    let shift = u16::from(matches!(v2_type, "XCN" | "CNN"));
    let at = |number: u16| component(part, number + shift);
    let mut name = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            name.insert(key.to_owned(), value);
        }
    };
    let list = |texts: Vec<String>| (!texts.is_empty()).then(|| Value::from(texts));
    put("use", at(if shift == 1 { 9 } else { 7 }).and_then(|code| mapped("NameType", &code)));
    put("family", at(1).map(Value::from));
    put("given", list([2, 3].into_iter().filter_map(at).collect()));
    put("prefix", list(at(5).into_iter().collect()));
    put("suffix", list([4, 6, 14].into_iter().filter(|n| shift == 0 || *n == 4).filter_map(at).collect()));
    if shift == 0 {
        put("period", times::period_of(at(12), at(13)));
    }
    let says = name.keys().any(|key| key != "use" && key != "period");
    says.then_some(Value::Object(name))
}

/// A name as one text: given names, then the family name.
pub(super) fn written_out(part: &Part<'_>) -> String {
    let words: Vec<String> = [2, 3, 1].into_iter().filter_map(|at| component(part, at)).collect();
    words.join(" ")
}

fn mapped(vocabulary: &str, code: &str) -> Option<Value> {
    Maps::get().code(vocabulary, code).map(|code| Value::from(code.code.as_str()))
}

/// An XAD.
pub(super) fn address(part: &Part<'_>) -> Option<Value> {
    let at = |number| component(part, number);
    let street = part.component(1).map(|street| {
        let lines =
            [1, 2, 3].into_iter().filter_map(|line| street.subcomponent(line)).map(|line| line.text());
        lines.collect::<Vec<_>>()
    });
    let lines = street.unwrap_or_default().into_iter().chain(at(2)).chain(at(19));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty() && line != "\"\"").collect();
    let mut address = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            address.insert(key.to_owned(), value);
        }
    };
    let kind = at(7);
    put("use", kind.as_deref().and_then(|code| mapped("AddressType[Use]", code)));
    put("type", kind.as_deref().and_then(|code| mapped("AddressType[Type]", code)));
    put("line", (!lines.is_empty()).then(|| Value::from(lines)));
    for (key, number) in [("city", 3), ("district", 9), ("state", 4), ("postalCode", 5), ("country", 6)] {
        put(key, at(number).map(Value::from));
    }
    put("period", times::period_of(at(13), at(14)));
    let says = address.keys().any(|key| !matches!(key.as_str(), "use" | "type" | "period"));
    says.then_some(Value::Object(address))
}

/// An XTN: the number as it is written, or put together from its parts.
pub(super) fn contact_point(part: &Part<'_>) -> Option<Value> {
    let at = |number| component(part, number);
    let is_net = at(3).is_some_and(|kind| kind == "Internet" || kind == "X.400")
        || (at(3).is_none() && at(4).is_some());
    let parts = || {
        let country = at(5).map(|country| format!("+{country}"));
        let extension = at(8).map(|extension| format!("X{extension}"));
        let words: Vec<String> = [country, at(6), at(7), extension].into_iter().flatten().collect();
        at(7).map(|_| words.join(" "))
    };
    let value = if is_net { at(4) } else { at(12).or_else(parts).or_else(|| at(1)) };
    let mut point = json!({"value": value?});
    let kind = at(3);
    let system = if is_net { Some("email".to_owned()) } else { kind.as_deref().and_then(system) };
    point["system"] = Value::from(system.unwrap_or_else(|| "phone".to_owned()));
    let used = match kind.as_deref() {
        Some("CP") => Some(Value::from("mobile")),
        _ => at(2).and_then(|code| mapped("TelecommunicationUseCode", &code)),
    };
    if let Some(used) = used {
        point["use"] = used;
    }
    if let Some(period) = times::period_of(at(13), at(14)) {
        point["period"] = period;
    }
    if let Some(rank) = at(18).and_then(|rank| rank.parse::<u32>().ok()).filter(|rank| *rank > 0) {
        point["rank"] = Value::from(rank);
    }
    Some(point)
}

fn system(kind: &str) -> Option<String> {
    // The map gives a mobile phone a use where a system is asked for.
    if kind == "CP" {
        return Some("phone".to_owned());
    }
    Maps::get().code("TelecommunicationEquipmentType", kind).map(|code| code.code.clone())
}

/// The address of an assigning authority (HD): its universal id where it has one, or its name.
pub(in crate::v2_to_fhir) fn authority(part: &Part<'_>) -> Option<String> {
    let at = |number| {
        part.subcomponent(number).map(|one| one.text()).filter(|text| !text.is_empty() && text != "\"\"")
    };
    match (at(2), at(3).as_deref()) {
        (Some(id), Some("ISO")) => Some(format!("urn:oid:{id}")),
        (Some(id), Some("UUID")) => Some(format!("urn:uuid:{}", id.to_lowercase())),
        (Some(id), _) if id.contains("://") || id.starts_with("urn:") => Some(id),
        _ => at(1).map(|name| own_or_named(&name)),
    }
}

/// The hospital's own registers go by one name in v2 and by another in FHIR.
fn own_or_named(name: &str) -> String {
    match name {
        "PRACTICUM" | "MRN" => "https://practicum.example/mrn".to_owned(),
        "VISIT" => "https://practicum.example/visit".to_owned(),
        "NPI" => "http://hl7.org/fhir/sid/us-npi".to_owned(),
        "SSA" => "http://hl7.org/fhir/sid/us-ssn".to_owned(),
        other => system_named(other),
    }
}

/// A CX, EI, EIP, DLN, XCN or plain text as an identifier.
pub(in crate::v2_to_fhir) fn identifier(part: &Part<'_>, v2_type: &str) -> Option<Value> {
    let mut made = json!({"value": component(part, 1)?});
    let (authority_at, kind_at) = match v2_type {
        "CX" => (4, 5),
        "XCN" | "CNN" => (9, 13),
        "EI" => {
            let named = |at| component(part, at);
            let system = match (named(3), named(4).as_deref()) {
                (Some(id), Some("ISO")) => Some(format!("urn:oid:{id}")),
                (Some(id), _) if id.contains("://") => Some(id),
                _ => named(2).map(|name| own_or_named(&name)),
            };
            if let Some(system) = system {
                made["system"] = Value::from(system);
            }
            return Some(made);
        }
        "DLN" => {
            made["type"] = kind_of_identifier("DL");
            if let Some(period) = times::period_of(None, component(part, 3)) {
                made["period"] = period;
            }
            return Some(made);
        }
        _ => return Some(made),
    };
    if let Some(system) = part.component(authority_at).and_then(|part| authority(&part)) {
        made["system"] = Value::from(system);
    }
    if let Some(kind) = component(part, kind_at).filter(|kind| is_code(kind)) {
        made["type"] = kind_of_identifier(&kind);
    }
    if v2_type == "CX"
        && let Some(period) = times::period_of(component(part, 7), component(part, 8))
    {
        made["period"] = period;
    }
    Some(made)
}

fn kind_of_identifier(code: &str) -> Value {
    json!({"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": code}]})
}
