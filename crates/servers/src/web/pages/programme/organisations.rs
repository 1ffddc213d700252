use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::people::PeopleError;
use platform::programme::{
    Affiliation, Belonging, NewAssociate, NewOrganisation, Organisation, OrganisationKind, ProgrammeError,
};
use serde::Deserialize;

use super::fault::said_at;
use super::frame::{View, programme_page};
use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Tone, card, code_block, empty, notice, or_none,
    post_form, submit, table,
};

const INTRO: &str = "Schools send learners; hosts offer places, at their sites. Associates come from outside the class: mentors, supervisors, education offices.";

/// How long a sign-in link works, in seconds.
const LINK_VALID_S: u32 = 7 * 24 * 60 * 60;

/// `GET /programme/organisations`.
pub(super) async fn organisations(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    show(&app, &visitor, &html! {}).await
}

async fn show(app: &App, visitor: &Visitor, told: &Markup) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (affiliations, organisations) = app
        .run(move |platform| {
            Ok::<_, ProgrammeError>((platform.affiliations(&person)?, platform.organisations()?))
        })
        .await?;
    let content = html! {
        (told)
        h2.visually-hidden { "Schools and hosts" }
        div.card { (list(&organisations, &affiliations)) }
        (card("Add an organisation", &html! {}, &add_form(&organisations, &visitor.csrf)))
        (card("Add an associate", &html! {}, &associate_form(&organisations, &visitor.csrf)))
    };
    Ok(programme_page(visitor, View::Organisations, "Organisations", INTRO, &content))
}

fn list(organisations: &[Organisation], affiliations: &[Affiliation]) -> Markup {
    let columns = [
        Column::wide("Organisation"),
        Column::text("Kind"),
        Column::text("Part of"),
        Column::wide("Education office"),
        Column::wide("Supervisors"),
    ];
    let name = |id: &str| organisations.iter().find(|one| one.id == id).map(|one| one.name.as_str());
    let people = |id: &str, part: Belonging| {
        let names: Vec<&str> = affiliations
            .iter()
            .filter(|one| one.organisation == id && one.part == part)
            .map(|one| one.person.name.as_str())
            .collect();
        or_none(Some(names.join(", ")).filter(|names| !names.is_empty()).as_deref())
    };
    let row = |one: &Organisation| {
        Row::new(vec![
            html! { (one.name) },
            html! { (one.kind.word()) },
            or_none(one.parent.as_deref().and_then(name)),
            people(&one.id, Belonging::Office),
            people(&one.id, Belonging::Supervisor),
        ])
    };
    let rows: Vec<Row> = organisations.iter().map(row).collect();
    let why = "A class list brings its schools along; hosts are added below.";
    table("Organisations", &columns, &rows, &empty(Icon::Hospital, "No organisations yet", why, &html! {}))
}

fn add_form(organisations: &[Organisation], csrf: &str) -> Markup {
    let kinds =
        [Choice::new("host", "Host"), Choice::new("site", "Site of a host"), Choice::new("school", "School")];
    let mut hosts = vec![Choice::new("", "None")];
    let of_hosts = organisations.iter().filter(|one| one.kind == OrganisationKind::Host);
    hosts.extend(of_hosts.map(|one| Choice::new(&one.id, &one.name)));
    let fields = html! {
        div.form-grid {
            (Field::new("name", "Name").autocomplete("organization").required())
            (Select::new("kind", "Kind", &kinds))
            (Select::new("parent", "Host, if it is a site", &hosts))
        }
        div.form-actions { (submit("Add the organisation", Look::Primary)) }
    };
    post_form("/programme/organisations", csrf, &fields)
}

fn associate_form(organisations: &[Organisation], csrf: &str) -> Markup {
    let mut places = vec![Choice::new("", "Nowhere: a mentor of their own")];
    let of_hosts = organisations.iter().filter(|one| one.kind != OrganisationKind::School);
    places.extend(of_hosts.map(|one| Choice::new(&one.id, &one.name)));
    let parts = [Choice::new("office", "Education office"), Choice::new("supervisor", "Supervisor")];
    let fields = html! {
        div.form-grid {
            (Field::new("person_name", "Name").autocomplete("off").required())
            (Field::new("login", "Login").hint("Letters, digits and . _ - @ +").autocomplete("off").required())
            (Select::new("organisation", "Belongs to", &places))
            (Select::new("part", "As", &parts))
        }
        div.form-actions { (submit("Add and make a sign-in link", Look::Primary)) }
    };
    post_form("/programme/associates", csrf, &fields)
}

#[derive(Deserialize)]
pub(super) struct Sent {
    name: String,
    kind: String,
    #[serde(default)]
    parent: String,
}

/// `POST /programme/organisations`.
pub(super) async fn add(State(app): State<App>, form: PageForm<Sent>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let kind = OrganisationKind::from_word(&sent.kind).ok_or(Fault::Unreadable)?;
    let done = app.run(move |platform| {
        platform.add_organisation(
            &person,
            &NewOrganisation { name: &sent.name, kind, parent: Some(&sent.parent) },
        )
    });
    said_at(done.await, "/programme/organisations", |made| format!("“{}” is there.", made.name))
}

#[derive(Deserialize)]
pub(super) struct SentAssociate {
    person_name: String,
    login: String,
    #[serde(default)]
    organisation: String,
    part: String,
}

/// `POST /programme/associates`: makes the account, and a link that signs its owner in, shown once.
pub(super) async fn add_associate(
    State(app): State<App>,
    BaseUrl(server): BaseUrl,
    form: PageForm<SentAssociate>,
) -> Result<Response, Fault> {
    let (visitor, sent) = (form.visitor, form.fields);
    let part = Belonging::from_word(&sent.part).ok_or(Fault::Unreadable)?;
    let person = visitor.person.clone();
    let made = app.run(move |platform| {
        let at = (!sent.organisation.is_empty()).then_some((sent.organisation.as_str(), part));
        let new = NewAssociate { login: sent.login.trim(), name: &sent.person_name, at };
        let made = platform.add_associate(&person, &new)?;
        let secret = platform.people().add_sign_in_link(&made.id, LINK_VALID_S);
        Ok::<_, ProgrammeError>((made, secret.map_err(ProgrammeError::from)?))
    });
    match made.await {
        Ok((made, secret)) => {
            let words = html! {
                p { "Hand it to " (made.name) ", and to nobody else. It signs them in once, within a week, and is shown only now." }
                (code_block("sign-in-link", "Sign-in link", &format!("{server}/sign-in/{secret}")))
            };
            let told =
                html! { div role="status" { (notice(Tone::Good, Some("The link is ready"), &words)) } };
            Ok(show(&app, &visitor, &told).await?.into_response())
        }
        Err(ProgrammeError::People(PeopleError::Store(platform::StoreError::Conflict { what }))) => said_at(
            Err::<(), _>(ProgrammeError::Invalid { field: "login", what }),
            "/programme/organisations",
            |()| String::new(),
        ),
        Err(error) => said_at(Err::<(), _>(error), "/programme/organisations", |()| String::new()),
    }
}
