use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use platform::models::{
    BlindRisks, BlindTest, BlindTry, Opening, Registered, Score, TRIES_MAX, open_blind_test,
};
use serde::Deserialize;

use super::send::NoFields;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::files::SentModel;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::ui::{
    Choice, Column, Confirm, Look, Row, Select, Tone, card, confirm, csrf_field, failure, file_field,
    link_button, loading, notice, post_form, submit, table, tag, upload_form,
};

/// How long a page waits for a test; after that it says that it is being made.
const OPENED_WITHIN: Duration = Duration::from_secs(1);
/// Where the page is, below the hospital.
const PAGE: &str = "models/blind";

#[derive(Deserialize)]
pub(super) struct OfTask {
    task: String,
}

/// A version of a model, `name version`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OfModel {
    model: String,
}

/// The try a test is closed with.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Chosen {
    number: u32,
}

/// `GET …/models/blind`: every blind test there is.
pub(super) async fn page(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let (tests, models) = inside
        .run(&app, |platform, access| {
            Ok::<_, Fault>((platform.blind_tests(access)?, platform.models(access)?))
        })
        .await?;
    Ok(inside.page(Tab::Models, "Blind tests", &drawn(&inside, &tests, &models)))
}

/// `POST …/models/blind/{task}/open`.
pub(super) async fn open(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfTask>,
    _form: PageForm<NoFields>,
) -> Result<Response, Fault> {
    let whole = Arc::clone(&app.platform);
    let opened =
        inside.run(&app, move |_, access| open_blind_test(&whole, access, &of.task, OPENED_WITHIN)).await?;
    Ok(match opened.opened_us {
        Some(_) => Said::well("The test is open. Fetch its cases, and say a risk for each.".to_owned())
            .at(&inside.to(PAGE)),
        None => Redirect::to(&inside.to(PAGE)).into_response(),
    })
}

/// `GET …/models/blind/{task}/opening`: as long as its people are being made; then the page is to be loaded again.
pub(super) async fn opening(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfTask>,
) -> Result<Response, Fault> {
    let test = inside.run(&app, move |platform, access| platform.blind_test(access, &of.task)).await?;
    if test.opening == Some(Opening::Making) {
        return Ok(made(&inside, &test).into_response());
    }
    Ok(([("hx-refresh", HeaderValue::from_static("true"))], html! {}).into_response())
}

/// `GET …/models/blind/{task}/cases.csv`.
pub(super) async fn cases(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfTask>,
) -> Result<Response, Fault> {
    let name = format!("attachment; filename=\"{}-cases.csv\"", of.task);
    let text = inside.run(&app, move |platform, access| platform.blind_cases(access, &of.task)).await?;
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}

/// `POST …/models/blind/{task}/sheet`: risks from elsewhere.
pub(super) async fn sheet(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfTask>,
    sent: SentModel,
) -> Result<Response, Fault> {
    let done = inside
        .run(&app, move |platform, access| {
            platform.try_blind_test(access, &of.task, BlindRisks::Csv(&sent.file))
        })
        .await?;
    Ok(tried(&inside, &done))
}

/// `POST …/models/blind/{task}/model`: risks of a model of this hospital.
pub(super) async fn model(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfTask>,
    form: PageForm<OfModel>,
) -> Result<Response, Fault> {
    let chosen = form.fields.model;
    let (name, version) = chosen
        .rsplit_once(' ')
        .and_then(|(name, version)| Some((name.to_owned(), version.parse().ok()?)))
        .ok_or_else(|| Fault::Refused("Choose a model of this hospital.".to_owned()))?;
    let done = inside
        .run(&app, move |platform, access| {
            platform.try_blind_test(access, &of.task, BlindRisks::Model(&name, Some(version)))
        })
        .await?;
    Ok(tried(&inside, &done))
}

/// `POST …/models/blind/{task}/close`.
pub(super) async fn close(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfTask>,
    form: PageForm<Chosen>,
) -> Result<Response, Fault> {
    let number = form.fields.number;
    inside.run(&app, move |platform, access| platform.close_blind_test(access, &of.task, number)).await?;
    Ok(Said::well(format!("The test is closed with try {number}.")).at(&inside.to(PAGE)))
}

fn tried(inside: &Inside, done: &BlindTry) -> Response {
    let auroc = done.public.auroc.value;
    Said::well(format!("Try {} is in: AUROC {auroc:.3} for the half that is told.", done.number))
        .at(&inside.to(PAGE))
}

fn drawn(inside: &Inside, tests: &[BlindTest], models: &[Registered]) -> Markup {
    let why = "People whom nobody here has seen. You say a risk for each; half of the answers are told at once, the other half when you close the test with one of your tries. Whoever tries until the first half looks good learns it by heart, and the second half shows it.";
    html! {
        div.models-page {
            header.lake-head {
                div { h2 { "Blind tests" } p.quiet { (why) } }
                (link_button("Back to the models", &inside.to("models"), Look::Plain))
            }
            @for test in tests { (card(&test.task.task.title, &state(test), &body(inside, test, models))) }
        }
    }
}

fn state(test: &BlindTest) -> Markup {
    match (test.opened_us, test.chosen) {
        (None, _) => tag(Tone::Neutral, "not open"),
        (Some(_), None) => tag(Tone::Info, "open"),
        (Some(_), Some(_)) => tag(Tone::Good, "closed"),
    }
}

