use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::exchange::{self, Decision, ExchangeError, Known, Read, Settings};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::ui::{
    Field, Icon, Look, Takes, Tone, card, checkbox, code_block, csrf_field, empty, facts, link_button,
    notice, or_none, submit,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// What the second hospital reads.
    path: String,
}

/// `GET …/ledger/exchange`: how the gateway is set, and what the second hospital gets.
pub(crate) async fn exchange(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let settings = inside.run(&app, |_, access| exchange::settings(access)).await?;
    let work = html! {
        div.spread { h2 { "Exchange" } (link_button("The chain", &inside.to("ledger/chain"), Look::Quiet)) }
        p.quiet { "A gateway lets a second hospital read here, as far as patients consent on the chain. It asks a contract each time, in the newest block." }
        (card("Read as the second hospital", &html! {}, &html! {
            @if settings.is_some() {
                form method="post" action=(inside.to("ledger/exchange/read")) {
                    (csrf_field(&inside.visitor.csrf))
                    (Field::new("path", "What").value(&asked.path).required().hint("Patient/ID, or Observation?patient=ID"))
                    (submit("Read", Look::Primary))
                }
            } @else {
                (empty(Icon::Lock, "Nothing is let through", "Set the gateway below: which contract it asks, and who patients are on the chain.", &html! {}))
            }
        }))
        (card("The gateway", &html! {}, &form(&inside, &settings.unwrap_or_default())))
    };
    Ok(inside.page(Tab::Ledger, "Exchange", &work))
}

fn form(inside: &Inside, settings: &Settings) -> Markup {
    let patients: Vec<String> =
        settings.patients.iter().map(|known| format!("{} {}", known.id, known.account)).collect();
    html! {
        form method="post" action=(inside.to("ledger/exchange")) {
            (csrf_field(&inside.visitor.csrf))
            (Field::new("contract", "Contract").value(&settings.contract).required().hint("It answers allowed(address,address,uint32): may this reader read all that these bits name of this patient? 1 is who somebody is, 2 results, 4 medication, 8 all else."))
            (Field::new("reader", "Account of the second hospital").value(&settings.reader).required().hint("An address, or @9 for account 9."))
            (Field::new("patients", "Who patients are on the chain").value(&patients.join("\n")).takes(Takes::Block).hint("One a line: the id of the Patient, a space, the account."))
            (checkbox("staff_only", "The second hospital's staff must show a credential", settings.staff_only))
            div.row { (submit("Set the gateway", Look::Plain)) }
        }
    }
}

/// `POST …/ledger/exchange`: sets the gateway.
pub(crate) async fn set(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let field = |name: &str| form.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let known = |line: &str| {
        let (id, account) = line.trim().split_once(' ')?;
        Some(Known { id: id.to_owned(), account: account.trim().to_owned() })
    };
    let patients = field("patients");
    let patients: Option<Vec<Known>> =
        patients.lines().filter(|line| !line.trim().is_empty()).map(known).collect();
    let patients = patients
        .ok_or_else(|| Fault::Refused("Each line is the id of a patient, a space, an account.".to_owned()))?;
    let (contract, reader, staff_only) = (field("contract"), field("reader"), field("staff_only") == "yes");
    let settings = Settings { contract, reader, patients, staff_only };
    let set = inside.run(&app, move |_, access| fitting(exchange::set(access, settings)));
    set.await?.map_err(Fault::Refused)?;
    Ok(Said::well("The gateway is set.").at(&inside.to("ledger/exchange")))
}

/// `POST …/ledger/exchange/read`: what the second hospital gets, with what proves the decision.
pub(crate) async fn read(State(app): State<App>, inside: Inside, form: Fields) -> Result<Markup, Fault> {
    let asked = form.fields.get("path").map(|text| text.trim().to_owned()).unwrap_or_default();
    let base = inside.fhir().replace("/fhir", "/exchange/fhir");
    let wanted = asked.clone();
    let read = inside.run(&app, move |platform, access| {
        let (path, query) = wanted.split_once('?').unwrap_or((&wanted, ""));
        fitting(exchange::read(platform, access, (path, query), &base, None))
    });
    let Read { decision, body } = read.await?.map_err(Fault::Refused)?;
    let body = body.and_then(|body| serde_json::from_slice::<serde_json::Value>(&body).ok());
    let work = html! {
        div.spread { h2 { code { (asked) } } (link_button("Exchange", &inside.to("ledger/exchange"), Look::Quiet)) }
        (verdict(&decision))
        (card("What proves it", &html! {}, &proof(&decision)))
        @if let Some(body) = body {
            (card("What the second hospital gets", &html! {}, &code_block("body", "FHIR", &format!("{body:#}"))))
        }
    };
    Ok(inside.page(Tab::Ledger, "Exchange", &work))
}

fn verdict(decision: &Decision) -> Markup {
    let (tone, title) = if decision.allowed { (Tone::Good, "Read") } else { (Tone::Bad, "Refused") };
    notice(tone, Some(title), &html! { p { (decision.why) } })
}

fn proof(decision: &Decision) -> Markup {
    let event = decision.event.as_ref();
    facts(&[
        ("Asked in the state of block", html! { (decision.block) " " code { (decision.block_hash) } }),
        ("Contract", html! { code { (decision.contract) } }),
        ("Bits of consent", html! { (decision.scope) }),
        ("Patient's account", or_none(decision.patient_account.as_deref())),
        ("Last event about the two", or_none(event.map(|event| event.transaction.as_str()))),
    ])
}

/// What does not fit is said in words; what the disk does is a fault.
fn fitting<T>(done: Result<T, ExchangeError>) -> Result<Result<T, String>, platform::StoreError> {
    match done {
        Err(ExchangeError::Store(error)) => Err(error),
        other => Ok(other.map_err(|error| format!("{error}."))),
    }
}
