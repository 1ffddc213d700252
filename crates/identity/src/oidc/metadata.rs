use serde_json::Value;

use crate::redirect::is_guarded;

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Its name, which is the beginning of its address.
    pub issuer: String,
    /// Where browsers are sent.
    pub authorization_endpoint: String,
    /// Where codes are given for tokens.
    pub token_endpoint: String,
    /// Where its keys are.
    pub jwks_uri: String,
}

impl Metadata {
    /// Where a provider says it (section 4).
    #[must_use]
    pub fn address(issuer: &str) -> String {
        format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
    }

    /// Reads what the provider of this name says.
    ///
    /// # Errors
    /// What is missing, or that it has another name (section 4.3).
    pub fn read(issuer: &str, said: &Value) -> Result<Self, String> {
        let text = |member: &str| match said.get(member).and_then(Value::as_str) {
            Some(text) => Ok(text.to_owned()),
            None => Err(format!("the provider says no `{member}`")),
        };
        let address = |member: &str| match text(member)? {
            address if is_guarded(&address) => Ok(address),
            address => Err(format!("`{member}` is {address}; it must begin with https://")),
        };
        let named = text("issuer")?;
        if named != issuer {
            return Err(format!("the provider calls itself {named}, not {issuer}; set the name it says"));
        }
        Ok(Self {
            issuer: named,
            authorization_endpoint: address("authorization_endpoint")?,
            token_endpoint: address("token_endpoint")?,
            jwks_uri: address("jwks_uri")?,
        })
    }
}
