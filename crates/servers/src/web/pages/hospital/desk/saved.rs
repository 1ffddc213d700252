use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::desk::{DeskError, SavedHunt, drop_hunt, save_hunt};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::pages::words::query_value;
use crate::web::ui::{Field, Look, card, post_form, submit};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    name: String,
    query: String,
    about: String,
}

/// `POST …/security/hunts`: keeps a search.
pub(super) async fn save(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Named>,
) -> Result<Response, Fault> {
    let back = inside.to(&format!("security?q={}", query_value(&fields.query)));
    let done = inside.run(&app, move |_, access| {
        told(save_hunt(access, &fields.name, &fields.query, &fields.about).map(|hunt| hunt.name))
    });
    Ok(match done.await? {
        Ok(name) => Said::well(format!("The search is kept as {name}.")).at(&back),
        Err(why) => Said::badly(why).at(&back),
    })
}

/// `POST …/security/hunts/remove`.
pub(super) async fn remove(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Named>,
) -> Result<Response, Fault> {
    let done = inside.run(&app, move |_, access| told(drop_hunt(access, &fields.name)));
    Ok(match done.await? {
        Ok(()) => Said::well("The search is removed.").at(&inside.to("security")),
        Err(why) => Said::badly(why).at(&inside.to("security")),
    })
}

/// What cannot be done is said on the page; what failed is a fault.
pub(super) fn told<T>(done: Result<T, DeskError>) -> Result<Result<T, String>, DeskError> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(DeskError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error.to_string())),
    }
}

/// The saved searches, and a form to keep the one that was just made.
pub(super) fn kept(inside: &Inside, saved: &[SavedHunt], query: Option<&str>) -> Markup {
    let csrf = inside.visitor.csrf.as_str();
    let body = html! {
        @if saved.is_empty() { p.quiet { "A search worth making again can be kept under a name." } }
        @else {
            ul.desk-saved { @for hunt in saved {
                li {
                    a href=(inside.to(&format!("security?q={}", query_value(&hunt.query)))) { (hunt.name) }
                    " " code { (hunt.query) }
                    @if !hunt.about.is_empty() { " " span.quiet { (hunt.about) } }
                    (post_form(&inside.to("security/hunts/remove"), csrf, &html! {
                        input type="hidden" name="name" value=(hunt.name);
                        (submit(&format!("Remove {}", hunt.name), Look::Quiet))
                    }))
                }
            } }
        }
        @if let Some(query) = query.filter(|query| !query.trim().is_empty()) {
            (post_form(&inside.to("security/hunts"), csrf, &html! {
                input type="hidden" name="query" value=(query);
                (Field::new("name", "Keep this search as").hint("Small letters, digits and hyphens.").required())
                (Field::new("about", "What it is good for"))
                (submit("Keep it", Look::Plain))
            }))
        }
    };
    card("Saved searches", &html! {}, &body)
}
