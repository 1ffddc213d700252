use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::compliance::{ComplianceError, PaperKind, file_paper, topics};

use super::fields::{Kind, Part, parts_of, words};
use super::read;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::desk::parts;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;
use crate::web::ui::{
    Choice, Field, Icon, Look, Select, Takes, Tone, csrf_field, facts, notice, submit_with,
};

/// `GET …/compliance/new/{kind}`: an empty form.
pub(super) async fn form(inside: Inside, Path(at): Path<BTreeMap<String, String>>) -> Result<Markup, Fault> {
    let kind = named(&at)?;
    Ok(shown(&inside, kind, &[], None))
}

/// `POST …/compliance/new/{kind}`: files the paper, or shows the form again where it cannot be read.
pub(super) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(at): Path<BTreeMap<String, String>>,
    PageForm { fields, .. }: PageForm<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let kind = named(&at)?;
    let form = read::form(&parts_of(kind), &fields);
    let filed = inside.run(&app, move |_, access| match file_paper(access, kind, &form) {
        Ok(paper) => Ok(Ok(paper)),
        Err(ComplianceError::Store(error)) => Err(error),
        Err(error) => Ok(Err(error.to_string())),
    });
    Ok(match filed.await? {
        Ok(paper) => {
            let page = inside.to(&format!("compliance/papers/{}", paper.id));
            match paper.faults.len() {
                0 => Said::well(format!("{} is filed.", paper.id)).at(&page),
                1 => Said::badly(format!("{} is filed with a fault.", paper.id)).at(&page),
                faults => Said::badly(format!("{} is filed with {faults} faults.", paper.id)).at(&page),
            }
        }
        Err(why) => shown(&inside, kind, &fields, Some(&why)).into_response(),
    })
}

fn named(at: &BTreeMap<String, String>) -> Result<PaperKind, Fault> {
    let name = at.get("kind").map(String::as_str).unwrap_or_default();
    PaperKind::named(name).ok_or_else(|| Fault::Missing(format!("there is no paper of kind {name}")))
}

fn shown(inside: &Inside, kind: PaperKind, sent: &[(String, String)], wrong: Option<&str>) -> Markup {
    let (title, about) = words(kind);
    let work = html! {
        h2 { (title) }
        (parts(inside, "Compliance"))
        p { (about) }
        @if kind == PaperKind::Policy { (settled()) }
        @if let Some(wrong) = wrong {
            div role="alert" { (notice(Tone::Bad, Some("This cannot be filed yet"), &html! { (wrong) })) }
        }
        form.stack.paper method="post" action=(inside.to(&format!("compliance/new/{}", kind.word()))) {
            (csrf_field(&inside.visitor.csrf))
            @for part in parts_of(kind) { (asked(&part, sent)) }
            (submit_with(Icon::Send, "File it", Look::Primary))
        }
    };
    inside.page(Tab::Security, title, &work)
}

/// What a policy has to settle, topic by topic.
fn settled() -> Markup {
    let all: Vec<(&str, Markup)> = topics()
        .topics
        .iter()
        .map(|topic| {
            (topic.title.as_str(), html! { (capital(&topic.settles)) ". " span.quiet { (topic.section) } })
        })
        .collect();
    html! {
        details {
            summary { "What a policy has to settle" }
            (facts(&all))
        }
    }
}

fn asked(part: &Part, sent: &[(String, String)]) -> Markup {
    let value = sent.iter().find(|(name, _)| *name == part.at).map_or("", |(_, text)| text.as_str());
    let takes = match part.kind {
        Kind::YesNo => return chosen(part, &[("no", "No"), ("yes", "Yes")], value),
        Kind::OneOf(choices) => return chosen(part, choices, value),
        Kind::Line | Kind::Entries | Kind::References => Takes::Text,
        Kind::Block => Takes::Block,
        Kind::Day => Takes::Date,
        Kind::Number => Takes::Number,
    };
    let field = Field::new(&part.at, &part.label).takes(takes).value(value);
    let field = if part.hint.is_empty() { field } else { field.hint(&part.hint) };
    html! { (if part.optional { field } else { field.required() }) }
}

fn chosen(part: &Part, choices: &[(&str, &str)], value: &str) -> Markup {
    let choices: Vec<Choice<'_>> = choices.iter().map(|(word, label)| Choice::new(word, label)).collect();
    let select = Select::new(&part.at, &part.label, &choices).chosen(value);
    if part.hint.is_empty() {
        html! { (select) }
    } else {
        html! { (select.hint(&part.hint)) }
    }
}
