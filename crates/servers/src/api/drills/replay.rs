use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{DrillRead, written};
use crate::api::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DrillMoment {
    /// So many seconds of the hospital after the drill began; a moment after its end is its end.
    #[serde(default)]
    second: u32,
}

/// A drill that is over, as it stood at a moment of it.
pub(super) fn replay(call: &Call<'_>, given: &DrillMoment) -> Result<DrillRead, Problem> {
    let person = call.person()?;
    let replay = call.platform().replay_drill(person, call.part("drill"), given.second)?;
    Ok(written(&replay.view, &person.login))
}
