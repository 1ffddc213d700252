use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::chart::{Alike, Section};

use super::{Fields, Filled, Opened, about_part, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::pages::words::{date, percent};
use crate::web::ui::{Choice, Field, Look, Tone, link_button, notice, radios, submit};

/// `GET …/patients/{patient}/merge`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let (opened, alike) = open(&app, &inside, &of.patient).await?;
    Ok(shown(&inside, &opened, &alike, &Filled::default()))
}

async fn open(app: &App, inside: &Inside, patient: &str) -> Result<(Opened, Vec<Alike>), Fault> {
    about_part(app, inside, patient, Section::Summary, |chart| chart.alike()).await
}

/// `POST …/patients/{patient}/merge`: retires another chart into this one.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let mut fields = form.fields;
    let other = fields.remove("other").unwrap_or_default();
    if !other.trim().is_empty() {
        fields.insert("retired".to_owned(), other.clone());
    }
    fields.insert("surviving".to_owned(), of.patient.clone());
    match run(&app, &inside, "merge_patients", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "summary"))),
        Err(mut filled) => {
            filled.fields.insert("other".to_owned(), other);
            let (opened, alike) = open(&app, &inside, &of.patient).await?;
            Ok(shown(&inside, &opened, &alike, &filled))
        }
    }
}

fn shown(inside: &Inside, opened: &Opened, alike: &[Alike], filled: &Filled) -> Response {
    let who = &opened.banner.identity;
    let words = html! { p { "This chart stays. The other one is retired: it keeps its history and a link to this one, and all that was written in it moves here. A merge can be taken back." } };
    let fields = html! {
        (notice(Tone::Info, None, &words))
        input type="hidden" name="expected_version" value=(who.version);
        (choices(alike, filled))
        (Field::new("other", "Another chart, by MRN").value(filled.value("other")).autocomplete("off"))
        (Field::new("reason", "Why the two charts are of one person").value(filled.value("reason")).error(filled.error("reason")).autocomplete("off").required())
        div.form-actions { (submit("Merge", Look::Primary)) (link_button("Cancel", &inside.to_chart(&who.id, "summary"), Look::Quiet)) }
    };
    opened.page(inside, filled, "Merge", "merge", &fields)
}

/// The charts that may be of the same person, to choose one from.
fn choices(alike: &[Alike], filled: &Filled) -> Markup {
    let words: Vec<String> = alike.iter().map(words_of).collect();
    let choices: Vec<Choice<'_>> =
        alike.iter().zip(&words).map(|(one, words)| Choice::new(&one.identity.id, words)).collect();
    html! {
        div #retired {
            @if choices.is_empty() { p.quiet { "No other chart is much like this one." } }
            @else { (radios("retired", "The chart to retire", &choices, filled.value("retired"))) }
        }
    }
}

fn words_of(one: &Alike) -> String {
    let who = &one.identity;
    let born = who.birth_date.as_deref().map_or_else(|| "birth date not recorded".to_owned(), date);
    let mrn = who.mrn.as_deref().unwrap_or("none");
    format!("{}, MRN {mrn}, {born}: {} alike", who.name, percent(one.likeness))
}
