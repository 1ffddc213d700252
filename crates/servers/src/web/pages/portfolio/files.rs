use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{PreEscaped, html};

use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::pages::fault::Fault;

/// `GET /credentials/{id}/badge.jwt`: what was signed.
pub(crate) async fn token(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Fault> {
    let badge = app.run(move |platform| platform.badge(&id)).await?;
    Ok(([(header::CONTENT_TYPE, "application/vc+jwt")], badge.credential.token).into_response())
}

/// `GET /credentials/status`: which badges were withdrawn, signed.
pub(crate) async fn status(State(app): State<App>, BaseUrl(house): BaseUrl) -> Result<Response, Fault> {
    let list = app.run(move |platform| platform.badge_status_list(&house)).await?;
    Ok(([(header::CONTENT_TYPE, "application/vc+jwt")], list).into_response())
}

/// `GET /credentials/{id}/badge.svg`: a picture with the credential baked into it (Open Badges 3.0, section 5.3.2).
pub(crate) async fn baked(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Fault> {
    let badge = app.run(move |platform| platform.badge(&id)).await?;
    let credential = &badge.credential;
    let lines = lines(&credential.title);
    let drawing = html! {
        svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 320 320" role="img" {
            (PreEscaped(format!("<openbadges:credential verify=\"{}\"></openbadges:credential>", credential.token)))
            title { (credential.title) ", " (credential.level) }
            path d="M160 8 296 58V164C296 236 240 288 160 314 80 288 24 236 24 164V58Z" fill="#0f4c5c" {}
            path d="M160 24 282 68V164C282 228 232 274 160 298 88 274 38 228 38 164V68Z" fill="none" stroke="#fff" stroke-width="3" {}
            g fill="#fff" font-family="sans-serif" text-anchor="middle" {
                text x="160" y="84" font-size="16" letter-spacing="2" { (credential.level.to_uppercase()) }
                @for (line, words) in lines.iter().enumerate() { text x="160" y=(128 + line * 24) font-size="19" { (words) } }
                text x="160" y="256" font-size="14" { "Practicum" }
            }
        }
    };
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], drawing.into_string()).into_response())
}

/// A title in lines that fit the shield.
fn lines(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + word.chars().count() >= 22 {
            lines.push(word.to_owned());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}
