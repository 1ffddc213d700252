use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::ehr::commands::{LookAlike, SEXES};

use super::{Fields, Filled, run, status};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::pages::words::{capital, date};
use crate::web::ui::{
    Choice, Field, Look, Select, Takes, Tone, card, checkbox, link_button, notice, post_form, submit,
};

/// `GET …/register`.
pub(crate) async fn form(inside: Inside) -> Result<Response, Fault> {
    inside.check("register")?;
    Ok(shown(&inside, &Filled::default()))
}

/// `POST …/register`.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    match run(&app, &inside, "register", form.fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&done.patient, "summary"))),
        Err(filled) => Ok(shown(&inside, &filled)),
    }
}

fn shown(inside: &Inside, filled: &Filled) -> Response {
    let fields = html! {
        (alike(inside, filled))
        (person(filled))
        (contact(filled))
        div.form-actions { (submit("Register", Look::Primary)) (link_button("Cancel", &inside.to("patients"), Look::Quiet)) }
    };
    let body = html! {
        p.quiet { "Before anyone gets a chart: search for the one they may have. Fields with " span.required { "*" } " are needed." }
        (filled.summary())
        (post_form(&inside.to("register"), &inside.visitor.csrf, &fields))
    };
    let work = card("Register a patient", &html! {}, &body);
    (status(filled), inside.page(Tab::Patients, "Register a patient", &work)).into_response()
}

fn person(filled: &Filled) -> Markup {
    let labels = SEXES.map(capital);
    let mut sexes = vec![Choice::new("", "Choose…")];
    sexes.extend(SEXES.iter().zip(&labels).map(|(value, label)| Choice::new(value, label)));
    let text = |name, label| {
        Field::new(name, label).value(filled.value(name)).error(filled.error(name)).autocomplete("off")
    };
    html! {
        div.form-grid {
            (text("family", "Family name").required())
            (text("given", "Given names").hint("All of them, separated by spaces.").required())
            (text("birth_date", "Date of birth").takes(Takes::Date).required())
            (Select::new("sex", "Administrative sex", &sexes).chosen(filled.value("sex")).error(filled.error("sex")).required())
            (text("mrn", "MRN").hint("Leave empty to have the next free number given."))
        }
    }
}

fn contact(filled: &Filled) -> Markup {
    let text = |name, label| {
        Field::new(name, label).value(filled.value(name)).error(filled.error(name)).autocomplete("off")
    };
    html! {
        div.form-grid {
            (text("phone", "Telephone"))
            (text("street", "Street and number"))
            (text("city", "Town"))
            (text("state", "State"))
            (text("postal_code", "Postal code"))
        }
    }
}

/// The patients this may be, and the box that says it is none of them.
fn alike(inside: &Inside, filled: &Filled) -> Markup {
    if filled.alike.is_empty() {
        return html! {};
    }
    let ticked = !filled.value("confirm_new").is_empty();
    let words = html! {
        p { "Look into the chart first. One person with two charts is a danger: what is written in one is not read in the other." }
        ul { @for one in &filled.alike { li { (look_alike(inside, one)) } } }
        (checkbox("confirm_new", "I have made sure that this is somebody else", ticked))
    };
    let title = if filled.alike.len() == 1 {
        "Somebody much like this has a chart"
    } else {
        "People much like this have charts"
    };
    html! { div role="alert" { (notice(Tone::Warn, Some(title), &words)) } }
}

fn look_alike(inside: &Inside, one: &LookAlike) -> Markup {
    html! {
        a href=(inside.to_chart(&one.id, "summary")) { (one.name) }
        ", MRN " code { (one.mrn.as_deref().unwrap_or("none")) }
        ", born " (date(&one.birth_date)) ", " (one.sex)
    }
}
