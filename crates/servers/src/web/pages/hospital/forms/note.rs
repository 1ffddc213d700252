use axum::response::Response;
use maud::html;
use platform::ehr::chart::Section;
use platform::ehr::commands::NOTE_KINDS;

use super::{ChartForm, Filled, Opened, about, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Field, Look, Select, Takes, link_button, submit};

/// `…/patients/{patient}/note`: with `?kind=sbar` on its template, with `?addends=ID` as an addendum.
pub(crate) struct Note;

impl ChartForm for Note {
    const COMMAND: &'static str = "write_note";
    const THEN: &'static str = "notes";

    async fn draw(app: &App, inside: &Inside, patient: &str, mut filled: Filled) -> Result<Response, Fault> {
        if filled.is_refused() {
            return Ok(shown(inside, &about(app, inside, patient).await?, &filled));
        }
        let kind = filled.fields.get("kind").cloned();
        let open = about_part(app, inside, patient, Section::Notes, move |chart| {
            kind.map(|kind| chart.note_template(&kind)).transpose()
        });
        let (opened, template) = open.await?;
        filled.fields.extend(template.map(|text| ("text".to_owned(), text)));
        Ok(shown(inside, &opened, &filled))
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
