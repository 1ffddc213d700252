//! What tests of this kit share: endpoints, forms, and a person who agrees.

use std::collections::BTreeMap;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use identity::pkce::challenge_of;
use identity::scope::Scopes;
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::Value;

use crate::form::{encoded, fields_of, with_query};
use crate::model::{Stop, Test};
use crate::run::Step;
use crate::wire::http::{Request, Response};

/// A test of this kit.
pub(super) fn test(id: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>) -> Test {
    Test::new(format!("smart/{id}"), title, work)
}

/// Something nobody can guess: 256 bits of the system's chance.
pub(crate) fn secret() -> String {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).expect("the system has a source of chance");
    BASE64URL_NOPAD.encode(&bytes)
}

/// The FHIR base, without a slash at its end.
pub(super) fn base(step: &Step<'_>) -> String {
    step.value("url").trim_end_matches('/').to_owned()
}

/// A member of the discovery document.
pub(super) fn endpoint(step: &Step<'_>, name: &str) -> String {
    let document: Value = serde_json::from_str(&step.value("smart")).unwrap_or_default();
    document[name].as_str().unwrap_or_default().to_owned()
}

/// Whether a list of the discovery document has a word.
pub(super) fn offers(step: &Step<'_>, list: &str, word: &str) -> bool {
    let document: Value = serde_json::from_str(&step.value("smart")).unwrap_or_default();
    document[list].as_array().is_some_and(|all| all.iter().any(|one| one == word))
}

/// An endpoint that the server need not have.
pub(super) fn optional_endpoint(step: &Step<'_>, name: &str) -> Result<String, Stop> {
    match endpoint(step, name) {
        url if url.is_empty() => Err(Stop::Omit(format!("the server names no {name}"))),
        url => Ok(url),
    }
}

/// What an answer of JSON says; null where it is none.
pub(super) fn json(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or_default()
}

/// The word of a refusal, with the status: `400 invalid_grant`.
pub(super) fn said(response: &Response) -> String {
    let body = json(response);
    format!("{} {}", response.status, body["error"].as_str().unwrap_or("without an error word"))
        .trim()
        .to_owned()
}

/// Posts a form to the token endpoint, or another that takes one.
pub(super) fn post(step: &mut Step<'_>, url: &str, fields: &[(&str, &str)]) -> Result<Response, Stop> {
    let request = Request::post(url, "application/x-www-form-urlencoded", encoded(fields))
        .with("accept", "application/json")
        .with("origin", "https://app.example");
    step.http(&request)
}

/// One way through the authorization endpoint.
pub(super) struct Way {
    pub(super) state: String,
    pub(super) verifier: String,
    pub(super) nonce: String,
    /// The query, in order.
    pub(super) query: Vec<(String, String)>,
}

impl Way {
    /// A sound request for the scopes of the run.
    pub(super) fn new(step: &Step<'_>) -> Self {
        let (state, verifier, nonce) = (secret(), secret(), secret());
        let query = [
            ("response_type", "code".to_owned()),
            ("client_id", step.value("client")),
            ("redirect_uri", step.value("callback")),
            ("scope", step.value("scope")),
            ("state", state.clone()),
            ("nonce", nonce.clone()),
            ("aud", base(step)),
            ("code_challenge", challenge_of(&verifier)),
            ("code_challenge_method", "S256".to_owned()),
        ];
        let query = query.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Self { state, verifier, nonce, query }
    }

