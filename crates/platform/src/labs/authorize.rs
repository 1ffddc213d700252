//! What an app of a lab's script does at the identity provider: the use cases that its addresses call, one after the other, as
//! an app, a browser and a person would.

use identity::signing::SigningKey;
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use store::records::Person;
use training::script::{AppAct, Assertion, Authorization, Reply};

use crate::access::Access;
use crate::identity::{
    Agreed, Client, Code, Issued, Presented, Refusal, Refused, Scopes, Subject, TokenRequest, challenge_of,
};
use crate::people::secret::new_secret;
use crate::platform::Platform;

/// How long an assertion is good, in seconds (SMART App Launch 2.2, 4.1.4: five minutes at most).
const ASSERTION_S: i64 = 120;

/// The app of a script in the hospital of an attempt.
pub(super) struct ScriptedApp<'a> {
    pub(super) platform: &'a Platform,
    /// The learner's way in.
    pub(super) access: &'a Access,
    pub(super) learner: &'a Person,
    /// The address of the hospital's FHIR server.
    pub(super) fhir: &'a str,
}

impl ScriptedApp<'_> {
    /// Carries out one act. A refusal of the identity provider is a reply.
    ///
    /// # Errors
    /// When the store failed.
    pub(super) fn act(&self, act: &AppAct) -> Result<Reply, String> {
        let done = match act {
            AppAct::Key => return new_key().map(|key| reply(200, key)),
            AppAct::Authorize(asked) => self.authorize(asked),
            AppAct::Assert(asked) => self.assert(asked),
        };
        Ok(match done {
            Ok(issued) => reply(200, told(&issued)),
            Err(refusal) => {
                reply(400, json!({"error": refusal.code.word(), "error_description": refusal.what}))
            }
        })
    }

    fn issuer(&self) -> String {
        format!("{}/auth", self.fhir.trim_end_matches("/fhir"))
    }

    fn authorize(&self, asked: &Authorization) -> Result<Issued, Refusal> {
        let secret = || new_secret(self.platform.entropy());
        let (state, verifier) = (secret(), secret());
        let mut parameters = vec![
            ("response_type", "code".to_owned()),
            ("client_id", asked.client.clone()),
            ("redirect_uri", asked.redirect_uri.clone()),
            ("scope", asked.scope.clone()),
            ("state", state),
            ("aud", self.fhir.to_owned()),
        ];
        if asked.pkce {
            parameters.push(("code_challenge", challenge_of(&verifier)));
            parameters.push(("code_challenge_method", "S256".to_owned()));
        }
        if asked.from_chart {
            parameters.push(("launch", self.opened(asked)?));
        }
        let parameters: Vec<(String, String)> =
            parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let access = &self.access.acting_as(&self.learner.login, "browser");
        let read = self.platform.authorization(access, &parameters, self.fhir);
        let (request, _) = read.map_err(|refused| match refused {
            Refused::Here(refusal) | Refused::Back { refusal, .. } => refusal,
        })?;
        let who =
            Subject { login: self.learner.login.clone(), name: self.learner.name.clone(), fhir_user: None };
        let scopes = match &asked.agree {
            Some(part) => Scopes::read(part).0,
            None => request.scopes.clone(),
        };
        let agreed = Agreed { scopes, patient: asked.patient.clone() };
        let code = self.platform.agree(access, &request, &who, agreed)?;
        self.exchange(&TokenRequest {
            presented: Presented { client_id: Some(asked.client.clone()), ..Presented::default() },
            grant_type: "authorization_code".to_owned(),
            code,
            redirect_uri: asked.redirect_uri.clone(),
            verifier,
            ..TokenRequest::default()
        })
    }

    /// The handle with which the chart opens the app.
    fn opened(&self, asked: &Authorization) -> Result<String, Refusal> {
        let wrong = |what: &str| Refusal::new(Code::InvalidRequest, what);
        let found = self.platform.app(self.access, &asked.client);
        let client: Option<Client> = found.map_err(|error| wrong(&error.to_string()))?;
        let client = client.ok_or_else(|| wrong("there is no such app in the chart's list"))?;
        let patient = asked.patient.as_deref().ok_or_else(|| wrong("a chart is somebody's"))?;
        Ok(self.platform.launch_app(self.access, &client, patient, asked.encounter.as_deref())?)
    }

    fn assert(&self, asked: &Assertion) -> Result<Issued, Refusal> {
        let token_endpoint = format!("{}/token", self.issuer());
        let now_s = self.access.wall_us() / 1_000_000;
        let claims = json!({
            "iss": asked.client,
            "sub": asked.client,
            "aud": asked.audience.as_ref().unwrap_or(&token_endpoint),
            "jti": new_secret(self.platform.entropy()),
            "iat": now_s,
            "exp": now_s + ASSERTION_S,
        });
        let unusable = |what: String| Refusal::new(Code::InvalidClient, format!("the app's key: {what}"));
        let key: SigningKey =
            serde_json::from_str(&asked.key).map_err(|error| unusable(error.to_string()))?;
        let assertion =
            key.sign(&claims, &SystemRandom::new()).map_err(|error| unusable(error.to_string()))?;
        self.exchange(&TokenRequest {
            presented: Presented { assertion: Some(assertion), ..Presented::default() },
            grant_type: "client_credentials".to_owned(),
            scope: Some(asked.scope.clone()),
            ..TokenRequest::default()
        })
    }

    fn exchange(&self, request: &TokenRequest) -> Result<Issued, Refusal> {
        let issuer = self.issuer();
        let access = self.access.acting_as("somebody", "network");
        Ok(self.platform.exchange(&access, request, &issuer, &format!("{issuer}/token"))?)
    }
}

/// A pair of keys: the public half as a JWK, the private one as text.
fn new_key() -> Result<Value, String> {
    let random = SystemRandom::new();
    let key = SigningKey::make("script", &random).map_err(|error| error.to_string())?;
    let public = key.public(&random).map_err(|error| error.to_string())?;
    let private = serde_json::to_string(&key).map_err(|error| error.to_string())?;
    Ok(json!({"public": public, "private": private}))
}

/// The answer of the token endpoint, as far as scripts look at it.
fn told(issued: &Issued) -> Value {
    json!({
        "access_token": issued.access_token,
        "refresh_token": issued.refresh_token,
        "id_token": issued.id_token,
        "scope": issued.grant.scopes.to_string(),
        "patient": issued.grant.patient,
        "encounter": issued.grant.encounter,
    })
}

fn reply(status: u16, body: Value) -> Reply {
    Reply { status, body, ..Reply::default() }
}
