use platform::workshops::{Act, NewWorkshop};
use schemars::JsonSchema;
use serde::Deserialize;

use super::view::{WorkshopItem, WorkshopRead, item, read};
use crate::api::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkshopArranged {
    /// The case's slug.
    case: String,
    /// When it begins, in UTC, as `2031-03-04T15:00`; now, where it is left out.
    #[serde(default)]
    begins: String,
    /// Logins of those who are invited.
    #[serde(default)]
    invited: Vec<String>,
}

pub(super) fn arrange(call: &Call<'_>, given: &WorkshopArranged) -> Result<WorkshopItem, Problem> {
    let invited = given.invited.join(" ");
    let new = NewWorkshop { case: &given.case, begins: &given.begins, invited: &invited };
    Ok(item(&call.platform().schedule_workshop(call.person()?, &new)?))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkshopJoined {
    /// The workshop's code.
    code: String,
}

pub(super) fn join(call: &Call<'_>, given: &WorkshopJoined) -> Result<WorkshopItem, Problem> {
    Ok(item(&call.platform().join_workshop(call.person()?, &given.code)?))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkshopAct {
    /// What the caller wants to do.
    act: Act,
}

pub(super) fn act(call: &Call<'_>, given: &WorkshopAct) -> Result<WorkshopRead, Problem> {
    call.platform().act_in_workshop(call.person()?, call.part("workshop"), &given.act)?;
    read(call)
}
