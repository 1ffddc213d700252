use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::StoreError;
use platform::people::{NewPerson, PeopleError, Person, PersonId, Role};
use serde::Deserialize;

use super::guard::check_teaches;
use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{
    Field, Link, Look, Takes, Tone, card, code_block, form_problems, link_button, notice, post_form, sheet,
    submit,
};

/// How long a link works, in seconds.
const LINK_VALID_S: u32 = 7 * 24 * 60 * 60;

#[derive(Deserialize)]
pub(crate) struct Learner {
    name: String,
    login: String,
    #[serde(default)]
    password: String,
}

/// What was wrong with a form: the field and the sentence.
pub(super) type Wrong = (&'static str, String);

/// `POST /class/people`: makes an account, and a link that signs its owner in.
pub(crate) async fn add(
    State(app): State<App>,
    BaseUrl(server): BaseUrl,
    form: PageForm<Learner>,
) -> Result<Response, Fault> {
    let (visitor, fields) = (form.visitor, form.fields);
    check_teaches(&visitor)?;
    let (name, login, password) = (fields.name.clone(), fields.login.clone(), fields.password.clone());
    let made = app.run(move |platform| {
        let password = Some(password.as_str()).filter(|password| !password.is_empty());
        let new = NewPerson { login: login.trim(), name: &name, role: Role::Learner, password };
        let person = platform.people().add(new)?;
        let secret = platform.people().add_sign_in_link(&person.id, LINK_VALID_S)?;
        Ok::<_, PeopleError>((person, secret))
    });
    match made.await {
        Ok((person, secret)) => Ok(handed_out(&visitor, &person, &server, &secret).into_response()),
        Err(error) => {
            let wrong = wrong(error)?;
            let form = add_form(&visitor.csrf, Some((&fields, &wrong)));
            let content = card("Add a learner", &html! {}, &form);
            let crumbs = [Link::to("Class", "/class"), Link::to("Add a learner", "")];
            let page = sheet(&crumbs, "Add a learner", None, &content);
            let page = framed(&visitor, Place::Class, "Add a learner", None, &page);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// What is wrong with the form; an error that is not about it is a fault.
fn wrong(error: PeopleError) -> Result<Wrong, Fault> {
    match error {
        PeopleError::Invalid { field, rule } => Ok((field, format!("It {rule}."))),
        PeopleError::Store(StoreError::Conflict { .. }) => {
            Ok(("login", "Somebody has this login already; choose another.".to_owned()))
        }
        other => Err(other.into()),
    }
}

#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// `POST /class/{person}/link`: a link that signs a learner in, shown once.
pub(crate) async fn link(
    State(app): State<App>,
    BaseUrl(server): BaseUrl,
    Path(person): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Markup, Fault> {
    check_teaches(&form.visitor)?;
    let id = PersonId::from(person.as_str());
    let made = app.run(move |platform| {
        let person = platform.people().get(&id)?.filter(|person| person.role == Role::Learner);
        let secret =
            person.as_ref().map(|person| platform.people().add_sign_in_link(&person.id, LINK_VALID_S));
        Ok::<_, PeopleError>(person.zip(secret.transpose()?))
    });
    let (person, secret) =
        made.await?.ok_or_else(|| Fault::Missing("There is no such learner.".to_owned()))?;
    Ok(handed_out(&form.visitor, &person, &server, &secret))
}

fn handed_out(visitor: &Visitor, person: &Person, server: &str, secret: &str) -> Markup {
    let words = html! {
        p { "Hand it to " (person.name) ", and to nobody else. It signs them in once, within a week, and is shown only now." }
        (code_block("sign-in-link", "Sign-in link", &format!("{server}/sign-in/{secret}")))
    };
    let content = html! {
        div role="status" { (notice(Tone::Good, Some("The link is ready"), &words)) }
        p { (link_button("Back to the class", "/class", Look::Primary)) }
    };
    let title = format!("A sign-in link for {}", person.name);
    let crumbs = [Link::to("Class", "/class"), Link::to(&title, "")];
    framed(
        visitor,
        Place::Class,
        &title,
        None,
        &sheet(&crumbs, &title, None, &html! { div.stack { (content) } }),
    )
}

/// The form that adds a learner, as it was filled in and with what was wrong.
pub(super) fn add_form(csrf: &str, sent: Option<(&Learner, &Wrong)>) -> Markup {
    let error = |field: &str| sent.filter(|(_, wrong)| wrong.0 == field).map(|(_, wrong)| wrong.1.as_str());
    let value = |of: fn(&Learner) -> &str| sent.map(|(learner, _)| of(learner)).unwrap_or_default();
    let problems: Vec<(&str, &str)> = sent.iter().map(|(_, wrong)| (wrong.0, wrong.1.as_str())).collect();
    let fields = html! {
        (form_problems(&problems))
        div.form-grid {
            (Field::new("name", "Name").value(value(|it| &it.name)).error(error("name")).autocomplete("off").required())
            (Field::new("login", "Login").value(value(|it| &it.login)).error(error("login")).hint("Letters, digits and . _ - @ +").autocomplete("off").required())
            (Field::new("password", "Password").takes(Takes::Password).error(error("password")).hint("Leave it empty to let them in by link only.").autocomplete("new-password"))
        }
        div.form-actions { (submit("Add and make a sign-in link", Look::Primary)) }
    };
    post_form("/class/people", csrf, &fields)
}

/// The button that makes another link for a learner.
pub(super) fn link_form(person: &Person, csrf: &str) -> Markup {
    let body = html! {
        p { "A link signs " (person.name) " in once, within a week. Handy when a password is forgotten, or was never set." }
        div.form-actions { (submit("Make a sign-in link", Look::Plain)) }
    };
    post_form(&format!("/class/{}/link", person.id), csrf, &body)
}
