use platform::people::{Person, Role};
use schemars::JsonSchema;
use serde::Serialize;
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

/// Somebody with an account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Person")]
pub(super) struct PersonView {
    pub(super) id: String,
    /// What they type to sign in.
    pub(super) login: String,
    /// What they are called.
    pub(super) name: String,
    /// `learner`, `instructor` or `associate`.
    pub(super) role: &'static str,
    /// When the account was made.
    pub(super) created: String,
}

impl From<&Person> for PersonView {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id.to_string(),
            login: person.login.clone(),
            name: person.name.clone(),
            role: Role::word(person.role),
            created: instant::format(person.created_us),
        }
    }
}

pub(super) fn me(call: &Call<'_>) -> Result<PersonView, Problem> {
    Ok(call.person()?.into())
}
