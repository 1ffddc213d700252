use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use platform::Platform;
use platform::access::Access;
use platform::imaging::Scope;

use crate::base_url::BaseUrl;
use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::App;

/// Somebody's request to the archive of a sandbox.
pub(super) struct Call {
    app: App,
    who: SignedIn,
    sandbox: String,
    pub(super) request: Request,
}

/// What is asked for.
pub(super) struct Request {
    /// The study, series and object that the address names.
    pub(super) scope: Scope,
    /// The frames that the address names, as written.
    pub(super) frames: String,
    /// The pairs after the `?`.
    pub(super) pairs: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    /// The address of this archive, as the client reached it.
    pub(super) base_url: String,
}

impl FromRequestParts<App> for Call {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let who = SignedIn::from_request_parts(parts, app).await?;
        let Ok(base_url) = BaseUrl::from_request_parts(parts, app).await;
        let named =
            RawPathParams::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let part = |name: &str| {
            let raw = named.iter().find(|(part, _)| *part == name)?.1;
            Some(percent_decode_str(raw).decode_utf8_lossy().into_owned())
        };
        let sandbox = part("sandbox").unwrap_or_default();
        let scope = Scope {
            patient_id: None,
            study: part("study"),
            series: part("series"),
            sop_instance: part("instance"),
        };
        let request = Request {
            scope,
            frames: part("frames").unwrap_or_else(|| "1".to_owned()),
            pairs: platform::fhir::pairs_of(parts.uri.query().unwrap_or_default()),
            headers: parts.headers.clone(),
            base_url: format!("{}/s/{sandbox}/dicomweb", base_url.0),
        };
        Ok(Self { app: app.clone(), who, sandbox, request })
    }
}

impl Call {
    /// Answers with what `work` makes of the request, in the caller's sandbox.
    pub(super) async fn serve(
        self,
        work: impl FnOnce(&Platform, &Access, &Request) -> Result<Response, Problem> + Send + 'static,
    ) -> Response {
        let Self { app, who, sandbox, request } = self;
        let worked = app.run(move |platform| {
            let access = platform.enter(&who.person, &sandbox, who.source)?;
            work(platform, &access, &request)
        });
        worked.await.unwrap_or_else(Into::into)
    }

    /// Who asks, for work that goes on after the answer has begun.
    pub(super) fn way_in(&self) -> (App, SignedIn, String) {
        (self.app.clone(), self.who.clone(), self.sandbox.clone())
    }
}

impl Request {
    /// Whether the client takes one of these media types, or says nothing about it.
    pub(super) fn takes(&self, media: &[&str]) -> bool {
        let Some(accept) = self.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else {
            return true;
        };
        let accept = accept.to_ascii_lowercase();
        accept.contains("*/*") || media.iter().any(|media| accept.contains(media))
    }

    /// Refuses a client that takes none of them.
    pub(super) fn refuse_unless_takes(&self, media: &[&str]) -> Result<(), Problem> {
        if self.takes(media) {
            return Ok(());
        }
        let what = format!("this is given as {}; ask for that in the Accept header", media.join(" or "));
        Err(Problem::new(StatusCode::NOT_ACCEPTABLE, what))
    }
}

/// Why nothing of this address was found.
pub(super) fn not_there() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "the archive has no such study, series or object")
}
