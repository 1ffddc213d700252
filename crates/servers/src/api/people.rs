use axum::http::StatusCode;
use platform::erasure::ErasureError;
use platform::people::{NewPerson, PersonId, Role};
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

pub(super) fn erase(call: &Call<'_>) -> Result<(), Problem> {
    call.platform().erase_person(call.person()?, &PersonId::from(call.part("person")))?;
    Ok(())
}

impl From<ErasureError> for Problem {
    fn from(error: ErasureError) -> Self {
        let said = error.to_string();
        match error {
            ErasureError::Missing(_) => Self::new(StatusCode::NOT_FOUND, said),
            ErasureError::NotYours => Self::new(StatusCode::FORBIDDEN, said),
            ErasureError::Apprenticed(_) => Self::new(StatusCode::CONFLICT, said),
            ErasureError::People(error) => error.into(),
            ErasureError::Record(error) => error.into(),
            ErasureError::Store(error) => error.into(),
        }
    }
}
