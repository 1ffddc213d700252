use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::catalogue::rule_of;
use platform::ehr::commands::SEVERITIES;
use platform::ehr::support::{replay_rule, rule_log};
use platform::fhir::FhirError;
use serde_json::Value;

use super::Editor;
use super::log::{log_card, replay_card};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::{Fields, Filled};
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Choice, Field, Select, Takes};

const EDITOR: Editor =
    Editor { kind: "PlanDefinition", address: "rule", name: "rule", command: "change_rule", fill, fields };

/// `GET …/build/rule`: the form, how often the rule spoke, and with `?days=30` what it would have said before.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let id = asked.get("id").map(String::as_str).unwrap_or_default();
    let opened = EDITOR.open(&app, &inside, id).await?;
    let Some(rule) = opened.current.as_ref().and_then(rule_of) else {
        return EDITOR.shown(&inside, id, &opened, &html! {});
    };
    let days = asked.get("days").and_then(|days| days.parse::<i64>().ok());
    let looked = inside.run(&app, move |_, access| {
        let replay = days.map(|days| replay_rule(access, &rule, days)).transpose()?;
        Ok::<_, FhirError>((rule_log(access, &rule.id)?, replay))
    });
    let (log, replay) = looked.await?;
    let more = html! { (replay_card(&inside, id, days, replay.as_ref())) (log_card(&inside, &log)) };
    EDITOR.shown(&inside, id, &opened, &more)
}

/// `POST …/build/rule`.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    EDITOR.keep(&app, &inside, form).await
}

fn fill(definition: &Value) -> Filled {
    rule_of(definition).map_or_else(Filled::default, |rule| {
        Filled::with(&[
            ("condition", &rule.condition),
            ("severity", rule.severity.word()),
            ("message", &rule.message),
        ])
    })
}

fn fields(filled: &Filled) -> Markup {
    let severities: Vec<Choice<'_>> =
        SEVERITIES.iter().map(|(code, words)| Choice::new(code, words)).collect();
    let condition =
        Field::new("condition", "Speaks when").takes(Takes::Block).value(filled.value("condition"));
    let hint = "FHIRPath over the order, with %orderable, %patient, %allergies, %problems, %orders, %results (the newest of each test), %codes, %egfr, %now and %dayAgo.";
    html! {
        (condition.hint(hint).error(filled.error("condition")).required())
        (Select::new("severity", "How loudly", &severities).chosen(filled.value("severity")).error(filled.error("severity")))
        (Field::new("message", "What it says").value(filled.value("message")).error(filled.error("message")).autocomplete("off").required())
    }
}
