use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::catalogue::{classes_of, conflicts_of, orderable_kind};
use platform::ehr::commands::ORDERABLE_KINDS;
use serde_json::Value;

use super::Editor;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::{Fields, Filled, dose_fields, offered};
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Choice, Field, Select};

const EDITOR: Editor = Editor {
    kind: "ActivityDefinition",
    address: "orderable",
    name: "orderable",
    command: "change_orderable",
    fill,
    fields,
};

/// `GET …/build/orderable`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let id = asked.get("id").map(String::as_str).unwrap_or_default();
    EDITOR.shown(&inside, id, &EDITOR.open(&app, &inside, id).await?, &html! {})
}

/// `POST …/build/orderable`.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    EDITOR.keep(&app, &inside, form).await
}

fn fill(orderable: &Value) -> Filled {
    let mut filled = offered(orderable);
    let coding = ["/code/coding/0", "/productCodeableConcept/coding/0"]
        .into_iter()
        .find_map(|at| orderable.pointer(at));
    let of_code =
        |member: &str| coding.and_then(|coding| coding[member].as_str()).unwrap_or_default().to_owned();
    for (name, value) in [
        ("kind", orderable_kind(orderable).to_owned()),
        ("code", of_code("code")),
        ("display", of_code("display")),
        ("classes", classes_of(orderable).join(" ")),
        ("conflicts", conflicts_of(orderable).join(" ")),
    ] {
        filled.fields.insert(name.to_owned(), value);
    }
    filled
}

fn fields(filled: &Filled) -> Markup {
    let kinds: Vec<Choice<'_>> =
        ORDERABLE_KINDS.iter().map(|(code, words)| Choice::new(code, words)).collect();
    let text = |name, label| {
        Field::new(name, label).value(filled.value(name)).error(filled.error(name)).autocomplete("off")
    };
    html! {
        div.form-grid {
            (Select::new("kind", "Kind", &kinds).chosen(filled.value("kind")).error(filled.error("kind")))
            (text("code", "Code").hint("LOINC; of a medicine RxNorm.").required())
            (text("display", "Its name").hint("As the code system has it."))
        }
        p.quiet { "For a medicine: the dose it is offered with, and what rules know it by." }
        (dose_fields(filled, false))
        div.form-grid {
            (text("classes", "Classes").hint("Words that rules use, such as nsaid."))
            (text("conflicts", "Conflicts").hint("RxNorm codes of substances; an allergy to one speaks against it."))
        }
    }
}
