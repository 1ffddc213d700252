use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::chains;
use serde_json::Value;

use crate::state::App;
use crate::web::assets::href;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::ui::{Choice, Field, Look, Select, Takes, card, link_button};

/// `GET …/ledger/contract`: Solidity written, compiled in the browser, and deployed.
pub(crate) async fn contract(inside: Inside) -> Markup {
    let source = chains::source("Consent").unwrap_or_default();
    let accounts = chains::accounts();
    let numbers: Vec<String> = (0..accounts.len()).map(|number| number.to_string()).collect();
    let labels: Vec<String> =
        accounts.iter().enumerate().map(|(at, account)| format!("{at}: {}", account.address)).collect();
    let choices: Vec<Choice<'_>> =
        numbers.iter().zip(&labels).map(|(number, label)| Choice::new(number, label)).collect();
    let work = html! {
        div.spread { h2 { "Write a contract" } (link_button("The chain", &inside.to("ledger/chain"), Look::Quiet)) }
        p.quiet { "The compiler runs in this page: what you write leaves it only when you deploy, and then as code, not as text." }
        contract-bench data-worker=(href("solc-worker.js")) data-machine=(href("solc.wasm.gz")) data-rpc={ "/s/" (inside.sandbox) "/eth" } {
            (card("Source", &html! {}, &html! {
                div.contract-source { (Field::new("source", "Solidity").takes(Takes::Block).value(source)) }
                div.row {
                    button.button.button-primary type="button" data-does="compile" { "Compile" }
                    span role="status" data-says="compile" { "The compiler is fetched from this server when it is first used: 6 MB." }
                }
                div.contract-messages {}
            }))
            (card("Deploy", &html! {}, &html! {
                div.row {
                    (Select::new("contract", "Contract", &[]))
                    (Select::new("from", "From account", &choices))
                }
                (Field::new("with", "Arguments of the constructor").hint("One a line; @3 is the address of account 3.").takes(Takes::Block))
                div.row { button.button type="button" data-does="deploy" { "Deploy" } span role="status" data-says="deploy" {} }
            }))
            (card("Call", &html! {}, &html! {
                div.row {
                    (Field::new("to", "Contract's address"))
                    (Select::new("caller", "From account", &choices))
                }
                (Field::new("call", "Function").hint("With what it returns in brackets to ask: allowed(address,address,uint32)(bool). Without, it is sent as a transaction."))
                (Field::new("arguments", "Arguments").takes(Takes::Block).hint("One a line; @3 is the address of account 3, +3600 the second an hour from now."))
                div.row { button.button type="button" data-does="call" { "Call" } span role="status" data-says="call" {} }
            }))
        }
    };
    inside.page(Tab::Ledger, "Write a contract", &work)
}

/// `POST …/ledger/begin`: another chain, with nothing on it.
pub(crate) async fn begin(State(app): State<App>, inside: Inside) -> Result<Response, Fault> {
    inside.run(&app, chains::begin_another).await?;
    Ok(Said::well("This is another chain, and nothing stands on it yet.").at(&inside.to("ledger/chain")))
}

/// `POST …/ledger/chain`: what the calls and events of a contract mean.
pub(crate) async fn explain(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let field = |name: &str| form.fields.get(name).cloned().unwrap_or_default();
    let abi: Value = serde_json::from_str(&field("abi"))
        .map_err(|error| Fault::Refused(format!("The interface is no JSON: {error}.")))?;
    let address = field("address").trim().to_owned();
    let kept = inside.run(&app, move |platform, access| chains::explain(platform, access, &address, &abi));
    kept.await?.map_err(|why| Fault::Refused(format!("{why}.")))?;
    Ok(Said::well("From now on this contract is read in words.").at(&inside.to("ledger/chain")))
}
