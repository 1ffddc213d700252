use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::scope::Scopes;

/// How a client proves who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// Not at all: an app in a browser or on a telephone keeps no secret.
    None,
    /// A shared secret, in the Authorization header.
    ClientSecretBasic,
    /// A signed assertion (RFC 7523), checked by its registered keys.
    PrivateKeyJwt,
}

/// How a client comes to tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantType {
    /// A person signs in and agrees.
    AuthorizationCode,
    /// A refresh token is exchanged.
    RefreshToken,
    /// The client acts for itself.
    ClientCredentials,
}

/// An app that is known to the identity provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Where browsers may be sent back to, each exactly as registered.
    pub redirect_uris: Vec<String>,
    /// Where a launch from a chart begins.
    pub launch_url: Option<String>,
    /// How it proves who it is.
    pub authentication: Authentication,
    /// How it comes to tokens.
    pub grant_types: Vec<GrantType>,
    /// The most it may ask for; anything where it did not say.
    pub scopes: Option<Scopes>,
    /// Whether it was agreed with its makers that the app alone checks whose records somebody may see: what is open for the
    /// patient in context is then open for every patient (OWASP API Security Top 10 2023, API1, broken object level
    /// authorization). No app gets this by registering.
    #[serde(default)]
    pub checks_itself: bool,
    /// Its public keys, as a JWK set.
    pub jwks: Option<Value>,
    /// Where it shows its public keys, if it does not send them.
    pub jwks_uri: Option<String>,
    /// The hash of its secret.
    pub secret_hash: Option<String>,
    /// Who registered it: a login, or nobody for an app that registered itself.
    pub registered_by: Option<String>,
    /// When, microseconds since 1970 UTC.
    pub registered_us: i64,
}

impl GrantType {
    /// Reads it as the token endpoint has it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_value(Value::from(text)).ok()
    }
}

impl Client {
    /// Whether it may come to tokens in this way.
    #[must_use]
    pub fn may(&self, grant_type: GrantType) -> bool {
        self.grant_types.contains(&grant_type)
    }

    /// The part of what it asks for that it may ask for.
    #[must_use]
    pub fn bounded(&self, asked: &Scopes) -> Scopes {
        self.scopes.as_ref().map_or_else(|| asked.clone(), |most| most.meet(asked))
    }
}
