use identity::client::{Client, GrantType};
use identity::grant::Grant;
use identity::pkce;
use identity::scope::{Level, Scope, Scopes};
use identity::token::{Exchange, Family};
use identity::{Code, Refusal};
use serde_json::json;
use store::sandbox::Change;

use super::authenticate::{Presented, authenticate};
use super::consent::KeptCode;
use super::error::IdentityError;
use super::keep::{Kind, event, find, hashed, keep};
use super::{keys, mint};
use crate::access::{Access, outcome};
use crate::ids::new_id;
use crate::people::secret::new_secret;
use crate::platform::Platform;

/// How long an access token is good, in seconds, for an app with a person, and for a backend service.
const ACCESS_S: u32 = 3600;
const BACKEND_S: u32 = 300;
/// How long refreshing goes on, in seconds: ninety days offline, a shift online.
const OFFLINE_S: i64 = 90 * 24 * 60 * 60;
const ONLINE_S: i64 = super::users::SESSION_S;

/// A request to the token endpoint.
#[derive(Debug, Clone, Default)]
pub struct TokenRequest {
    /// Who asks.
    pub presented: Presented,
    /// `grant_type`.
    pub grant_type: String,
    /// `code`.
    pub code: String,
    /// `redirect_uri`.
    pub redirect_uri: String,
    /// `code_verifier`.
    pub verifier: String,
    /// `refresh_token`.
    pub refresh_token: String,
    /// `scope`.
    pub scope: Option<String>,
}

/// Tokens, as the token endpoint gives them.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The access token.
    pub access_token: String,
    /// Seconds it is good for.
    pub expires_in_s: u32,
    /// The refresh token, where one was granted.
    pub refresh_token: Option<String>,
    /// Who signed in, signed by the hospital, where `openid` was granted.
    pub id_token: Option<String>,
    /// What was granted.
    pub grant: Grant,
}

/// What a step of an exchange came to. A refusal that must leave a mark is no error, which would roll the mark back.
type Outcome = Result<Issued, Refusal>;

impl Platform {
    /// Gives tokens for a code, a refresh token, or a client's own proof. `issuer` is this identity provider's address, and
    /// `audience` that of its token endpoint. A refusal is journalled; a code or refresh token used twice ends all tokens
    /// that came of it.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] in the words of OAuth.
    pub fn exchange(
        &self,
        access: &Access,
        request: &TokenRequest,
        issuer: &str,
        audience: &str,
    ) -> Result<Issued, IdentityError> {
        let done = access.change("auth.token", |change| {
            let client = authenticate(access, change, &request.presented, audience)?;
            let grant_type = GrantType::read(&request.grant_type).ok_or_else(|| {
                let what = "grant_type must be authorization_code, refresh_token or client_credentials";
                Refusal::new(Code::UnsupportedGrantType, what)
            })?;
            let exchange = Exchanging { platform: self, access, client: &client, request, issuer };
            let outcome = match grant_type {
                GrantType::AuthorizationCode => exchange.code(change)?,
                GrantType::RefreshToken => exchange.refresh(change)?,
                GrantType::ClientCredentials => exchange.own(change)?,
            };
            let mut detail = json!({"client": client.id, "grant_type": request.grant_type});
            let word = match &outcome {
                Ok(issued) => {
                    detail["scope"] = json!(issued.grant.scopes);
                    detail["patient"] = json!(issued.grant.patient);
                    outcome::OK
                }
                Err(refusal) => {
                    detail["why"] = json!(refusal.what);
                    refusal.code.word()
                }
            };
            change.note(&event(access, "auth.token", word, detail))?;
            Ok::<_, IdentityError>(outcome)
        });
        match done {
            Ok(outcome) => outcome.map_err(IdentityError::from),
            Err(error) => {
                let detail = json!({"grant_type": request.grant_type, "why": error.to_string()});
                access.note(event(access, "auth.token", error.word(), detail))?;
                Err(error)
            }
        }
    }
}

struct Exchanging<'a> {
    platform: &'a Platform,
    access: &'a Access,
    client: &'a Client,
    request: &'a TokenRequest,
    issuer: &'a str,
}

