use axum::http::StatusCode;
use platform::flow::About;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::api::call::Call;
use crate::problem::Problem;

/// What to map.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Wanted {
    /// `care` (commands, if left out), `messages` (HL7 v2) or `records` (FHIR), a case for each patient.
    about: Option<String>,
    /// Edges that are rarer than this share, from 0 to 1, are left out unless they hold the map together; 0 if left out.
    rare: f64,
}

/// `GET /s/{sandbox}/flow/map`.
pub(super) fn read(call: &Call<'_>, wanted: &Wanted) -> Result<Value, Problem> {
    let word = wanted.about.as_deref().unwrap_or("care");
    let about = About::of(word).ok_or_else(|| {
        let words = About::ALL.map(About::word).join(", ");
        let what = format!("there is no map about '{word}'; ask for one of {words}");
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what)
    })?;
    let access = call.enter(call.part("sandbox"))?;
    let map = call.platform().flow_map(&access, about, wanted.rare)?;
    serde_json::to_value(map).map_err(|error| Problem::internal(&error))
}
