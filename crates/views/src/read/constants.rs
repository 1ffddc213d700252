use fhirpath::Constant;
use serde_json::Value;
use standards::fhir::definitions::Primitive;

use super::json::{list, text, within};
use super::reader::Reader;

/// The constants of a view, each with the type that its `value[x]` names.
pub(super) fn constants(view: &Value, reader: &mut Reader<'_>) -> Vec<Constant> {
    let mut constants: Vec<Constant> = Vec::new();
    for (position, one) in list(view, "constant", "", reader).iter().enumerate() {
        let at = format!("constant[{position}]");
        let Some(name) = text(one, "name", &at, reader) else {
            reader.wrong(within(&at, "name"), "a constant has a name, by which expressions know it as %name");
            continue;
        };
        if constants.iter().any(|constant| constant.name == name) {
            reader.wrong(within(&at, "name"), format!("there is another constant {name}"));
        }
        match value(one) {
            Ok((kind, value)) => {
                constants.push(Constant { name: name.to_owned(), kind, value: value.clone() });
            }
            Err(reason) => reader.wrong(at, reason),
        }
    }
    constants
}

/// The one value, and the type in its name: `valueDate` is a date.
fn value(constant: &Value) -> Result<(Primitive, &Value), String> {
    let members = constant.as_object().into_iter().flatten();
    let values: Vec<(&str, &Value)> =
        members.filter_map(|(name, value)| Some((name.strip_prefix("value")?, value))).collect();
    let [(suffix, value)] = values[..] else {
        return Err("a constant has one value, such as valueString or valueInteger".to_owned());
    };
    let mut letters = suffix.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    let name: String = first.into_iter().chain(letters).collect();
    let kind = Primitive::from_name(&name)
        .ok_or_else(|| format!("value{suffix} is no simple type; take one such as valueString"))?;
    if value.is_object() || value.is_array() || value.is_null() {
        return Err(format!("value{suffix} is one simple value"));
    }
    Ok((kind, value))
}
