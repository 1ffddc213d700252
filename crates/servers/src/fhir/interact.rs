//! One handler for each kind of request.

use axum::extract::{OriginalUri, RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use platform::fhir::{
    Answer, Context, FhirError, HistoryParameters, Interaction, Refusal, pairs_of, perform,
};
use standards::fhir::instant;
use standards::fhir::outcome::IssueCode;

use super::address::Address;
use super::headers;
use super::respond::{answer, forbidden, outcome, refusal};
use crate::base_url::BaseUrl;
use crate::body::{FhirBody, FhirForm};
use crate::signed_in::SignedIn;
use crate::state::App;

type Asked = Result<Answer, FhirError>;

/// The parts that every request has.
pub(super) struct Call {
    app: App,
    who: SignedIn,
    base_url: BaseUrl,
    sandbox: String,
}

impl Call {
    /// Performs what `ask` says, in the caller's sandbox.
    async fn perform(
        self,
        ask: impl FnOnce(&dyn Fn(&Interaction<'_>) -> Asked) -> Asked + Send + 'static,
    ) -> Response {
        let Self { app, who, base_url, sandbox } = self;
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
            match ask(&|interaction| perform(&context, interaction)) {
                Ok(given) => answer(&context, given),
                Err(error) => refusal(&error),
            }
        })
        .await
    }
}

macro_rules! call {
    ($app:ident, $who:ident, $base_url:ident, $sandbox:expr) => {
        Call { app: $app, who: $who, base_url: $base_url, sandbox: $sandbox }
    };
}

pub(super) async fn read(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind, id)): Address<(String, String, String)>,
    query: RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = not_json(&headers, &query) {
        return response;
    }
    call!(app, who, base_url, sandbox)
        .perform(move |ask| {
            let known_version = headers::version(&headers, &header::IF_NONE_MATCH).unwrap_or_default();
            ask(&Interaction::Read { kind: &kind, id: &id, known_version })
        })
        .await
}

pub(super) async fn vread(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind, id, version)): Address<(String, String, String, String)>,
    query: RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = not_json(&headers, &query) {
        return response;
    }
    call!(app, who, base_url, sandbox)
        .perform(move |ask| ask(&Interaction::Vread { kind: &kind, id: &id, version: &version }))
        .await
}

pub(super) async fn create(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind)): Address<(String, String)>,
    headers: HeaderMap,
    FhirBody(body): FhirBody,
) -> Response {
    call!(app, who, base_url, sandbox)
        .perform(move |ask| {
            let if_none_exist = headers::text(&headers, "if-none-exist");
            ask(&Interaction::Create { kind: &kind, body: &body, if_none_exist: if_none_exist.as_deref() })
        })
        .await
}

pub(super) async fn update(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind, id)): Address<(String, String, String)>,
    headers: HeaderMap,
    FhirBody(body): FhirBody,
) -> Response {
    call!(app, who, base_url, sandbox)
        .perform(move |ask| {
            let if_match = headers::version(&headers, &header::IF_MATCH)?;
            ask(&Interaction::Update { kind: &kind, id: &id, body: &body, if_match })
        })
        .await
}

pub(super) async fn delete(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind, id)): Address<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    call!(app, who, base_url, sandbox)
        .perform(move |ask| {
            let if_match = headers::version(&headers, &header::IF_MATCH)?;
            ask(&Interaction::Delete { kind: &kind, id: &id, if_match })
        })
        .await
}

pub(super) async fn search(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind)): Address<(String, String)>,
    query: RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = not_json(&headers, &query) {
        return response;
    }
    run_search(call!(app, who, base_url, sandbox), kind, query.0.unwrap_or_default(), &headers).await
}

/// Search with the parameters in the body, in the address, or in both (R4, 3.1.1.2).
pub(super) async fn search_by_form(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    FhirForm(form): FhirForm,
) -> Response {
    let both = [query.unwrap_or_default(), form].join("&");
    let query = RawQuery(Some(both.clone()));
    if let Some(response) = not_json(&headers, &query) {
        return response;
    }
    run_search(call!(app, who, base_url, sandbox), kind, both, &headers).await
}

async fn run_search(call: Call, kind: String, query: String, headers: &HeaderMap) -> Response {
    let strict = headers::strict(headers);
    call.perform(move |ask| {
        let parameters = pairs_of(&query);
        ask(&Interaction::Search { kind: &kind, parameters: &parameters, strict })
    })
    .await
}

pub(super) async fn history(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind, id)): Address<(String, String, String)>,
    query: RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = not_json(&headers, &query) {
        return response;
    }
    run_history(call!(app, who, base_url, sandbox), kind, Some(id), query).await
}

pub(super) async fn type_history(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address((sandbox, kind)): Address<(String, String)>,
    query: RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = not_json(&headers, &query) {
        return response;
    }
    run_history(call!(app, who, base_url, sandbox), kind, None, query).await
}

async fn run_history(call: Call, kind: String, id: Option<String>, query: RawQuery) -> Response {
    call.perform(move |ask| {
        let parameters = history_parameters(&query.0.unwrap_or_default())?;
        ask(&Interaction::History { kind: &kind, id: id.as_deref(), parameters })
    })
    .await
}

fn history_parameters(query: &str) -> Result<HistoryParameters, FhirError> {
    let bad = |name: &str, value: &str, rule: &str| {
        let what = format!("parameter '{name}' is '{value}'; it must be {rule}");
        FhirError::new(Refusal::Malformed, IssueCode::Value, what)
    };
    let mut parameters = HistoryParameters::default();
    for (name, value) in pairs_of(query) {
        match name.as_str() {
            "_count" => {
                parameters.count = Some(value.parse().map_err(|_| bad("_count", &value, "a whole number"))?);
            }
            "_since" => {
                let since_us =
                    instant::parse(&value).ok_or_else(|| bad("_since", &value, "an instant with a zone"))?;
                parameters.since_us = Some(since_us);
            }
            "_cursor" => parameters.cursor = Some(value),
            _ => {}
        }
    }
    Ok(parameters)
}

pub(super) async fn bundle(
    State(app): State<App>,
    who: SignedIn,
    base_url: BaseUrl,
    Address(sandbox): Address<String>,
    FhirBody(body): FhirBody,
) -> Response {
    call!(app, who, base_url, sandbox).perform(move |ask| ask(&Interaction::Bundle { body: &body })).await
}

pub(super) async fn no_such_address(OriginalUri(uri): OriginalUri) -> Response {
    let what =
        format!("'{}' is not an address of this FHIR server; see /metadata for what it offers", uri.path());
    outcome(StatusCode::NOT_FOUND, IssueCode::NotFound, &what)
}

pub(super) async fn no_such_method(method: Method, OriginalUri(uri): OriginalUri) -> Response {
    let what = format!("{method} is not offered at '{}'; see /metadata for what is", uri.path());
    outcome(StatusCode::METHOD_NOT_ALLOWED, IssueCode::NotSupported, &what)
}

/// Refuses a client that takes no JSON.
pub(super) fn not_json(headers: &HeaderMap, RawQuery(query): &RawQuery) -> Option<Response> {
    let pairs = pairs_of(query.as_deref().unwrap_or_default());
    let format = pairs.iter().find(|(name, _)| name == "_format").map(|(_, value)| value.as_str());
    if headers::accepts_json(headers, format) {
        return None;
    }
    let what = "this server answers in JSON; ask for application/fhir+json";
    Some(outcome(StatusCode::NOT_ACCEPTABLE, IssueCode::NotSupported, what))
}
