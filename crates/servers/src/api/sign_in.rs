use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::me::PersonView;
use crate::problem::Problem;

/// What tokens are called that came by signing in.
const LABEL: &str = "sign-in";

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Credentials {
    login: String,
    password: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SignedInWithToken {
    /// For `Authorization: Bearer`; it is shown this once.
    token: String,
    /// How long it is valid, in seconds.
    valid_s: u32,
    person: PersonView,
}

/// Signs in without a browser: the session that a page would hold is given up at once for a token of the same life.
pub(super) fn sign_in(call: &Call<'_>, given: &Credentials) -> Result<SignedInWithToken, Problem> {
    let people = call.platform().people();
    let signed_in = people.sign_in(&given.login, &given.password, &call.caller.from)?;
    people.sign_out(&signed_in.cookie)?;
    let valid_s = platform::people::SESSION_SECONDS;
    let token = people.add_token(&signed_in.person.id, LABEL, Some(valid_s))?;
    Ok(SignedInWithToken { token, valid_s, person: (&signed_in.person).into() })
}
