//! What every handler needs of a request, gathered once.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use platform::Platform;
use platform::access::{Access, Came, outcome as outcome_word};
use platform::drills::Standby;
use platform::fhir::{Answer, Context, FhirError, Interaction, perform};
use platform::identity::ACCESS_PREFIX;
use platform::response::{Route, TurnedAway};
use platform::sandboxes::SandboxError;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use standards::fhir::outcome::IssueCode;

use super::address::Address;
use super::binary::is_binary;
use super::headers::{gives_table, refuse_unless_json, wants_content};
use super::respond::{answer, forbidden, outcome, refusal};
use super::wishes::Wishes;
use crate::base_url::BaseUrl;
use crate::signed_in::{SignedIn, bearer};
use crate::state::App;

/// The system that answers here, in the hospital's file.
const CHART: &str = "EHR";

/// What an interaction gave, or why it was refused.
pub(super) type Asked = Result<Answer, FhirError>;

/// Somebody's request to a sandbox, at an address whose parts are `P`.
pub(super) struct Call<P> {
    app: App,
    who: Who,
    base_url: BaseUrl,
    sandbox: String,
    is_read: bool,
    path: String,
    came: Option<Came>,
    pub(super) request: Request<P>,
}

/// Who asks.
enum Who {
    /// A person, by session or by a token of their own.
    Person(SignedIn),
    /// An app, by an access token of the sandbox's identity provider.
    App(String),
}

impl Who {
    async fn of(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match bearer(&parts.headers).filter(|token| token.starts_with(ACCESS_PREFIX)) {
            Some(token) => Ok(Self::App(token.to_owned())),
            None => SignedIn::from_request_parts(parts, app).await.map(Self::Person),
        }
    }

    #[expect(clippy::result_large_err, reason = "the response is the answer, made once")]
    fn enter(
        &self,
        platform: &Platform,
        sandbox: &str,
        came: Option<&Came>,
        asked: Option<&str>,
    ) -> Result<Access, Response> {
        let access = self.let_in(platform, sandbox, came)?;
        let reason = match platform.failing(&access, CHART) {
            Ok(None) => return Ok(access),
            Ok(Some(reason)) => reason,
            Err(error) => return Err(forbidden(&error.into())),
        };
        match platform.standby(&access) {
            Ok(Some(standby)) => from_copy(&access, standby, asked),
            Ok(None) => {
                Err(unavailable(&format!("the record system of this hospital does not answer: {reason}")))
            }
            Err(error) => Err(forbidden(&error.into())),
        }
    }

    #[expect(clippy::result_large_err, reason = "the response is the answer, made once")]
    fn let_in(&self, platform: &Platform, sandbox: &str, came: Option<&Came>) -> Result<Access, Response> {
        match self {
            Self::Person(who) => {
                platform.enter(&who.person, sandbox, who.source).map_err(|error| forbidden(&error))
            }
            Self::App(token) => {
                let entered = platform.enter_with_token(sandbox, token).map_err(|error| match error {
                    SandboxError::NotYours(_) => bad_token(),
                    other => forbidden(&other),
                })?;
                let access = came.map_or_else(|| entered.clone(), |came| entered.coming(came));
                match platform.turned_away(&access, Route::Fhir) {
                    Ok(None) => Ok(access),
                    Ok(Some(refused)) => Err(turned_away(refused)),
                    Err(error) => Err(forbidden(&error.into())),
                }
            }
        }
    }
}

/// The way into a record that is served from a copy: whoever reads is served, and that is on record in the hospital itself; whoever
/// writes is told to wait.
#[expect(clippy::result_large_err, reason = "the response is the answer, made once")]
fn from_copy(access: &Access, standby: Standby, asked: Option<&str>) -> Result<Access, Response> {
    let of = &standby.of;
    let Some(path) = asked else {
        return Err(unavailable(&format!(
            "the record system serves from its copy of {of}, to read only; write on paper, and enter it when the record is back"
        )));
    };
    let detail = json!({"of": of, "path": path});
    match access.note(access.event("fhir.read-of-copy", None, outcome_word::OK, detail)) {
        Ok(()) => Ok(standby.access),
        Err(error) => Err(forbidden(&error.into())),
    }
}

