use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::signed_in::cookie;
use crate::web::ui::{Tone, notice};

/// Carries one sentence over the redirect that follows a form.
const COOKIE: &str = "practicum_said";

/// How long the sentence waits for its page, in seconds.
const WAITS_S: u32 = 20;

/// What became of a form, said on the page that follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) well: bool,
    pub(crate) words: String,
}

impl Said {
    /// It was done.
    pub(crate) fn well(words: impl Into<String>) -> Self {
        Self { well: true, words: words.into() }
    }

    /// It was not done.
    pub(crate) fn badly(words: impl Into<String>) -> Self {
        Self { well: false, words: words.into() }
    }

    /// What the request's cookie carries.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let (mood, words) = cookie(headers, COOKIE)?.split_once('.')?;
        let words = percent_decode_str(words).decode_utf8().ok()?.into_owned();
        (!words.is_empty()).then_some(Self { well: mood == "well", words })
    }

    /// Goes on to `path`, where it is said.
    pub(crate) fn at(&self, path: &str) -> Response {
        let mood = if self.well { "well" } else { "badly" };
        let words = utf8_percent_encode(&self.words, NON_ALPHANUMERIC);
        let cookie = format!("{COOKIE}={mood}.{words}; Path=/; Max-Age={WAITS_S}; HttpOnly; SameSite=Lax");
        ([(header::SET_COOKIE, cookie)], Redirect::to(path)).into_response()
    }
}

/// The sentence as it stands on the page; nothing if there is none.
pub(crate) fn said(said: Option<&Said>) -> Markup {
    html! {
        @if let Some(said) = said {
            div.said role=(if said.well { "status" } else { "alert" }) {
                (notice(if said.well { Tone::Good } else { Tone::Bad }, None, &html! { (said.words) }))
            }
        }
    }
}

/// Forgets the sentence once a page has shown it.
pub(super) async fn once(request: Request, next: Next) -> Response {
    let waiting = cookie(request.headers(), COOKIE).is_some();
    let mut response = next.run(request).await;
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    if waiting && response.headers().get(header::CONTENT_TYPE) == Some(&html) {
        let gone = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        let gone = HeaderValue::try_from(gone).expect("the cookie is plain ASCII");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_survives_the_redirect_whatever_is_in_it() {
        let said = Said::well("Registered Zoë O'Hara; <b>MRN</b> 1, \"new\"");
        let response = said.at("/");
        let set = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let (pair, _) = set.split_once(';').unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::try_from(pair).unwrap());
        assert_eq!(Said::of(&headers), Some(said));
    }
}