fn body(inside: &Inside, test: &BlindTest, models: &[Registered]) -> Markup {
    let task = &test.task.task;
    let at = |what: &str| inside.to(&format!("{PAGE}/{}/{what}", test.task.slug));
    let csrf = &inside.visitor.csrf;
    let left = TRIES_MAX.saturating_sub(u32::try_from(test.tries.len()).unwrap_or(TRIES_MAX));
    html! {
        p { (task.predicts) }
        @if let Some(yardstick) = &task.yardstick { p.quiet { "In use until now: " (yardstick.about) } }
        @if test.opening == Some(Opening::Making) { (made(inside, test)) }
        @else if test.opened_us.is_none() {
            @if let Some(Opening::Failed(why)) = &test.opening { (failure("The test was not opened", why, &html! {})) }
            p.quiet { "Opening the first one on a server takes a while: its people are made." }
            (post_form(&at("open"), csrf, &submit("Open the test", Look::Primary)))
        } @else {
            @if let Some(chosen) = test.chosen { (verdict(test, chosen)) }
            @else {
                div.row { (link_button("Fetch the cases", &at("cases.csv"), Look::Plain)) span.quiet { (left) " of " (TRIES_MAX) " tries left" } }
                @if left > 0 { (forms(test, &at, csrf, models)) }
            }
            @if !test.tries.is_empty() { (tries(test, &at, csrf)) }
        }
    }
}

fn made(inside: &Inside, test: &BlindTest) -> Markup {
    let again = inside.to(&format!("{PAGE}/{}/opening", test.task.slug));
    html! { div hx-get=(again) hx-trigger="load delay:1s" hx-swap="outerHTML" { (loading("People are being made whom nobody has seen…")) } }
}

fn forms(test: &BlindTest, at: &dyn Fn(&str) -> String, csrf: &str, models: &[Registered]) -> Markup {
    let named: Vec<String> = models.iter().map(|one| format!("{} {}", one.name, one.version)).collect();
    let choices: Vec<Choice<'_>> = named.iter().map(|name| Choice::new(name, name)).collect();
    let id = format!("model-{}", test.task.slug);
    html! {
        div.models-pair {
            div {
                h3 { "A sheet from elsewhere" }
                (upload_form(&at("sheet"), csrf, &html! {
                    (file_field("Risks", ".csv,text/csv", "CSV with the columns case and risk, each case once."))
                    div.form-actions { (submit("Hand the sheet in", Look::Plain)) }
                }))
            }
            div {
                h3 { "A model of this hospital" }
                @if choices.is_empty() { p.quiet { "There is none yet." } }
                @else {
                    form.form method="post" action=(at("model")) {
                        (csrf_field(csrf))
                        (Select::new("model", "Model and version", &choices).id(&id).chosen(&named[0]))
                        div.form-actions { (submit("Hand its risks in", Look::Plain)) }
                    }
                }
            }
        }
    }
}

/// How the chosen try did, for those of whom nothing was told.
fn verdict(test: &BlindTest, chosen: u32) -> Markup {
    let found = test.tries.iter().find(|one| one.number == chosen);
    let Some((public, private)) = found.and_then(|one| Some((one.public, one.private?))) else {
        return html! {};
    };
    let gap = public.auroc.value - private.auroc.value;
    let beats = private.yardstick.map(|points| private.auroc.value > points);
    let said = html! {
        p {
            "Try " (chosen) " tells the others apart with an AUROC of " (interval(&private)) "; for the half that was told it was "
            (format!("{:.3}", public.auroc.value)) ", a gap of " (format!("{gap:+.3}")) " after " (test.tries.len()) " tries."
        }
        @if let (Some(points), Some(beats)) = (private.yardstick, beats) {
            p { "The points in use reach " (format!("{points:.3}")) " for them: " (if beats { "the model is better than what it would replace." } else { "the model is no better than what it would replace." }) }
        }
    };
    notice(if beats == Some(false) { Tone::Warn } else { Tone::Good }, None, &said)
}

fn tries(test: &BlindTest, at: &dyn Fn(&str) -> String, csrf: &str) -> Markup {
    let mut columns = vec![
        Column::number("Try"),
        Column::wide("From"),
        Column::number("AUROC, told"),
        Column::number("Points, told"),
        Column::number("Brier, told"),
    ];
    columns.push(if test.chosen.is_some() { Column::number("AUROC, the others") } else { Column::text("") });
    let row = |one: &BlindTry| {
        let last = match one.private {
            Some(private) => {
                html! { (interval(&private)) @if Some(one.number) == test.chosen { " " (tag(Tone::Good, "chosen")) } }
            }
            None => closing(test, one, at, csrf),
        };
        Row::new(vec![
            html! { (one.number) },
            html! { (one.source) },
            html! { (interval(&one.public)) },
            html! { @if let Some(points) = one.public.yardstick { (format!("{points:.3}")) } @else { "none" } },
            html! { (format!("{:.4}", one.public.brier)) span.quiet { " of " (format!("{:.4}", one.public.brier_of_share)) } },
            last,
        ])
    };
    let rows: Vec<Row> = test.tries.iter().map(row).collect();
    table(&format!("Tries of {}", test.task.task.title), &columns, &rows, &html! {})
}

fn closing(test: &BlindTest, one: &BlindTry, at: &dyn Fn(&str) -> String, csrf: &str) -> Markup {
    confirm(
        &Confirm {
            id: &format!("close-{}-{}", test.task.slug, one.number),
            opens: "Close with this",
            icon: None,
            title: &format!("Close the test with try {}?", one.number),
            body: html! {
                p { "The answers for the other half are told, and nothing more can be handed in." }
                input type="hidden" name="number" value=(one.number);
            },
            action: &at("close"),
            does: "Close the test",
            look: Look::Primary,
        },
        csrf,
    )
}

fn interval(score: &Score) -> Markup {
    let auroc = &score.auroc;
    html! { (format!("{:.3}", auroc.value)) span.quiet { (format!(" ({:.2} to {:.2})", auroc.low, auroc.high)) } }
}
