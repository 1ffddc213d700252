use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::models::{Deployment, Mode, Parameters, Record, Registered};
use serde::Deserialize;

use super::card::card;
use super::list::{answers, kind};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::instant;
use crate::web::ui::{
    Choice, Confirm, Field, Look, Select, Takes, card as sheet, code_block, confirm, csrf_field, facts,
    link_button, post_form, submit,
};

#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct OfVersion {
    name: String,
    version: u32,
}

/// `GET …/models/of/{name}`: its newest version.
pub(super) async fn newest(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<Named>,
) -> Result<Markup, Fault> {
    shown(&app, &inside, of.name, None).await
}

/// `GET …/models/of/{name}/{version}`.
pub(super) async fn version(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfVersion>,
) -> Result<Markup, Fault> {
    shown(&app, &inside, of.name, Some(of.version)).await
}

async fn shown(app: &App, inside: &Inside, name: String, version: Option<u32>) -> Result<Markup, Fault> {
    let (model, versions, deployed) = inside
        .run(app, move |platform, access| {
            let model = platform.model(access, &name, version)?;
            let all = platform.models(access)?.into_iter().filter(|one| one.name == name);
            let versions: Vec<u32> = all.map(|one| one.version).collect();
            Ok::<_, Fault>((model, versions, platform.deployment(access, &name)?))
        })
        .await?;
    let title = format!("{} version {}", model.name, model.version);
    Ok(inside.page(Tab::Models, &title, &drawn(inside, &model, &versions, deployed.as_ref())))
}

fn drawn(inside: &Inside, model: &Registered, versions: &[u32], deployed: Option<&Deployment>) -> Markup {
    let record = &model.record;
    let own = deployed.filter(|deployed| deployed.version == model.version);
    html! {
        div.models-page {
            header.lake-head {
                div {
                    h2 { (record.task.title) }
                    p.quiet { (model.name) " version " (model.version) ", " (kind(&model.kind)) ", by " (model.made_by) }
                    p { (record.task.predicts) }
                }
                div.row { (link_button("All models", &inside.to("models"), Look::Plain)) (link_button("Monitor", &inside.to(&format!("models/of/{}/monitor", model.name)), Look::Plain)) }
            }
            nav.row aria-label="Versions" {
                @for version in versions {
                    a href=(inside.to(&format!("models/of/{}/{version}", model.name))) aria-current=[(*version == model.version).then_some("page")] { "Version " (version) }
                }
            }
            (chart(inside, model, own, deployed))
            (card(record))
            (sheet("What it was made from", &html! {}, &made(model, record)))
        }
    }
}

/// Whether it answers in the chart, and the forms that change that.
fn chart(
    inside: &Inside,
    model: &Registered,
    own: Option<&Deployment>,
    deployed: Option<&Deployment>,
) -> Markup {
    let at = |what: &str| inside.to(&format!("models/of/{}/{what}", model.name));
    let modes = [
        Choice::new("silent", "Silent: it scores, nobody sees it"),
        Choice::new("live", "Live: a card where the risk is high"),
    ];
    let mode = own.map_or("silent", |own| own.mode.word());
    let threshold = own.map_or(model.record.threshold, |own| own.threshold);
    let threshold = format!("{:.0}", threshold * 100.0);
    let csrf = &inside.visitor.csrf;
    let body = html! {
        @match (own, deployed) {
            (Some(own), _) => p { "This version answers when a chart is opened, as the service " code { (own.service()) } "." },
            (None, Some(other)) => p { "Version " (other.version) " answers (" (other.mode.word()) ")." },
            (None, None) => p { "No version answers yet. Begin silent, and look at the monitor before anybody sees a card." },
        }
        form.lake-run method="post" action=(at("deploy")) {
            (csrf_field(csrf))
            input type="hidden" name="version" value=(model.version);
            (Select::new("mode", "How", &modes).chosen(mode))
            (Field::new("threshold", "A card from a risk of").takes(Takes::Number).value(&threshold).unit("%").required())
            (submit(if own.is_some() { "Change" } else { "Deploy this version" }, Look::Primary))
        }
        @if let Some(deployed) = deployed {
            div.row {
                @if let Some(earlier) = deployed.earlier.last() {
                    (post_form(&at("roll-back"), csrf, &submit(&format!("Roll back to version {earlier}"), Look::Plain)))
                }
                (confirm(&Confirm {
                    id: "withdraw",
                    opens: "Withdraw",
                    icon: None,
                    title: "Let the model answer no more?",
                    body: html! { p { "No chart asks it from now on. Its versions and its scores stay." } },
                    action: &at("withdraw"),
                    does: "Withdraw",
                    look: Look::Danger,
                }, csrf))
            }
        } @else {
            (confirm(&Confirm {
                id: "remove",
                opens: "Remove the model",
                icon: None,
                title: "Remove the model with all its versions?",
                body: html! { p { "Its cards and files go with it." } },
                action: &at("remove"),
                does: "Remove",
                look: Look::Danger,
            }, csrf))
        }
    };
    sheet("In the chart", &answers(own), &body)
}

fn made(model: &Registered, record: &Record) -> Markup {
    let parameters = match &record.parameters {
        Parameters::Logistic { strength } => format!("L2 penalty, strength {strength}"),
        Parameters::Boosting(settings) => {
            format!(
                "{} trees of depth {}, learning rate {}",
                settings.trees, settings.max_depth, settings.learning_rate
            )
        }
        Parameters::Onnx { producer } => format!("ONNX, written by {producer}"),
    };
    let (role, purpose) = &record.asked_as;
    let risk = &record.task.risk;
    html! {
        (facts(&[
            ("Snapshot", html! { (record.snapshot) ", taken " (instant(&record.taken)) }),
            ("Its hash", html! { code.hash { (record.snapshot_sha256) } }),
            ("The file's hash", html! { code.hash { (model.sha256) } }),
            ("Asked as", html! { (role) " for " (purpose) }),
            ("Parameters", html! { (parameters) }),
            ("Features", html! { (record.features.join(", ")) }),
            ("Never without", html! { @if record.task.needs.is_empty() { "any" } @else { (record.task.needs.join(", ")) } }),
            ("Time at risk", html! { "day " (risk.from_days) " to day " (risk.to_days) }),
            ("Held out", html! { (format!("{:.0} % of people, seed {}", record.held_out * 100.0, record.seed)) }),
        ]))
        (code_block("model-cohort", "Who enters", record.task.cohort.trim()))
        (code_block("model-features", "What is known then", record.task.features.trim()))
        (code_block("model-outcome", "What happens", record.task.outcome.trim()))
    }
}

/// Whether a mode was sent.
pub(super) fn mode_of(word: &str) -> Mode {
    if word == "live" { Mode::Live } else { Mode::Silent }
}
