use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::vault::{self, VaultError};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::ui::{
    Column, Field, Icon, Look, Row, card, csrf_field, empty, link_button, submit, submit_as, table,
};

/// `GET …/ledger/vault`: the names that have a salt.
pub(crate) async fn vault(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let named = inside.run(&app, |_, access| fitting(vault::names(access))).await?.map_err(Fault::Refused)?;
    let row = |name: &String| {
        Row::new(vec![html! { code { (name) } }, submit_as("Destroy", Look::Danger, "destroy", name)])
    };
    let rows: Vec<Row> = named.names.iter().map(row).collect();
    let none = empty(Icon::Lock, "No salts", "The first commitment under a name makes one.", &html! {});
    let work = html! {
        div.spread { h2 { "Vault" } (link_button("The chain", &inside.to("ledger/chain"), Look::Quiet)) }
        p.quiet { "A commitment is SHA-256 of a salt and a value. Salts never leave the vault and are in no snapshot: destroy one, and what was committed to under its name says nothing any more." }
        (card("Commit to a value", &html! {}, &html! {
            form method="post" action=(inside.to("ledger/vault")) {
                (csrf_field(&inside.visitor.csrf))
                div.row {
                    (Field::new("name", "Name of the salt").required())
                    (Field::new("value", "Value").required().hint("It is not kept."))
                }
                (submit("Commit", Look::Primary))
            }
        }))
        (card("Salts", &html! {}, &html! {
            form method="post" action=(inside.to("ledger/vault")) {
                (csrf_field(&inside.visitor.csrf))
                (table("Salts, by name", &[Column::text("Name"), Column::text("For good")], &rows, &none))
            }
        }))
    };
    Ok(inside.page(Tab::Ledger, "Vault", &work))
}

/// `POST …/ledger/vault`: commits to a value, or destroys a salt.
pub(crate) async fn act(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let field = |name: &str| form.fields.get(name).map(|text| text.trim().to_owned());
    let (name, value) = (field("name").unwrap_or_default(), field("value").unwrap_or_default());
    let destroyed = field("destroy");
    let done = inside.run(&app, move |platform, access| {
        fitting(match destroyed {
            Some(name) => vault::destroy(access, &name)
                .map(|()| format!("The salt of {name} is destroyed. There is no copy.")),
            None => vault::commit(platform, access, &name, &value)
                .map(|made| format!("The commitment under {name} is {}", made.commitment)),
        })
    });
    let words = done.await?.map_err(Fault::Refused)?;
    Ok(Said::well(words).at(&inside.to("ledger/vault")))
}

/// What does not fit is said in words; what the disk does is a fault.
fn fitting<T>(done: Result<T, VaultError>) -> Result<Result<T, String>, platform::StoreError> {
    match done {
        Err(VaultError::Store(error)) => Err(error),
        other => Ok(other.map_err(|error| format!("{error}."))),
    }
}