    /// The same with a parameter said otherwise.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.query.iter_mut().filter(|(own, _)| own == name).for_each(|(_, own)| value.clone_into(own));
        self
    }

    /// The same with a parameter more.
    pub(super) fn and(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same without a parameter.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.query.retain(|(own, _)| own != name);
        self
    }

    fn url(&self, step: &Step<'_>) -> String {
        with_query(&endpoint(step, "authorization_endpoint"), &self.query)
    }

    /// Asks, as a browser that nobody sits before would.
    pub(super) fn ask(&self, step: &mut Step<'_>) -> Result<Answered, Stop> {
        let url = self.url(step);
        let response = step.http_once(&Request::get(url).with("accept", "text/html"))?;
        let callback = step.value("callback");
        let location = response.header("location").unwrap_or_default();
        Ok(match response.status {
            300..400 if comes_back(location, &callback) => Answered::Back(fields_of(location)),
            300..400 => Answered::Elsewhere(location.to_owned()),
            status if status >= 400 => Answered::Refused(status),
            _ => Answered::Page,
        })
    }

    /// Asks, lets a person agree where one is needed, and gives what came back.
    pub(super) fn agreed(&self, step: &mut Step<'_>) -> Result<BTreeMap<String, String>, Stop> {
        match self.ask(step)? {
            Answered::Back(fields) => Ok(fields),
            Answered::Refused(status) => {
                Err(Stop::Fail(format!("a sound authorization request was answered with {status}")))
            }
            Answered::Page | Answered::Elsewhere(_) => {
                self.by_hand(step, "Open this address, sign in, choose a patient and agree: ")
            }
        }
    }

    /// Waits until a person has done `what` with the request's address, and gives what came back.
    pub(super) fn by_hand(&self, step: &mut Step<'_>, what: &str) -> Result<BTreeMap<String, String>, Stop> {
        let seconds = step.value("wait").parse().unwrap_or(300);
        let to_do = format!("{what}{}", self.url(step));
        Ok(step.wait(&self.state, &to_do, Duration::from_secs(seconds))?.fields)
    }

    /// Comes to a code.
    pub(super) fn code(&self, step: &mut Step<'_>) -> Result<String, Stop> {
        let fields = self.agreed(step)?;
        if let Some(error) = fields.get("error") {
            let why = fields.get("error_description").map(String::as_str).unwrap_or_default();
            return Err(Stop::Skip(format!("the server came back with {error}, and no code: {why}")));
        }
        match fields.get("code") {
            Some(code) => Ok(code.clone()),
            None => Err(Stop::Fail("the browser came back without a code and without an error".to_owned())),
        }
    }

    /// Exchanges a code as the app would, with some fields said otherwise.
    pub(super) fn exchange(
        &self,
        step: &mut Step<'_>,
        code: &str,
        otherwise: &[(&str, &str)],
    ) -> Result<Response, Stop> {
        let (client, callback) = (step.value("client"), step.value("callback"));
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &callback),
            ("client_id", &client),
            ("code_verifier", &self.verifier),
        ];
        for (name, value) in otherwise {
            fields.retain(|(own, _)| own != name);
            fields.push((name, value));
        }
        let url = endpoint(step, "token_endpoint");
        post(step, &url, &fields)
    }
}

/// What became of an authorization request before anybody agreed.
#[derive(Debug)]
pub(super) enum Answered {
    /// The browser was sent back to the app, with this.
    Back(BTreeMap<String, String>),
    /// It was sent somewhere else: to sign in, as a rule.
    Elsewhere(String),
    /// A page was shown.
    Page,
    /// The server refused, with a status.
    Refused(u16),
}

/// Whether an address is the callback, with a query of its own.
pub(super) fn comes_back(location: &str, callback: &str) -> bool {
    location.strip_prefix(callback).is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '&', '#']))
}

/// A search or a read with an access token.
pub(super) fn fhir(step: &mut Step<'_>, path: &str, token: &str) -> Result<Response, Stop> {
    let request = Request::get(format!("{}/{path}", base(step)))
        .with("accept", "application/fhir+json")
        .with("origin", "https://app.example");
    let request =
        if token.is_empty() { request } else { request.with("authorization", &format!("Bearer {token}")) };
    step.http(&request)
}

/// Words of `granted` that open what `asked` does not.
pub(super) fn beyond(asked: &str, granted: &str) -> Vec<String> {
    let (own, _) = Scopes::read(asked);
    let plain: Vec<&str> = asked.split_whitespace().collect();
    let covered = |word: &&str| {
        let (scope, unknown) = Scopes::read(word);
        plain.contains(word) || (unknown.is_empty() && own.contains(&scope))
    };
    granted.split_whitespace().filter(|word| !covered(word)).map(str::to_owned).collect()
}
