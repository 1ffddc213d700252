use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Redirect;
use maud::{Markup, html};
use platform::models::{
    Bringing, Parameters, ReadyTask, Settings, Task, Training, bring as begin_bringing, ready_tasks,
    train as begin_training,
};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::files::SentModel;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{
    Choice, Field, Look, Select, Takes, card, csrf_field, link_button, submit, upload_form,
};

/// The task a form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Begin {
    task: String,
}

/// What was filled in: the same for a model that is trained and one that is brought.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    name: String,
    title: String,
    predicts: String,
    cohort: String,
    features: String,
    outcome: String,
    days: String,
    needs: String,
    /// Features to use, with commas between; all if empty.
    columns: String,
    kind: String,
    strength: String,
    trees: String,
    held_out: String,
    threshold: String,
    seed: String,
}

/// `GET …/models/train?task=NAME`: a declared cohort, to be changed as one likes.
pub(super) async fn form(inside: Inside, Query(begin): Query<Begin>) -> Result<Markup, Fault> {
    let ready = ready_tasks();
    let chosen = ready.iter().find(|one| one.slug == begin.task).or_else(|| ready.first());
    let chosen = chosen.ok_or_else(|| Fault::Missing("There is no task to begin with.".to_owned()))?;
    Ok(inside.page(Tab::Models, "Train a model", &drawn(&inside, ready, chosen)))
}

/// `POST …/models/train`: begins to train; the list says how far it is.
pub(super) async fn train(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<Filled>,
) -> Result<Redirect, Fault> {
    let parameters = match form.fields.kind.as_str() {
        "boosting" => {
            let trees = number(&form.fields.trees, "The number of trees")?;
            Parameters::Boosting(Settings { trees, max_depth: 3, ..Settings::default() })
        }
        _ => Parameters::Logistic { strength: number(&form.fields.strength, "The strength")? },
    };
    let training = training(form.fields, parameters)?;
    let whole = Arc::clone(&app.platform);
    inside.run(&app, move |_, access| begin_training(&whole, access, training)).await?;
    Ok(Redirect::to(&inside.to("models")))
}

/// `POST …/models/bring`: takes a file in, and begins to judge it.
pub(super) async fn bring(
    State(app): State<App>,
    inside: Inside,
    sent: SentModel,
) -> Result<Redirect, Fault> {
    let SentModel { fields, file } = sent;
    let task = ready_tasks().iter().find(|one| one.slug == fields.task).map(|one| one.task.clone());
    let task =
        task.ok_or_else(|| Fault::Refused("Choose the task that the model was trained for.".to_owned()))?;
    let training = Training {
        name: fields.name,
        task,
        features: listed(&fields.columns),
        parameters: Parameters::Onnx { producer: String::new() },
        seed: 1,
        held_out: 0.5,
        threshold: 0.2,
        purpose: None,
    };
    let whole = Arc::clone(&app.platform);
    inside.run(&app, move |_, access| begin_bringing(&whole, access, Bringing { file, training })).await?;
    Ok(Redirect::to(&inside.to("models")))
}

fn training(filled: Filled, parameters: Parameters) -> Result<Training, Fault> {
    let to_days = number(&filled.days, "The time at risk")?;
    let (held_out, threshold): (f64, f64) =
        (number(&filled.held_out, "The share held out")?, number(&filled.threshold, "The threshold")?);
    let seed = number(&filled.seed, "The seed")?;
    Ok(Training {
        name: filled.name.trim().to_owned(),
        task: Task {
            title: filled.title,
            predicts: filled.predicts,
            cohort: filled.cohort,
            features: filled.features,
            outcome: filled.outcome,
            risk: platform::models::RiskTime { from_days: 0, to_days },
            needs: listed(&filled.needs),
            yardstick: None,
        },
        features: listed(&filled.columns),
        parameters,
        seed,
        held_out: held_out / 100.0,
        threshold: threshold / 100.0,
        purpose: None,
    })
}

fn number<T: std::str::FromStr>(text: &str, what: &str) -> Result<T, Fault> {
    text.trim()
        .parse()
        .map_err(|_| Fault::Refused(format!("{what} is '{text:.30}', which is no number that fits.")))
}

