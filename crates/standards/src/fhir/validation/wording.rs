//! What messages say about names and values.

use serde_json::Value;

use crate::fhir::definitions::TypeDefinition;

/// Why a name is not an element of a type, with the likely remedy.
pub(super) fn unknown(kind: &TypeDefinition, name: &str) -> String {
    let plain = name.trim_start_matches('_');
    if let Some(choice) = kind.elements.iter().find(|element| element.choice && element.name == plain) {
        let mut types: Vec<&str> = choice.types.iter().map(|one| one.code.as_str()).collect();
        types.truncate(4);
        return format!("`{name}` needs its type in its name; types of `{name}[x]`: {}", types.join(", "));
    }
    let alike = kind.elements.iter().find(|element| element.name.eq_ignore_ascii_case(plain));
    match alike {
        Some(element) if element.name == plain => {
            format!("`{name}`: only primitive elements have a `_` part")
        }
        Some(element) => format!("{} has no element `{name}`; did you mean `{}`?", kind.name, element.name),
        None => format!("{} has no element `{name}`", kind.name),
    }
}

/// A value as a message shows it, not longer than a line.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().count() > 60 => {
            format!("\"{}...\"", text.chars().take(57).collect::<String>().escape_debug())
        }
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        simple => simple.to_string(),
    }
}
