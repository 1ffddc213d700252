use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use maud::{Markup, html};
use platform::kits::model::{Input, Kit};
use platform::kits::{FILLED_IN, kit};
use serde::Deserialize;

use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{
    Column, Field, Link, Look, Row, Takes, Tone, breadcrumbs, card, link_button, notice, post_form, submit,
    table,
};

#[derive(Deserialize)]
pub(crate) struct OfKit {
    pub(super) kit: String,
}

/// `GET …/kits/{kit}`: what a kit needs to know, and what has to be there, before it starts.
pub(crate) async fn form(
    inside: Inside,
    Path(of): Path<OfKit>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Markup, Fault> {
    let kit = kit(&of.kit)?;
    let preset = asked.get("preset").and_then(|id| kit.presets.iter().find(|preset| preset.id == id));
    let mut values = of_hospital(&inside, kit);
    for (name, value) in preset.into_iter().flat_map(|preset| preset.values) {
        values.insert((*name).to_owned(), (*value).to_owned());
    }
    Ok(draw(&inside, kit, &values, &[]))
}

/// What is filled in already: where this hospital itself is.
fn of_hospital(inside: &Inside, kit: &Kit) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> =
        kit.inputs.iter().map(|input| (input.name.to_owned(), input.default.to_owned())).collect();
    if kit.input("token").is_some() {
        values.insert("url".to_owned(), inside.fhir());
    }
    if kit.input("facility").is_some() {
        values.insert("facility".to_owned(), inside.sandbox.clone());
    }
    values
}

/// The page with these values and problems.
pub(super) fn draw(
    inside: &Inside,
    kit: &Kit,
    values: &BTreeMap<String, String>,
    problems: &[String],
) -> Markup {
    let at = inside.to(&format!("kits/{}", kit.id));
    let work = html! {
        (breadcrumbs(&[Link::to("Test kits", &inside.to("kits")), Link::to(kit.title, &at).current(true)]))
        div.stack {
            h2 { (kit.title) }
            p { (kit.about) }
            (card("Before it starts", &html! {}, &html! {
                ul { @for one in kit.prerequisites { li { (one) } } }
                @if kit.sample.is_some() {
                    p { "A record with everything the kit looks for can be loaded first: " a href={ (at) "/sample" } download { "the sample as a transaction Bundle" } "." }
                }
            }))
            (card("Start", &presets(inside, kit), &html! {
                @if !problems.is_empty() {
                    div role="alert" { (notice(Tone::Bad, Some("It did not start"), &html! { ul { @for one in problems { li { (one) } } } })) }
                }
                (post_form(&at, &inside.visitor.csrf, &html! {
                    @for input in kit.inputs.iter().filter(|input| !FILLED_IN.contains(&input.name)) { (field(input, values)) }
                    @if kit.input("token").is_some() {
                        p.quiet { "A token for this hospital is made at " a href="/me/tokens" { "Tokens for your own tools" } ". It is kept nowhere." }
                    }
                    div.form-actions { (submit("Start the run", Look::Primary)) }
                }))
            }))
            (requirements(kit))
        }
    };
    inside.page(Tab::Kits, kit.title, &work)
}

fn presets(inside: &Inside, kit: &Kit) -> Markup {
    html! {
        span.row {
            @for preset in &kit.presets {
                (link_button(preset.title, &inside.to(&format!("kits/{}?preset={}", kit.id, preset.id)), Look::Plain))
            }
        }
    }
}

fn field(input: &Input, values: &BTreeMap<String, String>) -> Markup {
    let value = values.get(input.name).map(String::as_str).unwrap_or_default();
    let takes = if input.secret { Takes::Password } else { Takes::Text };
    let field = Field::new(input.name, input.title).hint(input.about).takes(takes);
    let field = if input.secret { field.autocomplete("off") } else { field.value(value) };
    html! { @if input.optional { (field) } @else { (field.required()) } }
}

fn requirements(kit: &Kit) -> Markup {
    let row = |one: &platform::kits::model::Requirement| {
        let tests = kit.tests().iter().filter(|test| test.requirements.contains(&one.id)).count();
        Row::new(vec![
            html! { code { (one.id) } },
            html! { (one.text) },
            html! { (one.source) },
            html! { (tests) },
        ])
    };
    let columns =
        [Column::text("Name"), Column::wide("What is asked"), Column::wide("Where"), Column::number("Tests")];
    let rows: Vec<Row> = kit.requirements.iter().map(row).collect();
    card("Requirements", &html! {}, &table("What the standard asks", &columns, &rows, &html! {}))
}
