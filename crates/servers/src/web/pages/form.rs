use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;
use super::visitor::Visitor;
use crate::signed_in::find;
use crate::state::App;

/// A form that a signed-in person sent from one of our pages: its fields, once its CSRF token is found right.
pub(crate) struct PageForm<T> {
    pub(crate) visitor: Visitor,
    pub(crate) fields: T,
}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for PageForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let signed_in = find(app, &headers).await.map_err(|_| Fault::Broken.into_response())?;
        let signed_in = signed_in.ok_or_else(|| again(&headers, &Fault::SignedOut))?;
        let body = Bytes::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        let sent: Token =
            serde_html_form::from_bytes(&body).map_err(|_| Fault::Unreadable.into_response())?;
        if !signed_in.csrf.as_ref().is_some_and(|token| token.matches(&sent.csrf)) {
            return Err(again(&headers, &Fault::OutOfDate));
        }
        let fields = serde_html_form::from_bytes(&body).map_err(|_| Fault::Unreadable.into_response())?;
        Ok(Self { visitor: Visitor::of(signed_in, &headers), fields })
    }
}

/// A refusal that loading the page again cures. A form that was sent by a script has no page to show it on, so it asks for
/// just that.
pub(super) fn again(headers: &HeaderMap, fault: &Fault) -> Response {
    let mut response = fault.clone().into_response();
    if headers.contains_key("hx-request") {
        response.headers_mut().insert("hx-refresh", HeaderValue::from_static("true"));
    }
    response
}
