use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use standards::fhir::definitions::Definitions;
use standards::fhir::profile::Profiles;

use super::inside::{Inside, Tab};
use super::operations::operations;
use crate::web::ui::{Console, code_block, fhir_console};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The method to begin with.
    method: String,
    /// The path to begin with.
    path: String,
}

/// `GET …/fhir`: a client for this hospital's FHIR server, in the page.
pub(crate) async fn console(inside: Inside, Query(asked): Query<Asked>) -> Markup {
    let base = format!("/s/{}/fhir", inside.sandbox);
    let path = if asked.path.is_empty() { "Patient?_count=5" } else { &asked.path };
    let method = if asked.method.is_empty() { "GET" } else { &asked.method };
    let profiles = profiles();
    let console = Console { base: &base, sandbox: &inside.sandbox, method, path, profiles: &profiles };
    let work = html! {
        h2 { "FHIR" }
        (fhir_console(&console))
        (operations(&inside.to("fhir")))
        details {
            summary { "The same from your own terminal" }
            div.stack {
                p { "Make a token at " a href="/me/tokens" { "Tokens for your own tools" } " and put it in place of " code { "TOKEN" } "." }
                (code_block("curl", "Terminal", &curl(&inside)))
            }
        }
    };
    inside.page(Tab::Fhir, "FHIR", &work)
}

/// The profiles that ship, by the type they are about.
fn profiles() -> Vec<&'static str> {
    let kinds = Definitions::r4().resource_types().iter();
    kinds.flat_map(|kind| Profiles::shipped().on_type(kind)).collect()
}

fn curl(inside: &Inside) -> String {
    format!("curl -H 'Authorization: Bearer TOKEN' \\\n  '{}/Patient?_count=5'", inside.fhir())
}
