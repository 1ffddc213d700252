use platform::drills::network;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use standards::fhir::instant;

use super::state::seen;
use crate::api::call::Call;
use crate::problem::Problem;

/// What does not change in a drill.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillPlan {
    title: &'static str,
    /// When it began, on the hospital's clock.
    begun: String,
    /// After so many minutes it is over.
    lasts_min: u32,
    roles: Vec<DrillRole>,
    /// What the systems run on: `room`, `feed`, `cooler`, `rack`, `switch`, `host` and `link`, as in the network's file.
    network: Value,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillRole {
    id: &'static str,
    title: &'static str,
    about: &'static str,
}

pub(super) fn read(call: &Call<'_>) -> Result<DrillPlan, Problem> {
    let view = seen(call)?;
    let role = |role: &'static platform::drills::Role| DrillRole {
        id: &role.id,
        title: &role.title,
        about: &role.about,
    };
    Ok(DrillPlan {
        title: &view.scenario.title,
        begun: instant::format(view.run.begun_us),
        lasts_min: view.scenario.lasts_min,
        roles: view.scenario.roles.iter().map(role).collect(),
        network: json!(network()),
    })
}

/// Messages that can be followed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillMessages {
    /// Those that wait or were turned away first: `seq`, `interface`, `event`, `state`, `queued_us`, `settled_us`, the machines it
    /// comes by (`stops`), the places of the cables between them (`cables`), and the machine it is `at`.
    messages: Value,
}

pub(super) fn messages(call: &Call<'_>) -> Result<DrillMessages, Problem> {
    let travellers = call.platform().drill_travellers(call.person()?, call.part("drill"))?;
    Ok(DrillMessages { messages: json!(travellers) })
}
