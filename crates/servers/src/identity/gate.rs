use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::Platform;
use platform::access::{Access, Came};
use platform::identity::{Code, IdentityError, Refusal};
use serde::Deserialize;
use serde_json::json;

use crate::base_url::BaseUrl;
use crate::hands::Lent;
use crate::signed_in::SignedIn;
use crate::state::App;

/// A request to the identity provider of one hospital.
pub(crate) struct Gate {
    pub(super) app: App,
    pub(super) sandbox: String,
    base: String,
    /// Who sent the request, where this process says so itself.
    pub(super) lent: Option<SignedIn>,
    came: Option<Came>,
}

#[derive(Deserialize)]
struct Beginning {
    sandbox: String,
}

impl Gate {
    /// The FHIR server that tokens are for.
    pub(super) fn fhir(&self) -> String {
        format!("{}/s/{}/fhir", self.base, self.sandbox)
    }

    /// The identity provider itself.
    pub(super) fn issuer(&self) -> String {
        format!("{}/s/{}/auth", self.base, self.sandbox)
    }

    /// One of its addresses.
    pub(super) fn at(&self, place: &str) -> String {
        format!("{}/{place}", self.issuer())
    }

    /// The network address the request came from.
    pub(super) fn from(&self) -> String {
        self.came.as_ref().map_or_else(|| "unknown".to_owned(), |came| came.address.clone())
    }

    /// Whether a form came from a page of this server, as far as the browser says.
    pub(super) fn sent_from_here(&self, headers: &axum::http::HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
        site && text("origin").is_none_or(|origin| origin == self.base)
    }

    /// Runs a use case at this gate.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Platform, &Access) -> Result<T, IdentityError> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.app.run(self.through(work)).await.map_err(Refusal::from)
    }

    /// The same for a use case that dials servers of others.
    pub(super) async fn run_dialling<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Platform, &Access) -> Result<T, IdentityError> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.app.run_dialling(self.through(work)).await.map_err(Refusal::from)
    }

    fn through<T, W>(&self, work: W) -> impl FnOnce(&Platform) -> Result<T, IdentityError> + Send + use<T, W>
    where
        W: FnOnce(&Platform, &Access) -> Result<T, IdentityError> + Send + 'static,
    {
        let (sandbox, came) = (self.sandbox.clone(), self.came.clone());
        move |platform: &Platform| match platform.at_the_gate(&sandbox)? {
            Some(access) => match &came {
                Some(came) => work(platform, &access.coming(came)),
                None => work(platform, &access),
            },
            None => Err(no_such_hospital().into()),
        }
    }
}

impl FromRequestParts<App> for Gate {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(BaseUrl(base)) = BaseUrl::from_request_parts(parts, app).await;
        let found = Path::<Beginning>::from_request_parts(parts, app).await;
        let Path(Beginning { sandbox }) = found.map_err(IntoResponse::into_response)?;
        let lent = parts.extensions.get::<Lent>().map(|Lent(signed_in)| signed_in.clone());
        Ok(Self { app: app.clone(), sandbox, base, lent, came: parts.extensions.get().cloned() })
    }
}

fn no_such_hospital() -> Refusal {
    Refusal::new(Code::InvalidRequest, "there is no such hospital")
}

/// A refusal as OAuth has it (RFC 6749, 5.2).
pub(super) fn refused(refusal: &Refusal) -> Response {
    let status = match refusal.code {
        Code::InvalidClient => StatusCode::UNAUTHORIZED,
        Code::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    let body = json!({"error": refusal.code.word(), "error_description": refusal.what});
    let mut response = (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response();
    if status == StatusCode::UNAUTHORIZED {
        let how = HeaderValue::from_static("Basic realm=\"practicum\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
    }
    response
}