fn listed(text: &str) -> Vec<String> {
    text.split([',', ' ', '\n']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn drawn(inside: &Inside, ready: &[ReadyTask], chosen: &ReadyTask) -> Markup {
    let tasks: Vec<Choice<'_>> = ready.iter().map(|one| Choice::new(&one.slug, &one.task.title)).collect();
    html! {
        div.models-page {
            header.lake-head {
                div { h2 { "Train a model" } p.quiet { "Three questions declare the study: who enters and when, what is known of each then, and what happens to anybody." } }
                (link_button("Back to the models", &inside.to("models"), Look::Plain))
            }
            form.lake-run method="get" action=(inside.to("models/train")) {
                (Select::new("task", "Begin with", &tasks).id("begin").chosen(&chosen.slug))
                (submit("Fill in", Look::Plain))
            }
            (study(inside, &chosen.slug, &chosen.task))
            (brought(inside, &tasks, &chosen.slug))
        }
    }
}

fn study(inside: &Inside, slug: &str, task: &Task) -> Markup {
    let kinds = [Choice::new("logistic", "Logistic regression"), Choice::new("boosting", "Boosted trees")];
    let days = task.risk.to_days.to_string();
    let needs = task.needs.join(", ");
    let block = |name: &'static str, words: &'static str, text: &str, hint: &str| {
        html! { (Field::new(name, words).takes(Takes::Block).value(text.trim()).hint(hint).required()) }
    };
    html! {
        form.form.models-form method="post" action=(inside.to("models/train")) {
            (csrf_field(&inside.visitor.csrf))
            div.models-pair {
                (Field::new("name", "Name").value(slug).hint("Small letters, digits and '-'. An old name makes the next version.").required())
                (Field::new("title", "Title").value(&task.title).required())
            }
            (Field::new("predicts", "What it foretells").value(&task.predicts).required())
            (block("cohort", "Who enters", &task.cohort, "patient_id, encounter_id or NULL, index_time: one row each."))
            (block("features", "What is known then", &task.features, "FROM cases, one row for each case_id. Numbers are features; people are judged apart by text."))
            (block("outcome", "What happens", &task.outcome, "patient_id and event_time, of anybody."))
            div.models-fields {
                (Field::new("days", "Time at risk").takes(Takes::Number).value(&days).unit("days").required())
                (Field::new("needs", "Never without").value(&needs).hint("Features without which there is no risk."))
                (Field::new("columns", "Features").hint("Some of them, with commas between; all if empty."))
            }
            div.models-fields {
                (Select::new("kind", "Kind of model", &kinds).chosen("logistic"))
                (Field::new("strength", "Logistic: strength").takes(Takes::Number).value("1").hint("Of the data against the penalty."))
                (Field::new("trees", "Boosting: trees").takes(Takes::Number).value("60"))
                (Field::new("held_out", "Held out").takes(Takes::Number).value("30").unit("% of people").required())
                (Field::new("threshold", "Act from a risk of").takes(Takes::Number).value("20").unit("%").required())
                (Field::new("seed", "Seed of the split").takes(Takes::Number).value("1").required())
            }
            div.form-actions { (submit("Train", Look::Primary)) }
        }
    }
}

fn brought(inside: &Inside, tasks: &[Choice<'_>], slug: &str) -> Markup {
    let body = html! {
        p.quiet { "scikit-learn, XGBoost and LightGBM write it. The file is read, never run, and judged on people of this hospital." }
        (upload_form(&inside.to("models/bring"), &inside.visitor.csrf, &html! {
            div.models-fields {
                (Field::new("name", "Name").id("brought-name").value("brought").required())
                (Select::new("task", "Trained for", tasks).id("brought-task").chosen(slug))
                (Field::new("columns", "Features in the file's order").id("brought-columns").hint("Only where the file does not name them."))
            }
            (crate::web::ui::file_field("ONNX file", ".onnx", "At most 11 MB."))
            div.form-actions { (submit("Bring it", Look::Plain)) }
        }))
    };
    card("A model that was trained elsewhere", &html! {}, &body)
}
