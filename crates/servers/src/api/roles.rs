use platform::ehr::roles::{PERMISSIONS, Working, switch_role, working};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRole {
    /// The code of a role that the hospital has, such as `nurse`.
    role: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RoleView {
    /// The code of the role worked as.
    role: String,
    /// The codes of what it may do.
    may: Vec<&'static str>,
    /// The codes of all roles that the hospital has.
    roles: Vec<String>,
    /// Why the hospital works by the matrix it was shipped with, if its own cannot be understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

pub(super) fn read(call: &Call<'_>) -> Result<RoleView, Problem> {
    Ok(view(&working(&call.enter(call.part("sandbox"))?)?))
}

pub(super) fn switch(call: &Call<'_>, given: &NewRole) -> Result<RoleView, Problem> {
    Ok(view(&switch_role(&call.enter(call.part("sandbox"))?, &given.role)?))
}

fn view(working: &Working) -> RoleView {
    RoleView {
        role: working.role.clone(),
        may: PERMISSIONS.iter().map(|one| one.code).filter(|code| working.may(code)).collect(),
        roles: working.matrix.roles().iter().map(|role| role.code.clone()).collect(),
        problem: working.matrix.problem().map(str::to_owned),
    }
}
