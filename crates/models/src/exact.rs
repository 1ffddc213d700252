//! Numbers of a model file as they were written, to the last bit: the usual reading of JSON may be off by one.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// Reads a number.
pub(crate) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    let written = Box::<RawValue>::deserialize(from)?;
    let number = written.get().parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| D::Error::custom(format!("{} is no number", written.get())))
}
