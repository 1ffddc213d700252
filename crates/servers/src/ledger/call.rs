use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use platform::Platform;
use platform::access::Access;
use platform::transparency::{History, LogError};
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::App;

/// Somebody's request to the log of a sandbox.
pub(super) struct Call {
    app: App,
    who: SignedIn,
    sandbox: String,
    pub(super) request: Request,
}

/// What is asked for.
pub(super) struct Request {
    /// The part of the address that names an entry, a size or a witness.
    pub(super) part: String,
    /// Which history.
    pub(super) history: Result<History, Problem>,
}

impl FromRequestParts<App> for Call {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let who = SignedIn::from_request_parts(parts, app).await?;
        let named =
            RawPathParams::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let decoded = |raw: &str| percent_decode_str(raw).decode_utf8_lossy().into_owned();
        let (mut sandbox, mut part) = (String::new(), String::new());
        for (name, raw) in &named {
            *(if name == "sandbox" { &mut sandbox } else { &mut part }) = decoded(raw);
        }
        let pairs = platform::fhir::pairs_of(parts.uri.query().unwrap_or_default());
        let history = pairs.iter().find(|(name, _)| name == "history").map(|(_, value)| value.as_str());
        let history = match history {
            None | Some("first") => Ok(History::First),
            Some("second") => Ok(History::Second),
            Some(_) => Err(Problem::new(StatusCode::BAD_REQUEST, "history is first or second")),
        };
        Ok(Self { app: app.clone(), who, sandbox, request: Request { part, history } })
    }
}

impl Call {
    /// Answers with what `work` makes of the request, in the caller's sandbox.
    pub(super) async fn serve(
        self,
        work: impl FnOnce(&Platform, &Access, Request) -> Result<Response, Problem> + Send + 'static,
    ) -> Response {
        let Self { app, who, sandbox, request } = self;
        let worked = app.run(move |platform| {
            let access = platform.enter(&who.person, &sandbox, who.source)?;
            work(platform, &access, request)
        });
        worked.await.unwrap_or_else(Into::into)
    }
}

impl Request {
    /// The number in the address.
    pub(super) fn number(&self) -> Result<u64, Problem> {
        let what = "the address names an entry or a size by a number, from 0";
        self.part.parse().map_err(|_| Problem::new(StatusCode::NOT_FOUND, what))
    }
}

/// A body of JSON.
pub(super) fn given<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("the body does not fit: {error}"))
    })
}

impl From<LogError> for Problem {
    fn from(error: LogError) -> Self {
        let status = match error {
            LogError::NoEntry { .. } | LogError::NoSize { .. } | LogError::NoWitness(_) => {
                StatusCode::NOT_FOUND
            }
            LogError::OneHistory | LogError::Rewritten { .. } => StatusCode::CONFLICT,
            LogError::Store(error) => return error.into(),
        };
        Self::new(status, error.to_string())
    }
}
