use platform::people::{NewPerson, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::me::PersonView;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PersonList {
    /// By name.
    people: Vec<PersonView>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RoleWord {
    #[default]
    Learner,
    Instructor,
    Associate,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAccount {
    /// 2 to 64 letters, digits and `. _ - @ +`.
    login: String,
    /// What the person is called.
    name: String,
    /// At least 10 characters; without one, only links and tokens lead in.
    password: Option<String>,
    /// What they may do.
    #[serde(default)]
    role: RoleWord,
}

pub(super) fn list(call: &Call<'_>) -> Result<PersonList, Problem> {
    let people = call.platform().people().list()?;
    Ok(PersonList { people: people.iter().map(PersonView::from).collect() })
}

pub(super) fn add(call: &Call<'_>, given: &NewAccount) -> Result<PersonView, Problem> {
    let role = match given.role {
        RoleWord::Learner => Role::Learner,
        RoleWord::Instructor => Role::Instructor,
        RoleWord::Associate => Role::Associate,
    };
    let NewAccount { login, name, password, .. } = given;
    let new = NewPerson { login, name, role, password: password.as_deref() };
    Ok((&call.platform().people().add(new)?).into())
}