impl Exchanging<'_> {
    fn code(&self, change: &mut Change<'_>) -> Result<Outcome, IdentityError> {
        let refuse = |what: &str| Ok(Err(Refusal::new(Code::InvalidGrant, what)));
        let key = hashed(&self.request.code);
        let found: Option<KeptCode> = find(change.view(), Kind::Code, &key)?;
        let Some(mut kept) = found else { return refuse("this code was not given out here") };
        if kept.grant.client != self.client.id {
            return refuse("this code was given to another client");
        }
        if let Some(family) = &kept.family {
            self.end(change, family)?;
            return refuse("this code was used before; the tokens that came of it are good no more");
        }
        if self.access.wall_us() >= kept.expires_us {
            return refuse("this code has expired; it is good for a minute");
        }
        if kept.redirect_uri != self.request.redirect_uri {
            return refuse("redirect_uri is not the one the code was sent to");
        }
        if !pkce::verifies(&kept.challenge, &self.request.verifier) {
            return refuse("code_verifier does not fit the code_challenge");
        }
        let now_us = self.access.wall_us();
        let scopes = &kept.grant.scopes;
        let lasting_s = match () {
            () if scopes.has(&Scope::OfflineAccess) => Some(OFFLINE_S),
            () if scopes.has(&Scope::OnlineAccess) => Some(ONLINE_S),
            () => None,
        };
        let refresh_token = lasting_s.map(|_| new_secret(&*self.platform.entropy));
        let id = new_id(&*self.platform.entropy);
        let family = Family {
            grant: kept.grant.clone(),
            current: refresh_token.as_deref().map(hashed),
            expires_us: now_us + lasting_s.unwrap_or_default() * 1_000_000,
            ended: false,
        };
        keep(change, self.access, Kind::Family, &id, &family)?;
        if let Some(current) = &family.current {
            keep(change, self.access, Kind::Refresh, current, &id)?;
        }
        let id_token = self.id_token(change, &kept)?;
        kept.family = Some(id.clone());
        keep(change, self.access, Kind::Code, &key, &kept)?;
        self.issue(change, kept.grant, Some(id), ACCESS_S, refresh_token, id_token).map(Ok)
    }

    fn refresh(&self, change: &Change<'_>) -> Result<Outcome, IdentityError> {
        let refuse = |what: &str| Ok(Err(Refusal::new(Code::InvalidGrant, what)));
        let presented = hashed(&self.request.refresh_token);
        let id: Option<String> = find(change.view(), Kind::Refresh, &presented)?;
        let Some(id) = id else { return refuse("this refresh token was not given out here") };
        let family: Option<Family> = find(change.view(), Kind::Family, &id)?;
        let Some(mut family) = family else { return refuse("this refresh token is good no more") };
        let scopes = match &self.request.scope {
            Some(asked) => Scopes::read(asked).0,
            None => family.grant.scopes.clone(),
        };
        if !family.grant.scopes.contains(&scopes) || scopes.is_empty() {
            let what = "scope asks for more than was granted; a refresh may only ask for less";
            return Ok(Err(Refusal::new(Code::InvalidScope, what)));
        }
        let next = new_secret(&*self.platform.entropy);
        let become_of = family.exchange(&self.client.id, &presented, &hashed(&next), self.access.wall_us());
        match become_of {
            Exchange::Refused => refuse("this refresh token is good no more, or is another client's"),
            Exchange::Reused => {
                keep(change, self.access, Kind::Family, &id, &family)?;
                refuse("this refresh token was used before; the tokens of its family are good no more")
            }
            Exchange::Rotated => {
                keep(change, self.access, Kind::Family, &id, &family)?;
                keep(change, self.access, Kind::Refresh, &hashed(&next), &id)?;
                let grant = Grant { scopes, ..family.grant };
                self.issue(change, grant, Some(id), ACCESS_S, Some(next), None).map(Ok)
            }
        }
    }

    fn own(&self, change: &Change<'_>) -> Result<Outcome, IdentityError> {
        if !self.client.may(GrantType::ClientCredentials) {
            let what = "this client did not register for client_credentials";
            return Ok(Err(Refusal::new(Code::UnauthorizedClient, what)));
        }
        let asked = Scopes::read(self.request.scope.as_deref().unwrap_or_default()).0;
        let is_system = |scope: &Scope| matches!(scope, Scope::Resource(own) if own.level == Level::System);
        let scopes = self.client.bounded(&asked).only(is_system);
        if scopes.is_empty() {
            let what =
                "scope asks for nothing that the client registered for; backend services have system scopes";
            return Ok(Err(Refusal::new(Code::InvalidScope, what)));
        }
        let grant =
            Grant { client: self.client.id.clone(), subject: None, scopes, patient: None, encounter: None };
        self.issue(change, grant, None, BACKEND_S, None, None).map(Ok)
    }

    fn issue(
        &self,
        change: &Change<'_>,
        grant: Grant,
        family: Option<String>,
        expires_in_s: u32,
        refresh_token: Option<String>,
        id_token: Option<String>,
    ) -> Result<Issued, IdentityError> {
        let entropy = &*self.platform.entropy;
        let access_token = mint::issue(entropy, self.access, change, grant.clone(), family, expires_in_s)?;
        Ok(Issued { access_token, expires_in_s, refresh_token, id_token, grant })
    }

    fn id_token(&self, change: &mut Change<'_>, kept: &KeptCode) -> Result<Option<String>, IdentityError> {
        if !kept.grant.scopes.has(&Scope::OpenId) {
            return Ok(None);
        }
        let key = keys::current(change, self.access)?;
        let now_s = self.access.wall_us() / 1_000_000;
        let fhir_base = self.issuer.trim_end_matches("/auth");
        let Some(subject) = &kept.grant.subject else { return Ok(None) };
        let mut claims = json!({
            "iss": self.issuer, "sub": subject.login, "aud": kept.grant.client,
            "iat": now_s, "exp": now_s + i64::from(ACCESS_S),
        });
        if let Some(nonce) = &kept.nonce {
            claims["nonce"] = json!(nonce);
        }
        let told = [Scope::FhirUser, Scope::Profile].iter().any(|scope| kept.grant.scopes.has(scope));
        if let Some(who) = subject.fhir_user.as_ref().filter(|_| told) {
            claims["fhirUser"] = json!(format!("{fhir_base}/fhir/{who}"));
        }
        if kept.grant.scopes.has(&Scope::Profile) {
            claims["name"] = json!(subject.name);
        }
        Ok(Some(key.sign(&claims)?))
    }

    fn end(&self, change: &Change<'_>, family: &str) -> Result<(), IdentityError> {
        let found: Option<Family> = find(change.view(), Kind::Family, family)?;
        let Some(mut found) = found else { return Ok(()) };
        found.ended = true;
        Ok(keep(change, self.access, Kind::Family, family, &found)?)
    }
}
