use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::placements::DOCUMENTS;
use platform::programme::Organisation;
use platform::record::{NewAgreement, RecordError, schedules};
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Choice, Field, Link, Look, Select, Takes, card, checkbox, post_form, sheet, submit};

/// `GET /record/new`.
pub(super) async fn form(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let hosts = app.run(move |platform| Ok::<_, RecordError>(platform.hosts_kept_by(&person)?)).await?;
    if hosts.is_empty() {
        return Err(Fault::Missing("Agreements are put down by the education offices of hosts.".to_owned()));
    }
    let content = html! {
        (said(visitor.said.as_ref()))
        (card("The agreement", &html! {}, &fields(&hosts, &visitor.csrf)))
    };
    let crumbs = [Link::to("Apprenticeships", "/record"), Link::to("Put an agreement down", "")];
    let intro = "It holds once the apprentice has accepted it, and it is not changed after that.";
    let page = sheet(&crumbs, "Put an agreement down", Some(intro), &content);
    Ok(framed(&visitor, Place::Places, "Put an agreement down", None, &page))
}

fn fields(hosts: &[Organisation], csrf: &str) -> Markup {
    let hosts: Vec<Choice<'_>> = hosts.iter().map(|host| Choice::new(&host.id, &host.name)).collect();
    let titles: Vec<(String, String)> = schedules()
        .iter()
        .map(|one| (one.id.clone(), format!("{}, {}", one.title, one.approach.word())))
        .collect();
    let occupations: Vec<Choice<'_>> = titles.iter().map(|(id, title)| Choice::new(id, title)).collect();
    let steps = "0, 0, 22.00\n500, 1, 24.50";
    let body = html! {
        div.form-grid {
            (Select::new("employer", "Employer", &hosts))
            (Select::new("schedule", "Occupation", &occupations))
            (Field::new("apprentice", "Apprentice's login").autocomplete("off").required())
            (Field::new("supervisor", "Supervisor's login").autocomplete("off").required())
            (Field::new("programme", "Programme").placeholder("Mercy health IT apprenticeship").required())
            (Field::new("begins_on", "First day").takes(Takes::Date).required())
            (Field::new("ends_on", "Thought to be complete on").takes(Takes::Date).required())
        }
        (Field::new("wages", "Wage steps").takes(Takes::Block).value(steps).hint("A line each: signed hours, competencies entrusted, pay for an hour. A step is reached by both together.").required())
        fieldset.choices { legend { "Documents that are asked for before the first day" }
            @for kind in DOCUMENTS { (checkbox(&format!("document.{}", kind.id), kind.title, false)) }
        }
        div.form-actions { (submit("Put it down", Look::Primary)) }
    };
    post_form("/record/new", csrf, &body)
}

#[derive(Deserialize)]
pub(super) struct Agreed {
    employer: String,
    schedule: String,
    apprentice: String,
    supervisor: String,
    programme: String,
    begins_on: String,
    ends_on: String,
    wages: String,
    #[serde(flatten)]
    ticked: BTreeMap<String, String>,
}

/// `POST /record/new`.
pub(super) async fn add(State(app): State<App>, form: PageForm<Agreed>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let done = app.run(move |platform| {
        let documents =
            sent.ticked.keys().filter_map(|name| name.strip_prefix("document.")).map(str::to_owned);
        let new = NewAgreement {
            employer: &sent.employer,
            apprentice: &sent.apprentice,
            supervisor: &sent.supervisor,
            schedule: &sent.schedule,
            programme: &sent.programme,
            begins_on: &sent.begins_on,
            ends_on: &sent.ends_on,
            wages: &sent.wages,
            documents: documents.collect(),
        };
        platform.add_agreement(&person, &new)
    });
    let done = done.await;
    let path = done.as_ref().map_or("/record/new".to_owned(), |_| "/record".to_owned());
    said_at(done, &path, "The agreement is put down. The apprentice accepts it on their page.")
}
