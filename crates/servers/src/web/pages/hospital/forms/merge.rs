use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::chart::{Alike, Section};

use super::{ChartForm, Filled, Opened, Sent, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::{date, percent};
use crate::web::ui::{Choice, Field, Look, Tone, link_button, notice, radios, submit};

/// `…/patients/{patient}/merge`: retires another chart into this one.
pub(crate) struct Merge;

impl ChartForm for Merge {
    const COMMAND: &'static str = "merge_patients";

    fn fields(mut sent: Sent, patient: &str) -> Sent {
        sent.insert("surviving".to_owned(), patient.to_owned());
        let other = sent.remove("other").unwrap_or_default();
        if !other.trim().is_empty() {
            sent.insert("retired".to_owned(), other);
        }
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let (opened, alike) =
            about_part(app, inside, patient, Section::Summary, |chart| chart.alike()).await?;
        Ok(shown(inside, &opened, &alike, &filled))
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
