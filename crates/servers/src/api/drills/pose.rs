use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::live::Pose;
use crate::problem::Problem;

/// Where somebody stands in the rooms, in metres.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DrillPose {
    /// The eyes: to the right, up, towards the south.
    head: [f32; 3],
    /// How the head is turned: a quaternion.
    turn: [f32; 4],
    /// Their hands, at most two.
    #[serde(default)]
    hands: Vec<[f32; 3]>,
    /// The point they point at.
    #[serde(default)]
    points: Option<[f32; 3]>,
}

/// How many take part in the rooms.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillPosed {
    others: usize,
}

pub(super) fn pose(call: &Call<'_>, given: &DrillPose) -> Result<DrillPosed, Problem> {
    let (person, drill) = (call.person()?, call.part("drill"));
    call.platform().takes_part(person, drill)?;
    let pose = Pose {
        login: person.login.clone(),
        name: person.name.clone(),
        head: given.head,
        turn: given.turn,
        hands: given.hands.clone(),
        points: given.points,
        at_us: call.platform().clock().now_us(),
    };
    let refused = |what: &str| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what);
    let others = call.app.team.place(drill, pose).map_err(refused)?;
    Ok(DrillPosed { others })
}
