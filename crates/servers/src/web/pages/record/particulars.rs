use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::record::Particulars;
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::date;
use crate::web::ui::{Field, Link, Look, Takes, card, facts, or_none, post_form, sheet, submit};

const TITLE: &str = "Sealed particulars";

/// `GET /record/particulars`: one's own.
pub(super) async fn own(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let known = app.run(move |platform| platform.own_particulars(&person)).await?;
    let crumbs = [Link::to("Apprenticeships", "/record"), Link::to(TITLE, "")];
    let intro = "What a programme may have to report about who it serves. Each answer may be left out. It is kept encrypted, apart from everything else; only you \
and the education office of your employer can open it, and you see when they do. No match, no pairing and no mentor ever does.";
    let content = html! {
        (said(visitor.said.as_ref()))
        (card("Yours", &html! {}, &post_form("/record/particulars", &visitor.csrf, &html! {
            div.form-grid {
                (Field::new("born", "Day of birth").takes(Takes::Date).value(&known.born).autocomplete("bday"))
                (Field::new("sex", "Sex").value(&known.sex).autocomplete("off"))
                (Field::new("ethnicity", "Race and ethnicity").value(&known.ethnicity).autocomplete("off"))
                (Field::new("veteran", "Served in the armed forces").value(&known.veteran).autocomplete("off"))
                (Field::new("disability", "Disability").value(&known.disability).autocomplete("off"))
            }
            div.form-actions { (submit("Seal it", Look::Primary)) }
        })))
    };
    Ok(framed(&visitor, Place::Places, TITLE, None, &sheet(&crumbs, TITLE, Some(intro), &content)))
}

#[derive(Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    born: String,
    #[serde(default)]
    sex: String,
    #[serde(default)]
    ethnicity: String,
    #[serde(default)]
    veteran: String,
    #[serde(default)]
    disability: String,
}

/// `POST /record/particulars`.
pub(super) async fn keep(State(app): State<App>, form: PageForm<Given>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let text = |text: String| text.trim().to_owned();
    let given = Particulars {
        born: text(sent.born),
        sex: text(sent.sex),
        ethnicity: text(sent.ethnicity),
        veteran: text(sent.veteran),
        disability: text(sent.disability),
    };
    let done = app.run(move |platform| platform.set_particulars(&person, &given)).await;
    said_at(done, "/record/particulars", "Sealed. Leave everything out to have it forgotten.")
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /record/{id}/particulars`: for the employer's office, once; the look is on record.
pub(super) async fn look(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Markup, Fault> {
    let (visitor, back) = (form.visitor, format!("/record/{id}"));
    let person = visitor.person.clone();
    let known = app.run(move |platform| platform.look_at_particulars(&person, &id)).await?;
    let told = |text: &str| or_none(Some(text).filter(|text| !text.is_empty()));
    let content = card(
        "Opened now",
        &html! {},
        &html! {
            (facts(&[
                ("Day of birth", told(&date(&known.born))),
                ("Sex", told(&known.sex)),
                ("Race and ethnicity", told(&known.ethnicity)),
                ("Served in the armed forces", told(&known.veteran)),
                ("Disability", told(&known.disability)),
            ]))
            p.quiet.small { "That you looked stands in the record. This page is not kept: load it again, and it asks anew." }
        },
    );
    let crumbs = [Link::to("Apprenticeships", "/record"), Link::to("The record", &back), Link::to(TITLE, "")];
    Ok(framed(&visitor, Place::Places, TITLE, None, &sheet(&crumbs, TITLE, None, &content)))
}
