//! Reading members leniently: what is absent or of another form is nothing.

use serde_json::Value;

/// The text of a member.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// The text of a member, owned.
pub(super) fn owned(value: &Value, name: &str) -> Option<String> {
    text(value, name).map(str::to_owned)
}

/// The members of an array.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// The member `value[x]` of a property or extension, with its name.
pub(super) fn choice(value: &Value) -> Option<(&str, &Value)> {
    let members = value.as_object()?.iter();
    members.map(|(name, value)| (name.as_str(), value)).find(|(name, _)| name.starts_with("value"))
}
