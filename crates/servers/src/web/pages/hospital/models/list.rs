use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::models::{Deployment, Mode, Registered, Stage, Weight};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, empty, failure, link_button, loading, notice, table, tag, tag_with,
};

struct Shelf {
    versions: Vec<Registered>,
    deployed: Vec<Deployment>,
    stage: Option<Stage>,
}

/// `GET …/models`: what there is, and what is being made.
pub(super) async fn list(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let shelf = inside
        .run(&app, |platform, access| {
            Ok::<_, Fault>(Shelf {
                versions: platform.models(access)?,
                deployed: platform.deployments(access)?,
                stage: platform.study_stage(access),
            })
        })
        .await?;
    Ok(inside.page(Tab::Models, "Models", &drawn(&inside, &shelf)))
}

/// `GET …/models/progress`: how far the model is; when it is over, the page is to be loaded again.
pub(super) async fn progress(State(app): State<App>, inside: Inside) -> Result<Response, Fault> {
    let stage = inside.run(&app, |platform, access| Ok::<_, Fault>(platform.study_stage(access))).await?;
    if let Some(Stage::Running(what)) = stage {
        return Ok(awaited(&inside, what).into_response());
    }
    Ok(([("hx-refresh", HeaderValue::from_static("true"))], html! {}).into_response())
}

fn drawn(inside: &Inside, shelf: &Shelf) -> Markup {
    let why = "A model is trained on a declared cohort of a snapshot of the lake, judged on people it never saw, and answers in the chart only when somebody lets it.";
    html! {
        div.models-page {
            header.lake-head {
                div { h2 { "Models" } p.quiet { (why) } }
                div.row {
                    (link_button("Blind tests", &inside.to("models/blind"), Look::Plain))
                    (link_button("Train or bring a model", &inside.to("models/train"), Look::Primary))
                }
            }
            (stage(inside, shelf.stage.as_ref()))
            @if shelf.versions.is_empty() { @if shelf.stage.is_none() { (nothing(inside)) } }
            @else { (versions(inside, shelf)) }
        }
    }
}

fn nothing(inside: &Inside) -> Markup {
    let why = "Begin with a task that is ready: who enters, what is known of them then, and what happens after. The lake has to have a snapshot.";
    empty(Icon::Chart, "No model yet", why, &link_button("The lake", &inside.to("lake"), Look::Plain))
}

fn stage(inside: &Inside, stage: Option<&Stage>) -> Markup {
    match stage {
        None => html! {},
        Some(Stage::Running(what)) => awaited(inside, what),
        Some(Stage::Failed(why)) => {
            failure("The model was not made", &format!("{}.", why.trim_end_matches('.')), &html! {})
        }
        Some(Stage::Done(name, version)) => {
            let said = html! { p { a href=(inside.to(&format!("models/of/{name}/{version}"))) { (name) " version " (version) } " is there, with its card." } };
            notice(Tone::Good, None, &said)
        }
    }
}

fn awaited(inside: &Inside, what: &str) -> Markup {
    html! { div hx-get=(inside.to("models/progress")) hx-trigger="load delay:1s" hx-swap="outerHTML" { (loading(&format!("{what}…"))) } }
}

fn versions(inside: &Inside, shelf: &Shelf) -> Markup {
    let columns = [
        Column::text("Model"),
        Column::wide("Foretells"),
        Column::text("Kind"),
        Column::number("AUROC"),
        Column::text("Doubts"),
        Column::text("In the chart"),
    ];
    let row = |one: &Registered| {
        let auroc = &one.record.card.judged.auroc;
        Row::new(vec![
            html! { a href=(inside.to(&format!("models/of/{}/{}", one.name, one.version))) { (one.name) " " (one.version) } },
            html! { (one.record.task.title) },
            html! { (kind(&one.kind)) },
            html! { (format!("{:.2}", auroc.value)) span.quiet { (format!(" ({:.2} to {:.2})", auroc.low, auroc.high)) } },
            weight(one.record.card.worst()),
            answers(shelf.deployed.iter().find(|own| own.name == one.name && own.version == one.version)),
        ])
    };
    let rows: Vec<Row> = shelf.versions.iter().map(row).collect();
    table("Models", &columns, &rows, &html! {})
}

/// The kind of a model in words.
pub(super) fn kind(kind: &str) -> &str {
    match kind {
        "logistic" => "Logistic regression",
        "boosting" => "Boosted trees",
        "onnx" => "Brought as ONNX",
        other => other,
    }
}

/// How bad the worst answer is.
pub(super) fn weight(weight: Weight) -> Markup {
    match weight {
        Weight::Good => tag_with(Tone::Good, Icon::Check, "none"),
        Weight::Doubt => tag_with(Tone::Warn, Icon::Alert, "doubt"),
        Weight::Leak => tag_with(Tone::Bad, Icon::Cross, "leak"),
    }
}

/// How a version answers.
pub(super) fn answers(deployed: Option<&Deployment>) -> Markup {
    match deployed.map(|deployed| deployed.mode) {
        None => html! { span.quiet { "no" } },
        Some(Mode::Silent) => tag(Tone::Neutral, "silent"),
        Some(Mode::Live) => tag_with(Tone::Info, Icon::Info, "live"),
    }
}
