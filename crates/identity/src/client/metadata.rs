use serde::Deserialize;
use serde_json::Value;

use super::model::{Authentication, Client, GrantType};
use crate::assertion::Keys;
use crate::redirect;
use crate::refusal::{Code, Refusal};
use crate::scope::{Level, Scopes};

/// Redirect addresses of one client at most.
const ADDRESSES_MAX: usize = 20;

/// What a client may say of itself (RFC 7591, 2). Members that mean nothing here are left out, as the standard asks.
#[derive(Debug, Deserialize)]
struct Metadata {
    client_name: Option<String>,
    #[serde(default)]
    redirect_uris: Vec<String>,
    launch_url: Option<String>,
    token_endpoint_auth_method: Option<String>,
    grant_types: Option<Vec<String>>,
    scope: Option<String>,
    jwks: Option<Value>,
    jwks_uri: Option<String>,
}

impl Client {
    /// Reads what a client says of itself. Id, secret and times are the caller's to fill in.
    ///
    /// # Errors
    /// The first thing that cannot be accepted, by member.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let said: Metadata = serde_json::from_slice(body)
            .map_err(|error| wrong(&format!("the metadata cannot be read: {error}")))?;
        let name = said.client_name.unwrap_or_default().trim().to_owned();
        if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
            return Err(wrong(
                "client_name must be a name of 1 to 80 characters: people are asked to trust it",
            ));
        }
        let authentication = authentication(said.token_endpoint_auth_method.as_deref())?;
        let grant_types = grant_types(said.grant_types.as_deref())?;
        check_addresses(&said.redirect_uris, said.launch_url.as_deref(), &grant_types)?;
        check_keys(authentication, said.jwks.as_ref(), said.jwks_uri.as_deref())?;
        let scopes = said.scope.map(|scope| Scopes::read(&scope).0);
        if grant_types.contains(&GrantType::ClientCredentials) {
            if authentication != Authentication::PrivateKeyJwt {
                return Err(wrong("client_credentials needs token_endpoint_auth_method private_key_jwt"));
            }
            if !scopes.as_ref().is_some_and(|scopes| scopes.has_level(Level::System)) {
                return Err(wrong(
                    "client_credentials needs the scopes it is for, such as system/Patient.rs",
                ));
            }
        }
        Ok(Self {
            id: String::new(),
            name,
            redirect_uris: said.redirect_uris,
            launch_url: said.launch_url,
            authentication,
            grant_types,
            scopes,
            checks_itself: false,
            jwks: said.jwks,
            jwks_uri: said.jwks_uri,
            secret_hash: None,
            registered_by: None,
            registered_us: 0,
        })
    }
}

fn authentication(method: Option<&str>) -> Result<Authentication, Refusal> {
    match method.unwrap_or("client_secret_basic") {
        "none" => Ok(Authentication::None),
        "client_secret_basic" => Ok(Authentication::ClientSecretBasic),
        "private_key_jwt" => Ok(Authentication::PrivateKeyJwt),
        other => Err(wrong(&format!(
            "token_endpoint_auth_method is '{other}'; none, client_secret_basic and private_key_jwt are offered"
        ))),
    }
}

fn grant_types(said: Option<&[String]>) -> Result<Vec<GrantType>, Refusal> {
    let Some(said) = said else { return Ok(vec![GrantType::AuthorizationCode]) };
    let unknown = |word: &String| {
        wrong(&format!(
            "grant_types has '{word}'; authorization_code, refresh_token and client_credentials are offered"
        ))
    };
    said.iter().map(|word| GrantType::read(word).ok_or_else(|| unknown(word))).collect()
}

fn check_addresses(
    uris: &[String],
    launch_url: Option<&str>,
    grant_types: &[GrantType],
) -> Result<(), Refusal> {
    let refuse = |what: String| Err(Refusal::new(Code::InvalidRedirectUri, what));
    if uris.len() > ADDRESSES_MAX {
        return refuse(format!("redirect_uris may have {ADDRESSES_MAX} addresses"));
    }
    if uris.is_empty() && grant_types.contains(&GrantType::AuthorizationCode) {
        return refuse("redirect_uris needs at least one address to come back to".to_owned());
    }
    let all = uris
        .iter()
        .map(|uri| ("redirect_uris", uri.as_str()))
        .chain(launch_url.map(|url| ("launch_url", url)));
    for (member, address) in all {
        if let Some(problem) = redirect::problem(address) {
            return refuse(format!("{member}: '{address}' {problem}"));
        }
    }
    Ok(())
}

fn check_keys(
    authentication: Authentication,
    jwks: Option<&Value>,
    jwks_uri: Option<&str>,
) -> Result<(), Refusal> {
    match (authentication, jwks, jwks_uri) {
        (_, Some(_), Some(_)) => Err(wrong("jwks and jwks_uri exclude each other (RFC 7591, 2)")),
        (Authentication::PrivateKeyJwt, None, None) => {
            Err(wrong("private_key_jwt needs the public keys as jwks, or their address as jwks_uri"))
        }
        (_, Some(jwks), None) => Keys::read(jwks).map(|_| ()).map_err(|what| wrong(&what)),
        (Authentication::PrivateKeyJwt, None, Some(address)) => match redirect::problem(address) {
            Some(problem) => Err(wrong(&format!("jwks_uri: '{address}' {problem}"))),
            None if !address.starts_with("http://") && !address.starts_with("https://") => {
                Err(wrong("jwks_uri must be https, or http on this machine"))
            }
            None => Ok(()),
        },
        (_, None, Some(_)) => Err(wrong("jwks_uri is for clients of private_key_jwt")),
        (_, None, None) => Ok(()),
    }
}

fn wrong(what: &str) -> Refusal {
    Refusal::new(Code::InvalidClientMetadata, what)
}
