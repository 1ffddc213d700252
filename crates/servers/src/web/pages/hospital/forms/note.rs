use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::html;
use platform::ehr::chart::Section;
use platform::ehr::commands::NOTE_KINDS;

use super::{Fields, Filled, Opened, about, about_part, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Field, Look, Select, Takes, link_button, submit};

/// `GET …/patients/{patient}/note`: with `?kind=sbar` on its template, with `?addends=ID` as an addendum.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let kind = asked.get("kind").cloned();
    let open = about_part(&app, &inside, &of.patient, Section::Notes, move |chart| {
        kind.map(|kind| chart.note_template(&kind)).transpose()
    });
    let (opened, template) = open.await?;
    let mut filled = Filled { fields: asked, ..Filled::default() };
    filled.fields.extend(template.map(|text| ("text".to_owned(), text)));
    Ok(shown(&inside, &opened, &filled))
}

/// `POST …/patients/{patient}/note`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let mut fields = form.fields;
    fields.insert("patient".to_owned(), of.patient.clone());
    match run(&app, &inside, "write_note", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "notes"))),
        Err(filled) => Ok(shown(&inside, &about(&app, &inside, &of.patient).await?, &filled)),
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "notes");
    let labels = NOTE_KINDS.map(|kind| {
        if kind.name == "sbar" { "SBAR".to_owned() } else { capital(&kind.name.replace('-', " ")) }
    });
    let kinds: Vec<Choice<'_>> =
        NOTE_KINDS.iter().zip(&labels).map(|(kind, label)| Choice::new(kind.name, label)).collect();
    let addends = filled.value("addends");
    let write = inside.to_chart(&opened.banner.identity.id, "note");
    let fields = html! {
        @if !addends.is_empty() { p { "An addendum: the note it adds to stays as it was signed." } input type="hidden" name="addends" value=(addends); }
        @else {
            nav.row aria-label="Templates" {
                span.quiet { "Begin with a template:" }
                @for (kind, label) in NOTE_KINDS.iter().zip(&labels).skip(1) { a.button.button-small href={ (write) "?kind=" (kind.name) } { (label) } }
            }
        }
        (Select::new("kind", "Kind", &kinds).chosen(filled.value("kind")).error(filled.error("kind")))
        (Field::new("text", "Note").takes(Takes::Block).value(filled.value("text")).error(filled.error("text")).required())
        div.form-actions { (submit("Sign and keep", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Write a note", "note", &fields)
}