/// The refusal of a record system that is not there for this now.
fn unavailable(what: &str) -> Response {
    outcome(StatusCode::SERVICE_UNAVAILABLE, IssueCode::Transient, what)
}

/// The refusal of a token that is unknown here (RFC 6750, 3.1).
fn bad_token() -> Response {
    let what = "this access token is not one of this hospital's, has expired, or was taken back";
    let mut response = outcome(StatusCode::UNAUTHORIZED, IssueCode::Login, what);
    let how = HeaderValue::from_static("Bearer error=\"invalid_token\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
    response
}

/// The refusal of what the security desk keeps out.
fn turned_away(refused: TurnedAway) -> Response {
    let (status, code) = match refused {
        TurnedAway::Blocked | TurnedAway::Isolated => (StatusCode::FORBIDDEN, IssueCode::Suppressed),
        TurnedAway::TooMany => (StatusCode::TOO_MANY_REQUESTS, IssueCode::Throttled),
    };
    outcome(status, code, &refused.to_string())
}

/// What is asked for, before anybody has looked at whether it makes sense.
pub(super) struct Request<P> {
    pub(super) at: P,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
}

/// The address of all resources of a type.
#[derive(Deserialize)]
pub(super) struct Type {
    pub(super) kind: String,
}

/// The address of a resource.
#[derive(Deserialize)]
pub(super) struct Instance {
    pub(super) kind: String,
    pub(super) id: String,
}

/// The address of one version of a resource.
#[derive(Deserialize)]
pub(super) struct Version {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) version: String,
}

/// The address of what a compartment holds of a type, or of all types where that is `*`.
#[derive(Deserialize)]
pub(super) struct Within {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) of_type: String,
}

/// The part that every address begins with.
#[derive(Deserialize)]
struct Beginning {
    sandbox: String,
}

impl<P: DeserializeOwned + Send> FromRequestParts<App> for Call<P> {
    type Rejection = Response;

    /// Refuses strangers, addresses that cannot be read, and readers that take no JSON. Whoever writes is served
    /// whatever they take: most look at the status alone.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let who = Who::of(parts, app).await?;
        let Ok(base_url) = BaseUrl::from_request_parts(parts, app).await;
        let Address(Beginning { sandbox }) = Address::from_request_parts(parts, app).await?;
        let Address(at) = Address::from_request_parts(parts, app).await?;
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let is_read = parts.method.is_safe();
        let of_content = is_binary(parts.uri.path()) && wants_content(&parts.headers, &query);
        if is_read && !of_content && !gives_table(parts.uri.path()) {
            refuse_unless_json(&parts.headers, &query)?;
        }
        let request = Request { at, query, headers: parts.headers.clone() };
        let came = parts.extensions.get().cloned();
        let path = parts.uri.path().to_owned();
        Ok(Self { app: app.clone(), who, base_url, sandbox, is_read, path, came, request })
    }
}

impl<P: Send + 'static> Call<P> {
    /// Performs what `ask` makes of the request, in the caller's sandbox.
    pub(super) async fn perform(
        self,
        ask: impl FnOnce(&Request<P>, &dyn Fn(&Interaction<'_>) -> Asked) -> Asked + Send + 'static,
    ) -> Response {
        let wishes = Wishes::of(&self.request.headers, &self.request.query, self.is_read);
        self.serve(move |_, context, request| {
            match ask(request, &|interaction| perform(context, interaction)) {
                Ok(given) => answer(context, given, wishes),
                Err(error) => refusal(&error),
            }
        })
        .await
    }

    /// Answers the request with what `work` does for it, in the caller's sandbox.
    pub(super) async fn serve(
        self,
        work: impl FnOnce(&Platform, &Context<'_>, &Request<P>) -> Response + Send + 'static,
    ) -> Response {
        let Self { app, who, base_url, sandbox, is_read, path, came, request } = self;
        app.run(move |platform| {
            let asked = is_read.then_some(path.as_str());
            let access = match who.enter(platform, &sandbox, came.as_ref(), asked) {
                Ok(access) => access,
                Err(response) => return response,
            };
            let base_url = format!("{}/s/{sandbox}/fhir", base_url.0);
            let context = Context {
                access: &access,
                base_url: &base_url,
                entropy: platform.entropy(),
                limits: &platform.limits().json,
            };
            work(platform, &context, &request)
        })
        .await
    }
}
