use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

/// What someone put into one field of a form.
///
/// Pages send text, scripts send numbers: both are taken for what they say. A field that is missing, empty or null was
/// left out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Entered(Value);

impl Entered {
    /// The text without surrounding space; `None` when the field was left out, or holds a list or an object.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match &self.0 {
            Value::String(text) => {
                let text = text.trim();
                (!text.is_empty()).then_some(Cow::Borrowed(text))
            }
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            Value::Bool(yes) => Some(Cow::Borrowed(if *yes { "true" } else { "false" })),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Whether the field holds a list or an object, which no field of a form can.
    pub(super) fn is_nested(&self) -> bool {
        self.0.is_array() || self.0.is_object()
    }

    /// Whether a box was ticked: `true`, `on`, `yes` or `1`.
    pub fn is_ticked(&self) -> bool {
        self.text().is_some_and(|text| ["true", "on", "yes", "1"].contains(&text.as_ref()))
    }
}

impl<T: Into<Value>> From<T> for Entered {
    fn from(value: T) -> Self {
        Self(value.into())
    }
}
