use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::people::{Person, Role};

use super::fault::Fault;
use super::said::Said;
use crate::signed_in::{SignedIn, cookie, find};
use crate::state::App;
use crate::web::ui::Theme;

/// Someone who looks at a page: signed in, with colours of their choice. Everybody else is shown the sign-in page and
/// brought back afterwards.
pub(crate) struct Visitor {
    pub(crate) person: Person,
    /// What the forms of the page carry.
    pub(crate) csrf: String,
    pub(crate) theme: Theme,
    /// What became of the form they have just sent.
    pub(crate) said: Option<Said>,
}

impl Visitor {
    pub(super) fn of(signed_in: SignedIn, headers: &HeaderMap) -> Self {
        let csrf = signed_in.csrf.map(|token| token.as_str().to_owned()).unwrap_or_default();
        Self { person: signed_in.person, csrf, theme: theme_of(headers), said: Said::of(headers) }
    }

    /// Whether they teach.
    pub(crate) fn teaches(&self) -> bool {
        self.person.role == Role::Instructor
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match find(app, &parts.headers).await {
            Ok(Some(signed_in)) => Ok(Self::of(signed_in, &parts.headers)),
            Ok(None) if parts.method.is_safe() => Err(to_sign_in(&parts.uri)),
            Ok(None) => Err(Fault::SignedOut.into_response()),
            Err(_) => Err(Fault::Broken.into_response()),
        }
    }
}

/// The reader's colours.
pub(crate) fn theme_of(headers: &HeaderMap) -> Theme {
    Theme::from_cookie(cookie(headers, Theme::COOKIE).unwrap_or_default())
}

fn to_sign_in(uri: &Uri) -> Response {
    let back = uri.path_and_query().map_or("/", |it| it.as_str());
    if back == "/" {
        return Redirect::to("/sign-in").into_response();
    }
    Redirect::to(&format!("/sign-in?next={}", utf8_percent_encode(back, NON_ALPHANUMERIC))).into_response()
}
