use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::ehr::chart::{Evaluated, Leaf, Of, Section, evaluate};
use serde::Deserialize;

use super::path_result::{result, unreadable};
use super::{At, OfPatient};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Choice, Field, Look, Select, Takes, card, csrf_field, submit};

/// Expressions to begin with: the type they are for, what they ask, the expression.
const EXAMPLES: [(&str, &str, &str); 8] = [
    ("Patient", "Names in one line", "name.select(given.join(' ') & ' ' & family)"),
    ("Patient", "The medical record number", "identifier.where(type.coding.code = 'MR').value"),
    ("Patient", "Whether they are of age", "birthDate <= today() - 18 years"),
    ("Patient", "Everything that is a code", "descendants().ofType(code).distinct()"),
    ("Encounter", "How a stay began and ended", "period.start | period.end"),
    ("Encounter", "Where they are now", "location.where(status = 'active').location.resolve().name"),
    (
        "Observation",
        "The value with its unit",
        "value.ofType(Quantity).select(value.toString() & ' ' & unit)",
    ),
    ("Observation", "Whose it is", "subject.resolve().name.first().family"),
];

/// Pasted JSON may be so long, in bytes.
const JSON_BYTES_MAX: usize = 200_000;

/// What is tried, and on what.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Tried {
    expression: String,
    /// `Type/ID`; the patient when empty.
    resource: String,
    /// JSON to use instead.
    json: String,
}

/// `GET …/patients/{patient}/fhirpath`: the workbench, with a result if an expression is in the address.
pub(crate) async fn bench(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(tried): Query<Tried>,
) -> Result<Markup, Fault> {
    whole(&app, inside, &of.patient, tried).await
}

/// `POST …/patients/{patient}/fhirpath`: only the result where a script asks, otherwise the page again.
pub(crate) async fn attempt(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    headers: HeaderMap,
    form: PageForm<Tried>,
) -> Result<Response, Fault> {
    if headers.contains_key("hx-request") {
        return Ok(outcome(&app, &inside, &of.patient, &form.fields).await?.into_response());
    }
    Ok(whole(&app, inside, &of.patient, form.fields).await?.into_response())
}

async fn whole(app: &App, inside: Inside, patient: &str, tried: Tried) -> Result<Markup, Fault> {
    let inside = inside.with_chart(patient);
    let at = At { app, inside: &inside, patient };
    let (banner, leaves) = at.load(Section::Fhirpath, |chart| chart.leaves()).await?;
    let shown = outcome(app, &inside, patient, &tried).await?;
    Ok(at.draw(&banner, "fhirpath", &drawn(&at, &leaves, &tried, &shown)))
}

/// Evaluates what is tried, away from the threads that serve.
async fn outcome(app: &App, inside: &Inside, patient: &str, tried: &Tried) -> Result<Markup, Fault> {
    let expression = tried.expression.trim_end().to_owned();
    let json = match tried.json.trim() {
        "" => None,
        long if long.len() > JSON_BYTES_MAX => {
            return Ok(unreadable(&format!("it is longer than {JSON_BYTES_MAX} bytes")));
        }
        text => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(json) => Some(json),
            Err(error) => return Ok(unreadable(&error.to_string())),
        },
    };
    if expression.trim().is_empty() {
        return Ok(result("", None));
    }
    let reference =
        if tried.resource.is_empty() { format!("Patient/{patient}") } else { tried.resource.clone() };
    let (patient, asked) = (patient.to_owned(), expression.clone());
    let evaluated: Evaluated = inside
        .run(app, move |_, access| {
            let of = json.as_ref().map_or(Of::Reference(&reference), Of::Json);
            evaluate(access, &patient, of, &asked)
        })
        .await?;
    Ok(result(&expression, Some(&evaluated)))
}

fn drawn(at: &At<'_>, leaves: &[Leaf], tried: &Tried, shown: &Markup) -> Markup {
    let action = at.to("fhirpath");
    let labels: Vec<String> = leaves.iter().map(label).collect();
    let choices: Vec<Choice<'_>> =
        leaves.iter().zip(&labels).map(|(leaf, label)| Choice::new(&leaf.reference, label)).collect();
    let chosen = if tried.resource.is_empty() {
        leaves.first().map_or("", |own| &own.reference)
    } else {
        &tried.resource
    };
    let form = html! {
        form.form.path-bench method="post" action=(action) hx-post=(action) hx-target="#path-result" hx-swap="innerHTML"
            hx-trigger="input delay:300ms, submit" hx-sync="this:replace" {
            (csrf_field(&at.inside.visitor.csrf))
            (Select::new("resource", "Resource", &choices).chosen(chosen))
            (Field::new("expression", "Expression").takes(Takes::Block).value(&tried.expression)
                .hint("Evaluated as you type. Paths begin at the resource: name.family"))
            details open[!tried.json.is_empty()] {
                summary { "Use other JSON instead" }
                (Field::new("json", "JSON").takes(Takes::Block).value(&tried.json)
                    .hint("A resource, or any other JSON. While something stands here, the resource above is not used."))
            }
            div.form-actions { (submit("Evaluate", Look::Primary)) }
        }
    };
    html! {
        div.path-page {
            div.path-pair {
                (card("Try an expression", &html! {}, &form))
                section.card aria-labelledby="path-result-title" {
                    header.card-head { h2 id="path-result-title" { "Result" } }
                    div.card-body id="path-result" aria-live="polite" { (shown) }
                }
            }
            div.path-pair {
                (card("Examples", &html! {}, &examples(&action, leaves)))
                path-history sandbox=(at.inside.sandbox) action=(action) hidden {
                    section.card aria-labelledby="path-history-title" {
                        header.card-head { h2 id="path-history-title" { "Tried before" } button.button.button-quiet type="button" data-clear { "Forget" } }
                        ol.path-list.card-body {}
                    }
                }
            }
        }
    }
}

fn label(leaf: &Leaf) -> String {
    let kind = leaf.reference.split_once('/').map_or("", |(kind, _)| kind);
    format!("{kind}: {}", leaf.title)
}

/// Examples for what this chart has, each on the first resource of its type.
fn examples(action: &str, leaves: &[Leaf]) -> Markup {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for leaf in leaves {
        if let Some((kind, _)) = leaf.reference.split_once('/') {
            first.entry(kind).or_insert(&leaf.reference);
        }
    }
    html! {
        ul.path-list {
            @for (kind, what, expression) in EXAMPLES {
                @if let Some(reference) = first.get(kind) {
                    li { a href=(address(action, reference, expression)) { (kind) ": " (what) } code { (expression) } }
                }
            }
        }
    }
}

fn address(action: &str, resource: &str, expression: &str) -> String {
    let query = [("resource", resource), ("expression", expression)];
    let query = serde_html_form::to_string(query).unwrap_or_default();
    format!("{action}?{query}")
}
