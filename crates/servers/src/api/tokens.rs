use axum::http::StatusCode;
use platform::people::Token;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    /// What to call it, 1 to 60 characters.
    label: String,
    /// Its life in seconds; endless, if left out.
    valid_s: Option<u32>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FreshToken {
    label: String,
    /// For `Authorization: Bearer`; it is shown this once.
    token: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TokenView {
    label: String,
    created: String,
    /// From when on it is refused; never, if absent.
    expires: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TokenList {
    /// Oldest first.
    tokens: Vec<TokenView>,
}

pub(super) fn list(call: &Call<'_>) -> Result<TokenList, Problem> {
    let view = |token: Token| TokenView {
        label: token.label,
        created: instant::format(token.created_us),
        expires: token.expires_us.map(instant::format),
    };
    let tokens = call.platform().people().list_tokens(&call.person()?.id)?;
    Ok(TokenList { tokens: tokens.into_iter().map(view).collect() })
}

pub(super) fn add(call: &Call<'_>, given: &NewToken) -> Result<FreshToken, Problem> {
    let token = call.platform().people().add_token(&call.person()?.id, &given.label, given.valid_s)?;
    Ok(FreshToken { label: given.label.trim().to_owned(), token })
}

pub(super) fn remove(call: &Call<'_>) -> Result<(), Problem> {
    let label = call.part("label");
    match call.platform().people().remove_tokens(&call.person()?.id, label)? {
        0 => Err(Problem::new(StatusCode::NOT_FOUND, format!("you have no token labelled '{label}'"))),
        _ => Ok(()),
    }
}
