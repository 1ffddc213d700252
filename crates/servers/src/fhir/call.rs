//! What every handler needs of a request, gathered once.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use platform::Platform;
use platform::fhir::{Answer, Context, FhirError, Interaction, perform};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::address::Address;
use super::binary::is_binary;
use super::headers::{refuse_unless_json, wants_content};
use super::respond::{answer, forbidden, refusal};
use super::wishes::Wishes;
use crate::base_url::BaseUrl;
use crate::signed_in::SignedIn;
use crate::state::App;

/// What an interaction gave, or why it was refused.
pub(super) type Asked = Result<Answer, FhirError>;

/// Somebody's request to a sandbox, at an address whose parts are `P`.
pub(super) struct Call<P> {
    app: App,
    who: SignedIn,
    base_url: BaseUrl,
    sandbox: String,
    is_read: bool,
    pub(super) request: Request<P>,
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
        let who = SignedIn::from_request_parts(parts, app).await?;
        let Ok(base_url) = BaseUrl::from_request_parts(parts, app).await;
        let Address(Beginning { sandbox }) = Address::from_request_parts(parts, app).await?;
        let Address(at) = Address::from_request_parts(parts, app).await?;
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let is_read = parts.method.is_safe();
        let of_content = is_binary(parts.uri.path()) && wants_content(&parts.headers, &query);
        if is_read && !of_content {
            refuse_unless_json(&parts.headers, &query)?;
        }
        let request = Request { at, query, headers: parts.headers.clone() };
        Ok(Self { app: app.clone(), who, base_url, sandbox, is_read, request })
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
        let Self { app, who, base_url, sandbox, request, .. } = self;
        app.run(move |platform| {
            let access = match platform.enter(&who.person, &sandbox, who.source) {
                Ok(access) => access,
                Err(error) => return forbidden(&error),
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
