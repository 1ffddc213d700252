//! Reading from resources of any author: nothing is taken for granted.

use serde_json::Value;

/// The text of a member, if it is text and not empty.
pub(super) fn text_at<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The items of a member; none if it is missing or no list.
pub(super) fn items<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The first item of a member.
pub(super) fn first<'a>(value: &'a Value, member: &str) -> Option<&'a Value> {
    items(value, member).first()
}

/// The id of a resource.
pub(super) fn id_of(resource: &Value) -> &str {
    text_at(resource, "id").unwrap_or_default()
}

/// A number as it is written.
pub(super) fn number_at(value: &Value, member: &str) -> Option<String> {
    value.get(member).filter(|number| number.is_number()).map(Value::to_string).map(|text| plain(&text))
}

/// A number without an exponent, which v2 does not have.
fn plain(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if text.contains(['e', 'E']) => format!("{number}"),
        _ => text.to_owned(),
    }
}

/// The first code of a concept.
pub(super) fn code_of(concept: &Value) -> Option<&str> {
    items(concept, "coding").iter().find_map(|coding| text_at(coding, "code"))
}
