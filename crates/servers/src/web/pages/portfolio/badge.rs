use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use platform::portfolio::Badge;
use serde::Deserialize;

use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::pages::visitor::{Visitor, theme_of};
use crate::web::pages::words::{capital, day, iso};
use crate::web::ui::{
    Field, Icon, Look, Page, Tone, card, facts, link_button, moment, narrow_sheet, notice, page, post_form,
    qr, submit, tag_with,
};

/// `GET /credentials/{id}`: a badge, for whoever was sent its address. Nobody needs to be signed in; an instructor who is may withdraw it.
pub(crate) async fn badge(
    State(app): State<App>,
    BaseUrl(house): BaseUrl,
    headers: HeaderMap,
    visitor: Result<Visitor, Response>,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let badge = app.run(move |platform| platform.badge(&id)).await?;
    let csrf = visitor.ok().filter(Visitor::teaches).map(|visitor| visitor.csrf);
    let credential = &badge.credential;
    let content = html! {
        (verdict(&badge))
        (card("What it says", &tag_with(Tone::Accent, Icon::Shield, &credential.level), &says(&badge)))
        (card("What was seen", &html! {}, &evidence(&badge)))
        (card("Take it along", &html! {}, &files(&badge, &house)))
        @if let Some(csrf) = csrf.filter(|_| credential.withdrawn_us.is_none()) {
            (card("Withdraw it", &html! {}, &withdraw_form(&credential.id, &csrf)))
        }
    };
    let frame = Page { title: &credential.title, theme: theme_of(&headers), ..Page::default() };
    Ok(page(&frame, &narrow_sheet(&credential.title, &html! { div.stack { (content) } })))
}

fn verdict(badge: &Badge) -> Markup {
    let credential = &badge.credential;
    if !badge.genuine {
        let words = html! { p { "The signature does not belong to this house, or the badge was changed. Do not rely on it." } };
        return notice(Tone::Bad, Some("Not genuine"), &words);
    }
    match (credential.withdrawn_us, &credential.withdrawn_why) {
        (Some(at), why) => {
            let why = why.as_deref().unwrap_or_default();
            notice(Tone::Bad, Some("Withdrawn"), &html! { p { "On " (day(at)) ": " (why) } })
        }
        (None, _) => {
            let words = html! { p { "This house signed it for " b { (badge.learner) } ", nobody changed it, and it has not been withdrawn." } };
            notice(Tone::Good, Some("Genuine and valid"), &words)
        }
    }
}

fn says(badge: &Badge) -> Markup {
    let credential = &badge.credential;
    let achievement = &badge.claims["credentialSubject"]["achievement"];
    let alignments = achievement["alignment"].as_array().map(Vec::as_slice).unwrap_or_default();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    html! {
        (facts(&[
            ("Of", html! { (badge.learner) }),
            ("Can", html! { (credential.title) }),
            ("Level", html! { (capital(&credential.level)) }),
            ("Issued", moment(&iso(credential.issued_us), &day(credential.issued_us))),
            ("Signed by", html! { code.wrap { (badge.issuer) } }),
        ]))
        p { (word(&achievement["criteria"]["narrative"])) }
        @if !alignments.is_empty() {
            h3 { "In public frameworks" }
            ul.plain { @for one in alignments { li { (word(&one["targetFramework"])) ": " a href=(word(&one["targetUrl"])) rel="noreferrer" { (word(&one["targetName"])) } } } }
        }
    }
}

fn evidence(badge: &Badge) -> Markup {
    let seen = badge.claims["evidence"].as_array().map(Vec::as_slice).unwrap_or_default();
    html! {
        ul.plain { @for one in seen { li { b { (one["name"].as_str().unwrap_or_default()) } ": " (one["narrative"].as_str().unwrap_or_default()) } } }
        p.quiet.small { "All patients in it are synthetic." }
    }
}

fn files(badge: &Badge, house: &str) -> Markup {
    let address = format!("/credentials/{}", badge.credential.id);
    html! {
        (qr(&format!("{house}{address}"), "The address of this page as a QR code"))
        div.row {
            (link_button("Badge as SVG", &format!("{address}/badge.svg"), Look::Plain))
            (link_button("Signed credential", &format!("{address}/badge.jwt"), Look::Plain))
        }
        p.quiet.small { "Open Badges 3.0, signed with Ed25519. Any verifier can check it; whether it was withdrawn stands in the " a href="/credentials/status" { "status list" } "." }
    }
}

fn withdraw_form(id: &str, csrf: &str) -> Markup {
    let hint = "Shown to everybody who looks at the badge.";
    post_form(
        &format!("/credentials/{id}/withdraw"),
        csrf,
        &html! {
            (Field::new("why", "Reason").hint(hint).required())
            div { (submit("Withdraw this badge", Look::Danger)) }
        },
    )
}

#[derive(Deserialize)]
pub(crate) struct Withdrawal {
    #[serde(default)]
    why: String,
}

/// `POST /credentials/{id}/withdraw`.
pub(crate) async fn withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<Withdrawal>,
) -> Result<Response, Fault> {
    let (person, why, address) = (form.visitor.person, form.fields.why, format!("/credentials/{id}"));
    app.run(move |platform| platform.withdraw_badge(&person, &id, &why)).await?;
    Ok(Said::well("The badge is withdrawn.").at(&address))
}
