use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::readiness::Readiness;

use super::links::make_form;
use super::told::{Reader, said_cards, summary};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::visitor::{Visitor, theme_of};
use crate::web::pages::words::{day, iso};
use crate::web::ui::{Link, Page, Tone, card, moment, narrow_sheet, notice, page, sheet};

/// `GET /readiness/{job}`: one's own.
pub(super) async fn own(
    State(app): State<App>,
    visitor: Visitor,
    Path(job): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let found = app.run(move |platform| platform.readiness(&person, &job)).await?;
    let content = html! {
        div.stack {
            (body(&found, Reader::Learner))
            (card("Show it to somebody", &html! {}, &make_form(&found.job.id, &visitor.csrf)))
        }
    };
    let title = found.job.title.as_str();
    let crumbs =
        [Link::to("Portfolio", "/portfolio"), Link::to("Readiness", "/readiness"), Link::to(title, "")];
    Ok(framed(
        &visitor,
        Place::Portfolio,
        title,
        None,
        &sheet(&crumbs, title, Some(&found.job.about), &content),
    ))
}

/// `GET /shown/{token}`: the same for whoever was given a link. Nobody needs to be signed in, and no search engine is to keep it.
pub(crate) async fn shown(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Result<Visitor, Response>,
    Path(token): Path<String>,
) -> Result<Response, Fault> {
    let viewer = visitor.ok().map(|visitor| visitor.person);
    let found = app.run(move |platform| platform.shown_readiness(&token, viewer.as_ref())).await?;
    let title = format!("{}, {}", found.person.name, found.job.title);
    let words = html! { p { (found.person.name) " gave you this link. They see each time it is opened, and can withdraw it. It was computed on " (moment(&iso(found.at_us), &day(found.at_us))) " from work in simulated hospitals; all patients in it are synthetic." } };
    let content = html! { div.stack { (notice(Tone::Info, Some("Shown with consent"), &words)) (body(&found, Reader::Guest)) } };
    let frame = Page { title: &title, theme: theme_of(&headers), ..Page::default() };
    let mut response = page(&frame, &narrow_sheet(&title, &content)).into_response();
    let put = response.headers_mut();
    put.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    put.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn body(found: &Readiness, reader: Reader) -> Markup {
    let pointers = html! {
        ul.plain { @for one in &found.job.alignments { li { (one.framework) ": " (one.code) span.quiet { ", read " (one.read) } } } }
        p.quiet.small { "What is asked for is Practicum's own, looked over on " (found.job.read) "." }
    };
    html! {
        (card("What the job asks for", &html! {}, &summary(found, reader)))
        (card("In the words of supervisors", &html! {}, &said_cards(found)))
        (card("In public frameworks", &html! {}, &pointers))
    }
}
