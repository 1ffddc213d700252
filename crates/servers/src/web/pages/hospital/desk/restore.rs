use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::response::{ResponseError, Restore, Restored, restore};
use serde::Deserialize;
use standards::fhir::instant;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Field, Icon, Look, Takes, Tone, csrf_field, notice, submit_with};

/// Records shown by name; the others are counted.
const SHOWN_MAX: usize = 40;

/// Which records, and to when, as a form has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    as_of: String,
    changed_by: String,
    records: String,
}

impl Asked {
    fn restore(&self, only_look: bool) -> Result<Restore, String> {
        let as_of_us = instant::parse(self.as_of.trim())
            .ok_or("The moment must look like 2031-03-04T06:40:00Z, by the hospital's clock.")?;
        let changed_by = Some(self.changed_by.trim().to_owned()).filter(|login| !login.is_empty());
        let records = self.records.split([',', ' ', '\n', '\r']).filter(|text| !text.is_empty());
        Ok(Restore { as_of_us, changed_by, records: records.map(str::to_owned).collect(), only_look })
    }
}

/// The card with the form, and what would be brought back, if that is asked.
pub(super) async fn look(app: &App, inside: &Inside, asked: &Asked) -> Result<Markup, Fault> {
    let wanted = if asked.as_of.is_empty() { None } else { Some(asked.restore(true)) };
    let seen = match wanted {
        Some(Ok(wanted)) => {
            let seen = inside.run(app, move |platform, access| match restore(platform, access, &wanted) {
                Err(ResponseError::Store(error)) => Err(error),
                told => Ok(told.map_err(|error| error.to_string())),
            });
            Some(seen.await?)
        }
        Some(Err(why)) => Some(Err(why)),
        None => None,
    };
    let by = "Records that this account changed after the moment. Leave it empty to name records yourself.";
    Ok(html! {
        section.card #restore {
            header.card-head { h2 { "Bring records back" } }
            div.card-body {
                p { "What stood there at a moment becomes the newest version. The bad one stays in the history, where an auditor finds it." }
                form.form method="get" action={ (inside.to("security/response")) "#restore" } {
                    (Field::new("as_of", "As of").value(&asked.as_of).placeholder("2031-03-04T06:40:00Z").required().autocomplete("off"))
                    (Field::new("changed_by", "Changed by").value(&asked.changed_by).hint(by).autocomplete("off"))
                    (Field::new("records", "These records").takes(Takes::Block).value(&asked.records).hint("Type/ID, parted by commas or lines."))
                    div.form-actions { (submit_with(Icon::Search, "See what would come back", Look::Plain)) }
                }
                @match &seen {
                    None => {}
                    Some(Err(why)) => div role="alert" { (notice(Tone::Bad, None, &html! { (why) })) }
                    Some(Ok(seen)) => (told(inside, asked, seen)),
                }
            }
        }
    })
}

fn told(inside: &Inside, asked: &Asked, seen: &Restored) -> Markup {
    let names = |records: &[String]| {
        html! {
            ul.desk-pack { @for at in records.iter().take(SHOWN_MAX) { li { code { (at) } } } }
            @if records.len() > SHOWN_MAX { p.quiet { "and " (records.len() - SHOWN_MAX) " more" } }
        }
    };
    html! {
        (notice(Tone::Neutral, Some(&format!("{} records would be as they were", seen.restored.len())), &names(&seen.restored)))
        @if !seen.also_changed_by_others.is_empty() {
            (notice(Tone::Warn, Some("Somebody else changed these after that moment too; that would go"), &names(&seen.also_changed_by_others)))
        }
        @if !seen.not_there.is_empty() {
            (notice(Tone::Neutral, Some("These were not there then and stay as they are"), &names(&seen.not_there)))
        }
        @if !seen.restored.is_empty() {
            form method="post" action=(inside.to("security/response/restore")) {
                (csrf_field(&inside.visitor.csrf))
                @for (name, value) in [("as_of", &asked.as_of), ("changed_by", &asked.changed_by), ("records", &asked.records)] {
                    input type="hidden" name=(name) value=(value);
                }
                (submit_with(Icon::Shield, "Bring them back", Look::Primary))
            }
        }
    }
}

/// `POST …/security/response/restore`.
pub(super) async fn send(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Asked>,
) -> Result<Response, Fault> {
    let wanted = fields.restore(false).map_err(Fault::Refused)?;
    let done = inside.run(&app, move |platform, access| restore(platform, access, &wanted)).await?;
    Ok(Said::well(format!("{} records are as they were.", done.restored.len()))
        .at(&inside.to("security/response")))
}
