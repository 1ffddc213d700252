use axum::http::StatusCode;
use platform::imaging::{Entity, EntityError, entities, register_entity, remove_entity, title_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewEntity {
    /// The AE title: 1 to 16 characters of ASCII.
    title: String,
    /// Where it listens, for deliveries: an address of this machine; 127.0.0.1 if left out.
    host: Option<String>,
    /// The port it listens on; left out for a node that only calls.
    port: Option<u16>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EntityView {
    title: String,
    /// Where objects are delivered to it, if they are.
    address: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EntityList {
    /// The AE title under which this hospital is called.
    called: String,
    /// Who may call it.
    entities: Vec<EntityView>,
}

impl From<Entity> for EntityView {
    fn from(entity: Entity) -> Self {
        Self { title: entity.title, address: entity.address.map(|address| address.to_string()) }
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<EntityList, Problem> {
    let sandbox = call.part("sandbox");
    let known = entities(&call.enter(sandbox)?)?;
    Ok(EntityList { called: title_of(sandbox), entities: known.into_iter().map(Into::into).collect() })
}

pub(super) fn register(call: &Call<'_>, given: &NewEntity) -> Result<EntityView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let made = register_entity(&access, &given.title, given.host.as_deref(), given.port);
    made.map(Into::into).map_err(problem)
}

pub(super) fn remove(call: &Call<'_>) -> Result<(), Problem> {
    remove_entity(&call.enter(call.part("sandbox"))?, call.part("name")).map_err(problem)
}

fn problem(error: EntityError) -> Problem {
    match error {
        EntityError::Invalid(what) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what),
        EntityError::Store(error) => error.into(),
    }
}
