use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::placements::{DOCUMENTS, NewPlace, PlacementError, Requirements};
use platform::programme::Organisation;
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Choice, Field, Link, Look, Select, Takes, card, checkbox, post_form, sheet, submit};

/// `GET /places/offer`.
pub(super) async fn offer(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (hosts, competencies) = app
        .run(move |platform| {
            let competencies: Vec<(String, String)> = platform
                .catalogue()
                .competencies
                .iter()
                .map(|one| (one.id.clone(), one.title.clone()))
                .collect();
            Ok::<_, PlacementError>((platform.hosts_kept_by(&person)?, competencies))
        })
        .await?;
    if hosts.is_empty() {
        return Err(Fault::Missing("Places are offered by the education offices of hosts.".to_owned()));
    }
    let content = html! {
        (said(visitor.said.as_ref()))
        (card("A place", &html! {}, &form(&hosts, &competencies, &visitor.csrf)))
    };
    let crumbs = [Link::to("Places", "/places"), Link::to("Offer a place", "")];
    let intro = "One place for several of the same kind: say how many it takes.";
    Ok(framed(
        &visitor,
        Place::Places,
        "Offer a place",
        None,
        &sheet(&crumbs, "Offer a place", Some(intro), &content),
    ))
}

fn form(hosts: &[Organisation], competencies: &[(String, String)], csrf: &str) -> Markup {
    let hosts: Vec<Choice<'_>> = hosts.iter().map(|host| Choice::new(&host.id, &host.name)).collect();
    let body = html! {
        div.form-grid {
            (Select::new("organisation", "Host or site", &hosts))
            (Field::new("title", "Title").placeholder("Interface analyst, apprentice").required())
            (Field::new("capacity", "Room for").takes(Takes::Number).value("1").required())
            (Field::new("begins_on", "First day").takes(Takes::Date).required())
            (Field::new("ends_on", "Last day").takes(Takes::Date))
        }
        (Field::new("about", "What one does there").takes(Takes::Block))
        fieldset.choices { legend { "Documents it asks for" }
            @for kind in DOCUMENTS { (checkbox(&format!("document.{}", kind.id), kind.title, false)) }
        }
        fieldset.choices { legend { "Competencies it asks for, shown without help" }
            @for (id, title) in competencies { (checkbox(&format!("competency.{id}"), title, false)) }
        }
        div.form-actions { (submit("Offer the place", Look::Primary)) }
    };
    post_form("/places/offer", csrf, &body)
}

#[derive(Deserialize)]
pub(super) struct Offered {
    organisation: String,
    title: String,
    #[serde(default)]
    about: String,
    capacity: String,
    begins_on: String,
    #[serde(default)]
    ends_on: String,
    #[serde(flatten)]
    ticked: BTreeMap<String, String>,
}

/// `POST /places/offer`.
pub(super) async fn add(State(app): State<App>, form: PageForm<Offered>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let done = app.run(move |platform| {
        let ticked = |prefix: &str| {
            sent.ticked.keys().filter_map(|name| name.strip_prefix(prefix)).map(str::to_owned).collect()
        };
        let new = NewPlace {
            organisation: &sent.organisation,
            title: &sent.title,
            about: &sent.about,
            capacity: sent.capacity.trim().parse().unwrap_or(0),
            begins_on: &sent.begins_on,
            ends_on: &sent.ends_on,
            asks: Requirements { documents: ticked("document."), competencies: ticked("competency.") },
        };
        platform.add_place(&person, &new)
    });
    let done = done.await;
    let path = if done.is_ok() { "/places" } else { "/places/offer" };
    said_at(done, path, "The place is offered.")
}
