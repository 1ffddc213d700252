use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::catalogue::{catalogue, item_lines, title_of};
use serde_json::Value;

use super::Editor;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::{Fields, Filled};
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Takes};

const EDITOR: Editor = Editor {
    kind: "PlanDefinition",
    address: "order-set",
    name: "order set",
    command: "change_order_set",
    fill,
    fields,
};

/// `GET …/build/order-set`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let id = asked.get("id").map(String::as_str).unwrap_or_default();
    let known = inside.run(&app, |_, access| catalogue(access)).await?.orderables;
    EDITOR.shown(&inside, id, &EDITOR.open(&app, &inside, id).await?, &ids(&known))
}

/// `POST …/build/order-set`.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    EDITOR.keep(&app, &inside, form).await
}

fn fill(set: &Value) -> Filled {
    let about = set["description"].as_str().unwrap_or_default();
    Filled::with(&[("about", about), ("items", &item_lines(set))])
}

fn fields(filled: &Filled) -> Markup {
    let items = Field::new("items", "Items")
        .takes(Takes::Block)
        .value(filled.value("items"))
        .error(filled.error("items"));
    let hint = "A heading begins with #. Below it one orderable a line by its id, and ticked behind it if it is to be ticked to begin with. Move lines to reorder.";
    html! {
        (Field::new("about", "What it is for").value(filled.value("about")).error(filled.error("about")).autocomplete("off"))
        (items.hint(hint).required())
    }
}

/// What can stand on a set.
fn ids(orderables: &[Value]) -> Markup {
    html! {
        details {
            summary { "Ids of everything that can be ordered" }
            ul.plain.small { @for one in orderables { li { code { (one["id"].as_str().unwrap_or_default()) } " " (title_of(one)) } } }
        }
    }
}
