use serde::{Deserialize, Serialize};

use crate::client::{Client, GrantType};
use crate::pkce;
use crate::refusal::{Code, Refusal};
use crate::scope::Scopes;

/// A sound request, not yet agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The client that asks.
    pub client: String,
    /// Where the answer goes: one of its registered addresses.
    pub redirect_uri: String,
    /// What it asks for, as far as it may.
    pub scopes: Scopes,
    /// What it gets back as it is.
    pub state: String,
    /// What must stand in the ID token.
    pub nonce: Option<String>,
    /// The S256 challenge.
    pub challenge: String,
    /// The handle of a launch from a chart.
    pub launch: Option<String>,
}

/// Where a refusal is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// To the person, on a page: nobody can say where the browser may go.
    Here(Refusal),
    /// To the client, by sending the browser back to it.
    Back {
        /// The registered address.
        redirect_uri: String,
        /// The client's state, where it sent a usable one.
        state: Option<String>,
        /// The refusal.
        refusal: Refusal,
    },
}

impl Request {
    /// The client that parameters name, for looking it up.
    #[must_use]
    pub fn client_of(parameters: &[(String, String)]) -> Option<&str> {
        once(parameters, "client_id").ok().flatten()
    }

    /// Reads a request of `client`, `None` if no such client is known, to the resource server at `audience`.
    ///
    /// # Errors
    /// [`Refused`], with where it is to be said.
    pub fn read(
        parameters: &[(String, String)],
        client: Option<&Client>,
        audience: &str,
    ) -> Result<Self, Refused> {
        let here = |code, what: &str| Refused::Here(Refusal::new(code, what));
        let client = client.ok_or_else(|| {
            here(Code::InvalidClient, "client_id names no app that is registered in this hospital")
        })?;
        let address = once(parameters, "redirect_uri").map_err(Refused::Here)?;
        let registered = address.and_then(|address| client.redirect_uris.iter().find(|own| *own == address));
        let redirect_uri = registered.ok_or_else(|| {
            let what = "redirect_uri is not one of the addresses the app registered; it must be the same to the letter";
            here(Code::InvalidRequest, what)
        })?;
        let state = once(parameters, "state");
        let usable = state.clone().ok().flatten().map(str::to_owned);
        Self::asked(parameters, client, redirect_uri, audience).map_err(|refusal| Refused::Back {
            redirect_uri: redirect_uri.clone(),
            state: usable,
            refusal,
        })
    }

    fn asked(
        parameters: &[(String, String)],
        client: &Client,
        redirect_uri: &str,
        audience: &str,
    ) -> Result<Self, Refusal> {
        let invalid = |what: &str| Refusal::new(Code::InvalidRequest, what);
        let get = |name: &str| once(parameters, name);
        match get("response_type")? {
            Some("code") => {}
            Some(_) => return Err(Refusal::new(Code::UnsupportedResponseType, "response_type must be code")),
            None => return Err(invalid("response_type is missing; it must be code")),
        }
        if !client.may(GrantType::AuthorizationCode) {
            return Err(Refusal::new(
                Code::UnauthorizedClient,
                "this app did not register for authorization_code",
            ));
        }
        let state = get("state")?.filter(|state| !state.is_empty() && state.len() <= 1000);
        let state =
            state.ok_or_else(|| invalid("state is missing; without it another site could answer for you"))?;
        if get("code_challenge_method")? != Some("S256") {
            return Err(invalid("code_challenge_method must be S256"));
        }
        let challenge = get("code_challenge")?.filter(|challenge| pkce::is_challenge(challenge));
        let challenge =
            challenge.ok_or_else(|| invalid("code_challenge must be 43 characters of base64url"))?;
        let aud = get("aud")?.map(|aud| aud.trim_end_matches('/'));
        if aud != Some(audience) {
            let what = format!("aud must be the FHIR server the token is for: {audience}");
            return Err(invalid(&what));
        }
        let nonce = get("nonce")?.filter(|nonce| nonce.len() <= 1000).map(str::to_owned);
        let (asked, unknown) = Scopes::read(get("scope")?.unwrap_or_default());
        let scopes = client.bounded(&asked);
        if scopes.is_empty() {
            let what = match unknown.first() {
                Some(word) if asked.is_empty() => format!("scope: '{word}' means nothing here"),
                _ if asked.is_empty() => "scope is missing".to_owned(),
                _ => "scope: the app did not register for any of these".to_owned(),
            };
            return Err(Refusal::new(Code::InvalidScope, what));
        }
        Ok(Self {
            client: client.id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes,
            state: state.to_owned(),
            nonce,
            challenge: challenge.to_owned(),
            launch: get("launch")?.map(str::to_owned),
        })
    }
}

/// A parameter's value; one given twice is refused (RFC 6749, 3.1), since two readers would pick different ones.
fn once<'a>(parameters: &'a [(String, String)], name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut found = parameters.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let first = found.next();
    match found.next() {
        Some(_) => Err(Refusal::new(Code::InvalidRequest, format!("{name} is given more than once"))),
        None => Ok(first),
    }
}
