use axum::extract::State;
use maud::{Markup, html};
use platform::chains::{self, Account, BlockView, ChainView, ContractView, EventView, Told, TransactionView};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{counted, time};
use crate::web::ui::{
    Column, Field, Icon, Look, Row, Takes, Tone, card, code_block, csrf_field, empty, facts, link_button,
    notice, submit, table, tag,
};

/// Blocks on the page.
const BLOCKS: usize = 50;

/// Characters of an input that the page shows.
const INPUT_SHOWN: usize = 138;

/// `GET …/ledger/chain`: the newest blocks with their transactions and events, and what waits.
pub(crate) async fn chain(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let view = inside.run(&app, |platform, access| chains::look(platform, access, BLOCKS)).await?;
    let work = html! {
        div.spread {
            h2 { "Chain" }
            span.row {
                (link_button("Write a contract", &inside.to("ledger/contract"), Look::Plain))
                (link_button("Exchange", &inside.to("ledger/exchange"), Look::Quiet))
                (link_button("Vault", &inside.to("ledger/vault"), Look::Quiet))
                (link_button("Consensus", &inside.to("ledger/consensus"), Look::Quiet))
                (link_button("The log", &inside.to("ledger"), Look::Quiet))
            }
        }
        p.quiet { "An Ethereum chain of this hospital's own, on its own time. Contracts run for real; the money is worth nothing." }
        (waiting(&view))
        (card("Contracts", &html! {}, &contracts(&inside, &view)))
        (card("Blocks", &html! {}, &blocks(&view)))
        (card("Connect your tools", &html! {}, &connect(&inside)))
        (card("Leave this chain behind", &html! {}, &html! {
            p { "What stands in a block stays there. If all members agree, they can begin another chain; nothing of this one is on it, no contract and no consent." }
            form method="post" action=(inside.to("ledger/begin")) {
                (csrf_field(&inside.visitor.csrf))
                (submit("Begin another chain", Look::Danger))
            }
        }))
    };
    Ok(inside.page(Tab::Ledger, "Chain", &work))
}

fn waiting(view: &ChainView) -> Markup {
    if view.waiting.is_empty() {
        return html! {};
    }
    notice(
        Tone::Info,
        Some(&counted(view.waiting.len(), "transaction waits", "transactions wait")),
        &html! {
            p { "Everybody can see what it says before it is carried out." }
            ul { @for hash in &view.waiting { li { code { (hash) } } } }
        },
    )
}

fn contracts(inside: &Inside, view: &ChainView) -> Markup {
    let columns = [
        Column::wide("Contract"),
        Column::text("Deployed by"),
        Column::number("Bytes of code"),
        Column::number("Entries"),
        Column::text("Calls and events"),
    ];
    let row = |contract: &ContractView| {
        let explained =
            if contract.is_explained { tag(Tone::Good, "in words") } else { tag(Tone::Neutral, "as bytes") };
        Row::new(vec![
            html! { code { (contract.address) } },
            html! { code { (contract.by) } },
            html! { (contract.size_bytes) },
            html! { (contract.entries) },
            explained,
        ])
    };
    let rows: Vec<Row> = view.contracts.iter().map(row).collect();
    let none = empty(Icon::List, "No contracts", "Nobody has deployed one on this chain yet.", &html! {});
    html! {
        (table("Contracts, newest first", &columns, &rows, &none))
        @if view.contracts.iter().any(|contract| !contract.is_explained) {
            details {
                summary { "Read a contract's calls and events in words" }
                form method="post" action=(inside.to("ledger/chain")) {
                    (csrf_field(&inside.visitor.csrf))
                    (Field::new("address", "Contract").required())
                    (Field::new("abi", "Its interface: what the compiler calls abi").takes(Takes::Block).required())
                    (submit("Keep the interface", Look::Plain))
                }
            }
        }
    }
}

fn blocks(view: &ChainView) -> Markup {
    let columns = [
        Column::number("Block"),
        Column::text("Hospital time"),
        Column::number("Gas"),
        Column::wide("Transactions"),
    ];
    let rows: Vec<Row> = view.blocks.iter().map(block).collect();
    let none = empty(Icon::List, "No blocks", "A chain begins with one.", &html! {});
    table("Blocks, newest first", &columns, &rows, &none)
}

fn block(block: &BlockView) -> Row {
    Row::new(vec![
        html! { span title=(block.hash) { (block.number) } },
        time(block.made_us),
        html! { (block.gas_used) },
        html! {
            @if block.transactions.is_empty() { span.quiet { "none" } }
            @for tx in &block.transactions { (transaction(tx)) }
        },
    ])
}

fn transaction(tx: &TransactionView) -> Markup {
    let (tone, word) = if tx.success { (Tone::Good, "done") } else { (Tone::Bad, "reverted") };
    let what = match (&tx.created, &tx.to) {
        (Some(_), _) => "made a contract",
        (None, None) => "was to make a contract",
        (None, Some(_)) if tx.input.len() > 2 => "called",
        _ => "paid",
    };
    let input: String = tx.input.chars().take(INPUT_SHOWN).collect();
    html! {
        details {
            summary { (tag(tone, word)) " " code { (tx.from) } " " (what) " " @if let Some(to) = tx.created.as_ref().or(tx.to.as_ref()) { code { (to) } } }
            @if let Some(told) = &tx.told { (in_words(told)) }
            (facts(&[
                ("Transaction", html! { code { (tx.hash) } }),
                ("Value", html! { (tx.value_wei) " wei" }),
                ("Input", html! { code { (input) @if tx.input.len() > INPUT_SHOWN { "…" } } }),
            ]))
            @for event in &tx.events { (told(event)) }
        }
    }
}

fn told(event: &EventView) -> Markup {
    html! {
        p { "Event of " code { (event.address) } }
        @if let Some(told) = &event.told {
            (in_words(told))
        } @else {
            ul { @for topic in &event.topics { li { code { (topic) } } } }
            @if event.data.len() > 2 { p { code { (event.data) } } }
        }
    }
}

/// A call or an event with the names that its contract's interface gives.
fn in_words(told: &Told) -> Markup {
    html! {
        p { strong { (told.name) } }
        @if !told.values.is_empty() {
            dl.facts {
                @for (at, (name, value)) in told.values.iter().enumerate() {
                    div { dt { @if name.is_empty() { (at + 1) } @else { (name) } } dd { code { (value) } } }
                }
            }
        }
    }
}

fn connect(inside: &Inside) -> Markup {
    let columns = [Column::text("Account"), Column::text("Secret key")];
    let row = |account: Account| {
        Row::new(vec![html! { code { (account.address) } }, html! { code { (account.key) } }])
    };
    let rows: Vec<Row> = chains::accounts().into_iter().map(row).collect();
    let address = inside.fhir().replace("/fhir", "/eth");
    html! {
        p { "Any library that speaks Ethereum's JSON-RPC works, with a token from " a href="/me/tokens" { "Tokens for your own tools" } " on every request." }
        (code_block("rpc", "Address", &address))
        details {
            summary { "Accounts with money, the same in every hospital" }
            (table("Accounts", &columns, &rows, &html! {}))
        }
    }
}
